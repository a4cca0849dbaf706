"""Pytest fixtures: what a parameter of a test or fixture is, found by its name as pytest finds it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from repairbot.model import Origin
from repairbot.protocols import calls, names, results
from repairbot.protocols.bindings import Defined, dotted, in_order
from repairbot.protocols.frames import Arguments
from repairbot.protocols.joining import each, union
from repairbot.protocols.links import explained, unknown
from repairbot.protocols.scopes import Place, Scope
from repairbot.protocols.values import (
    Function,
    Kind,
    Produced,
    Special,
    Unknown,
    Value,
    Wrapped,
    Wrapping,
    alternatives,
)
from repairbot.source.files import Missing, ModuleFile

if TYPE_CHECKING:
    from repairbot.protocols.resolver import Resolver


def fixture(r: Resolver, name: str, scope: Scope) -> Value | None:
    """What pytest passes for parameter `name` of the function `scope`; None when it is no fixture that can be seen."""
    node = scope.node
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or not is_test_file(scope.file):
        return None
    if not node.name.startswith("test") and not _is_fixture(r, node, scope):
        return None
    if name in _parametrized(scope):
        return unknown(scope, node, f"`{name}` is a parameter of the test by `parametrize`")
    for place in _providers(r, scope):
        found = _provided(r, name, place, node)
        if found is not None:
            return found
    return None


def is_test_file(file: ModuleFile) -> bool:
    if file.origin is not Origin.SOURCE:
        return False
    *folders, last = file.path.split("/")
    return (
        last.startswith("test_")
        or last.endswith("_test.py")
        or last in ("conftest.py", "tests.py")
        or any(folder in ("test", "tests", "testing") for folder in folders)
    )


def _is_fixture(r: Resolver, node: ast.FunctionDef | ast.AsyncFunctionDef, scope: Scope) -> bool:
    outside = Place(scope.parent or scope, node)
    for decorator in node.decorator_list:
        function = decorator.func if isinstance(decorator, ast.Call) else decorator
        if dotted(function) is not None and r.value(function, outside) == Special("pytest.fixture"):
            return True
    return False


def _parametrized(scope: Scope) -> set[str]:
    found: set[str] = set()
    owner: Scope | None = scope
    while owner is not None and not owner.is_module:
        for decorator in getattr(owner.node, "decorator_list", ()):
            match decorator:
                case ast.Call(func=ast.Attribute(attr="parametrize"), args=[ast.Constant(value=str(listed)), *_]):
                    found |= {one.strip() for one in listed.split(",")}
                case ast.Call(
                    func=ast.Attribute(attr="parametrize"), args=[ast.List(elts=parts) | ast.Tuple(elts=parts), *_]
                ):
                    found |= {
                        one.value for one in parts if isinstance(one, ast.Constant) and isinstance(one.value, str)
                    }
        owner = owner.parent
    return found


def _providers(r: Resolver, scope: Scope) -> Iterator[Scope]:
    """Where fixtures are looked for: the classes around, the module, then conftest.py upwards."""
    owner = scope.parent
    while owner is not None:
        if owner.is_class or owner.is_module:
            yield owner
        owner = owner.parent
    for level in range(1, 30):
        folder = r.modules.parent(scope.file, level)
        if isinstance(folder, Missing):
            return
        conftest = r.modules.submodule(folder, "conftest")
        if isinstance(conftest, ModuleFile) and conftest != scope.file:
            module = r.module(conftest)
            if isinstance(module, Scope):
                yield module


def _provided(r: Resolver, name: str, place: Scope, asking: ast.AST) -> Value | None:
    """The value of fixture `name` if this class or module provides it; a fixture that asks for its own name means the
    one further out."""
    for binding in (*place.flow.after.get(name, ()), *_renamed(place, name)):
        if binding.node is asking:
            return None
    values = [names.bound(r, one, place, None) for one in _renamed(place, name)]
    if not values and place.is_module:
        found = names.in_module(r, place, name)
        values = [found] if found is not None else []
    elif not values and (reaching := place.flow.after.get(name)):
        values = [names.bound(r, one, place, None) for one in in_order(reaching)]
    fixtures = [one for value in values for one in alternatives(value) if _is_wrapped(one)]
    if not fixtures:
        return None
    value = union(_passed(r, one) for one in fixtures)
    return explained(value, place, _node(fixtures[0], place), f"`{name}` is a pytest fixture")


def _is_wrapped(value: Value) -> bool:
    if not isinstance(value, Wrapped) or value.wrapping is not Wrapping.FIXTURE:
        return False
    return any(isinstance(one, Function) for one in alternatives(value.inner))


def _node(value: Value, place: Scope) -> ast.AST:
    inner = value.inner if isinstance(value, Wrapped) else value
    return inner.node if isinstance(inner, Function) else place.node


def _renamed(place: Scope, name: str) -> tuple[Defined, ...]:
    """Functions that `@pytest.fixture(name="…")` offers under another name."""
    if f'"{name}"' not in place.parsed.text and f"'{name}'" not in place.parsed.text:
        return ()
    found: dict[Defined, None] = {}
    for bindings in place.flow.every.values():
        for binding in bindings:
            if not isinstance(binding, Defined):
                continue
            for decorator in binding.node.decorator_list:
                match decorator:
                    case ast.Call(func=ast.Name(id="fixture") | ast.Attribute(attr="fixture"), keywords=keywords):
                        given = [one.value for one in keywords if one.arg == "name"]
                        if any(isinstance(one, ast.Constant) and one.value == name for one in given):
                            found[binding] = None
    return tuple(found)


def _passed(r: Resolver, value: Value) -> Value:
    assert isinstance(value, Wrapped)

    called = calls.call(r, value.inner, Arguments(complete=False), ast.Pass(), _nowhere(value))
    return each(called, lambda one: _result(r, one))


def _nowhere(value: Wrapped) -> Place:
    """A fixture takes no arguments that we pass, so the place of the call does not matter."""
    return Place(next(one.scope for one in alternatives(value.inner) if isinstance(one, Function)))


def _result(r: Resolver, value: Value) -> Value:
    match value:
        case Produced(kind=Kind.GENERATOR | Kind.ASYNC_GENERATOR):
            return results.yielded(r, value)
        case Produced(kind=Kind.COROUTINE):
            return results.awaited(r, value)
        case Unknown():
            return value
    return value
