"""Where the target's own modules are: packages, import roots, and where an absolute import may start from.

Folders are root-relative and end in "/"; the root itself is "".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

_PROJECT_FILES = frozenset({"pyproject.toml", "setup.py", "setup.cfg"})


@dataclass(frozen=True, slots=True)
class Located:
    """Where a dotted name leads from the folder `start`: a file, a package's `__init__`, or a bare folder.

    `regular` is false when its first part is a folder without `__init__.py`, which any library of the name outranks.
    """

    start: str
    path: str
    regular: bool

    @property
    def is_folder(self) -> bool:
        return not self.path or self.path.endswith("/")


@dataclass(frozen=True, slots=True)
class Declared:
    """That names below `name` ("" for all) start at `place` for the files below `owner`; `place` may be one file."""

    owner: str
    name: str
    place: str


class Layout:
    """What the names of the files say, with what project and `.pth` files declare."""

    def __init__(
        self, paths: Iterable[str], settings_files: Iterable[str] = (), declared: Iterable[Declared] = ()
    ) -> None:
        self.files = frozenset(path for path in paths if path.endswith(".py"))
        self.settings_files = tuple(settings_files)
        self.declared = tuple(declared)
        self.projects = {"", *(folder_of(path) for path in self.settings_files if _is_project_file(path))}

    def declaring(self, more: Iterable[Declared]) -> Layout:
        """The same layout with more declared."""
        return Layout(self.files, self.settings_files, (*self.declared, *more))

    @cached_property
    def folders(self) -> frozenset[str]:
        """Every folder with Python files somewhere in it."""
        found = {""}
        for path in self.files:
            folder = folder_of(path)
            while folder not in found:
                found.add(folder)
                folder = folder_of(folder[:-1])
        return frozenset(found)

    @cached_property
    def project_roots(self) -> tuple[str, ...]:
        """Folders of projects and their `src`, and what is declared."""
        places = {place for folder in self.projects for place in (folder, f"{folder}src/")}
        places |= {entry.place for entry in self.declared if not entry.name}
        return tuple(sorted(places & self.folders))

    @cached_property
    def package_roots(self) -> Mapping[str, Sequence[str]]:
        """By name of a top-level package: the folders directly above one."""
        roots: dict[str, list[str]] = defaultdict(list)
        for path in sorted(self.files):
            folder = folder_of(path)
            if path.endswith("/__init__.py") and not self.is_package(above := folder_of(folder[:-1])):
                roots[folder[len(above) : -1]].append(above)
        return roots

    def is_package(self, folder: str) -> bool:
        """Whether the folder holds `__init__.py`. That of the root makes no package: its name is not known."""
        return bool(folder) and f"{folder}__init__.py" in self.files

    def import_root(self, path: str) -> str:
        """The folder above the topmost package that holds the file; its own folder when it is in none."""
        folder = folder_of(path)
        while self.is_package(folder):
            folder = folder_of(folder[:-1])
        return folder

    def within(self, path: str) -> Iterator[str]:
        """The packages' folders that hold the file, innermost first."""
        folder = folder_of(path)
        while self.is_package(folder):
            yield folder
            folder = folder_of(folder[:-1])

    def module_name(self, path: str) -> str:
        """The dotted name from its import root, outside packages from the nearest project root above."""
        start = self.import_root(path)
        if start == folder_of(path):
            roots = (folder for folder in self._outwards(start) if folder in self.project_roots and folder != path)
            start = next(roots, "")
        below = path[len(start) :].removesuffix("/").removesuffix(".py").removesuffix("/__init__")
        return below.replace("/", ".")

    def locate(self, start: str, parts: Sequence[str]) -> Located | None:
        """Where the dotted name leads from one folder, by Python's precedence: package, module, bare folder."""
        place, regular = start, True
        for index, part in enumerate(parts):
            folder = f"{place}{part}/"
            if f"{folder}__init__.py" in self.files:
                place = folder
            elif f"{place}{part}.py" in self.files:
                return Located(start, f"{place}{part}.py", regular) if index == len(parts) - 1 else None
            elif folder in self.folders:
                regular = regular and index > 0
                place = folder
            else:
                return None
        package = f"{place}__init__.py"
        return Located(start, package if package in self.files else place, regular)

    def near(self, folder: str, parts: Sequence[str], *, is_own: bool) -> Iterator[Located]:
        """Where the dotted name leads for files of this folder from the places they see, nearest first."""
        inside = list(self.within(folder))
        projects = (package for package in inside if package in self.projects)
        # A file of package `app` that asks for `app.x` means its own, whatever holds `__init__.py` further up; but one
        # of `anyio.abc` that asks for `abc` means the library's.
        own = (package for package in inside if is_own and folder.startswith(f"{package}{parts[0]}/"))
        for start in (*projects, *self._outwards(self.import_root(folder)), *own):
            yield from self._seen_from(start, parts)

    def _outwards(self, folder: str) -> Iterator[str]:
        """The folder and those above it up to the root, without packages: what is inside one has no absolute name."""
        yield folder
        while folder:
            folder = folder_of(folder[:-1])
            if not self.is_package(folder):
                yield folder

    def _seen_from(self, start: str, parts: Sequence[str]) -> Iterator[Located]:
        places = [start, f"{start}src/"]
        for entry in self.declared:
            if entry.owner == start and not entry.name:
                places.append(entry.place)
            elif entry.owner == start and (hit := self._follow(entry, parts)):
                yield hit
        hits = (self.locate(place, parts) for place in dict.fromkeys(places))
        yield from (hit for hit in hits if hit)

    def _follow(self, entry: Declared, parts: Sequence[str]) -> Located | None:
        """Where the name leads by a declared name, if it is that name or below it."""
        name = entry.name.split(".")
        rest = parts[len(name) :]
        if list(parts[: len(name)]) != name or (rest and not entry.place.endswith("/")):
            return None
        if not rest and not entry.place.endswith("/"):
            return Located(entry.place, entry.place, True)
        hit = self.locate(entry.place, rest) if entry.place in self.folders else None
        return Located(entry.place, hit.path, True) if hit else None


def folder_of(path: str) -> str:
    """The folder a file lies in; a folder is its own."""
    return path[: path.rfind("/") + 1]


def _is_project_file(path: str) -> bool:
    return path.rpartition("/")[2] in _PROJECT_FILES
