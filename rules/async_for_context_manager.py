"""RB101: `async for` over an async context manager."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from repairbot.constructs import Construct
from repairbot.judging import Objects, lacking
from repairbot.model import Evidence, Safety
from repairbot.protocols.descriptions import described
from repairbot.protocols.uses import Use, Uses
from repairbot.protocols.values import Instance, Kind, Nothing, Produced, Value, alternatives
from repairbot.repair.demands import of_comprehension, of_loop
from repairbot.repair.meet import Element, Neither, Whole, meant
from repairbot.repair.steps import Use as TargetUse
from repairbot.rule import Ask, Fault, Form, Plan, Recast, Refusal, Rule, Site

_WORDS = re.compile(r"[A-Z]+[a-z]*|[a-z]+")
_NAMES = {"stream": "stream", "aclosing": "items", "open": "file"}


def _enters(found: Objects, ask: Ask) -> bool:
    return any(ask.has(one, "__aenter__") for one in found)


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


rule = Rule(
    code="RB101",
    slug="async-for-context-manager",
    summary="`async for` over an async context manager",
    construct=Construct.ASYNC_FOR,
    judge=lacking(Construct.ASYNC_FOR, "an async context manager", _enters, Construct.ASYNC_WITH),
    plan=plan,
    offers=Construct.ASYNC_WITH,
    seen_types={"_AsyncGeneratorContextManager": Kind.ASYNC_MANAGER},
)
