"""One pinned package to the files of its stub: fetch, read each release, select, merge, write."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from repairbot.stubs.generate.assembling import assemble
from repairbot.stubs.generate.collecting import Collector
from repairbot.stubs.generate.correcting import CorrectedLibrary
from repairbot.stubs.generate.fetch import unpacked
from repairbot.stubs.generate.pins import Pin, Pins
from repairbot.stubs.generate.reading import Library
from repairbot.stubs.generate.selecting import Interest, complete, read_release

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Built:
    """The text of every file of one stub by its path in the package's folder, and what a reviewer should look at."""

    files: dict[str, str]
    unknown_decorators: tuple[str, ...]


def build(pin: Pin, pins: Pins, wheels: Path, stubs: Path) -> Built:
    """`stubs` holds the stubs that the package needs."""
    shipped = shipped_collectors(pin, pins, stubs)
    releases = []
    for version in reversed(pin.versions):
        library = CorrectedLibrary(unpacked(pin, version, wheels), pin.package, pin.corrections)
        collector = Collector(library, shipped, pins.foreign, pin.decorators, frozenset(pin.adds_coroutines))
        releases.append(read_release(pin, version, collector))
    complete(releases)
    interest = Interest(releases, pin)
    modules = assemble(pin.package, releases, interest)
    names = {module.name for module in modules}
    files = {"METADATA.toml": metadata(pin)}
    for module in modules:
        parts = module.name.split(".")[1:]
        is_package = not parts or any(name.startswith(module.name + ".") for name in names)
        path = "/".join([*parts, "__init__.pyi"]) if is_package else "/".join(parts) + ".pyi"
        files[path] = module.text(pin.package)
    unknown = {name for release in releases for name in release.collector.functions.unknown_decorators}
    return Built(files, tuple(sorted(unknown)))


def shipped_collectors(pin: Pin, pins: Pins, stubs: Path) -> dict[str, Collector]:
    """Readers of the stubs that a package needs, and of those that they need."""
    found: dict[str, Collector] = {}
    for name in pin.needs:
        further = shipped_collectors(pins.packages[name], pins, stubs)
        found |= further
        found[name] = Collector(Library(stubs, name), further, pins.foreign)
    return found


def metadata(pin: Pin) -> str:
    lines = [
        f"# What the stubs of {pin.package} were read from.",
        f"distribution = {json.dumps(pin.distribution)}",
        f"versions_read = {json.dumps(list(pin.versions))}",
        f"range = {json.dumps(pin.range)}  # the facts hold here; where releases differ the stub says Any or a union",
        f"needs = {json.dumps(list(pin.needs))}",
        f"reviewed = {json.dumps(pin.reviewed)}",
        f"format = {FORMAT}",
    ]
    return "\n".join(lines) + "\n"
