"""The sources of one release: modules parsed on demand, and where each name in them leads."""

from __future__ import annotations

import ast
import sys
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from repairbot.stubs.generate.binding import Assigned, Binding, Imported, Scope, bind


@dataclass(frozen=True)
class Module:
    name: str
    is_package: bool
    tree: ast.Module = field(repr=False)

    @property
    def package(self) -> str:
        return self.name if self.is_package else self.name.rpartition(".")[0]

    @cached_property
    def scope(self) -> Scope:
        return bind(self.tree.body, self.package)

    @cached_property
    def exported(self) -> frozenset[str]:
        """The strings of `__all__`, as far as it is spelled out."""
        found: set[str] = set()
        for statement in ast.walk(self.tree):
            match statement:
                case (
                    ast.Assign(targets=[ast.Name("__all__")], value=value)
                    | ast.AnnAssign(target=ast.Name("__all__"), value=value)
                    | ast.AugAssign(target=ast.Name("__all__"), value=value)
                ) if value is not None:
                    found |= {
                        n.value for n in ast.walk(value) if isinstance(n, ast.Constant) and isinstance(n.value, str)
                    }
        return frozenset(found)


@dataclass(frozen=True, slots=True)
class Symbol:
    """A name followed to where it is defined. `binding` is None outside the library or when there is no such name."""

    module: str
    name: str
    binding: Binding | None = field(compare=False)


class Library:
    """The modules of one unpacked wheel."""

    def __init__(self, root: Path, package: str) -> None:
        self.root = root
        self.package = package
        self._modules: dict[str, Module | None] = {}

    def owns(self, module: str) -> bool:
        return module == self.package or module.startswith(self.package + ".")

    def module(self, name: str) -> Module | None:
        if name not in self._modules:
            self._modules[name] = self._load(name) if self.owns(name) else None
        return self._modules[name]

    def _load(self, name: str) -> Module | None:
        path = self.root.joinpath(*name.split("."))
        for candidate, is_package in ((path / "__init__.py", True), (path.with_suffix(".py"), False)):
            # A compiled module with hand-written annotations beside it (asyncpg.protocol.record).
            for file in (candidate, candidate.with_suffix(".pyi")):
                if file.is_file():
                    return Module(name, is_package, ast.parse(file.read_bytes(), filename=str(file)))
        return Module(name, True, ast.Module([], [])) if path.is_dir() else None

    def modules(self) -> list[str]:
        """Every module of the package, by name."""
        top = self.root / self.package.replace(".", "/")
        found = {
            ".".join(path.relative_to(self.root).with_suffix("").parts).removesuffix(".__init__")
            for path in top.rglob("*.py*")
            if path.suffix in (".py", ".pyi")
        }
        return sorted(found)

    def locate(self, module: str, name: str, seen: frozenset[tuple[str, str]] = frozenset()) -> Symbol:
        """Follow `name` of `module` through imports and plain aliases."""
        loaded = self.module(module)
        if loaded is None or (module, name) in seen:
            return Symbol(module, name, None)
        seen |= {(module, name)}
        binding = loaded.scope.bindings.get(name)
        match binding:
            case Imported(source, None):
                return Symbol(source, "", None)
            case Imported(source, str(original)):
                if self.module(f"{source}.{original}") is not None and not self._binds(source, original):
                    return Symbol(f"{source}.{original}", "", None)
                return self.locate(source, original, seen)
            case Assigned(value=ast.Name() | ast.Attribute() as value):
                target = self.resolve(module, value, seen)
                followed = target is not None and (target.binding is not None or not self.owns(target.module))
                return target if target is not None and followed else Symbol(module, name, binding)
            case None:
                return self._through_stars(loaded, name, seen)
            case _:
                return Symbol(module, name, binding)

    def _binds(self, module: str, name: str) -> bool:
        """Whether the package gives `name` another meaning than its submodule."""
        loaded = self.module(module)
        binding = loaded.scope.bindings.get(name) if loaded is not None else None
        return binding is not None and binding != Imported(module, name)

    def _through_stars(self, module: Module, name: str, seen: frozenset[tuple[str, str]]) -> Symbol:
        for source in module.scope.stars:
            found = self.locate(source, name, seen)
            if (found.binding is not None or not self.owns(found.module)) and self.owns(source):
                return found
        if self.module(f"{module.name}.{name}") is not None:
            return Symbol(f"{module.name}.{name}", "", None)
        return Symbol(module.name, name, None)

    def resolve(
        self, module: str, expression: ast.expr, seen: frozenset[tuple[str, str]] = frozenset()
    ) -> Symbol | None:
        """Follow a name or dotted name written in `module`; None for any other expression."""
        match expression:
            case ast.Name(name):
                found = self.locate(module, name, seen)
                if found == Symbol(module, name, None) and name not in self._names(module):
                    return Symbol("builtins", name, None)
                return found
            case ast.Attribute(value, attr):
                head = self.resolve(module, value, seen)
                if head is None:
                    return None
                if head.name == "":
                    return self._attribute(head.module, attr, seen)
                return Symbol(head.module, f"{head.name}.{attr}", None)
            case _:
                return None

    def _attribute(self, module: str, attr: str, seen: frozenset[tuple[str, str]]) -> Symbol:
        if self.owns(module):
            return self.locate(module, attr, seen)
        dotted = f"{module}.{attr}"
        if module in sys.stdlib_module_names and dotted in ("collections.abc", "concurrent.futures", "os.path"):
            return Symbol(dotted, "", None)
        if self.owns(dotted):
            return Symbol(dotted, "", None)
        return Symbol(module, attr, None)

    def _names(self, module: str) -> dict[str, Binding]:
        loaded = self.module(module)
        return loaded.scope.bindings if loaded else {}
