"""What a class gets or loses after its body: asked of the file that it stands in."""

from __future__ import annotations

import ast

from repairbot.protocols.nodes import nodes_on
from repairbot.protocols.scopes import Scope

_FUNCTIONS = ("setattr", "delattr")


def is_rebound(cls: Scope, name: str) -> bool:
    """Whether something in the class's file assigns or deletes an attribute of the name on any object."""
    known = cls.rebound.get(name)
    if known is None:
        known = cls.rebound[name] = _is_rebound(cls, name)
    return known


def _is_rebound(cls: Scope, name: str) -> bool:
    parsed = cls.parsed
    if parsed.text.count(name) < 2 and name in cls.flow.every:
        return False
    return any(_rebinds(node, name) for node, _ in nodes_on(parsed, parsed.lines_with(name)))


def _rebinds(node: ast.AST, name: str) -> bool:
    match node:
        case ast.Attribute(attr=attribute, ctx=ast.Store() | ast.Del()):
            return attribute == name
        case ast.Call(func=ast.Name(id=function), args=[_, ast.Constant(value=text), *_]):
            return function in _FUNCTIONS and text == name
    return False
