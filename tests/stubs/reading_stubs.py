"""The shipped stubs as plain facts, read here without the generator's own code."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import repairbot.stubs

STUBS = Path(repairbot.stubs.__file__).parent
GENERATOR = STUBS / "generate"
PACKAGES = sorted(path.parent.name for path in STUBS.glob("*/METADATA.toml"))
DUNDERS = (
    "__aiter__", "__anext__", "__aenter__", "__aexit__", "__await__",
    "__iter__", "__next__", "__enter__", "__exit__", "__call__", "__getattr__",
)  # fmt: skip

Definition = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef | ast.AnnAssign | ast.Assign


@dataclass(frozen=True)
class Stub:
    """One stub module: what it imports (by local name) and what it defines, overloads together."""

    name: str
    path: Path
    source: str
    tree: ast.Module = field(repr=False)

    @property
    def imports(self) -> dict[str, tuple[str, str]]:
        return {
            alias.asname or alias.name: (node.module or "", alias.name)
            for node in self.tree.body
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }

    @property
    def offered(self) -> dict[str, tuple[str, str]]:
        """The imports that importers of the module may use: those with an `as`."""
        spelled = {alias.asname for node in self.tree.body if isinstance(node, ast.ImportFrom) for alias in node.names}
        return {name: source for name, source in self.imports.items() if name in spelled and not name.startswith("_")}

    @property
    def definitions(self) -> dict[str, list[Definition]]:
        return defined(self.tree.body)

    def note(self, node: ast.AST) -> str:
        """The comment at the end of a definition's first line."""
        line = self.source.splitlines()[getattr(node, "lineno", 1) - 1]
        return line.partition("  # ")[2]


def defined(body: list[ast.stmt]) -> dict[str, list[Definition]]:
    found: dict[str, list[Definition]] = {}
    for node in body:
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                found.setdefault(name, []).append(node)
            case ast.AnnAssign(target=ast.Name(name)) | ast.Assign(targets=[ast.Name(name)]):
                found.setdefault(name, []).append(node)
    return found


@cache
def modules(package: str) -> dict[str, Stub]:
    found = {}
    for path in sorted((STUBS / package).rglob("*.pyi")):
        name = ".".join(path.relative_to(STUBS).with_suffix("").parts).removesuffix(".__init__")
        source = path.read_text()
        found[name] = Stub(name, path, source, ast.parse(source, filename=str(path)))
    return found


def stub(name: str) -> Stub | None:
    package = name.partition(".")[0]
    return modules(package).get(name) if package in PACKAGES else None


def follow(module: str, name: str) -> tuple[str, str]:
    """Where a name of a stub module is defined, through the stubs' imports."""
    for _ in range(10):
        found = stub(module)
        if found is None or name not in found.imports:
            break
        module, name = found.imports[name]
    return module, name


def class_node(module: str, name: str) -> ast.ClassDef | None:
    found = stub(module)
    nodes = found.definitions.get(name, []) if found else []
    return nodes[0] if nodes and isinstance(nodes[0], ast.ClassDef) else None


def lineage(module: str, name: str) -> Iterator[tuple[str, str]]:
    """A stub class and its bases, near enough to their order."""
    module, name = follow(module, name)
    yield module, name
    node, here = class_node(module, name), stub(module)
    if node is None or here is None:
        return
    for base in node.bases:
        head = base.value if isinstance(base, ast.Subscript) else base
        assert isinstance(head, ast.Name), ast.unparse(base)
        yield from lineage(*here.imports.get(head.id, (module if head.id in here.definitions else "builtins", head.id)))


def protocol(module: str, name: str) -> set[str]:
    """The protocol methods that a stub class says its objects have."""
    found: set[str] = set()
    for owner, cls in lineage(module, name):
        node = class_node(owner, cls)
        if node is not None:
            found |= set(defined(node.body)) & set(DUNDERS)
        elif stub(owner) is None and owner != "typing":
            found |= has(getattr(importlib.import_module(owner), cls))
    return found


def has(cls: type) -> set[str]:
    """The protocol methods of a class's objects: what stands in the classes it is made of, and is not None."""
    found = set()
    for name in DUNDERS:
        first = next((base.__dict__[name] for base in cls.__mro__ if name in base.__dict__), None)
        if first is not None:
            found.add(name)
    return found


def partial_protocol(module: str, name: str) -> dict[str, set[str]]:
    """Protocol methods that a class or a base of it has in some releases only, with those releases."""
    found: dict[str, set[str]] = {}
    for owner, cls in lineage(module, name):
        node, here = class_node(owner, cls), stub(owner)
        if node is not None and here is not None:
            for dunder, versions in re.findall(r"(__\w+__) only in ([^;]+)", here.note(node)):
                found.setdefault(dunder, set()).update(versions.strip().split(", "))
    return found
