"""What lists, dicts and sets hold: what was written in them, where nothing else in the program uses the object."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from collections.abc import Sequence as Several
from typing import TYPE_CHECKING

from repairbot.protocols import displays, swallowing
from repairbot.protocols.bindings import Assigned, Binding, in_order
from repairbot.protocols.flow import STAR
from repairbot.protocols.joining import union
from repairbot.protocols.nodes import nodes_on
from repairbot.protocols.reaching import UNBOUND
from repairbot.protocols.scopes import Place, Scope
from repairbot.protocols.values import Nothing, Sequence, Unknown, Value

if TYPE_CHECKING:
    from repairbot.protocols.resolver import Resolver

Display = ast.List | ast.Set | ast.Dict
Written = tuple[Display, Place]

_READING_METHODS = frozenset({"get", "items", "keys", "values", "index", "count", "copy"})
_READING_FUNCTIONS = frozenset({"len", "list", "tuple", "set", "frozenset", "sorted", "print", "repr", "str", "bool"})


def value(r: Resolver, node: ast.expr, place: Place) -> Value:
    """The value of an expression that is read at once, as by a loop or by unpacking: a list with its parts."""
    match node:
        case ast.Call(func=ast.Attribute(value=holder, attr="values" | "items" as method), args=[], keywords=[]):
            if (found := _entries(r, holder, place)) is not None:
                held = union(found) if found else Unknown("an empty dict holds nothing")
                key = Unknown("the key of a dict is not followed")
                pair = Sequence((key, held), displays.built_in(r, "tuple", node, place))
                return Sequence((held if method == "values" else pair,), displays.built_in(r, "list", node, place))
        case _ if (lists := [*written(r, node, place)]) and not any(isinstance(one, ast.Dict) for one, _ in lists):
            parts = [_parts(r, one, around) for one, around in lists]
            if not any(one is None for one in parts):
                return union(
                    Sequence(one, displays.built_in(r, "list", node, place)) for one in parts if one is not None
                )
    return r.value(node, place)


def item(r: Resolver, node: ast.Subscript, place: Place) -> Value | None:
    """What `display[key]` is; None when the object is no display that nothing else uses."""
    found = [*written(r, node.value, place)]
    values = [_item(r, display, node.slice, around) for display, around in found]
    return None if not values or None in values else union(one for one in values if one is not None)


def got(r: Resolver, node: ast.Call, place: Place) -> Value | None:
    """What `display.get(key)` or `display.get(key, default)` is; None when it is no such call."""
    match node:
        case ast.Call(func=ast.Attribute(value=holder, attr="get"), args=[_, *default], keywords=[]):
            found = _entries(r, holder, place)
            if found is not None and len(default) < 2:
                return union([*found, r.value(default[0], place) if default else Nothing()])
    return None


def position(index: ast.expr) -> int | None:
    """The number that an index is written as."""
    match index:
        case ast.Constant(value=int(number)):
            return number
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int(number))):
            return -number
    return None


def written(r: Resolver, node: ast.expr, place: Place) -> Iterator[Written]:
    """The displays that an expression can be; nothing unless it is one of them on every path."""
    if isinstance(node, Display):
        yield node, place
    elif isinstance(node, ast.Name):
        owner = _owner(node.id, place)
        if owner is None:
            return
        scope, statement = owner
        bindings = _reaching(r, node.id, scope, statement)
        shown = [(one, held) for one in in_order(bindings) if (held := _display(one)) is not None]
        if shown and len(shown) == len(bindings) and _is_only_read(r, node.id, scope):
            for one, held in shown:
                yield held, Place(scope, one.node, None if scope.is_module else place.frame)


def _display(binding: Binding) -> Display | None:
    if isinstance(binding, Assigned) and not binding.path and isinstance(binding.value, Display):
        return binding.value
    return None


def _owner(name: str, place: Place) -> tuple[Scope, ast.AST | None] | None:
    """The scope that a name belongs to, and where in it; None where it may belong to several."""
    if place.comprehended(name) is not None:
        return None
    scope: Scope | None = place.scope
    while scope is not None and (name not in scope.flow.every or (scope.is_class and scope is not place.scope)):
        scope = scope.parent
    if scope is None or name in scope.flow.outward or name in scope.foreign or STAR in scope.flow.every:
        return None
    return scope, place.statement if scope is place.scope else None


def _reaching(r: Resolver, name: str, scope: Scope, statement: ast.AST | None) -> list[Binding]:
    if statement is None and not scope.is_module and not scope.is_class:
        return list(scope.flow.every[name])
    found = scope.flow.reaching(name, statement, swallowing.in_scope(r, scope))
    return [one for one in found if one is not UNBOUND]


def _parts(r: Resolver, display: Display, place: Place) -> tuple[Value, ...] | None:
    if isinstance(display, ast.Dict) or any(isinstance(one, ast.Starred) for one in display.elts):
        return None
    return tuple(r.value(one, place) for one in display.elts)


def _entries(r: Resolver, node: ast.expr, place: Place) -> list[Value] | None:
    """The values of the dicts that an expression can be."""
    found: list[Value] = []
    dicts = [*written(r, node, place)]
    for display, around in dicts:
        if not isinstance(display, ast.Dict) or None in display.keys:
            return None
        found += [r.value(one, around) for one in display.values]
    return found if dicts else None


def _item(r: Resolver, display: Display, key: ast.expr, place: Place) -> Value | None:
    if isinstance(display, ast.Dict):
        return _entry(r, display, key, place)
    parts = _parts(r, display, place)
    if not parts or isinstance(key, ast.Slice) or isinstance(display, ast.Set):
        return None
    index = position(key)
    return parts[index] if index is not None and -len(parts) <= index < len(parts) else union(parts)


def _entry(r: Resolver, display: ast.Dict, key: ast.expr, place: Place) -> Value | None:
    if None in display.keys or not display.keys:
        return None
    if isinstance(key, ast.Constant) and all(isinstance(one, ast.Constant) for one in display.keys):
        # Python keeps the last of equal keys.
        for known, entry in zip(reversed(display.keys), reversed(display.values), strict=True):
            if isinstance(known, ast.Constant) and known.value == key.value:
                return r.value(entry, place)
    return union(r.value(one, place) for one in display.values)


def _is_only_read(r: Resolver, name: str, scope: Scope) -> bool:
    """Whether every mention of a name in the program only reads what the object holds."""
    known = scope.only_read.get(name)
    if known is None:
        known = scope.only_read[name] = _is_read_everywhere(r, name, scope)
    return known


def _is_read_everywhere(r: Resolver, name: str, scope: Scope) -> bool:
    parsed = scope.parsed
    first, last = 1, len(parsed.lines)
    if scope.is_module or scope.is_class:
        if any(path != parsed.file.path for path in r.modules.containing(name.encode())):
            return False
    else:
        # A local name means nothing outside of its function.
        first, last = getattr(scope.node, "lineno", first), getattr(scope.node, "end_lineno", last)
    lines = [number for number in range(first, last + 1) if name in parsed.lines[number - 1]]
    return all(_only_reads(node, around, name, scope) for node, around in nodes_on(parsed, lines))


def _only_reads(node: ast.AST, around: Several[ast.AST], name: str, scope: Scope) -> bool:
    match node:
        case ast.Name(id=other) if other == name:
            return _reads(node, around, scope)
        case ast.alias(name=other, asname=alias) if name in (other, alias):
            return False
        case ast.Attribute(attr=other) if other == name:
            return not (scope.is_module or scope.is_class)
        case ast.Global(names=listed) | ast.Nonlocal(names=listed):
            return name not in listed
        case ast.Constant(value=str(text)):
            return text != name
    return True


def _reads(node: ast.Name, around: Several[ast.AST], scope: Scope) -> bool:
    parent = around[-1] if around else None
    match parent:
        case ast.AugAssign(target=target) if target is node:
            return False
        case _ if not isinstance(node.ctx, ast.Load):
            return True
        case ast.Subscript(value=held, ctx=ast.Load()) if held is node:
            return True
        case ast.For(iter=held) | ast.AsyncFor(iter=held) | ast.comprehension(iter=held) if held is node:
            return True
        case ast.Compare() | ast.Starred(ctx=ast.Load()) | ast.UnaryOp(op=ast.Not()):
            return True
        case ast.Assign(targets=targets):
            return all(isinstance(one, ast.Tuple | ast.List) for one in targets)
        case ast.Call(func=ast.Name(id=function)) if function in _READING_FUNCTIONS:
            return function not in scope.module.flow.every
        case ast.Attribute(attr=method) if method in _READING_METHODS and len(around) > 1:
            return isinstance(around[-2], ast.Call) and around[-2].func is parent
    return False
