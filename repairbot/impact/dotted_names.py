"""What libraries call an object: an expression in, the dotted names that it goes by out."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from repairbot.protocols import classes
from repairbot.protocols.bindings import Imported
from repairbot.protocols.resolver import Resolver
from repairbot.protocols.scopes import Place, Scope
from repairbot.protocols.values import (
    Applied,
    Class,
    Function,
    Instance,
    Known,
    Module,
    Partial,
    Special,
    Unknown,
    Wrapped,
    alternatives,
)


def names_of(r: Resolver, expression: ast.expr, place: Place) -> frozenset[str]:
    """Dotted names of the object; an attribute that is not known goes by the names of what it is looked up on."""
    found = {name for one in alternatives(r.ask(expression, place)[0]) for name in _names(r, one)}
    match expression:
        case ast.Attribute(value=base, attr=attr) if not found:
            found |= {f"{name}.{attr}" for name in names_of(r, base, place)}
        case ast.Call(func=function) if not found:
            found |= names_of(r, function, place)
    return frozenset(found)


def _names(r: Resolver, value: Known | Unknown) -> Iterator[str]:
    match value:
        case Unknown(external=str(name)) | Special(name=name) | Applied(special=name):
            yield name
        case Module(file=file):
            yield file.name
        case Function(scope=scope):
            yield _of_scope(scope)
        case Class():
            yield from lineage_names(r, value)
        case Instance(cls=cls):
            yield from lineage_names(r, cls)
        case Wrapped(inner=inner) | Partial(function=inner):
            for one in alternatives(inner):
                yield from _names(r, one)


def lineage_names(r: Resolver, cls: Class) -> Iterator[str]:
    """The names of a class and of all its bases, also of those that could not be read."""
    for base in classes.lineage(r, cls):
        match base:
            case Class(scope=scope):
                yield _of_scope(scope)
            case Unknown(external=str(name)):
                yield name


def _of_scope(scope: Scope) -> str:
    return f"{scope.file.name}.{scope.qualified_name}"


def goes_by(names: Iterable[str], libraries: Iterable[str], endings: Iterable[str]) -> bool:
    """Whether one of the names lies in one of the libraries and ends like one of the endings."""
    tops, ends = set(libraries), tuple(f".{ending}" for ending in endings)
    return any(name.partition(".")[0] in tops and f".{name}".endswith(ends) for name in names)


def written(expression: ast.expr) -> str:
    """The expression as it stands without arguments, `a.b.c` for `a(1).b.c`; it begins with "." after anything odd."""
    match expression:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=base, attr=attr):
            return f"{written(base)}.{attr}"
        case ast.Call(func=function):
            return written(function)
    return ""


def imports(module: Scope) -> frozenset[str]:
    """The top-level packages that a module imports at its top."""
    bindings = (one for some in module.flow.every.values() for one in some)
    return frozenset(one.module.partition(".")[0] for one in bindings if isinstance(one, Imported) and not one.level)
