"""What may put another object in the place of a definition at run time: patches of a test."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from repairbot.protocols.bindings import dotted
from repairbot.protocols.fixtures import is_test_file
from repairbot.rule import Site
from repairbot.source.files import Parsed

_PATCHING = (
    "patch",
    "object",
    "setattr",
    "dict",
    "multiple",
    "setitem",
    "spy",
    "patch_object",
    "stub",
    "dependency_overrides",
)


def patched(site: Site, parsed: Parsed, names: frozenset[str]) -> str | None:
    """A patch in the test around the site that replaces one of the names on the chain to the definition."""
    if not is_test_file(site.file):
        return None
    for where in _around(site, parsed):
        for call in ast.walk(where):
            if isinstance(call, ast.Call):
                name = _patches(call)
                if name is not None and name in names:
                    return f"`{name}` is patched at line {call.lineno} of this test, so it may be any object here"
    return None


def _around(site: Site, parsed: Parsed) -> Iterator[ast.AST]:
    """The outermost function around the site, the decorators and the set-up of its class, and the file's fixtures."""
    functions = [node for node in site.ancestors if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    if functions:
        yield functions[0]
        asked = {argument.arg for argument in functions[0].args.args}
    else:
        asked = set()
    owners: list[ast.AST] = [parsed.tree]
    for node in site.ancestors:
        if isinstance(node, ast.ClassDef):
            yield from node.decorator_list
            owners.append(node)
    for owner in owners:
        for statement in getattr(owner, "body", ()):
            if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef) and _sets_up(statement, asked):
                yield statement


def _sets_up(function: ast.FunctionDef | ast.AsyncFunctionDef, asked: set[str]) -> bool:
    name = function.name.lower()
    if name.startswith(("setup", "asyncsetup", "setup_")):
        return True
    for decorator in function.decorator_list:
        called = decorator.func if isinstance(decorator, ast.Call) else decorator
        if (dotted(called) or "").rpartition(".")[2] == "fixture":
            keywords = decorator.keywords if isinstance(decorator, ast.Call) else []
            return function.name in asked or any(one.arg == "autouse" for one in keywords)
    return False


def _patches(call: ast.Call) -> str | None:
    """The last name that a patching call replaces."""
    function = (dotted(call.func) or "").rpartition(".")[2]
    if function not in _PATCHING or not call.args:
        return None
    match call.args:
        case [ast.Constant(value=str(target)), *_]:
            return target.rpartition(".")[2]
        case [_, ast.Constant(value=str(name)), *_]:
            return name
    return None
