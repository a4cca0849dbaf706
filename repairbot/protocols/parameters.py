"""What a parameter is: the argument of the call at hand, the object itself, a fixture, or what it is declared as."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from repairbot.protocols import builtin_calls, fixtures
from repairbot.protocols.bindings import Parameter
from repairbot.protocols.frames import Deferred, Frame
from repairbot.protocols.joining import union
from repairbot.protocols.links import explained, short, unknown
from repairbot.protocols.scopes import Place, Scope
from repairbot.protocols.values import Class, Instance, Nothing, Special, Unknown, Value

if TYPE_CHECKING:
    from repairbot.protocols.resolver import Resolver


def passed(r: Resolver, binding: Parameter, scope: Scope, frame: Frame | None) -> Value:
    """The value of a parameter inside its function."""
    if frame is not None and (given := frame.lookup(scope, binding.name)) is not None:
        return r.value(given.expression, given.place) if isinstance(given, Deferred) else given
    own = _receiver(r, binding, scope, frame)
    if own is not None:
        return own
    r.lack(scope)
    fixture = fixtures.fixture(r, binding.name, scope)
    if fixture is not None:
        return fixture
    if binding.variadic:
        return unknown(scope, binding.node, f"parameter `{binding.name}` collects whatever is passed")
    return _declared(r, binding, scope, frame)


def _declared(r: Resolver, binding: Parameter, scope: Scope, frame: Frame | None) -> Value:
    outside = Place(scope.parent or scope, scope.node, frame)
    annotation = binding.node.annotation
    if annotation is not None:
        # Type parameters of `def f[T](x: T)` are names of the function itself.
        around = Place(scope, None, frame) if getattr(scope.node, "type_params", ()) else outside
        value = r.annotated(annotation, around)
        if not isinstance(value, Unknown) or binding.default is None:
            if isinstance(binding.default, ast.Constant) and binding.default.value is None:
                value = union([value, Nothing()])
            return explained(
                value, scope, binding.node, f"parameter `{binding.name}` is declared as `{short(annotation)}`"
            )
    if binding.default is not None:
        injected = builtin_calls.injected(r, binding.default, outside)
        if injected is not None:
            text = f"parameter `{binding.name}` is injected by `{short(binding.default)}`"
            return explained(injected, scope, binding.node, text)
    return unknown(scope, binding.node, f"parameter `{binding.name}` has no declared type")


def _receiver(r: Resolver, binding: Parameter, scope: Scope, frame: Frame | None) -> Value | None:
    """`self` or `cls`: the first parameter of a method."""
    owner = scope.parent
    function = scope.node
    if owner is None or not owner.is_class or isinstance(function, ast.Lambda | ast.Module | ast.ClassDef):
        return None
    ordered = [*function.args.posonlyargs, *function.args.args]
    if not ordered or ordered[0] is not binding.node:
        return None
    wrappings = {_decorator(r, decorator, owner) for decorator in function.decorator_list}
    if "builtins.staticmethod" in wrappings:
        return None
    cls = Class(owner, exact=False, frame=frame)
    if "builtins.classmethod" in wrappings or function.name in ("__new__", "__init_subclass__", "__class_getitem__"):
        return cls
    return Instance(cls, exact=False)


def _decorator(r: Resolver, node: ast.expr, owner: Scope) -> str | None:
    if not isinstance(node, ast.Name):
        return None
    value = r.value(node, Place(owner, None))
    return value.name if isinstance(value, Special) else None
