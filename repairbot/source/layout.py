"""Where the target's own modules are: packages, import roots and the directories an absolute import may start from.

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
    """Where a dotted name leads: a file, a package's `__init__`, or a bare folder (ends in "/").

    `regular` is false when its first part is a folder without `__init__.py`, which any library of the name outranks.
    """

    path: str
    regular: bool

    @property
    def is_folder(self) -> bool:
        return self.path.endswith("/")


class Layout:
    """What the names of the files alone say, with the import roots that project files and `.pth` files declare."""

    def __init__(
        self,
        paths: Iterable[str],
        settings_files: Iterable[str],
        declared: Iterable[str] = (),
        aliases: Mapping[str, str] | None = None,
    ) -> None:
        """`declared`: folders on the import path; `aliases`: dotted names to the folder or file they stand for."""
        self.files = frozenset(path for path in paths if path.endswith(".py"))
        self.settings_files = tuple(settings_files)
        self.projects = {"", *(folder_of(path) for path in self.settings_files if _is_project_file(path))}
        self.declared = tuple(dict.fromkeys(declared))
        self.aliases = dict(aliases or {})

    def declaring(self, roots: Iterable[str], aliases: Mapping[str, str]) -> Layout:
        """The same layout with more import roots and names declared."""
        return Layout(self.files, self.settings_files, (*self.declared, *roots), self.aliases | dict(aliases))

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
        roots = {place for folder in self.projects for place in (folder, f"{folder}src/") if place in self.folders}
        return tuple(sorted(roots | set(self.declared)))

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
        """Whether the folder holds `__init__.py`; that of the root makes no package, for nothing above it is known."""
        return bool(folder) and f"{folder}__init__.py" in self.files

    def import_root(self, path: str) -> str:
        """The folder above the topmost package that holds the file; its own folder when it is in none."""
        folder = folder_of(path)
        while self.is_package(folder):
            folder = folder_of(folder[:-1])
        return folder

    def module_name(self, path: str) -> str:
        """The dotted name from its import root."""
        below = path[len(self.import_root(path)) :].removesuffix("/").removesuffix(".py").removesuffix("/__init__")
        return below.replace("/", ".") or "__init__"

    def locate(self, start: str, parts: Sequence[str]) -> Located | None:
        """Where the dotted name leads from one folder, by Python's precedence: package, module, bare folder."""
        place, regular = start, True
        for index, part in enumerate(parts):
            folder = f"{place}{part}/"
            if f"{folder}__init__.py" in self.files:
                place = folder
            elif f"{place}{part}.py" in self.files:
                return Located(f"{place}{part}.py", regular) if index == len(parts) - 1 else None
            elif folder in self.folders:
                regular = regular and index > 0
                place = folder
            else:
                return None
        package = f"{place}__init__.py"
        return Located(package if package in self.files else place, regular)

    def locate_alias(self, parts: Sequence[str]) -> Located | None:
        """Where a declared alias of the name, or of a package above it, leads."""
        for count in range(len(parts), 0, -1):
            target = self.aliases.get(".".join(parts[:count]))
            if target is None:
                continue
            if target.endswith(".py"):
                return Located(target, True) if count == len(parts) else None
            if found := self.locate(target, parts[count:]):
                return Located(found.path, True)
        return None

    def near(self, path: str) -> Iterator[str]:
        """Folders an import in this file surely or probably starts from, nearest first."""
        yield from (folder for folder in self.within(path) if folder in self.projects)
        folder = self.import_root(path)
        yield folder
        while folder:
            if f"{folder}src/" in self.folders:
                yield f"{folder}src/"
            folder = folder_of(folder[:-1])
            if not self.is_package(folder):
                yield folder
        if "src/" in self.folders:
            yield "src/"
        yield from self.declared

    def within(self, path: str) -> Iterator[str]:
        """The package folders that hold the file, whose modules have absolute names only for who runs inside one."""
        folder = folder_of(path)
        while self.is_package(folder):
            yield folder
            folder = folder_of(folder[:-1])

    def is_known_root(self, folder: str) -> bool:
        """Whether the folder is surely on the import path of what lies below it."""
        return folder in self.project_roots


def folder_of(path: str) -> str:
    """The folder a file lies in; a folder is its own."""
    return path[: path.rfind("/") + 1]


def _is_project_file(path: str) -> bool:
    return path.rpartition("/")[2] in _PROJECT_FILES
