"""What one piece of code around an expression demands of its value."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from dataclasses import dataclass

from repairbot.repair.steps import Call, Enter, Iterate, Operate, Read, Resemble, Step, Wait

_OPERATORS = {
    ast.Add: "add",
    ast.Sub: "sub",
    ast.Mult: "mul",
    ast.MatMult: "matmul",
    ast.Div: "truediv",
    ast.FloorDiv: "floordiv",
    ast.Mod: "mod",
    ast.Pow: "pow",
    ast.LShift: "lshift",
    ast.RShift: "rshift",
    ast.BitAnd: "and",
    ast.BitOr: "or",
    ast.BitXor: "xor",
}
_ORDER: dict[type[ast.cmpop], tuple[str, str]] = {
    ast.Lt: ("__lt__", "__gt__"),
    ast.LtE: ("__le__", "__ge__"),
    ast.Gt: ("__gt__", "__lt__"),
    ast.GtE: ("__ge__", "__le__"),
}
_UNARY = {ast.USub: "__neg__", ast.UAdd: "__pos__", ast.Invert: "__invert__"}
_SUBSCRIPT = {ast.Load: "__getitem__", ast.Store: "__setitem__", ast.Del: "__delitem__"}
_ITERATING = frozenset(
    {"all", "any", "dict", "enumerate", "filter", "frozenset", "iter", "list", "map", "reversed", "set", "sorted"}
    | {"sum", "tuple", "zip"}
)
_NUMBER = ("__int__", "__index__", "__trunc__")
_FUNCTIONS = {
    "len": ("__len__",),
    "abs": ("__abs__",),
    "round": ("__round__",),
    "next": ("__next__",),
    "anext": ("__anext__",),
    "aiter": ("__aiter__",),
    "memoryview": ("__buffer__",),
}
_PARSED = {"int": _NUMBER, "float": ("__float__", "__index__")}
_UNIVERSAL = frozenset(dir(object)) | {"__dict__", "__module__"}
_CONVERSION = re.compile(r"%(?:\(\w*\))?[-+ #0]*(?:\*|\d+)?(?:\.(?:\*|\d+))?[hlL]?([diouxXeEfFgGcrsa%])")
TEXT = ("str",)
NUMBERS = ("int", "float", "complex", "bool", "Decimal", "Fraction")
_PARSEABLE = ("str", "bytes", "bytearray", *NUMBERS)


@dataclass(frozen=True, slots=True)
class Operation:
    """The steps that a parent node takes from its child; `goes_on` when the parent's own value is used further."""

    steps: tuple[Step, ...]
    goes_on: bool = False


def need_of(node: ast.AST, parent: ast.AST, around: Sequence[ast.AST]) -> Operation | None:
    """What `parent` demands of the value of `node`, its child; None where any object will do."""
    match parent:
        case ast.Attribute(attr=name, ctx=ast.Load()):
            return None if name in _UNIVERSAL else Operation((Read(name, _called_with(parent, around)),), goes_on=True)
        case ast.Call(func=function) if function is node:
            return Operation((Call(),), goes_on=True)
        case ast.Await():
            return Operation((Wait(),), goes_on=True)
        case ast.Call():
            return _only(_argument(parent, node))
        case ast.Subscript(value=value, slice=key, ctx=context) if value is node:
            doing = "subscripted" if not _literal(key) else f"subscripted with `{ast.unparse(key)}`"
            return Operation((Operate((_SUBSCRIPT[type(context)],), doing, beside=_literal(key)),))
        case ast.withitem(context_expr=expression) if expression is node:
            return Operation((Enter(bool(around) and isinstance(around[-1], ast.AsyncWith)),))
        case ast.AsyncFor(iter=iterable) | ast.comprehension(iter=iterable, is_async=1) if iterable is node:
            return Operation((Iterate(is_async=True),))
        case ast.For(iter=iterable) | ast.comprehension(iter=iterable) if iterable is node:
            return Operation((Iterate(is_async=False),))
        case ast.Starred(ctx=ast.Load()) | ast.YieldFrom():
            return Operation((Iterate(is_async=False),))
        case ast.keyword(arg=None):
            return Operation((Read("keys"),))
        case ast.Dict(keys=keys, values=values) if any(
            key is None and value is node for key, value in zip(keys, values, strict=True)
        ):
            return Operation((Read("keys"),))
        case ast.Assign(targets=[ast.Tuple() | ast.List() as parts], value=value) if value is node:
            starred = any(isinstance(part, ast.Starred) for part in parts.elts)
            return Operation((Iterate(is_async=False, number=None if starred else len(parts.elts)),))
        case ast.FormattedValue(format_spec=ast.JoinedStr(values=[_, *_]), conversion=-1):
            return Operation((Operate(("__format__",), "formatted with a format", own=True),))
    return _only(_operator(node, parent, around))


def _called_with(method: ast.AST, around: Sequence[ast.AST]) -> tuple[str, ...]:
    """The type of the literal that a method gets as its first argument."""
    match around[-1:]:
        case (ast.Call(func=function, args=[first, *_]),) if function is method:
            return _literal(first) or _literals(first)
    return ()


def _only(steps: tuple[Step, ...]) -> Operation | None:
    return Operation(steps) if steps else None


