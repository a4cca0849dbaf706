"""Where in a code object a watched construct asks its object for the protocol, and what the error for it says.

A site is a JSON object: `n` (its number), `construct`, `owner` (where the statement or comprehension starts: line and
column), `lines` (first and last line of its head), `expression` (line, column, end line, end column), and `ordinal` and
`of`: which of the statement's clauses of this kind it is. Columns are those of `ast`: offsets in UTF-8.
"""

from __future__ import annotations

import dis
from types import CodeType
from typing import Any

Site = dict[str, Any]

COLUMNS = hasattr(CodeType, "co_positions")  # from Python 3.11 on

OPERATIONS = {
    "async for": ("GET_AITER",),
    "async with": ("BEFORE_ASYNC_WITH", "LOAD_SPECIAL"),
    "for": ("GET_ITER",),
    "with": ("BEFORE_WITH", "SETUP_WITH", "LOAD_SPECIAL"),
    "await": ("GET_AWAITABLE",),
}
ERRORS = {
    "async for": ("'async for' requires an object with __aiter__ method",),
    "async with": ("object does not support the asynchronous context manager protocol",),
    "for": ("object is not iterable",),
    "with": ("object does not support the context manager protocol",),
    "await": ("can't be used in 'await' expression",),
}
MESSAGE_LIMIT = 500
# Before Python 3.11 the name of the missing method was the whole message.
MISSING = {"async with": ("__aenter__", "__aexit__"), "with": ("__enter__", "__exit__")}


class Watched:
    """The watched instructions of one code object: by offset, the site that asks there or has asked when it is reached.

    `calls` are the offsets at which the expression of a site is called.
    """

    def __init__(self, code: CodeType, sites: list[Site]) -> None:
        self.code = code  # kept, so that its id stays its own
        self.asks: dict[int, Site] = {}
        self.passed: dict[int, Site] = {}
        self.calls: set[int] = set()
        instructions = list(dis.get_instructions(code))
        places = positions(code, instructions)
        for site in sites:
            for index in asking(site, instructions, places):
                self.asks[instructions[index].offset] = site
                self._passes(site, instructions, index)
            expression = tuple(site["expression"])
            self.calls.update(
                one.offset
                for one, place in zip(instructions, places)
                if one.opname.startswith("CALL") and place == expression
            )

    def _passes(self, site: Site, instructions: list[Any], index: int) -> None:
        """What runs next, unless the operation still has another method to ask for."""
        rest = instructions[index + 1 :]
        if instructions[index].opname == "LOAD_SPECIAL" and "exit" in str(instructions[index].argrepr):
            return
        for one in rest:
            self.passed[one.offset] = site
            if one.opname != "EXTENDED_ARG":
                return


def positions(code: CodeType, instructions: list[Any]) -> list[tuple[Any, ...]]:
    """Line, column, end line and end column of each instruction; before Python 3.11 only the line is known."""
    if COLUMNS:
        every = [(line, column, end, stop) for line, end, column, stop in code.co_positions()]
        return [every[one.offset // 2] for one in instructions]
    found: list[tuple[Any, ...]] = []
    line = None
    for one in instructions:
        line = one.starts_line or line
        found.append((line, None, None, None))
    return found


def asking(site: Site, instructions: list[Any], places: list[tuple[Any, ...]]) -> list[int]:
    """Indexes of the instructions that ask for the protocol; a `finally` is compiled more than once.

    Empty where the site is elsewhere, or cannot be told from another.
    """
    operations = OPERATIONS[site["construct"]]
    found = [index for index, one in enumerate(instructions) if one.opname in operations]
    expression, owner, (first, last) = tuple(site["expression"]), tuple(site["owner"]), site["lines"]
    exact = [index for index in found if places[index] == expression]
    if exact:
        return exact
    if COLUMNS:
        return chosen(site, [index for index in found if places[index][:2] == owner])
    at_start = chosen(site, [index for index in found if places[index][0] == owner[0]])
    return at_start or chosen(site, [index for index in found if first <= (places[index][0] or 0) <= last])


def chosen(site: Site, found: list[int]) -> list[int]:
    whole = found and len(found) % site["of"] == 0
    # Without columns, a second one on the same lines may be another construct.
    alone = COLUMNS or len(found) == site["of"]
    return found[site["ordinal"] :: site["of"]] if whole and alone else []


def lacks_protocol(construct: str, error: BaseException) -> bool:
    """Whether an error that was raised by the construct itself says that the object lacks the protocol."""
    if type(error) is TypeError:
        return any(text in str(error) for text in ERRORS[construct])
    return type(error) is AttributeError and str(error) in MISSING.get(construct, ())


def told(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"[:MESSAGE_LIMIT]


def name_of(kind: type) -> str | None:
    """The full name of a type, without running code of its metaclass."""
    try:
        name = type.__dict__["__qualname__"].__get__(kind)
        module = type.__dict__["__module__"].__get__(kind)
    except (AttributeError, TypeError):
        return None
    named = isinstance(module, str) and module != "builtins"
    return f"{module}.{name}" if named else str(name)
