"""RB102: `async with` over a plain async generator."""

from __future__ import annotations

import ast

from repairbot.constructs import Construct
from repairbot.judging import Objects, lacking
from repairbot.model import Evidence, Origin, Safety
from repairbot.protocols.uses import Use, Uses
from repairbot.protocols.values import AsyncElements, Function, Kind, Produced, alternatives
from repairbot.rule import Ask, Decorate, Fault, Plan, Refusal, Rule


def _generates(found: Objects, _: Ask) -> bool:
    return all(
        isinstance(one, AsyncElements) or (isinstance(one, Produced) and one.kind is Kind.ASYNC_GENERATOR)
        for one in found
    )


def plan(fault: Fault, ask: Ask) -> Plan | Refusal:
    """Decorate the definition, when every caller enters it."""
    if any(isinstance(one, AsyncElements) for one in alternatives(fault.value)):
        return Refusal("a generator expression has no definition to decorate: iterate it instead")
    functions = {one.function.scope: one.function for one in alternatives(fault.value) if isinstance(one, Produced)}
    if len(functions) != 1:
        return Refusal("several generator functions can be called here: which one to decorate is not clear")
    (function,) = functions.values()
    against = _unfit(function, ask)
    if against is not None:
        return Refusal(against)
    uses = ask.uses_of(function)
    counted = _counted(function, uses)
    if uses.count(Use.ENTERED) != len(uses.places) or not uses.complete:
        return Refusal(f"the callers of `{function.name}` do not agree: {uses}", (counted,))
    node = function.scope.node
    assert isinstance(node, ast.AsyncFunctionDef)
    edit = Decorate(
        function.scope.file.path, node.lineno, node.col_offset + 1, "contextlib", "asynccontextmanager", node.name
    )
    if uses.unresolved:
        reason = f"{uses.unresolved} more mentions of `{function.name}` could not be resolved"
        return Plan((edit,), Safety.UNSAFE, reason, (counted,))
    return Plan((edit,), evidence=(counted,))


def _unfit(function: Function, ask: Ask) -> str | None:
    """Why decorating the definition would be wrong, whatever its callers do."""
    if function.scope.file.origin is not Origin.SOURCE:
        return f"`{function.name}` is not defined in this project: use `contextlib.aclosing` or iterate it"
    node = function.scope.node
    if getattr(node, "decorator_list", ()):
        return f"`{function.name}` has decorators already, which may count on a generator"
    if not ask.yields_once(function):
        return f"`{function.name}` may yield more than once: it is meant to be iterated"
    return None


def _counted(function: Function, uses: Uses) -> Evidence:
    file = function.scope.file
    text = f"uses of `{function.name}` in this project: {uses}"
    return Evidence(file.path, getattr(function.scope.node, "lineno", 1), text, file.origin)


rule = Rule(
    code="RB102",
    slug="async-with-async-generator",
    summary="`async with` over a plain async generator",
    construct=Construct.ASYNC_WITH,
    judge=lacking(Construct.ASYNC_WITH, "a plain async generator", _generates),
    plan=plan,
    seen_types={"async_generator": Kind.ASYNC_GENERATOR},
)
