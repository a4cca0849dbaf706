"""What a proof has to show for a fault: the fault and its plan in, the objects to reach out."""

from __future__ import annotations

from collections.abc import Iterator

from repairbot.harness.proof import Claim, Definition
from repairbot.model import Origin
from repairbot.protocols.values import Class, Function, Instance, Known, Nothing, Produced, Unknown, alternatives
from repairbot.rule import Decorate, Fault, Plan, Refusal

MOST = 4  # objects that one fault may lead to on different paths


def claims_of(fault: Fault, proposal: Plan | Refusal | None) -> tuple[Claim, ...] | str:
    """One claim for each object that can be at the site; the reason where one of them cannot be named."""
    construct = fault.site.construct
    decorate = isinstance(proposal, Plan) and any(isinstance(edit, Decorate) for edit in proposal.edits)
    repaired = construct if decorate else fault.offers or construct
    found = []
    for definition in _definitions(fault):
        if isinstance(definition, str):
            return definition
        found.append(Claim(definition, construct, repaired, decorate))
    if len(found) > MOST:
        return f"it can be one of {len(found)} objects"
    return tuple(dict.fromkeys(found)) or "nothing but None can be there"


def _definitions(fault: Fault) -> Iterator[Definition | str]:
    for one in alternatives(fault.value):
        if not isinstance(one, Nothing):
            yield _definition(one)


def _definition(value: Known | Unknown) -> Definition | str:
    match value:
        case Produced(function=function):
            return _of_function(function)
        case Instance(cls=cls):
            return _of_class(cls)
    return "no definition stands for the object"


def _of_function(function: Function) -> Definition | str:
    scope = function.scope
    if scope.file.origin is Origin.RUN:
        return "no definition is known: only the error was seen"
    name = scope.qualified_name
    if "<" in name:
        return f"`{name}` exists only while the function around it runs"
    path, line = (scope.file.path, function.node.lineno) if scope.file.origin is Origin.SOURCE else (None, None)
    return Definition(scope.file.name, name, "function", path, line)


def _of_class(cls: Class) -> Definition | str:
    scope = cls.scope
    name = scope.qualified_name
    if "<" in name:
        return f"`{name}` exists only while the function around it runs"
    path, line = (scope.file.path, cls.node.lineno) if scope.file.origin is Origin.SOURCE else (None, None)
    return Definition(scope.file.name, name, "class", path, line)
