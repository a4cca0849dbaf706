"""From a name to the bindings that reach it, and from a binding to its value."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from repairbot.model import Origin
from repairbot.protocols import calls, containers, definitions, parameters, results, setters, star_imports, swallowing
from repairbot.protocols.bindings import (
    Assigned,
    Binding,
    Declared,
    Defined,
    Entered,
    Imported,
    Iterated,
    Opaque,
    Parameter,
    TypeParameter,
    in_order,
)
from repairbot.protocols.frames import Frame
from repairbot.protocols.joining import CYCLE, through, union
from repairbot.protocols.links import explained, short, unknown
from repairbot.protocols.premature import earlier_bindings
from repairbot.protocols.reaching import UNBOUND
from repairbot.protocols.scopes import Place, Scope
from repairbot.protocols.special import special
from repairbot.protocols.values import Module, Nothing, Sequence, Special, TypeVariable, Unknown, Value, alternatives
from repairbot.source.files import Missing, ModuleFile

if TYPE_CHECKING:
    from repairbot.protocols.resolver import Resolver


def lookup(r: Resolver, name: str, place: Place, node: ast.AST) -> Value:
    """The value of a name where it stands: comprehension, function, enclosing functions, module, builtins."""
    clause = place.comprehended(name)
    if clause is not None:
        return bound(r, clause, place.scope, place.frame, place)
    found: list[Value] = []
    here: Scope | None = place.scope
    statement = place.statement
    while here is not None:
        if here is place.scope or not here.is_class:
            frame = None if here.is_module else place.frame
            values, settled = _in_scope(r, name, here, statement if here is place.scope else None, frame)
            if values and here.is_module and here is not place.scope:
                values += [bound(r, one, here, None) for one in earlier_bindings(here, place.scope, name)]
            found += values
            if settled:
                return union(found)
        # What a class body binds anywhere is looked for in the module next, not in the functions around the class.
        skips = here.is_class and name in here.flow.every and name not in here.flow.outward
        here = here.module if skips else here.parent
    missing = found or None
    return union([*found, *_builtin(r, name, place.scope, node, missing)])


def in_module(r: Resolver, scope: Scope, name: str) -> Value | None:
    """What a name is at the end of a module, None when the module does not bind it."""
    values, _ = _in_scope(r, name, scope, None, None)
    return union(values) if values else None


def builtin(r: Resolver, name: str, scope: Scope, node: ast.AST) -> Value:
    return union(_builtin(r, name, scope, node, None))


def _builtin(r: Resolver, name: str, scope: Scope, node: ast.AST, found: list[Value] | None) -> list[Value]:
    """What Python itself calls so; where nothing is, that is no answer of its own beside what was `found`."""
    if scope.file.name == "builtins":
        return [] if found else [unknown(scope, node, f"`{name}` is not defined")]
    file = r.modules.find("builtins", scope.file)
    value = None if isinstance(file, Missing) else exported(r, file, name)
    if value is not None:
        return [value]
    return [] if found else [unknown(scope, node, f"`{name}` is not defined in this file")]


def _in_scope(
    r: Resolver, name: str, scope: Scope, statement: ast.AST | None, frame: Frame | None
) -> tuple[list[Value], bool]:
    """What the name is in one scope, and whether it is nothing else: else the scopes around it count as well."""
    if scope.is_module and scope.file.origin is Origin.STDLIB and (canonical := special(f"{scope.file.name}.{name}")):
        return [Special(canonical)], True
    flow = scope.flow
    is_function = not scope.is_module and not scope.is_class
    outward = name in flow.globals or name in flow.nonlocals
    if is_function and statement is None:
        # A function inside runs later: any assignment of the enclosing function may be the last one.
        every = [] if outward else list(flow.every.get(name, ()))
        reaching = [one for one in every if one not in flow.checking] or every
    else:
        reaching = list(flow.reaching(name, statement, swallowing.in_scope(r, scope))) if name in flow.every else []
    kept = [one for one in reaching if one is not UNBOUND]
    values = [bound(r, one, scope, frame) for one in in_order([*kept, *flow.late.get(name, ())])]
    if outward:
        if values:
            values += [bound(r, one, owner, None) for one, owner in _rebound_beside(scope, name)]
        return values, bool(values) and UNBOUND not in reaching
    settled = bool(values) and UNBOUND not in reaching and not (scope.is_module and flow.checking.issuperset(kept))
    if scope.is_module:
        unseen = bool(kept) and flow.checking.issuperset(kept)
        starred, everywhere = star_imports.brought(r, name, scope, statement, [] if unseen else reaching)
        values = starred if unseen and everywhere else values + starred
        if unseen and not everywhere and "__getattr__" in flow.after:
            values.append(unknown(scope, scope.node, f"`{name}` may come from `__getattr__` of `{scope.file.name}`"))
        settled = settled or everywhere
    values += [bound(r, one, owner, frame) for one, owner in _rebound(scope, name)]
    if is_function and name in flow.every:
        missing = Unknown(f"`{name}` has no value yet on any path to this place")
        return values or [missing], True
    if scope.is_module and statement is None and values:
        values += _set_elsewhere(r, scope, name, values)
    return values, settled


# Nobody puts something else in the place of a module, or of what is only used while a module is run.
_SETTLED = (Module, Special, TypeVariable)


def _set_elsewhere(r: Resolver, module: Scope, name: str, values: list[Value]) -> list[Value]:
    """What other modules set, which counts for whoever looks at the name once the module has run."""
    if module.file.origin is not Origin.SOURCE:
        return []
    if all(isinstance(one, _SETTLED) for value in values for one in alternatives(value)):
        return []
    other = setters.on_module(r, module, name)
    return [] if other is None else [other]


def _rebound(scope: Scope, name: str) -> list[tuple[Binding, Scope]]:
    """Assignments through `global` or `nonlocal`, when there are any at all in the file."""
    return scope.foreign.get(name, []) if scope.module.declares_outward else []


def _rebound_beside(scope: Scope, name: str) -> list[tuple[Binding, Scope]]:
    """The same for a name that this scope declares so itself, by the other scopes that do."""
    owner = scope.module
    if name in scope.flow.nonlocals:
        around = scope.parent
        while around is not None and (around.is_class or name not in around.flow.every or name in around.flow.outward):
            around = around.parent
        owner = around or owner
    return [(one, where) for one, where in owner.foreign.get(name, []) if where is not scope]


def member(r: Resolver, file: ModuleFile, name: str) -> Value:
    """`file.name`: a binding of the module, else a module below it."""
    value = exported(r, file, name)
    if value is not None:
        return value
    below = r.modules.submodule(file, name) if file.is_package else Missing("")
    if isinstance(below, ModuleFile):
        return Module(below)
    scope = r.module(file)
    if isinstance(scope, Unknown):
        return scope
    reason = f"`{file.name}` has no name `{name}` that could be read"
    return unknown(scope, scope.node, reason, f"{file.name}.{name}")


def exported(r: Resolver, file: ModuleFile, name: str) -> Value | None:
    """What a module binds a name to in the end, None when it does not."""
    scope = r.module(file)
    if isinstance(scope, Unknown):
        return scope
    value = r.remembered(("member", file, name), lambda: in_module(r, scope, name) or _ABSENT)
    # A question that came back to itself through star imports found nothing on this way round.
    return None if value in (_ABSENT, CYCLE) else value


_ABSENT = Unknown("no such name")


def imported_module(r: Resolver, binding: Imported, scope: Scope) -> ModuleFile | Missing:
    """The module an import statement names."""
    if not binding.level:
        return r.modules.find(binding.module, scope.file)
    found = r.modules.parent(scope.file, binding.level)
    for part in binding.module.split(".") if binding.module else ():
        if isinstance(found, Missing):
            return found
        found = r.modules.submodule(found, part)
    return found


def _imported(r: Resolver, binding: Imported, scope: Scope) -> Value:
    dotted = ".".join(part for part in (binding.module, binding.member) if part)
    file = imported_module(r, binding, scope)
    if isinstance(file, Missing):
        # What a library calls its own is known without the library; what may be the target's own is not.
        external = None if binding.level or file.ambiguous else dotted
        canonical = special(external) if external else None
        return Special(canonical) if canonical else unknown(scope, binding.node, file.reason, external)
    if binding.member is None:
        known_as = f" as `{binding.name}`" if binding.whole and binding.name != binding.module else ""
        return explained(Module(file), scope, binding.node, f"`{binding.module}` is imported{known_as}")
    if not binding.level and special(dotted) and file.origin is not Origin.SOURCE:
        return Special(special(dotted) or dotted)
    value = member(r, file, binding.member)
    known_as = f" as `{binding.name}`" if binding.name != binding.member else ""
    source = "." * binding.level + binding.module
    return explained(value, scope, binding.node, f"`{binding.member}` is imported from `{source}`{known_as}")


def bound(r: Resolver, binding: Binding, scope: Scope, frame: Frame | None, place: Place | None = None) -> Value:
    """The object a binding gives its name."""
    match binding:
        case Defined():
            return definitions.defined(r, binding, scope, frame)
        case Imported():
            return r.remembered(("import", id(binding.node), binding.name), lambda: _imported(r, binding, scope))
        case Assigned():
            return _assigned(r, binding, scope, frame)
        case Declared(annotation=annotation):
            value = r.annotated(annotation, Place(scope, binding.node, frame))
            return explained(value, scope, binding.node, f"`{binding.name}` is declared as `{short(annotation)}`")
        case Parameter():
            return parameters.passed(r, binding, scope, frame)
        case TypeParameter(bound=limit):
            return TypeVariable(binding.name, scope, limit)
        case Opaque():
            return unknown(scope, binding.node, f"`{binding.name}` is bound by {binding.what}")
        case Entered(node=node):
            value = results.entered(
                r, r.value(binding.value, Place(scope, binding.value, frame)), is_async=isinstance(node, ast.AsyncWith)
            )
            value = unpacked(r, value, binding.path)
            return explained(value, scope, node, f"`{binding.name}` is what `{short(binding.value)}` gives on entering")
        case Iterated():
            around = place if place is not None else Place(scope, binding.node, frame)
            value = results.looped(r, containers.value(r, binding.value, around), is_async=binding.is_async)
            value = unpacked(r, value, binding.path)
            return explained(value, scope, binding.value, f"`{binding.name}` is an element of `{short(binding.value)}`")


def _assigned(r: Resolver, binding: Assigned, scope: Scope, frame: Frame | None) -> Value:
    statement = binding.node
    around = Place(scope, statement, frame)
    if isinstance(binding.value, ast.Call) and not binding.path:
        variable = calls.type_variable(r, binding, scope, around)
        if variable is not None:
            return variable
    whole = containers.value(r, binding.value, around) if binding.path else r.value(binding.value, around)
    value = unpacked(r, whole, binding.path)
    unresolved = any(isinstance(one, Unknown | Nothing) for one in alternatives(value))
    if binding.annotation is not None and unresolved:
        declared = r.annotated(binding.annotation, around)
        if not isinstance(declared, Unknown):
            return explained(
                declared, scope, statement, f"`{binding.name}` is declared as `{short(binding.annotation)}`"
            )
    return explained(value, scope, statement, f"`{binding.name}` is `{short(binding.value)}`")


def unpacked(r: Resolver, value: Value, path: tuple[int | None, ...]) -> Value:
    """The part of a value that unpacking along `path` gives."""
    for step in path:
        value = through(value, lambda one, step=step: _part(r, one, step))  # type: ignore[misc]
    return value


def _part(r: Resolver, value: Value, step: int | None) -> Value:
    match value:
        case Unknown():
            return value
        case Sequence(parts=parts) if step is not None and step < len(parts):
            return parts[step]
    if step is None:
        return Unknown("a starred part of an unpacked value is not followed")
    return results.iterated(r, value, is_async=False, index=step)
