"""The names of a function: which are used where, and which are still free."""

from __future__ import annotations

import ast
import keyword
from collections.abc import Collection, Iterator, Sequence

from repairbot.repair.locate import Document, Function


def names_in(node: ast.AST) -> Iterator[str]:
    """Every name that anything in `node` binds, reads or declares."""
    for each in ast.walk(node):
        yield from _own_names(each)


def _own_names(node: ast.AST) -> Sequence[str]:
    match node:
        case ast.Name(id=name) | ast.arg(arg=name):
            return (name,)
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return (name,)
        case ast.alias(name=name, asname=asname):
            return (asname or name.partition(".")[0],)
        case ast.Global(names=names) | ast.Nonlocal(names=names):
            return names
        case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
            return (name,)
        case ast.MatchMapping(rest=str(name)):
            return (name,)
        case _:
            return ()


def bound_by(target: ast.expr) -> frozenset[str]:
    """The names that assigning to `target` binds."""
    return frozenset(
        node.id for node in ast.walk(target) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    )


def fresh_name(document: Document, node: ast.AST, wished: str, taken: Collection[str]) -> str:
    """`wished`, or `wished` with the first number that makes it a name that neither is taken nor used around `node`."""
    used = {*names_in(_outermost_function(document, node)), *taken}
    candidate, number = wished, 2
    while candidate in used or keyword.iskeyword(candidate):
        candidate, number = f"{wished}_{number}", number + 1
    return candidate


def _outermost_function(document: Document, node: ast.AST) -> ast.AST:
    functions = [each for each in document.ancestors(node) if isinstance(each, Function)]
    return functions[-1] if functions else document.tree


def is_read(function: ast.AST, name: str) -> bool:
    """Whether anything in the function could see what is bound to `name`."""
    for node in ast.walk(function):
        match node:
            case ast.Name(id=found, ctx=ast.Load() | ast.Del()) if found == name:
                return True
            case ast.Global(names=names) | ast.Nonlocal(names=names) if name in names:
                return True
            case _:
                pass
    return False


def is_used_outside(function: ast.AST, name: str, but: ast.AST) -> bool:
    """Whether `name` of the function's own scope is used anywhere in it but in the node `but`."""
    waiting: list[ast.AST] = [function]
    while waiting:
        node = waiting.pop()
        if node is but:
            continue
        if node is not function and _has_its_own(node, name):
            waiting += _outside_parts(node)
        elif name in _own_names(node):
            return True
        else:
            waiting += ast.iter_child_nodes(node)
    return False


def _has_its_own(node: ast.AST, name: str) -> bool:
    match node:
        case ast.Lambda(args=arguments) | ast.FunctionDef(args=arguments) | ast.AsyncFunctionDef(args=arguments):
            return any(isinstance(each, ast.arg) and each.arg == name for each in ast.walk(arguments))
        case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            return any(name in bound_by(generator.target) for generator in node.generators)
        case _:
            return False


def _outside_parts(node: ast.AST) -> list[ast.AST]:
    """What of a nested scope is evaluated in the scope around it."""
    match node:
        case ast.Lambda(args=arguments):
            return [*arguments.defaults, *(each for each in arguments.kw_defaults if each)]
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            return [*node.decorator_list, *node.args.defaults, *(each for each in node.args.kw_defaults if each)]
        case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            return [node.generators[0].iter]
        case _:
            return []
