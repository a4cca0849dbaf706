"""What of a release goes into its stub: whatever has a protocol, and every path by which a user reaches it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from repairbot.stubs.generate.binding import Imported
from repairbot.stubs.generate.collecting import Collector, standard_protocol
from repairbot.stubs.generate.definitions import (
    ASYNC_PROTOCOL,
    PROTOCOL,
    AliasDef,
    ClassDef,
    Definition,
    FunctionDef,
    Member,
    Signature,
    TypeVariable,
    VariableDef,
    Wrapper,
    mentions,
)
from repairbot.stubs.generate.pins import Pin
from repairbot.stubs.generate.typeexpr import SELF, Apply, Ref, refs

# Where the standard library keeps what is worth following. Not pathlib: Path lost its `__enter__` in Python 3.13.
TELLING_MODULES = ("asyncio", "collections.abc", "concurrent.futures", "contextlib", "io", "types", "typing")
TELLING = (*ASYNC_PROTOCOL, "__enter__", "__exit__", "__next__")


@dataclass
class Release:
    """One release: what is defined, and which names each importable module offers."""

    version: str
    collector: Collector
    definitions: dict[Ref, Definition] = field(default_factory=dict)
    surface: dict[str, dict[str, Ref]] = field(default_factory=dict)


def read_release(pin: Pin, version: str, collector: Collector) -> Release:
    """Everything that can be reached from the public modules of `pin`."""
    release = Release(version, collector)
    for module in public_modules(pin, collector):
        release.surface[module] = _surface(module, collector)
    waiting = [
        ref
        for names in release.surface.values()
        for ref in names.values()
        if ref.name and collector.library.owns(ref.module)
    ]
    while waiting:
        ref = waiting.pop()
        definition = None if ref in release.definitions else collector.define(ref)
        if definition is not None and (below(ref.module, pin.within) or isinstance(definition, TypeVariable)):
            release.definitions[ref] = definition
            waiting += [found for found in mentions(definition) if collector.library.owns(found.module)]
    return release


def complete(releases: list[Release]) -> None:
    """Add to each release what is reached in another one only, so that all of them are compared."""
    known = {ref for release in releases for ref in release.definitions}
    for release in releases:
        for ref in known - release.definitions.keys():
            symbol = release.collector.library.locate(ref.module, ref.name)
            definition = (
                release.collector.define(ref) if (symbol.module, symbol.name) == (ref.module, ref.name) else None
            )
            if definition is not None:
                release.definitions[ref] = definition


def public_modules(pin: Pin, collector: Collector) -> list[str]:
    return [
        module
        for module in collector.library.modules()
        if below(module, pin.modules)
        and not below(module, pin.exclude)
        and not any(part.startswith("_") for part in module.split("."))
    ]


def below(module: str, names: Iterable[str]) -> bool:
    return any(module == name or module.startswith(name + ".") for name in names)


def _surface(name: str, collector: Collector) -> dict[str, Ref]:
    """The public names of a module by where they are defined; a submodule has an empty name."""
    library = collector.library
    module = library.module(name)
    if module is None:
        return {}
    found: dict[str, Ref] = {}
    candidates = [*module.scope.bindings, *_starred(name, collector)]
    for bound in dict.fromkeys(candidates):
        offered = bound in module.exported or bound in module.scope.offered
        own = module.is_package or not isinstance(module.scope.bindings.get(bound), Imported)
        if bound.startswith("_") or not (own or offered):
            continue
        symbol = library.locate(name, bound)
        if library.owns(symbol.module) and (symbol.binding is not None or symbol.name == ""):
            found[bound] = Ref(symbol.module, symbol.name)
        elif offered and (shipped := collector.shipped_symbol(symbol)) is not None:
            found[bound] = Ref(shipped.module, shipped.name)
    return found


def _starred(name: str, collector: Collector) -> list[str]:
    module = collector.library.module(name)
    names: list[str] = []
    for source in module.scope.stars if module else ():
        starred = collector.library.module(source)
        if starred is not None:
            names += sorted(starred.exported) or [n for n in starred.scope.bindings if not n.startswith("_")]
            names += _starred(source, collector) if not starred.exported else []
    return names


class Interest:
    """Decides what bears on protocols among the definitions of all releases taken together."""

    def __init__(self, releases: list[Release], pin: Pin) -> None:
        self.coroutines = pin.coroutines
        self.within = pin.within
        self.classes: set[Ref] = set()
        self.variables = {
            r for release in releases for r, d in release.definitions.items() if isinstance(d, TypeVariable)
        }
        self._settle(releases)

    def _settle(self, releases: list[Release]) -> None:
        classes = [
            (ref, definition)
            for release in releases
            for ref, definition in release.definitions.items()
            if isinstance(definition, ClassDef)
        ]
        growing = True
        while growing:
            before = len(self.classes)
            for ref, definition in classes:
                if ref not in self.classes and below(ref.module, self.within) and self._class(definition):
                    self.classes.add(ref)
            growing = len(self.classes) > before

    def _class(self, definition: ClassDef) -> bool:
        if definition.protocol.intersection(TELLING) or any(
            ref in self.classes for b in definition.bases for ref in refs(b)
        ):
            return True
        return any(self.public(name) and self.member(member) for name, member in definition.members.items())

    @staticmethod
    def public(name: str) -> bool:
        return name in PROTOCOL or not name.startswith("_")

    def ref(self, ref: Ref) -> bool:
        if ref.module in TELLING_MODULES:
            return bool(standard_protocol(ref).intersection(TELLING))
        return ref in self.classes

    def member(self, member: Member) -> bool:
        if isinstance(member, VariableDef):
            return any(self.ref(ref) for ref in refs(member.type))
        return any(self.signature(signature) for signature in member.signatures)

    def signature(self, signature: Signature) -> bool:
        if signature.generator or Wrapper.CONTEXT in signature.wrappers or Wrapper.ASYNC_CONTEXT in signature.wrappers:
            return True
        if signature.coroutine and self.coroutines:
            return True
        used = set(refs(signature.returns))
        returns_decorator = (
            isinstance(signature.returns, Apply)
            and signature.returns.head == Ref("collections.abc", "Callable")
            and bool(used & self.variables)
        )
        passes_through = signature.parameters is not None and bool(used & self.variables)
        return returns_decorator or passes_through or any(self.ref(ref) for ref in used)

    def kept_member(self, name: str, member: Member) -> bool:
        """Whether a member of a kept class is stated; constructors are, where they bind type variables of the class."""
        if name == "__init__" and isinstance(member, FunctionDef):
            return any(signature.parameters is not None for signature in member.signatures)
        if not self.public(name):
            return False
        if name in PROTOCOL or self.member(member):
            return True
        return isinstance(member, FunctionDef) and any(SELF in set(refs(s.returns)) for s in member.signatures)

    def definition(self, ref: Ref, definition: Definition) -> bool:
        match definition:
            case ClassDef():
                return ref in self.classes
            case FunctionDef() | VariableDef():
                return below(ref.module, self.within) and self.member(definition)
            case AliasDef(type_):
                is_callable = isinstance(type_, Apply) and type_.head == Ref("collections.abc", "Callable")
                return not is_callable and any(self.ref(found) for found in refs(type_))
            case TypeVariable():
                return False
