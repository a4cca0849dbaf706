"""Python versions against the version specifiers that projects write (PEP 440, and Poetry's caret and tilde)."""

from __future__ import annotations

import re

from packaging.specifiers import InvalidSpecifier, SpecifierSet

Version = tuple[int, ...]

_CLAUSE = re.compile(r"\s*(~=|==|!=|<=|>=|<|>|\^|~|=|)\s*v?(\d+(?:\.\d+)*)(\.\*)?[\w.+-]*\s*$")
_NEWEST = 99  # a patch release that no Python will have


def satisfies(version: Version, specifier: str) -> bool:
    """Whether a version such as (3, 12, 1), or (3, 12) when that is all that is known, is allowed.

    A clause nobody can read allows everything.
    """
    return any(all(_allows(clause, version) for clause in _clauses(part)) for part in specifier.split("||"))


def _clauses(text: str) -> list[str]:
    return [one.strip() for one in re.split(r",|(?<=[\d*])\s+(?=[<>=!~^])", text) if one.strip()]


def _allows(clause: str, version: Version) -> bool:
    """Whether one clause allows the version, or some patch release of it when only two parts are known."""
    bare = _CLAUSE.match(clause)
    if bare and bare[1] in {"", "=", "=="}:  # `3.12` and `==3.12` mean every 3.12 here: nobody asks for 3.12.0 alone
        clause = f"=={bare[2]}.*"
    try:
        allowed = SpecifierSet(_range(clause))
    except InvalidSpecifier:
        return True
    known = [version] if len(version) > 2 else [(*version, 0), (*version, _NEWEST)]
    return any(allowed.contains(".".join(map(str, one)), prereleases=True) for one in known)


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
