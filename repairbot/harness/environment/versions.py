"""Python versions against the version specifiers that projects write (PEP 440, and Poetry's caret and tilde)."""

from __future__ import annotations

import re

Version = tuple[int, ...]

_CLAUSE = re.compile(r"\s*(~=|==|!=|<=|>=|<|>|\^|~|=|)\s*v?(\d+(?:\.\d+)*)(\.\*)?[\w.+-]*\s*$")


def satisfies(version: Version, specifier: str) -> bool:
    """Whether a version such as (3, 12, 1), or (3, 12) when that is all that is known, is allowed.

    A clause nobody can read allows everything.
    """
    return any(
        all(_allows(clause, version) for clause in re.split(r",|(?<=[\d*])\s+(?=[<>=!~^])", part) if clause.strip())
        for part in specifier.split("||")
    )


def _allows(clause: str, version: Version) -> bool:
    found = _CLAUSE.match(clause)
    if found is None:
        return True
    operator, numbers, star = found[1], tuple(int(part) for part in found[2].split("."))[: len(version)], bool(found[3])
    same = version[: len(numbers)] == numbers
    padded = numbers + (0,) * (len(version) - len(numbers))
    match operator:
        case ">=":
            return version >= padded
        case ">":
            return version > padded
        case "<":
            return version < padded
        case "<=":
            return version <= padded
        case "!=":
            return not (same if star else version == padded)
        case "~=":
            return version >= padded and version[: len(numbers) - 1] == numbers[:-1]
        case "^":
            return version >= padded and version[:1] == numbers[:1]
        case "~":
            return version >= padded and version[: min(2, len(numbers))] == numbers[:2]
        case _:
            return same


def ranges(specifier: str) -> str:
    """Poetry's caret, tilde and bare versions as PEP 440 ranges; empty when it cannot be said ("||", "*")."""
    if "||" in specifier or specifier.strip() in {"", "*"}:
        return ""
    return ",".join(_range(clause.strip()) for clause in specifier.split(",") if clause.strip())


def _range(clause: str) -> str:
    found = _CLAUSE.match(clause)
    if found is None or found[1] not in {"^", "~", "", "="}:
        return clause
    numbers = [int(part) for part in found[2].split(".")]
    if found[1] in {"", "="}:
        return "==" + clause.lstrip("=").strip()
    kept = _caret_position(numbers) if found[1] == "^" else min(1, len(numbers) - 1)
    upper = [*numbers[:kept], numbers[kept] + 1]
    lower = clause[1:].strip()
    return f">={lower},<{'.'.join(map(str, upper))}"


def _caret_position(numbers: list[int]) -> int:
    """The first part that is not zero: the one a caret does not let grow."""
    return next((place for place, number in enumerate(numbers) if number), len(numbers) - 1)
