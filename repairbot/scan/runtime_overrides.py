"""What may put another object in the place of a definition at run time: patches of a test."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator

from repairbot.protocols.bindings import dotted
from repairbot.protocols.fixtures import is_test_file
from repairbot.protocols.stores import Store
from repairbot.rule import Site
from repairbot.source.files import Parsed

PatchesOf = Callable[[str], Iterable[Store]]
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
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


def patched(site: Site, parsed: Parsed, names: frozenset[str], patches: PatchesOf) -> str | None:
    """A patch in the test around the site, or in a function that it uses, of one of the names on the chain to the
    definition. `patches` finds those that test files make of a name. What other files patch, the resolver knows."""
    if not is_test_file(site.file):
        return None
    for where in _around(site, parsed):
        for call in ast.walk(where):
            if isinstance(call, ast.Call):
                for name in _patches(call) & names:
                    return f"`{name}` is patched at line {call.lineno} of this test, so it may be any object here"
    test = next((node for node in site.ancestors if isinstance(node, _FUNCTIONS)), None)
    if test is None:
        return None
    for name in sorted(names):
        for store in patches(name):
            if any(isinstance(one, _FUNCTIONS) and _is_used(one, test) for one in store.ancestors):
                place = f"line {store.line} of `{store.module.file.path}`"
                return f"`{name}` is patched at {place} for this test, so it may be any object here"
    return None


def _is_used(function: ast.FunctionDef | ast.AsyncFunctionDef, test: ast.AST) -> bool:
    """Whether a test uses a function: it speaks its name, or pytest calls it for every test."""
    if any(isinstance(one, ast.Name) and one.id == function.name for one in ast.walk(test)):
        return True
    asked = {one.arg for one in ast.walk(test) if isinstance(one, ast.arg)}
    return _sets_up(function, asked)


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


def _patches(call: ast.Call) -> frozenset[str]:
    """The last names of what a patching call replaces."""
    function = (dotted(call.func) or "").rpartition(".")[2]
    if function not in _PATCHING:
        return frozenset()
    found: list[object] = [keyword.arg for keyword in call.keywords] if function in ("multiple", "dict") else []
    match call.args:
        case [ast.Constant(value=str(target)), *_]:
            found.append(target.rpartition(".")[2])
        case [_, ast.Constant(value=name), *_]:
            found.append(name)
        case [_, ast.Dict(keys=keys), *_] if function == "dict":
            found += [key.value for key in keys if isinstance(key, ast.Constant)]
    return frozenset(name for name in found if isinstance(name, str))
