"""The statements and calls of a file that set a name on something: found by text first, by the tree where needed."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from repairbot.protocols.fixtures import is_test_file
from repairbot.protocols.nodes import nodes_on
from repairbot.protocols.scopes import Place, Scope, place_of

_PATCHES = ("patch", "object", "multiple", "dict", "spy", "patch_object", "stub", "setattr", "setitem", "delattr")
_INDIRECT_WORDS = ("setattr", "delattr", "patch", "__dict__", "vars", "globals", "exec", "modules[", "locals")
_RENAMED_WORD = re.compile(r"\b(?:patch|setattr|vars|globals|MonkeyPatch\S*)\s+as\s+(\w+)")
_FOLLOWED = rb"[ \t]*(?:(?:[-+*/%@&|^<>]{0,3}=(?!=))|:[^=\n]*=(?!=)|[^()=:]*[)\]]*[^()=:]*=(?!=))"


@dataclass(frozen=True, slots=True, eq=False)
class Store:
    """One place that sets `name` on `receiver`.

    `name` is None when it is computed, and `receiver` a string when a patch names it so. `value` is what is set, where
    that is an expression of its own. `undone` is a patch of a test, which ends with it.
    """

    module: Scope
    node: ast.AST
    place: Place
    receiver: ast.expr | str
    name: str | None
    value: ast.expr | None = None
    undone: bool = False
    ancestors: tuple[ast.AST, ...] = field(default=(), repr=False)

    @property
    def line(self) -> int:
        return getattr(self.node, "lineno", 1)


@lru_cache(maxsize=4096)
def _behind_a_dot(name: str) -> re.Pattern[bytes]:
    return re.compile(rb"\." + name.encode() + rb"\b")


@lru_cache(maxsize=4096)
def _own(name: str) -> re.Pattern[bytes]:
    return re.compile(rb"(?m)^[ \t]*self\." + name.encode() + rb"(?=[ \t]*(?:[-+*/%@&|^<>]{0,3}=(?!=)|:))")


_AFTER = re.compile(_FOLLOWED)
_OTHER_TARGET = re.compile(rb"\b(?:for|del|as)\b")
_LOOSE_SELF = re.compile(
    rb"\n(?:async[ \t]+)?def[ \t]+\w+[ \t]*\([ \t\r\n]*self\b|[^.\w]self[ \t]*=[^=]|\b(?:as|for)[ \t]+self\b"
    rb"|,[ \t\r\n]*self\b|@staticmethod\s+def\s+\w+\(\s*self\b|\(self\)[ \t]*:[ \t]*#[ \t]*type"
)
_NESTED_SELF = re.compile(rb"(?m)^([ \t]*)(?:(class)\b|(?:async[ \t]+)?def[ \t]+\w+[ \t]*\([ \t\r\n]*(self\b)?)")


def may_set(data: bytes, name: str) -> bool:
    """Whether the bytes of a file may set `.name` in another way than a method does on its own `self`."""
    own = None
    for match in _behind_a_dot(name).finditer(data):
        start = data.rfind(b"\n", 0, match.start()) + 1
        before = data[start : match.start()]
        if before.strip() == b"self" and _own(name).match(data, start):
            own = _has_loose_self(data) if own is None else own
            if own:
                return True
        elif _AFTER.match(data, match.end()) or _OTHER_TARGET.search(before):
            return True
    return False


@lru_cache(maxsize=256)
def _has_loose_self(data: bytes) -> bool:
    """Whether `self` may be something else than the object of the method around it."""
    if _LOOSE_SELF.search(data):
        return True
    open_blocks: list[tuple[int, bool]] = []
    for match in _NESTED_SELF.finditer(data):
        depth = len(match[1].expandtabs())
        while open_blocks and open_blocks[-1][0] >= depth:
            open_blocks.pop()
        if match[3] and not (open_blocks and open_blocks[-1][1]):
            return True
        open_blocks.append((depth, bool(match[2])))
    return False


def behind_a_dot(module: Scope, name: str) -> Iterator[Store]:
    """Every `x.name` of a file that is bound or deleted, but for what methods do to their own `self`."""
    for node, ancestors in nodes_on(module.parsed, module.parsed.lines_with(name)):
        if isinstance(node, ast.Attribute) and node.attr == name and not isinstance(node.ctx, ast.Load):
            place = place_of(module, ancestors, node)
            if not (_is_own(node, place) and _is_plain_target(ancestors)):
                yield Store(module, node, place, node.value, name, _assigned(ancestors), ancestors=ancestors)


def _is_own(node: ast.Attribute, place: Place) -> bool:
    """Whether it is set on the first parameter of the method around: what classes know of their own objects."""
    method: Scope | None = place.scope
    while method is not None and method.parent is not None and not method.parent.is_class:
        method = method.parent
    if method is None or method.parent is None or not isinstance(node.value, ast.Name):
        return False
    first = _first(method.node)
    scope: Scope | None = place.scope
    while scope is not None and first == node.value.id:
        bound = scope.flow.every.get(first, {})
        if scope is method:
            return len(bound) == 1
        if bound:
            return False
        scope = scope.parent
    return False


def _first(node: ast.AST) -> str | None:
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return None
    ordered = [*node.args.posonlyargs, *node.args.args]
    is_static = any(isinstance(one, ast.Name) and one.id == "staticmethod" for one in node.decorator_list)
    return ordered[0].arg if ordered and not is_static else None


def _is_plain_target(ancestors: tuple[ast.AST, ...]) -> bool:
    for one in reversed(ancestors):
        if isinstance(one, ast.stmt):
            return True
        if not isinstance(one, ast.Tuple | ast.List | ast.Starred | ast.withitem):
            return False
    return False


def _assigned(ancestors: tuple[ast.AST, ...]) -> ast.expr | None:
    match ancestors[-1]:
        case ast.Assign(value=value) | ast.AnnAssign(value=ast.expr() as value):
            return value
    return None


def indirect(module: Scope) -> tuple[Store, ...]:
    """Every call or subscript of a file that sets names by strings, keywords or computation."""
    found: list[Store] = []
    in_test = is_test_file(module.file)
    words = (*_INDIRECT_WORDS, *_RENAMED_WORD.findall(module.parsed.text))
    for node, ancestors in nodes_on(module.parsed, module.parsed.lines_with(*words)):
        sets: list[tuple[ast.expr | str, str | None, ast.expr | None]] = []
        undone = False
        match node:
            case ast.Name(id="setattr") if not (isinstance(ancestors[-1], ast.Call) and ancestors[-1].func is node):
                sets = [("?", None, None)]
            case ast.Call(func=ast.Name(id="globals" | "locals" | "vars"), args=[]) if not _is_only_read(
                ancestors, module
            ):
                sets = [("", None, None)]
            case ast.Call():
                sets = list(_called(node))
                undone = in_test and _is_undone(node)
            case ast.Subscript(value=ast.Attribute(attr="modules"), slice=key, ctx=ast.Store()):
                sets = [(key.value if isinstance(key, ast.Constant) and isinstance(key.value, str) else "", None, None)]
            case ast.Subscript(value=ast.expr() as space, slice=key, ctx=ast.Store() | ast.Del()):
                sets = [(owner, name, _assigned(ancestors)) for owner in _spaces(space) for name in _constant(key)]
            case ast.Attribute(attr="__dict__", value=owner, ctx=ast.Store()):
                sets = [(owner, None, None)]
        if sets:
            place = place_of(module, ancestors, node)
            found += [Store(module, node, place, owner, name, value, undone, ancestors) for owner, name, value in sets]
    return tuple(found)


def _is_only_read(ancestors: tuple[ast.AST, ...], module: Scope) -> bool:
    """Whether a namespace is only asked for its names, or set in a way that is seen where that is done."""
    match ancestors[-1] if ancestors else None:
        case ast.Subscript() | ast.Attribute() | ast.Compare() | ast.For() | ast.Expr():
            return True
        case ast.Assign(targets=[ast.Name(id=name)]):
            word = re.escape(name)
            written = (
                rf"\b{word}\[[^\]\n]*\]\s*=(?!=)|\b{word}\.(?:update|setdefault|pop|__setitem__)\b|[(,]\s*{word}\s*[,)]"
            )
            return re.search(written, module.parsed.text) is None
    return False


def _is_undone(call: ast.Call) -> bool:
    """Whether a test framework takes it back after the test: everything but plain `setattr`, `vars` and the like."""
    return not (isinstance(call.func, ast.Name) and call.func.id in ("setattr", "delattr", "exec")) and not (
        isinstance(call.func, ast.Attribute)
        and call.func.attr in ("__setattr__", "update", "__setitem__", "setdefault")
    )


def _called(call: ast.Call) -> Iterator[tuple[ast.expr | str, str | None, ast.expr | None]]:
    """What a call sets: pairs of owner and name, with the value where it is given."""
    last = getattr(call.func, "attr", None) or getattr(call.func, "id", "")
    match last, call.func, call.args:
        case "__setattr__" | "__delattr__", ast.Attribute(value=owner), [name, *rest] if len(call.args) < 3:
            yield owner, _text(name), rest[0] if rest else None
        case "exec", ast.Name(), [code, *spaces]:
            yield from _executed(code, spaces)
        case "update" | "setdefault" | "__setitem__" | "pop" | "clear", ast.Attribute(value=space), _:
            for of in _spaces(space):
                yield from ((of, name, None) for name in _updated(last, call))
        case _, _, [ast.Constant(value=str(target)), *rest] if last in _PATCHES or last == "setattr":
            before, _, patched = target.replace(":", ".").rpartition(".")
            if last in ("multiple", "dict"):
                yield from ((target.removesuffix(".__dict__"), keyword.arg, None) for keyword in call.keywords)
            else:
                yield before, patched, None
        case _, _, [owner, ast.Constant(value=str(name)), *rest] if last in _PATCHES or last == "__setattr__":
            yield owner, name, rest[0] if rest and last in ("setattr", "__setattr__") else None
        case "patch" | "setattr", _, [ast.BinOp() | ast.JoinedStr() as text, *_]:
            yield "?", _last_name(text), None
        case "object", ast.Attribute(), [owner, _, *_]:
            yield owner, None, None
        case "multiple", _, [owner, *_]:
            yield from ((owner, keyword.arg, None) for keyword in call.keywords)
        case "dict", ast.Attribute(value=base), [space, *rest] if "patch" in ast.unparse(base):
            for of in _spaces(space):
                for key in [*_keys(rest), *(keyword.arg for keyword in call.keywords)]:
                    yield of, key, None
        case "setattr" | "delattr" | "__setattr__" | "__delattr__", _, [owner, _, *_]:
            yield owner, None, None


def _last_name(text: ast.expr) -> str | None:
    """The name at the end of a text that is put together."""
    constants = [one.value for one in ast.walk(text) if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    return constants[-1].rpartition(".")[2] or None if constants else None


def _executed(code: ast.expr, spaces: list[ast.expr]) -> Iterator[tuple[ast.expr | str, str | None, ast.expr | None]]:
    """`exec` writes into the names around it, or into the namespace given."""
    names: list[str | None] = [None]
    if isinstance(code, ast.Constant) and isinstance(code.value, str):
        names = [*dict.fromkeys(re.findall(r"\w+", code.value))]
    for owner in _spaces(spaces[0]) if spaces else [""]:
        yield from ((owner, name, None) for name in names)


def _spaces(space: ast.expr) -> Iterator[ast.expr | str]:
    """Whose names a namespace holds: `x.__dict__`, `vars(x)`, `globals()`; "" stands for the module around."""
    match space:
        case ast.Attribute(attr="__dict__", value=owner):
            yield owner
        case ast.Call(func=ast.Name(id="vars"), args=[owner]):
            yield owner
        case ast.Call(func=ast.Name(id="globals" | "locals" | "vars"), args=[]) | ast.Attribute(attr="__globals__"):
            yield ""


def _constant(key: ast.expr) -> list[str | None]:
    return [_text(key)]


def _text(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _updated(method: str, call: ast.Call) -> list[str | None]:
    if method in ("setdefault", "__setitem__", "pop") and call.args:
        return [_text(call.args[0])]
    return [*(keyword.arg for keyword in call.keywords), *_keys(call.args)] or [None]


def _keys(given: list[ast.expr]) -> list[str | None]:
    found: list[str | None] = []
    for one in given:
        match one:
            case ast.Dict(keys=keys):
                found += [_text(key) if key is not None else None for key in keys]
            case _:
                found.append(None)
    return found
