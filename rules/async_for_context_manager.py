"""RB101: `async for` over an async context manager."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

from repairbot.model import Evidence, Region, Safety
from repairbot.protocols.descriptions import described
from repairbot.protocols.nodes import clause_region, nodes_on
from repairbot.protocols.uses import Use, Uses
from repairbot.protocols.values import Instance, Known, Nothing, Produced, Unknown, Value, alternatives
from repairbot.repair.demands import of_comprehension, of_loop
from repairbot.repair.meet import Element, Neither, Whole, meant
from repairbot.repair.steps import Use as TargetUse
from repairbot.rule import Ask, Doubt, Fault, Fine, Form, Names, Plan, Recast, Refusal, Site, Sources, Verdict
from repairbot.source.files import Parsed

code = "RB101"
slug = "async-for-context-manager"
summary = "`async for` over an async context manager"
words = (b"async",)
pattern = re.compile(rb"\basync[\s\\]+for\b")

_LINES = re.compile(r"async[\s\\]+for\b")
_WORDS = re.compile(r"[A-Z]+[a-z]*|[a-z]+")
_NAMES = {"stream": "stream", "aclosing": "items", "open": "file"}


def narrowed(candidates: Sequence[str], sources: Sources) -> dict[str, Names]:
    """`async for` is rare enough to look at every one."""
    del sources
    return dict.fromkeys(candidates)


def sites(parsed: Parsed, names: Names = None) -> Iterator[Site]:
    """Every `async for` statement and every `async for` clause of a comprehension."""
    del names
    for node, ancestors in nodes_on(parsed, parsed.lines_matching(_LINES)):
        match node:
            case ast.AsyncFor(iter=expression):
                start, end = parsed.region(node), parsed.region(expression)
                region = Region(start.line, start.column, end.end_line, end.end_column)
                yield Site(code, parsed.file, region, node, expression, ancestors)
            case ast.comprehension(is_async=1, iter=expression):
                yield Site(code, parsed.file, clause_region(parsed, node), node, expression, ancestors)


def judge(site: Site, value: Value, ask: Ask) -> Verdict:
    """A fault when every object that can be here enters with `async with` and none of them iterates."""
    found = [one for one in alternatives(value) if not isinstance(one, Nothing)]
    if not found:
        return Fine("`None` is no context manager: that is another mistake", value.evidence)
    iterates = [ask.has(one, "__aiter__") for one in found]
    for one, answer in zip(found, iterates, strict=True):
        if answer is None:
            unknown = ask.why_unknown(one)
            return Doubt(unknown.reason, unknown.evidence)
    if all(iterates):
        return Fine(f"{_listed(found)} can be iterated with `async for`", value.evidence)
    if any(iterates):
        return Doubt(f"it may be {_listed(found)}, and not all of these lack `__aiter__`", value.evidence)
    if not any(ask.has(one, "__aenter__") for one in found):
        return Fine(f"{_listed(found)} is no async context manager: that is another mistake", value.evidence)
    text = f"`async for` needs an object with `__aiter__`, but this is {_listed(found)}, an async context manager"
    return Fault(site, text, value, value.evidence)


def _listed(found: Sequence[Known | Unknown]) -> str:
    return " or ".join(dict.fromkeys(described(one) for one in found))


def plan(fault: Fault, ask: Ask) -> Plan | Refusal:
    """Enter it; iterate what entering gives when the loop's target means an element of that."""
    counted, against = _direction(fault, ask)
    entered = ask.entered(fault.value)
    match meant(ask, fault.site, fault.value, _use(fault.site)):
        case Neither(reason=why):
            return Refusal(why, (*counted, *_defined(entered)))
        case Element() as element:
            edit, unsure = _iterating(fault.site, element, entered)
            counted = (*counted, *_defined(entered)) if element.way.after else counted
        case Whole() as whole:
            unsure = whole.doubt
            edit = Recast(fault.site.file.path, fault.site.region, Form.ENTER)
    reason = against or unsure or _not_entered(fault, ask)
    return Plan((edit,), Safety.UNSAFE if reason else Safety.SAFE, reason, counted)


def _iterating(site: Site, element: Element, entered: Value) -> tuple[Recast, str | None]:
    """The edit, and why it may not be what was meant."""
    path, region, way = site.file.path, site.region, element.way
    if way.is_bare and isinstance(site.expression, ast.Name | ast.Attribute):
        return Recast(path, region, Form.ENTER_THEN_ITERATE, after=way.after, bare=True), element.doubt
    doubt = f"nothing was set up on a new object before `{way.after}` iterates it" if way.is_bare else None
    name = _named_for(entered) if way.after else _wished(site.expression)
    return Recast(path, region, Form.ENTER_THEN_ITERATE, name, way.after, way.is_async), element.doubt or doubt


def _named_for(entered: Value) -> str:
    """A name for an object after the last word of its class: `response` for a ClientResponse."""
    for one in alternatives(entered):
        if isinstance(one, Instance) and (words := _WORDS.findall(one.cls.name)):
            return str(words[-1]).lower()
    return "entered"


def _defined(entered: Value) -> Iterator[Evidence]:
    """Where the classes of what is entered are defined."""
    for one in alternatives(entered):
        if isinstance(one, Instance):
            file = one.cls.scope.file
            text = f"entering gives {described(one)}"
            yield Evidence(file.path, one.cls.node.lineno, text, file.origin)


def _not_entered(fault: Fault, ask: Ask) -> str | None:
    for one in alternatives(fault.value):
        if not isinstance(one, Nothing) and not ask.has(one, "__aenter__"):
            return f"on another path it is {described(one)}, which cannot be entered either"
    return None


def _use(site: Site) -> TargetUse:
    node = site.node
    if isinstance(node, ast.AsyncFor):
        return of_loop(node, site.ancestors)
    comprehension = site.ancestors[-1]
    assert isinstance(node, ast.comprehension)
    assert isinstance(comprehension, ast.expr)
    return of_comprehension(comprehension, node)


def _wished(expression: ast.expr) -> str:
    """A name for the entered object, after the last name of what is called."""
    node = expression.func if isinstance(expression, ast.Call) else expression
    match node:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return _NAMES.get(name, "entered")
    return "entered"


def _direction(fault: Fault, ask: Ask) -> tuple[tuple[Evidence, ...], str | None]:
    """How the definition is used elsewhere, as evidence, and why that speaks against changing this caller."""
    for one in alternatives(fault.value):
        if not isinstance(one, Produced):
            continue
        function = one.function
        uses = ask.uses_of(function)
        if not uses.places:
            continue
        file = function.scope.file
        text = f"uses of `{function.name}` in this project: {uses}"
        link = Evidence(file.path, function.scope.node.lineno, text, file.origin)  # type: ignore[union-attr]
        return (link,), _against(uses, function.name)
    return (), None


def _against(uses: Uses, name: str) -> str | None:
    if uses.count(Use.DEPENDS) and not uses.count(Use.ENTERED):
        return (
            f"`{name}` is passed to `Depends` and nobody enters it: the decorator on its definition is probably what "
            "is wrong, not this caller"
        )
    return None
