"""The Python files under a root: which there are, which are left out, and their bytes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from repairbot.git.command import GitAbsent, GitFailed, ignored_paths
from repairbot.model import Skipped
from repairbot.source.globs import excluder
from repairbot.source.paths import read_file

LEFT_OUT = frozenset({"site-packages", "node_modules", "__pycache__", ".git", ".tox", ".nox", ".venv", ".backups"})
SETTINGS_FILES = frozenset({"pyproject.toml", "setup.cfg", "setup.py", "pytest.ini", "tox.ini"})


class Tree(Protocol):
    """A set of files with root-relative names: a directory, a commit, or one of them with changes on top."""

    def paths(self) -> Sequence[str]:
        """Source files, sorted."""
        ...

    def settings_files(self) -> Sequence[str]:
        """Project files that bear on where modules are found, such as pyproject.toml."""
        ...

    def read(self, path: str) -> bytes:
        """The file, of one over SIZE_LIMIT only its beginning and at least a byte more. Raises OSError."""
        ...


@dataclass(frozen=True, slots=True)
class DirectoryTree:
    """What one walk of a directory found; files are read from disk when asked for.

    `folders` are those walked, with a final "/"; the root is "".
    """

    root: str
    found: tuple[str, ...] = field(repr=False)
    settings: tuple[str, ...] = field(repr=False)
    skipped: tuple[Skipped, ...] = field(repr=False)
    folders: frozenset[str] = field(repr=False)

    @classmethod
    def walk(cls, root: Path, exclude: Sequence[str] = (), named: Iterable[str] = ()) -> DirectoryTree:
        """Walk `root`; `named` are root-relative files that belong to the tree whatever the rules say of them."""
        ignored, complaint = _ignored_by_git(root)
        walk = _Walk(str(root), ignored, excluder(exclude), complaint)
        walk.run()
        for path in named:
            walk.add_named(path)
        # The last word on a path counts: of a named file more is said.
        skipped = sorted({entry.path: entry for entry in walk.skipped}.values(), key=lambda entry: entry.path)
        found, settings = tuple(sorted(walk.found)), tuple(sorted(walk.settings))
        return cls(str(root), found, settings, tuple(skipped), frozenset(walk.folders))

    def paths(self) -> Sequence[str]:
        return self.found

    def settings_files(self) -> Sequence[str]:
        return self.settings

    def read(self, path: str) -> bytes:
        return read_file(f"{self.root}/{path}")


def _ignored_by_git(root: Path) -> tuple[frozenset[str], list[Skipped]]:
    if not os.path.lexists(root / ".git"):
        return frozenset(), []
    try:
        return ignored_paths(root), []
    except GitAbsent:
        return frozenset(), []
    except GitFailed as failure:
        reason = f"git could not say which files it ignores ({failure}), so those were scanned too"
        return frozenset(), [Skipped(".git", "git-failed", reason)]


def _leads_to_files(link: str) -> bool:
    return os.path.isdir(link) and not os.path.lexists(f"{link}/pyvenv.cfg")


class _Walk:
    """One pass over a directory; what it meets is added to its lists."""

    def __init__(
        self, root: str, ignored: frozenset[str], excluded: Callable[[str], bool], skipped: list[Skipped]
    ) -> None:
        self.root = root
        self.ignored = ignored
        self.excluded = excluded
        self.found: set[str] = set()
        self.folders: set[str] = set()
        self.settings: list[str] = []
        self.skipped = skipped

    def run(self) -> None:
        folders = [""]
        while folders:
            folders.extend(self._visit(folders.pop()))

    def _visit(self, folder: str) -> list[str]:
        """Take in the files of one folder (path with final "/", or "") and give its folders to walk."""
        try:
            with os.scandir(f"{self.root}/{folder}") as entries:
                content = list(entries)
        except OSError as error:
            self.folders.add(folder)
            self._skip(folder.rstrip("/") or ".", "unreadable", f"the directory cannot be listed: {error.strerror}")
            return []
        if folder and any(entry.name == "pyvenv.cfg" for entry in content):
            return []
        self.folders.add(folder)
        inside = []
        for entry in content:
            path = folder + entry.name
            if entry.is_dir(follow_symlinks=False):
                if not self._leaves_out(path + "/", entry.name):
                    inside.append(path + "/")
                    if path.endswith(".py"):
                        self._skip(path, "directory", "a directory with the name of a Python file")
            elif path.endswith(".py") or entry.name in SETTINGS_FILES or entry.is_symlink():
                self._take(entry, path)
        return inside

    def _leaves_out(self, folder: str, name: str) -> bool:
        return name in LEFT_OUT or folder in self.ignored or self.excluded(folder)

    def _take(self, entry: os.DirEntry[str], path: str) -> None:
        if path in self.ignored or self.excluded(path) or entry.name in LEFT_OUT:
            return
        if entry.is_symlink():
            if path.endswith(".py") or _leads_to_files(entry.path):
                self._skip(path, "symlink", "a symbolic link, which is never followed")
            return
        if entry.name in SETTINGS_FILES and entry.is_file(follow_symlinks=False):
            self.settings.append(path)
        if path.endswith(".py"):
            self._add(path, entry.is_file(follow_symlinks=False))

    def _add(self, path: str, is_regular: bool) -> None:
        if not is_regular:
            self._skip(path, "not-a-file", "neither a file nor a directory")
        elif not os.access(f"{self.root}/{path}", os.R_OK):
            self._skip(path, "unreadable", "no permission to read it")
        else:
            self.found.add(path)

    def add_named(self, path: str) -> None:
        place = f"{self.root}/{path}"
        if os.path.islink(place):
            self._skip(path, "symlink", "a symbolic link, which is never followed; name the file it leads to")
        else:
            self._add(path, os.path.isfile(place))

    def _skip(self, path: str, kind: str, reason: str) -> None:
        self.skipped.append(Skipped(path, kind, reason))


@dataclass(frozen=True, slots=True)
class OverlayTree:
    """A tree with some files replaced or added."""

    beneath: Tree
    changes: Mapping[str, bytes] = field(repr=False)

    def paths(self) -> Sequence[str]:
        paths = self.beneath.paths()
        new = self.changes.keys() - set(paths)
        return sorted({*paths, *new}) if new else paths

    def settings_files(self) -> Sequence[str]:
        return self.beneath.settings_files()

    def read(self, path: str) -> bytes:
        return self.changes[path] if path in self.changes else self.beneath.read(path)
