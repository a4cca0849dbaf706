"""A working copy of one project's tree: planted round by round, checked after a fix, put back as published."""

from __future__ import annotations

import shutil
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from .accounting import FileCheck, check_file
from .planting import Site, plant, survey


@dataclass(frozen=True, slots=True)
class Field:
    """A project's tree as published, every place to plant in it, and why other statements are left out."""

    tree: Path
    files: int
    sites: tuple[Site, ...]
    left_out: Counter[str]

    def rounds(self) -> list[tuple[Site, ...]]:
        """The sites of each layer: only these are planted at the same time."""
        layers: defaultdict[tuple[int, int], list[Site]] = defaultdict(list)
        for site in self.sites:
            layers[site.layer].append(site)
        return [tuple(layers[layer]) for layer in sorted(layers)]


def surveyed(tree: Path) -> Field:
    sites: list[Site] = []
    left_out: Counter[str] = Counter()
    files = list(sources(tree))
    for path in files:
        found = survey(path, (tree / path).read_bytes())
        sites += found.sites
        left_out.update(found.left_out)
    return Field(tree, len(files), tuple(sites), left_out)


def sources(tree: Path) -> Iterator[str]:
    for path in sorted(tree.rglob("*.py")):
        if path.is_file() and not path.is_symlink():
            yield path.relative_to(tree).as_posix()


def working_copy(tree: Path, cache: Path) -> Path:
    copy = cache / "work" / tree.name
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(tree, copy, symlinks=True)
    return copy


def by_path(sites: Sequence[Site]) -> dict[str, list[Site]]:
    grouped: defaultdict[str, list[Site]] = defaultdict(list)
    for site in sites:
        grouped[site.path].append(site)
    return dict(grouped)


def plant_round(field: Field, copy: Path, sites: Sequence[Site]) -> None:
    for path, here in by_path(sites).items():
        (copy / path).write_bytes(plant((field.tree / path).read_bytes(), here))


def checked(field: Field, copy: Path, sites: Sequence[Site]) -> dict[str, FileCheck]:
    """The state of every file with planted sites, and of every other file that is not as published."""
    planted = by_path(sites)
    checks: dict[str, FileCheck] = {}
    for path in all_files(field.tree) | all_files(copy):
        original, fixed = read(field.tree / path), read(copy / path)
        if path in planted or original != fixed:
            checks[path] = check_file(original, fixed, planted.get(path, []))
    return checks


def put_back(field: Field, copy: Path) -> None:
    for path in all_files(copy) - all_files(field.tree):
        (copy / path).unlink()
    for path in all_files(field.tree):
        original = read(field.tree / path)
        if read(copy / path) != original:
            (copy / path).write_bytes(original)


def all_files(tree: Path) -> set[str]:
    return {path.relative_to(tree).as_posix() for path in tree.rglob("*") if path.is_file() and not path.is_symlink()}


def read(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""
