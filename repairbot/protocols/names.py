"""From a name to the bindings that reach it, and from a binding to its value."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import TYPE_CHECKING

from repairbot.model import Origin
from repairbot.protocols import calls, definitions, parameters, results, setters
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
    line_of,
)
from repairbot.protocols.flow import STAR
from repairbot.protocols.frames import Deferred, Frame
from repairbot.protocols.joining import CYCLE, each, union
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
    here: Scope | None = place.scope
    statement = place.statement
    while here is not None:
        if here is place.scope or not here.is_class:
            frame = None if here.is_module else place.frame
            found = _in_scope(r, name, here, statement if here is place.scope else None, frame)
            if found is not None and here.is_module and here is not place.scope:
                earlier = [bound(r, one, here, None) for one in earlier_bindings(here, place.scope, name)]
                return union([found, *earlier])
            if found is not None:
                return found
        here = here.parent
    return builtin(r, name, place.scope, node)


def in_module(r: Resolver, scope: Scope, name: str) -> Value | None:
    """What a name is at the end of a module, None when the module does not bind it."""
    return _in_scope(r, name, scope, None, None)


def builtin(r: Resolver, name: str, scope: Scope, node: ast.AST) -> Value:
    if scope.file.name == "builtins":
        return unknown(scope, node, f"`{name}` is not defined")
    file = r.modules.find("builtins", scope.file)
    value = None if isinstance(file, Missing) else _exported(r, file, name)
    return value if value is not None else unknown(scope, node, f"`{name}` is not defined in this file")


def _in_scope(r: Resolver, name: str, scope: Scope, statement: ast.AST | None, frame: Frame | None) -> Value | None:
    """What the name is in one scope, None when it is not a name of that scope."""
    if scope.is_module and scope.file.origin is Origin.STDLIB and (canonical := special(f"{scope.file.name}.{name}")):
        return Special(canonical)
    flow = scope.flow
    if statement is not None:
        reaching = flow.before.get(id(statement), {}).get(name, ())
    elif scope.is_module or scope.is_class:
        reaching = flow.after.get(name, ())
    else:
        reaching = ()
        if name not in flow.outward:
            # A function inside runs later: any assignment of the enclosing function may be the last one.
            reaching = tuple(flow.every.get(name, ()))
    reaching = tuple(one for one in reaching if one is not UNBOUND)
    if scope.is_module:
        starred = _starred(r, name, scope, statement, reaching)
        if starred is not None:
            return union([starred, *_set_elsewhere(r, scope, name, statement)])
    values = [bound(r, one, scope, frame) for one in in_order(reaching)]
    if name in flow.outward and statement is not None:
        return union(values) if values else None
    if statement is None or scope.is_module:
        values += [bound(r, one, owner, None) for one, owner in _rebound(scope, name)]
    if values and any(not isinstance(one, _SETTLED) for value in values for one in alternatives(value)):
        values += _set_elsewhere(r, scope, name, statement)
    if values:
        return union(values)
    if not scope.is_module and not scope.is_class and name in flow.every and name not in flow.outward:
        return Unknown(f"`{name}` has no value yet on any path to this place")
    return None


# Nobody puts something else in the place of a module, or of what is only used while a module is run.
_SETTLED = (Module, Special, TypeVariable)


def _set_elsewhere(r: Resolver, scope: Scope, name: str, statement: ast.AST | None) -> list[Value]:
    """What other modules set, which counts for whoever looks at the name once the module has run."""
    if statement is not None or not scope.is_module or scope.file.origin is not Origin.SOURCE:
        return []
    other = setters.on_module(r, scope, name)
    return [] if other is None else [other]


def _rebound(scope: Scope, name: str) -> list[tuple[Binding, Scope]]:
    """Assignments through `global` or `nonlocal`, when there are any at all in the file."""
    if "global" not in scope.parsed.text and "nonlocal" not in scope.parsed.text:
        return []
    return scope.foreign.get(name, [])


def _starred(
    r: Resolver, name: str, scope: Scope, statement: ast.AST | None, reaching: Iterable[Binding]
) -> Value | None:
    """The name by a star import, when that comes after every other binding of it."""
    stars = (scope.flow.before.get(id(statement), {}) if statement is not None else scope.flow.after).get(STAR, ())
    last = max((line_of(one) for one in reaching), default=0)
    for star in sorted(stars, key=line_of, reverse=True):
        if not isinstance(star, Imported) or line_of(star) < last:
            continue
        file = imported_module(r, star, scope)
        if isinstance(file, Missing):
            return (
                None
                if reaching
                else unknown(scope, star.node, f"`{name}` may come from `{star.module}`: {file.reason}")
            )
        if exports(r, file, name) and (value := _exported(r, file, name)) is not None:
            return explained(value, scope, star.node, f"`{name}` comes from `{star.module}` by a star import")
    return None


def exports(r: Resolver, file: ModuleFile, name: str) -> bool:
    """Whether `from file import *` brings the name."""
    scope = r.module(file)
    if isinstance(scope, Unknown):
        return False
    listed = _all(scope)
    return name in listed if listed is not None else not name.startswith("_")


def _all(scope: Scope) -> set[str] | None:
    """The names in `__all__`, None when there is none or it is not written out."""
    found: set[str] = set()
    for statement in scope.parsed.tree.body:
        match statement:
            case (
                ast.Assign(targets=[ast.Name(id="__all__")], value=value)
                | ast.AugAssign(target=ast.Name(id="__all__"), value=value)
                | ast.AnnAssign(target=ast.Name(id="__all__"), value=ast.expr() as value)
            ):
                match value:
                    case ast.List(elts=parts) | ast.Tuple(elts=parts):
                        found |= {
                            part.value
                            for part in parts
                            if isinstance(part, ast.Constant) and isinstance(part.value, str)
                        }
                    case _:
                        return None
    return found or None


def member(r: Resolver, file: ModuleFile, name: str) -> Value:
    """`file.name`: a binding of the module, else a module below it."""
    value = _exported(r, file, name)
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


def _exported(r: Resolver, file: ModuleFile, name: str) -> Value | None:
    scope = r.module(file)
    if isinstance(scope, Unknown):
        return scope
    value = r.remembered(("member", file, name), lambda: _in_scope(r, name, scope, None, None) or _ABSENT)
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
        return Module(file)
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
            value = results.looped(r, r.value(binding.value, around), is_async=binding.is_async)
            value = unpacked(r, value, binding.path)
            return explained(value, scope, binding.value, f"`{binding.name}` is an element of `{short(binding.value)}`")


def _assigned(r: Resolver, binding: Assigned, scope: Scope, frame: Frame | None) -> Value:
    statement = binding.node
    around = Place(scope, statement, frame)
    if isinstance(binding.value, ast.Call) and not binding.path:
        variable = calls.type_variable(r, binding, scope, around)
        if variable is not None:
            return variable
    value = unpacked(r, r.value(binding.value, around), binding.path)
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
        value = each(value, lambda one, step=step: _part(r, one, step))  # type: ignore[misc]
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


def deferred(r: Resolver, value: Value | Deferred) -> Value:
    return r.value(value.expression, value.place) if isinstance(value, Deferred) else value
