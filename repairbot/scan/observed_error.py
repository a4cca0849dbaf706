"""What running the code showed about a line that its text leaves undecided: an error in, a fault out."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from dataclasses import dataclass

from repairbot.model import Evidence, Origin
from repairbot.protocols.scopes import Scope
from repairbot.protocols.values import Function, Kind, Produced
from repairbot.rule import Doubt, Fault, Site
from repairbot.source.files import ModuleFile, Parsed

_ERROR = re.compile(
    r"'async for' requires an object with __aiter__ method, got (?P<type>_AsyncGeneratorContextManager)\b"
)
# An async context manager of which only the type is known: how often the real one yields, nobody saw.
_STAND_IN = "async def seen_at_run_time(entered):\n    while True:\n        yield entered\n"
_FILE = ModuleFile("<run>", Origin.RUN, "<run>", is_package=False)


@dataclass(frozen=True, slots=True)
class Revealed:
    """A protocol error that was raised at a line of the target; `seen` says where it was seen, as one clause."""

    path: str
    line: int
    error: str
    seen: str


def is_protocol_error(error: str) -> bool:
    """Whether an error's text says that an async context manager was iterated over."""
    return _ERROR.search(error) is not None


def fault(site: Site, doubt: Doubt, revealed: Iterable[Revealed]) -> Fault | None:
    """The fault that an error at this site shows, for a rule about `async for`."""
    if not isinstance(site.node, ast.AsyncFor | ast.comprehension):
        return None
    for one in revealed:
        if one.path == site.file.path and site.region.line <= one.line <= site.region.end_line:
            seen = Evidence(one.path, one.line, f"{one.seen}: TypeError: {_text(one.error)}", Origin.RUN)
            value = Produced(Kind.ASYNC_MANAGER, _function(), None, (*doubt.evidence, seen))
            text = f"`async for` was given {Kind.ASYNC_MANAGER.value}, an async context manager, when it ran"
            return Fault(site, text, value, value.evidence)
    return None


def _text(error: str) -> str:
    match = _ERROR.search(error)
    return match[0] if match else error


def _function() -> Function:
    parsed = Parsed(_FILE, _STAND_IN.encode(), _STAND_IN, ast.parse(_STAND_IN))
    node = parsed.tree.body[0]
    assert isinstance(node, ast.AsyncFunctionDef)
    return Function(Scope(parsed.tree, parsed, None).inside(node))
