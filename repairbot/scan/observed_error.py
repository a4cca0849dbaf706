"""What running the code showed about a line that its text leaves undecided: an error in, a fault out."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass

from repairbot.model import Evidence, Origin
from repairbot.protocols.scopes import Scope
from repairbot.protocols.values import Function, Produced
from repairbot.rule import Doubt, Fault, Rule, Site
from repairbot.source.files import ModuleFile, Parsed

# A function of which only what calling it gives is known: how often the real one yields, nobody saw.
_STAND_IN = "async def seen_at_run_time(entered):\n    while True:\n        yield entered\n"
_FILE = ModuleFile("<run>", Origin.RUN, "<run>", is_package=False)


@dataclass(frozen=True, slots=True)
class ObservedError:
    """A protocol error that was raised at a line of the target; `seen` says where it was seen, as one clause.

    `error` begins with the exception's name.
    """

    path: str
    line: int
    error: str
    seen: str


def fault(rule: Rule, site: Site, doubt: Doubt, observed: Iterable[ObservedError]) -> Fault | None:
    """Return the fault that an error at a site shows, where the rule knows the object by its class alone."""
    for one in observed:
        if one.path == site.file.path and site.region.line <= one.line <= site.region.end_line:
            kind = rule.seen(one.error)
            if kind is not None:
                seen = Evidence(one.path, one.line, f"{one.seen}: {one.error}", Origin.RUN)
                value = Produced(kind, _function(), None, (*doubt.evidence, seen))
                text = f"`{site.construct}` was given {kind.value} when it ran: {rule.summary}"
                return Fault(site, text, value, value.evidence, rule.offers)
    return None


def _function() -> Function:
    parsed = Parsed(_FILE, _STAND_IN.encode(), _STAND_IN, ast.parse(_STAND_IN))
    node = parsed.tree.body[0]
    assert isinstance(node, ast.AsyncFunctionDef)
    return Function(Scope(parsed.tree, parsed, None).inside(node))
