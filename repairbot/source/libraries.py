"""Modules outside the target: folders of a library on disk, read and never run."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.machinery import PathFinder
from pathlib import Path

from repairbot.model import Origin
from repairbot.source.files import ModuleFile
from repairbot.source.paths import read_file

_COMPILED = (".so", ".pyd")


class Library:
    """Folders searched in order for modules of one origin; results are named relative to the folder they lie in."""

    def __init__(
        self,
        origin: Origin,
        folders: Sequence[str],
        suffixes: Sequence[str] = (".pyi",),
        mapped: Mapping[str, str] | None = None,
        absent: Iterable[str] = (),
    ) -> None:
        """`mapped`: dotted names to the absolute folder or file they stand for; `absent`: names never found."""
        self.origin = origin
        self.folders = tuple(folders)
        self.suffixes = tuple(suffixes)
        self.mapped = dict(mapped or {})
        self.absent = frozenset(absent)
        self._listings: dict[str, frozenset[str]] = {}
        self._places: dict[str, str] = {}

    def find(self, parts: Sequence[str]) -> ModuleFile | None:
        """The module of a dotted name; a bare folder only when no folder of the library has a file for it."""
        if any(".".join(parts[:count]) in self.absent for count in range(1, len(parts) + 1)):
            return None
        bare = None
        for folder, inside in self._starts(parts):
            place = self._descend(folder, inside)
            if place is not None and not place.endswith("/"):
                return self._module(place, folder, parts)
            bare = bare or (place and (place, folder))
        return self._module(*bare, parts) if bare else None

    def find_in(self, package: ModuleFile, name: str) -> ModuleFile | None:
        """A module of the same directory as the package; a namespace package can have several directories."""
        parts = [*package.name.split("."), name]
        place = self._place(package)
        folder = place[: place.rfind("/") + 1]
        found = self._descend(folder, [name])
        if package.is_namespace and (found is None or found.endswith("/")):
            return self.find(parts)
        shown_folder = package.path[: package.path.rfind("/") + 1]
        return self._module(found, folder.removesuffix(shown_folder), parts) if found else None

    def above(self, file: ModuleFile, levels: int) -> ModuleFile | None:
        """The package `levels` up (1: the one that holds the file), by directory."""
        up = levels - 1 if file.is_package else levels
        parts = file.name.split(".")
        if up == 0:
            return file
        return self.find(parts[:-up]) if up < len(parts) else None

    def is_compiled(self, parts: Sequence[str]) -> bool:
        """Whether there is only a compiled module, which cannot be read."""
        for folder, inside in self._starts(parts):
            parent = self._descend(folder, inside[:-1]) if len(inside) > 1 else folder
            if parent and inside:
                listing = self._listing(parent[: parent.rfind("/") + 1])
                if any(name.startswith(f"{inside[-1]}.") and name.endswith(_COMPILED) for name in listing):
                    return True
        return False

    def read(self, file: ModuleFile) -> bytes:
        """The file's bytes. Raises OSError."""
        return read_file(self._place(file), follow=True)

    def _place(self, file: ModuleFile) -> str:
        """The absolute path. A file found by another process is looked for again by its name."""
        if file.path not in self._places:
            self.find(file.name.split("."))
        return self._places.get(file.path, file.path)

    def _starts(self, parts: Sequence[str]) -> Iterable[tuple[str, Sequence[str]]]:
        """Folders (with final "/") to look in, each with the parts of the name that are left to follow there."""
        for count in range(len(parts), 0, -1):
            if target := self.mapped.get(".".join(parts[:count])):
                name = os.path.basename(target).removesuffix(".py")
                yield f"{os.path.dirname(target)}/", [name, *parts[count:]]
        for folder in self.folders:
            yield f"{folder}/", parts
        for folder in self.folders:
            yield f"{folder}/", [f"{parts[0]}-stubs", *parts[1:]]

    def _descend(self, folder: str, parts: Sequence[str]) -> str | None:
        """The absolute path of the module's file, or of a bare folder with a final "/"."""
        for index, part in enumerate(parts):
            file = self._file_of(folder, part)
            inside = f"{folder}{part}/"
            if index == len(parts) - 1 and file:
                return file
            if (file and not file.startswith(inside)) or not self._listing(inside):
                return None
            folder = inside
        return folder

    def _file_of(self, folder: str, name: str) -> str | None:
        """What Python would load for one part of a name: source before stubs, of each a package before a module."""
        listing = self._listing(folder)
        inside = self._listing(f"{folder}{name}/") if name in listing else frozenset()
        for suffix in self.suffixes:
            if f"__init__{suffix}" in inside:
                return f"{folder}{name}/__init__{suffix}"
            if f"{name}{suffix}" in listing:
                return f"{folder}{name}{suffix}"
        return None

    def _listing(self, folder: str) -> frozenset[str]:
        # os.listdir rather than a look at each name: it also tells upper from lower case on file systems that do not.
        if folder not in self._listings:
            try:
                self._listings[folder] = frozenset(os.listdir(folder))
            except OSError:
                self._listings[folder] = frozenset()
        return self._listings[folder]

    def _module(self, place: str, folder: str, parts: Sequence[str]) -> ModuleFile:
        path = place.removeprefix(folder)
        if self._places.setdefault(path, place) != place:
            path = place  # two folders of the library have a file of the same relative path
            self._places[path] = place
        is_package = path.endswith("/") or path.rpartition("/")[2].startswith("__init__.")
        return ModuleFile(path, self.origin, ".".join(parts), is_package)


@cache
def standard_library() -> Library:
    """Typeshed's stubs of the standard library, as bundled in the `typeshed_client` package (found, not imported)."""
    spec = PathFinder.find_spec("typeshed_client")
    if spec is None or not spec.submodule_search_locations:
        return Library(Origin.STDLIB, ())
    folder = os.path.join(next(iter(spec.submodule_search_locations)), "typeshed")
    return Library(Origin.STDLIB, (folder,), absent=_absent(Path(folder, "VERSIONS").read_text(encoding="utf-8")))


@cache
def shipped_stubs() -> Library:
    """The stubs that come with this program."""
    return Library(Origin.STUB, (str(Path(__file__).parents[1] / "stubs"),))


def _absent(versions: str) -> list[str]:
    """Modules that typeshed's VERSIONS dates after the running Python; older ones are kept, for older targets."""
    absent = []
    for line in versions.splitlines():
        name, colon, span = line.partition("#")[0].partition(":")
        first = span.strip().partition("-")[0].split(".")
        if colon and tuple(map(int, first)) > sys.version_info[:2]:
            absent.append(name.strip())
    return absent
