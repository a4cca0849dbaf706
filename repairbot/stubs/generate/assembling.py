"""Releases to the modules of one stub package: each pruned to what matters, then merged and laid out."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from repairbot.errors import RepairbotError
from repairbot.stubs.generate.collecting import Collector
from repairbot.stubs.generate.definitions import (
    AliasDef,
    ClassDef,
    Definition,
    FunctionDef,
    Signature,
    TypeVariable,
    mentions,
    renamed,
    trimmed,
)
from repairbot.stubs.generate.merging import agree, merge, unknown
from repairbot.stubs.generate.pruning import Pruner
from repairbot.stubs.generate.selecting import Interest, Release
from repairbot.stubs.generate.typeexpr import Ref, Type, refs
from repairbot.stubs.generate.writing import StubModule

Surface = dict[str, dict[str, Ref]]


class GenerationError(RepairbotError):
    """The sources hold something that a person has to decide, in pins.toml or in a correction."""


def assemble(package: str, releases: list[Release], interest: Interest) -> list[StubModule]:
    """The modules of a stub, sorted by name; `releases` are newest first."""
    merged = _merged(package, releases, interest)
    surface = _surface(package, releases, merged)
    kept = _reachable(surface, merged)
    _refuse_unknown_bases(kept, merged)
    modules: dict[str, StubModule] = {}
    for ref in sorted(kept, key=lambda ref: (ref.module, list(merged).index(ref))):
        modules.setdefault(ref.module, StubModule(ref.module)).definitions[ref.name] = merged[ref]
    for module, names in surface.items():
        for name, ref in names.items():
            if ref.name and ref != Ref(module, name):
                modules.setdefault(module, StubModule(module)).imported[name] = ref
    _add_packages(modules)
    for module, names in surface.items():
        bound = {name for name, ref in names.items() if ref == Ref(f"{module}.{name}", "") and ref.module in modules}
        if bound:
            modules[module].submodules |= bound
    return [modules[name] for name in sorted(modules)]


def _merged(package: str, releases: list[Release], interest: Interest) -> dict[Ref, Definition]:
    moves = {release.version: _moved(release, releases[0]) for release in releases}
    members = _members(releases, interest, moves)
    stated: dict[Ref, list[tuple[str, Definition]]] = {}
    wanted: set[Ref] = set()
    for release in releases:
        pruner = Pruner(interest, release, package)
        moved = moves[release.version]
        for ref, definition in release.definitions.items():
            home = moved.get(ref, ref)
            pruned = pruner.definition(definition, members.get(home, set()))
            pruned = renamed(pruned, {**moved, **_aliased(release, releases[0])})
            earlier = stated.setdefault(home, [])
            if earlier:
                pruned = renamed(pruned, _respelled(pruned, earlier[0][1], interest.variables))
            earlier.append((release.version, pruned))
            if isinstance(definition, TypeVariable) or interest.definition(ref, definition):
                wanted.add(home)
        for names in release.surface.values():
            names.update({name: moved.get(ref, ref) for name, ref in names.items()})
    order = sorted(wanted, key=lambda ref: (ref.module, ref.name))
    merged = {ref: trimmed(merge(stated[ref])) for ref in order}
    for ref in order:  # a class that became a function, or the other way round
        if any(isinstance(definition, ClassDef) for _, definition in stated[ref]) and agree(stated[ref], merged):
            merged[ref] = merged[ref] if isinstance(merged[ref], ClassDef) else trimmed(stated[ref][0][1])
    return merged


def _members(
    releases: list[Release], interest: Interest, moves: Mapping[str, Mapping[Ref, Ref]]
) -> dict[Ref, set[str]]:
    """The members to state of each class: what matters in one release is stated for all, so that a change shows."""
    found: dict[Ref, set[str]] = {}
    for release in releases:
        for ref, definition in release.definitions.items():
            if isinstance(definition, ClassDef):
                home = moves[release.version].get(ref, ref)
                kept = {name for name, member in definition.members.items() if interest.kept_member(name, member)}
                found.setdefault(home, set()).update(kept)
    return found


def _moved(old: Release, newest: Release) -> dict[Ref, Ref]:
    """Where the newest release keeps what an older one has in another module: the old path may still lead there,
    or there is just one class or type variable of that name."""
    homes: dict[tuple[str, type], list[Ref]] = {}
    for ref, definition in newest.definitions.items():
        homes.setdefault((ref.name, type(definition)), []).append(ref)
    found: dict[Ref, Ref] = {}
    for ref, definition in old.definitions.items():
        if ref in newest.definitions or not isinstance(definition, ClassDef | TypeVariable):
            continue
        symbol = newest.collector.library.locate(ref.module, ref.name)
        home = [Ref(symbol.module, symbol.name)]
        if home[0] not in newest.definitions:
            home = homes.get((ref.name, type(definition)), [])
        if len(home) == 1 and home[0] not in old.definitions:
            found[ref] = home[0]
    return found


def _aliased(old: Release, newest: Release) -> dict[Ref, Type]:
    """Classes of an older release that are names for another class in the newest."""
    return {
        ref: definition.type
        for ref, definition in newest.definitions.items()
        if isinstance(definition, AliasDef) and isinstance(old.definitions.get(ref), ClassDef)
    }


def _respelled(old: Definition, newest: Definition, variables: Collection[Ref]) -> dict[Ref, Type]:
    """The type variables of a class or function by those that stand in their place in the newest release."""
    return dict(zip(_variables(old, variables), _variables(newest, variables), strict=False))


def _variables(definition: Definition, variables: Collection[Ref]) -> list[Ref]:
    match definition:
        case ClassDef(bases=types):
            pass
        case FunctionDef(signatures=(Signature(returns=returns),)):
            types = (returns,)
        case _:
            return []
    return list(dict.fromkeys(ref for type_ in types for ref in refs(type_) if ref in variables))


def _surface(package: str, releases: list[Release], merged: dict[Ref, Definition]) -> Surface:
    """What each importable module offers; the newest release that offers a name decides where it leads.

    A name that leads to things of different protocols is defined anew, as unknown, in the module that offers it.
    """
    offers: dict[tuple[str, str], dict[Ref, str]] = {}
    for release in releases:
        for module, names in release.surface.items():
            for name, ref in names.items():
                own = ref.module.partition(".")[0] == package and ref.name
                if not own or (ref in merged and not isinstance(merged[ref], TypeVariable)):
                    offers.setdefault((module, name), {}).setdefault(ref, release.version)
    found: Surface = {}
    for (module, name), offered in offers.items():
        ref = next(iter(offered))
        if len(offered) > 1:
            shipped = releases[0].collector.shipped
            stated = [(version, one) for other, version in offered.items() if (one := _found(other, merged, shipped))]
            if len(stated) < len(offered) or not agree(stated, merged):
                ref = Ref(module, name)
                merged[ref] = unknown(stated)
        found.setdefault(module, {})[name] = ref
    return found


def _found(ref: Ref, merged: Mapping[Ref, Definition], shipped: Mapping[str, Collector]) -> Definition | None:
    other = shipped.get(ref.module.partition(".")[0])
    return merged.get(ref) if other is None else other.define(ref)


def _reachable(surface: Surface, merged: dict[Ref, Definition]) -> set[Ref]:
    waiting = [ref for names in surface.values() for ref in names.values() if ref in merged]
    kept: set[Ref] = set()
    while waiting:
        ref = waiting.pop()
        if ref not in kept:
            kept.add(ref)
            waiting += [found for found in mentions(merged[ref]) if found in merged]
    return kept


def _refuse_unknown_bases(kept: set[Ref], merged: dict[Ref, Definition]) -> None:
    unknown = {
        f"{base} (base of {ref.module}.{ref.name})"
        for ref in kept
        for definition in [merged[ref]]
        if isinstance(definition, ClassDef)
        for base in definition.missing
    }
    if unknown:
        message = f"no stub for {', '.join(sorted(unknown))}: list their protocol methods under [foreign] in pins.toml"
        raise GenerationError(message)


def _add_packages(modules: dict[str, StubModule]) -> None:
    for name in list(modules):
        parts = name.split(".")
        for cut in range(1, len(parts)):
            parent = ".".join(parts[:cut])
            modules.setdefault(parent, StubModule(parent))
