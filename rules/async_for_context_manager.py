"""RB101: `async for` over an async context manager."""

from __future__ import annotations

import ast

from repairbot.constructs import Construct
from repairbot.judging import Objects, lacking
from repairbot.model import Evidence, Safety
from repairbot.protocols.descriptions import described
from repairbot.protocols.uses import Use, Uses
from repairbot.protocols.values import Kind, Known, Nothing, Produced, Unknown, Value, alternatives
from repairbot.repair.usage import Usage, usage
from repairbot.rule import Ask, Fault, Form, Plan, Recast, Refusal, Rule, Site


def _enters(found: Objects, ask: Ask) -> bool:
    return any(ask.has(one, "__aenter__") for one in found)


def plan(fault: Fault, ask: Ask) -> Plan | Refusal:
    """Enter it; iterate what entering gives when the loop's target is used as an element of that."""
    chosen = _form(fault, ask)
    path, region = fault.site.file.path, fault.site.region
    name = _wished(fault.site.expression) if chosen.form is Form.ENTER_THEN_ITERATE else None
    edits = (Recast(path, region, chosen.form, name),)
    counted, against = _direction(fault, ask)
    reason = against or chosen.doubt or _not_entered(fault, ask)
    return Plan(edits, Safety.UNSAFE if reason else Safety.SAFE, reason, counted)


def _not_entered(fault: Fault, ask: Ask) -> str | None:
    for one in alternatives(fault.value):
        if not isinstance(one, Nothing) and not ask.has(one, "__aenter__"):
            return f"on another path it is {described(one)}, which cannot be entered either"
    return None


class _Choice:
    def __init__(self, form: Form, doubt: str | None = None) -> None:
        self.form = form
        self.doubt = doubt


def _form(fault: Fault, ask: Ask) -> _Choice:
    """Whether the loop's target is the entered object itself or an element of it."""
    entered = ask.entered(fault.value)
    used = _usage(fault.site)
    answers = [ask.has(one, "__aiter__") for one in alternatives(entered)]
    if any(answers):
        return _element_or_resource(entered, used, fault, ask)
    if None not in answers:
        return _Choice(Form.ENTER)
    if all(_gives_one_resource(one, ask) for one in alternatives(fault.value)) or used.awaited or used.iterated:
        return _Choice(Form.ENTER)
    return _Choice(
        Form.ENTER, "what entering gives is not known, and the body does not tell whether it is used as such"
    )


def _element_or_resource(entered: Value, used: Usage, fault: Fault, ask: Ask) -> _Choice:
    """Entering gives something to iterate: whatever lacks what the body does with the target is not the target."""
    if used.iterated and not _unpacks(fault.site):
        return _Choice(Form.ENTER)
    if _lacks(entered, used, ask) or _unpacks(fault.site):
        return _Choice(Form.ENTER_THEN_ITERATE)
    if _lacks(ask.iterated(entered), used, ask):
        return _Choice(Form.ENTER)
    doubt = "entering gives something to iterate, and the body does not tell which of the two it means"
    return _Choice(Form.ENTER_THEN_ITERATE, doubt)


def _lacks(value: Value, used: Usage, ask: Ask) -> bool:
    """Whether no object that the value can be has all that the body uses."""
    return all(
        any(ask.has_attribute(one, name) is False for name in used.attributes)
        or any(ask.has(one, dunder) is False for dunder in used.dunders)
        for one in alternatives(value)
    )


def _gives_one_resource(value: Known | Unknown, ask: Ask) -> bool:
    return isinstance(value, Produced) and value.kind is Kind.ASYNC_MANAGER and ask.yields_once(value.function)


def _unpacks(site: Site) -> bool:
    return isinstance(_target(site), ast.Tuple | ast.List)


def _target(site: Site) -> ast.expr:
    node = site.node
    assert isinstance(node, ast.AsyncFor | ast.comprehension)
    return node.target


def _usage(site: Site) -> Usage:
    target = _target(site)
    if not isinstance(target, ast.Name):
        return Usage()
    node = site.node
    if isinstance(node, ast.AsyncFor):
        return usage(target.id, [*node.body, *node.orelse])
    comprehension = site.ancestors[-1]
    return usage(target.id, [one for one in ast.iter_child_nodes(comprehension) if one is not node] + list(_ifs(node)))


def _ifs(node: ast.AST) -> list[ast.expr]:
    return node.ifs if isinstance(node, ast.comprehension) else []


def _wished(expression: ast.expr) -> str:
    """A name for the entered object, after the last name of what is called."""
    node = expression.func if isinstance(expression, ast.Call) else expression
    match node:
        case ast.Attribute(attr="stream") | ast.Name(id="stream"):
            return "stream"
        case ast.Name(id="aclosing") | ast.Attribute(attr="aclosing"):
            return "items"
        case ast.Attribute(attr="open") | ast.Name(id="open"):
            return "file"
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
