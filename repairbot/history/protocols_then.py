"""What a definition was in an earlier version of its file: decorators, `async`, `yield`; special methods of a class."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

_SPECIAL = frozenset(
    {"__aiter__", "__anext__", "__aenter__", "__aexit__", "__iter__", "__next__", "__enter__", "__exit__", "__await__"}
)
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


@dataclass(frozen=True, slots=True)
class State:
    """What decides the protocol of a definition. `marks` are decorators of a function, special methods of a class."""

    kind: str
    marks: tuple[str, ...]


def state(data: bytes, name: str) -> State | None:
    """The definition of that qualified name in a file; None where there is none, or no Python."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(data)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    found: ast.AST = tree
    for part in name.replace(".<locals>", "").split("."):
        inner = [one for one in _definitions(found) if one.name == part]
        if not inner:
            return None
        found = inner[-1]
    return _state(found)


def _definitions(node: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield child
        elif isinstance(child, ast.stmt | ast.ExceptHandler | ast.match_case):
            yield from _definitions(child)


def _state(node: ast.AST) -> State | None:
    if isinstance(node, ast.ClassDef):
        methods = {one.name for one in _definitions(node)} & _SPECIAL
        return State("class", tuple(sorted(methods)))
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return State(_kind(node), tuple(_decorator(one) for one in node.decorator_list))
    return None


def _kind(node: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    yields = any(isinstance(one, ast.Yield | ast.YieldFrom) for statement in node.body for one in _own(statement))
    if isinstance(node, ast.AsyncFunctionDef):
        return "async generator" if yields else "async function"
    return "generator" if yields else "function"


def _own(node: ast.AST) -> Iterator[ast.AST]:
    if not isinstance(node, _SCOPES):
        yield node
        for child in ast.iter_child_nodes(node):
            yield from _own(child)


def _decorator(node: ast.expr) -> str:
    """The decorator's last name: how it was imported and what it is given do not make it another."""
    called = node.func if isinstance(node, ast.Call) else node
    return called.attr if isinstance(called, ast.Attribute) else ast.unparse(called)


def change(name: str, before: State, after: State) -> str | None:
    """What happened to a definition in one sentence; None where its protocol stayed the same."""
    if before == after:
        return None
    mark = "`{}`" if after.kind == "class" else "`@{}`"
    gained = [mark.format(one) for one in after.marks if one not in before.marks]
    lost = [mark.format(one) for one in before.marks if one not in after.marks]
    parts = [f"gained {_listed(gained)}"] if gained else []
    parts += [f"lost {_listed(lost)}"] if lost else []
    if before.kind != after.kind:
        parts.append(f"became {_with_article(after.kind)} where it was {_with_article(before.kind)}")
    return f"`{name}` {' and '.join(parts)}" if parts else None


def _listed(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if words[1:] else words)


def _with_article(kind: str) -> str:
    return f"{'an' if kind[0] == 'a' else 'a'} {kind}"
