"""Functions that a module calls before it binds a name again: they see what is no longer there at its end."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from repairbot.protocols.bindings import Binding
from repairbot.protocols.reaching import UNBOUND
from repairbot.protocols.scopes import Scope


def earlier_bindings(module: Scope, inside: Scope, name: str) -> tuple[Binding, ...]:
    """The bindings of a module's name that reach a call below a function's definition, and not the module's end."""
    flow = module.flow
    if len(flow.every.get(name, ())) < 2:
        return ()
    top = inside
    while top.parent is not None and not top.parent.is_module:
        top = top.parent
    last = {*flow.after.get(name, ())}
    found: dict[Binding, None] = {}
    for statement in _calling(module.node, getattr(top.node, "end_lineno", 0)):
        found.update(dict.fromkeys(flow.reaching(name, statement, lambda _: True)))
    return tuple(one for one in found if one is not UNBOUND and one not in last)


def _calling(module: ast.AST, line: int) -> Iterator[ast.stmt]:
    """The statements of a module below a line, its blocks included, that call something when the module is run."""
    stack: list[ast.AST] = [module]
    while stack:
        for child in ast.iter_child_nodes(stack.pop()):
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom):
                continue
            if isinstance(child, ast.stmt | ast.ExceptHandler | ast.match_case):
                stack.append(child)
            if isinstance(child, ast.stmt) and child.lineno > line and _calls(child):
                yield child


def _calls(statement: ast.stmt) -> bool:
    return any(isinstance(one, ast.Call) for one in ast.walk(statement))