def _operator(node: ast.AST, parent: ast.AST, around: Sequence[ast.AST]) -> tuple[Step, ...]:
    match parent:
        case ast.BinOp(left=ast.Constant(value=str(text)), op=ast.Mod(), right=right) if right is node:
            return _formatted(text, 0)
        case ast.Tuple(elts=parts) if around and isinstance(node, ast.expr):
            match around[-1]:
                case ast.BinOp(left=ast.Constant(value=str(text)), op=ast.Mod(), right=right) if right is parent:
                    return _formatted(text, parts.index(node))
        case ast.BinOp(left=left, op=operator, right=right):
            return of_operators(operator, right) if left is node else _reflected(operator, left)
        case ast.UnaryOp(op=operation) if type(operation) in _UNARY:
            return (Operate((_UNARY[type(operation)],), "used with an operator"),)
        case ast.Compare():
            return _compared(node, parent)
    return ()


def of_operators(operator: ast.operator, other: ast.expr, *, in_place: bool = False) -> tuple[Step, ...]:
    """What `node operator other` demands of the left side."""
    if isinstance(operator, ast.Mod) and not in_place and not _literal(other):
        return (Operate(("__mod__",), "used with `%`"),)
    name = _OPERATORS[type(operator)]
    dunders = (f"__i{name}__", f"__{name}__") if in_place else (f"__{name}__",)
    alike: tuple[Step, ...] = ()
    if not isinstance(operator, ast.Mod | ast.Mult) and (types := _literal(other)):
        alike = (Resemble(types, dunders),)
    return alike or (Operate(dunders, "used with an operator"),)


def _reflected(operator: ast.operator, left: ast.expr) -> tuple[Step, ...]:
    """`left operator node`: the left side may be able to take any object, unless it is a literal."""
    types = _literal(left)
    if not types or isinstance(operator, ast.Mod | ast.Mult):
        return ()
    return (Resemble(types, (f"__r{_OPERATORS[type(operator)]}__",)),)


def _compared(node: ast.AST, parent: ast.Compare) -> tuple[Step, ...]:
    operands = [parent.left, *parent.comparators]
    place = next(index for index, operand in enumerate(operands) if operand is node)
    if place and isinstance(parent.ops[place - 1], ast.In | ast.NotIn):
        beside = _literal(operands[place - 1])
        return (Operate(("__contains__", "__iter__", "__getitem__"), "looked into with `in`", beside=beside),)
    for operator, other in (
        *([(parent.ops[place], operands[place + 1])] if place < len(parent.ops) else []),
        *([(parent.ops[place - 1], operands[place - 1])] if place else []),
    ):
        if isinstance(operator, ast.Is | ast.IsNot):
            continue
        types = _literal(other)
        if isinstance(operator, ast.In | ast.NotIn):
            types = _literals(other)
        if types:
            return (Resemble(types, _ORDER.get(type(operator), ("__eq__", "__ne__"))),)
        if type(operator) in _ORDER:
            own, reflected = _ORDER[type(operator)]
            return (Operate((own, reflected), "compared by order"),)
    return ()


def _argument(call: ast.Call, node: ast.AST) -> tuple[Step, ...]:
    """What a built-in function demands of its argument."""
    if node not in call.args:
        return ()
    match call.func:
        case ast.Name(id="getattr") if node is call.args[0]:
            match call.args[1:]:
                case [ast.Constant(value=str(name))] if name not in _UNIVERSAL:
                    return (Read(name),)
        case ast.Name(id=name) if name in _ITERATING and (name not in ("map", "filter") or node is not call.args[0]):
            return (Iterate(is_async=False),)
        case ast.Name(id="min" | "max") if len(call.args) == 1:
            return (Iterate(is_async=False),)
        case ast.Name(id=name) if name in _FUNCTIONS and node is call.args[0]:
            return (Operate(_FUNCTIONS[name], f"given to `{name}`"),)
        case ast.Name(id=name) if name in _PARSED and node is call.args[0]:
            return (Operate(_PARSED[name], f"given to `{name}`", types=_PARSEABLE),)
        case ast.Attribute(attr="join", value=ast.Constant(value=str() | bytes()) as joint):
            return (Iterate(is_async=False, of=_literal(joint)),)
    return ()


def _formatted(text: str, index: int) -> tuple[Step, ...]:
    """What the conversion at a place of a `%` format demands."""
    found = [match[1] for match in _CONVERSION.finditer(text) if match[1] != "%"]
    if index < len(found) and found[index] in "diouxXeEfFgG":
        return (Operate(_NUMBER, "formatted as a number", types=NUMBERS),)
    return ()


def _literal(node: ast.expr) -> tuple[str, ...]:
    """The built-in types of objects that stand beside a literal with `+`, `==` or `<`."""
    match node:
        case ast.Constant(value=bool() | None):
            return ()
        case ast.Constant(value=str()) | ast.JoinedStr():
            return TEXT
        case ast.Constant(value=bytes()):
            return ("bytes", "bytearray", "memoryview")
        case ast.Constant(value=int() | float() | complex()):
            return NUMBERS
        case ast.UnaryOp(op=ast.USub() | ast.UAdd(), operand=inner):
            return _literal(inner)
    return ()


def _literals(node: ast.expr) -> tuple[str, ...]:
    """The type of the literals in a display, when it is one and the same."""
    match node:
        case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts):
            found = {_literal(part) for part in parts}
            return found.pop() if len(found) == 1 else ()
    return ()
