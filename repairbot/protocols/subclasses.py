"""The classes of the target below a class: from the headers of all classes, aliases and calls of `type` included."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from repairbot.protocols import classes
from repairbot.protocols.links import short, unknown
from repairbot.protocols.nodes import nodes_on
from repairbot.protocols.scopes import Place, Scope, place_of
from repairbot.protocols.values import Class, Function, Unknown, alternatives

if TYPE_CHECKING:
    from repairbot.protocols.resolver import Resolver

_CLASS = re.compile(r"\bclass\b")
_MAKES_CLASSES = re.compile(r"\bclass\b|\btype\(|\bnew_class\(")


def below(r: Resolver, cls: Class) -> tuple[Class, ...]:
    """Every class of the target that derives from a class, in the order of files and lines."""
    found: dict[Scope, Class] = {}
    pending = [cls]
    while pending:
        parent = pending.pop()
        for one in _direct(r, parent):
            if one.scope not in found and one.scope is not cls.scope:
                found[one.scope] = one
                pending.append(one)
    return tuple(sorted(found.values(), key=lambda one: (one.scope.file.path, one.node.lineno)))


def _direct(r: Resolver, parent: Class) -> Iterator[Class]:
    for module in _modules(r, "subclassing", _called(r, parent.name)):
        for scope in _headers(module):
            below = Class(scope)
            if any(isinstance(base, Class) and base.scope is parent.scope for base in classes.bases(r, below)):
                yield below


def _modules(r: Resolver, what: str, words: frozenset[str]) -> Iterator[Scope]:
    index = getattr(r.modules.outlines, what)
    for path in sorted({path for word in words for path in index.get(word.encode(), ())}):
        module = r.module(r.modules.file(path))
        if isinstance(module, Scope):
            yield module


def _called(r: Resolver, name: str) -> frozenset[str]:
    """The name of a class and all names that some file gives it."""
    found = {name}
    pending = [name]
    while pending:
        for alias in _aliases(r, pending.pop()):
            if alias not in found:
                found.add(alias)
                pending.append(alias)
    return frozenset(found)


def _aliases(r: Resolver, name: str) -> Iterator[str]:
    word = re.escape(name)
    renamed = re.compile(
        rf"\b{word}\s+as\s+(\w+)"
        rf"|(\w+)(?:\s*:[^=\n]+)?\s*=\s*(?:\w+\.)*{word}(?:\[[^\n=]*\])?[ \t]*(?:$|#|;)",
        re.MULTILINE,
    )
    for path in r.modules.outlines.renaming.get(name.encode(), ()):
        for match in renamed.finditer(_text(r, path)):
            yield match[1] or match[2]


def _text(r: Resolver, path: str) -> str:
    try:
        return r.modules.read(path).decode("utf-8", "replace")
    except OSError:
        return ""


def _headers(module: Scope) -> Iterator[Scope]:
    for node, ancestors in nodes_on(module.parsed, module.parsed.lines_matching(_CLASS)):
        if isinstance(node, ast.ClassDef) and node.bases:
            yield place_of(module, ancestors, node).scope.inside(node)


def unseen(r: Resolver, cls: Class) -> Unknown | None:
    """Why there may be subclasses that no header shows: by `type(…)`, or by a function that is given the class."""
    found = r.remembered(("unseen", cls.scope), lambda: _unseen(r, cls) or NONE)
    return found if isinstance(found, Unknown) and found != NONE else None


NONE = Unknown("all subclasses are seen")


def _unseen(r: Resolver, cls: Class) -> Unknown | None:
    words = _called(r, cls.name)
    for module in _modules(r, "subclassing", words):
        for scope in _headers(module):
            for base in scope.node.bases:  # type: ignore[union-attr]  # the scope of a class
                if not isinstance(base, ast.Name | ast.Attribute | ast.Subscript) and _mentions(base, words):
                    return unknown(module, scope.node, f"`{short(base)}` may make a subclass of `{cls.name}`")
        for node, _ in nodes_on(module.parsed, module.parsed.lines_with("type(", "new_class(")):
            match node:
                case ast.Call(func=ast.Name(id="type") | ast.Attribute(attr="new_class"), args=[_, made, *_]):
                    if _mentions(made, words):
                        return unknown(module, node, f"`{short(node)}` makes a subclass of `{cls.name}`")
    if any(
        _makes_classes(r, decorator, Place(cls.scope.parent or cls.scope, cls.node)) for decorator in _decorators(cls)
    ):
        return unknown(cls.scope, cls.node, f"a decorator may make a subclass of `{cls.name}`")
    registered = re.compile(rf"\b{re.escape(cls.name)}\.register\b")
    for path in r.modules.outlines.beside.get(cls.scope.file.path.rpartition("/")[0], ()):
        if registered.search(_text(r, path)):
            return unknown(cls.scope, cls.node, f"other classes are registered as `{cls.name}` in `{path}`")
    return _oddly(r, cls) or _handed_over(r, cls, words)


def _decorators(cls: Class) -> Iterator[ast.expr]:
    for decorator in cls.node.decorator_list:
        yield decorator.func if isinstance(decorator, ast.Call) else decorator


def _oddly(r: Resolver, cls: Class) -> Unknown | None:
    """A class that names the class only where its bases are starred or taken out of something."""
    for path in r.modules.outlines.odd:
        module = r.module(r.modules.file(path)) if cls.name in _text(r, path) else None
        for scope in _headers(module) if isinstance(module, Scope) else ():
            for base in scope.node.bases:  # type: ignore[union-attr]  # the scope of a class
                if _may_be(r, base, cls, Place(scope.parent or scope, scope.node)):
                    return unknown(module, scope.node, f"`{short(base)}` may be `{cls.name}`")  # type: ignore[arg-type]
    return None


def _may_be(r: Resolver, base: ast.expr, cls: Class, place: Place) -> bool:
    match base:
        case ast.Starred():
            return True
        case ast.Subscript() | ast.Attribute(value=ast.Subscript() | ast.Call()):
            found = alternatives(r.literal.value(base, place))
            return any(isinstance(one, Unknown) or getattr(one, "scope", None) is cls.scope for one in found)
    return False


def _mentions(node: ast.AST, words: frozenset[str]) -> bool:
    return any(
        (isinstance(one, ast.Name) and one.id in words) or (isinstance(one, ast.Attribute) and one.attr in words)
        for one in ast.walk(node)
    )


def _handed_over(r: Resolver, cls: Class, words: frozenset[str]) -> Unknown | None:
    """A call beside the class that is given it, where what is called makes classes."""
    handed = re.compile(rf"[(,=\s](?:\w+\.)*(?:{'|'.join(map(re.escape, sorted(words)))})\s*[,)]")
    for path in r.modules.outlines.beside.get(cls.scope.file.path.rpartition("/")[0], ()):
        module = r.module(r.modules.file(path)) if handed.search(_text(r, path)) else None
        if not isinstance(module, Scope):
            continue
        for node, ancestors in nodes_on(module.parsed, module.parsed.lines_with(*words)):
            if not isinstance(node, ast.Call):
                continue
            given = [*node.args, *(one.value for one in node.keywords)]
            if any(_names(one, words) for one in given) and _makes_classes(
                r, node.func, place_of(module, ancestors, node)
            ):
                return unknown(module, node, f"`{short(node)}` may make a subclass of `{cls.name}`")
    return None


def _names(node: ast.expr, words: frozenset[str]) -> bool:
    return (isinstance(node, ast.Name) and node.id in words) or (isinstance(node, ast.Attribute) and node.attr in words)


def _makes_classes(r: Resolver, function: ast.expr, place: Place) -> bool:
    for one in alternatives(r.literal.value(function, place)):
        if isinstance(one, Function) and _MAKES_CLASSES.search(one.scope.parsed.segment(one.scope.node)):
            return True
    return False
