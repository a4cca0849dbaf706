"""Which file a dotted name leads to, for one importing file: the ladder of target, libraries and last resorts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from repairbot.model import Origin
from repairbot.source.files import Missing, ModuleFile
from repairbot.source.layout import Layout, Located, folder_of
from repairbot.source.libraries import Library
from repairbot.source.paths import shown


class Finder:
    """Finds modules by name. Libraries are given in the order in which Python would look."""

    def __init__(self, layout: Layout, libraries: Sequence[Library]) -> None:
        self._layout = layout
        self._libraries = {library.origin: library for library in libraries}
        self._known: dict[tuple[str, str], ModuleFile | Missing] = {}

    def find(self, dotted: str, importer: ModuleFile) -> ModuleFile | Missing:
        """The module of an absolute name as the importer sees it."""
        # All files of one folder see the same, and so do all files of one library.
        viewpoint = folder_of(importer.path) if importer.origin is Origin.SOURCE else f"{importer.origin}:"
        key = (dotted, viewpoint)
        if key not in self._known:
            self._known[key] = self._look(dotted, importer)
        return self._known[key]

    def submodule(self, package: ModuleFile, name: str) -> ModuleFile | Missing:
        """A module in the package's own directory; other directories only for a namespace package."""
        found: ModuleFile | None
        if not package.is_package:
            return Missing(f"{shown(package.path)} has no modules in it")
        if not name.isidentifier():
            return Missing(f"{name!r} is no name of a module")
        if package.origin is Origin.SOURCE:
            hit = self._layout.locate(_folder(package), [name])
            found = self._of_target(hit.path) if hit else None
        else:
            found = self._libraries[package.origin].find_in(package, name)
        if found is None and package.is_namespace and package.path != "./":
            return self.find(f"{package.name}.{name}", package)
        return found or Missing(f"no module '{name}' in {shown(folder_of(package.path))}")

    def parent(self, file: ModuleFile, levels: int) -> ModuleFile | Missing:
        """The package that a relative import with so many dots starts from, by directory."""
        found: ModuleFile | None
        if file.origin is Origin.SOURCE:
            found = self._parent_in_target(_folder(file), levels)
        else:
            found = self._libraries[file.origin].above(file, levels)
        return found or Missing(f"a relative import with {levels} dots leads out of the tree from {shown(file.path)}")

    def read_library(self, file: ModuleFile) -> bytes:
        """The bytes of a file that is not the target's. Raises OSError."""
        return self._libraries[file.origin].read(file)

    def source_file(self, path: str) -> ModuleFile:
        """The value for a file or folder (final "/") of the target."""
        is_package = path.endswith(("/", "/__init__.py")) or path == "__init__.py"
        return ModuleFile(path, Origin.SOURCE, self._layout.module_name(path), is_package)

    def _of_target(self, path: str) -> ModuleFile:
        return self.source_file(path or "./")

    def _parent_in_target(self, folder: str, levels: int) -> ModuleFile | None:
        for _ in range(levels - 1):
            if not folder:
                return None
            folder = folder_of(folder[:-1])
        package = f"{folder}__init__.py"
        return self._of_target(package if package in self._layout.files else folder)

    def _look(self, dotted: str, importer: ModuleFile) -> ModuleFile | Missing:
        parts = dotted.split(".")
        if not all(part.isidentifier() for part in parts):
            return Missing(f"{dotted!r} is no name of a module")
        if importer.origin is Origin.SOURCE:
            return self._for_target(dotted, parts, _folder(importer))
        own = self._libraries[importer.origin]
        rest = (library for library in self._libraries.values() if library is not own)
        return self._in_libraries(parts, [own, *rest]) or self._nowhere(dotted, parts, in_target=False)

    def _for_target(self, dotted: str, parts: Sequence[str], folder: str) -> ModuleFile | Missing:
        """The ladder for a file of the target, whose folder alone matters."""
        library = self._in_libraries(parts, self._libraries.values())
        near = self._nearest(parts, folder, is_own=library is None and len(parts) > 1)
        if near and near.regular:
            if library and self._is_doubtful(near, library, folder):
                return _ambiguous(dotted, [near.path, f"the {library.origin} module {library.path}"])
            return self.source_file(near.path)
        if library and library.origin is Origin.STDLIB:
            return library
        projects = self._all(parts, self._layout.project_roots)
        if len(projects) == 1:
            return self.source_file(projects[0])
        if library and not library.is_namespace:
            return _ambiguous(dotted, [*projects, library.path]) if projects else library
        if near and not near.is_folder:
            return self.source_file(near.path)
        found = self._last_resort(dotted, parts, folder, projects) if projects or not library else None
        bare = self._of_target(near.path) if near else library
        return found or bare or self._nowhere(dotted, parts, in_target=True)

    def _nearest(self, parts: Sequence[str], folder: str, *, is_own: bool) -> Located | None:
        """The nearest regular module, else the nearest file below bare folders, else the nearest bare folder."""
        hits = self._layout.near(folder, parts, is_own=is_own)
        return min(hits, key=lambda hit: (not hit.regular, hit.is_folder), default=None)

    def _is_doubtful(self, near: Located, library: ModuleFile, folder: str) -> bool:
        """Whether Python may as well take the library's module of the same name for a file of this folder."""
        if library.origin is Origin.STDLIB:
            return not self._shares_package(near.path, folder)
        beside_a_script = near.start == folder and folder not in self._layout.project_roots
        return beside_a_script or near.start in self._layout.within(folder)

    def _shares_package(self, path: str, folder: str) -> bool:
        """Whether the file lies in the topmost package that holds the folder."""
        packages = list(self._layout.within(folder))
        return bool(packages) and path.startswith(packages[-1])

    def _in_libraries(self, parts: Sequence[str], libraries: Iterable[Library]) -> ModuleFile | None:
        """A library's file; a bare folder only when no library has a file."""
        bare = None
        for library in libraries:
            if found := library.find(parts):
                if not found.is_namespace:
                    return found
                bare = bare or found
        return bare

    def _last_resort(
        self, dotted: str, parts: Sequence[str], folder: str, projects: Sequence[str]
    ) -> ModuleFile | Missing | None:
        """The only module of the name that lies above a top-level package, wherever in the tree."""
        above = self._all(parts, self._layout.package_roots.get(parts[0], ()))
        found = list(dict.fromkeys([*projects, *above]))
        # Beside the importer in its own package: importable only for one who starts Python inside the package, and a
        # library of that name that is not installed is as likely.
        beside = self._all(parts, self._layout.within(folder))
        if len(found) > 1:
            return _ambiguous(dotted, [*beside, *found])
        if set(beside) - set(found):
            return _ambiguous(dotted, [*beside, *found, _UNINSTALLED])
        return self.source_file(found[0]) if found else None

    def _all(self, parts: Sequence[str], starts: Iterable[str]) -> list[str]:
        hits = (self._layout.locate(start, parts) for start in starts)
        return list(dict.fromkeys(hit.path for hit in hits if hit and hit.regular))

    def _nowhere(self, dotted: str, parts: Sequence[str], *, in_target: bool) -> Missing:
        if any(library.is_compiled(parts) for library in self._libraries.values()):
            return Missing(f"module '{dotted}' is compiled and has no stub")
        places = ["the target"] if in_target else []
        places += ["the environment"] if Origin.ENVIRONMENT in self._libraries else []
        return Missing(f"no module '{dotted}' in {', '.join([*places, 'the standard library or the shipped stubs'])}")


_UNINSTALLED = "a library that is not installed"


def _folder(file: ModuleFile) -> str:
    return "" if file.path == "./" else folder_of(file.path)


def _ambiguous(dotted: str, places: Sequence[str]) -> Missing:
    some = ", ".join(shown(place) for place in places[:3]) + (", …" if len(places) > 3 else "")
    return Missing(f"ambiguous: '{dotted}' may be any of {some}", ambiguous=True)
