"""A Snapshot: the target's files with their module names, parsed when asked for, and the libraries they import."""

from __future__ import annotations

import ast
import os
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

from repairbot.model import Origin, Skipped
from repairbot.source.environment import Environment, environment_at, read_environment
from repairbot.source.files import Missing, ModuleFile, Parsed, Unparsed
from repairbot.source.finding import Finder
from repairbot.source.outline import Outlines, outlines
from repairbot.source.parsing import parse
from repairbot.source.paths import common_root, real_path
from repairbot.source.search import search
from repairbot.source.tree import DirectoryTree, OverlayTree, Tree

_REMEMBERED_BYTES = 16_000_000


class Snapshot:
    """One state of a target. Reading is lazy and remembered; nothing of the target is ever run.

    `paths` are all source files, `chosen` those to report, `skipped` what the walk could not take in.
    """

    def __init__(
        self,
        root: Path,
        tree: Tree,
        chosen: frozenset[str],
        skipped: tuple[Skipped, ...] = (),
        environment: Environment | None = None,
        beneath: Snapshot | None = None,
    ) -> None:
        """`beneath`: a snapshot that differs from this one in the changes of an OverlayTree alone."""
        self.root = root
        self.tree = tree
        self.paths = tuple(tree.paths())
        self.chosen = chosen
        self.skipped = skipped
        self.environment = environment
        self._beneath = beneath
        self._bytes: OrderedDict[str, bytes] = OrderedDict()
        self._held = 0
        self._parsed: dict[ModuleFile, Parsed | Unparsed] = {}
        self._holders: dict[bytes, tuple[str, ...]] = {}

    @classmethod
    def of(cls, paths: Sequence[Path], *, exclude: Sequence[str] = (), env: Path | None = None) -> Snapshot:
        """The files under the root that all `paths` share; `paths` choose what is reported.

        `exclude` are globs written as in a .gitignore file; `env` is the directory of an installed environment, looked
        for at `.venv` in the root when left out. Raises UsageError.
        """
        real = [real_path(path) for path in paths or (Path(),)]
        root = common_root(real)
        places = [_below(str(root), place) for place in real]
        files = {place for place in places if place and not place.endswith("/")}
        folders = tuple(place for place in places if place not in files)
        tree = DirectoryTree.walk(root, exclude, sorted(files))
        environment = environment_at(env) if env else read_environment(root / ".venv")
        chosen = frozenset(path for path in tree.found if path in files or path.startswith(folders))
        skipped = [
            entry for entry in tree.skipped if entry.path in files or f"{entry.path}/".startswith((*folders, ".git/"))
        ]
        skipped += [_left_out(folder) for folder in folders if folder not in tree.folders]
        return cls(root, tree, chosen, tuple(skipped), environment)

    def __reduce__(self) -> tuple[type[Snapshot], tuple[object, ...]]:
        return Snapshot, (self.root, self.tree, self.chosen, self.skipped, self.environment)

    def read(self, path: str) -> bytes:
        """A source file's bytes; the most recent are remembered. Raises OSError."""
        if path in self._bytes:
            self._bytes.move_to_end(path)
            return self._bytes[path]
        data = self._bytes[path] = self.tree.read(path)
        self._held += len(data)
        while self._held > _REMEMBERED_BYTES and len(self._bytes) > 1:
            self._held -= len(self._bytes.popitem(last=False)[1])
        return data

    def file(self, path: str) -> ModuleFile:
        """The module that a source file is."""
        return self._finder.source_file(path)

    def parsed(self, file: ModuleFile) -> Parsed:
        """The file's tree, the same object at each call. Raises Unparsed."""
        if self._beneath and not self._is_changed(file):
            return self._beneath.parsed(file)
        if file not in self._parsed:
            try:
                self._parsed[file] = self._parse(file)
            except Unparsed as failure:
                self._parsed[file] = failure
        outcome = self._parsed[file]
        if isinstance(outcome, Unparsed):
            raise Unparsed(outcome.skipped)
        return outcome

    def find(self, dotted: str, importer: ModuleFile) -> ModuleFile | Missing:
        """The module of an absolute name as the importer sees it."""
        return self._finder.find(dotted, importer)

    def submodule(self, package: ModuleFile, name: str) -> ModuleFile | Missing:
        """A module in the package's own directory."""
        return self._finder.submodule(package, name)

    def parent(self, file: ModuleFile, levels: int) -> ModuleFile | Missing:
        """The package that a relative import with so many dots starts from, by directory."""
        return self._finder.parent(file, levels)

    def containing(self, word: bytes) -> tuple[str, ...]:
        """Source paths whose bytes contain the word."""
        return self.containing_any([word])[word]

    def containing_any(self, words: Sequence[bytes]) -> dict[bytes, tuple[str, ...]]:
        """The same for several words, in one pass over the files."""
        new = [word for word in dict.fromkeys(words) if word not in self._holders]
        if new:
            self._holders |= self._search(new)
        return {word: self._holders[word] for word in words}

    def learn(self, holders: Mapping[bytes, tuple[str, ...]]) -> None:
        """Take over what a pass over all files has found: for each word the paths whose bytes contain it."""
        self._holders |= holders

    def overlay(self, changes: Mapping[str, bytes]) -> Snapshot:
        """The same target with some files replaced; what does not depend on them is shared."""
        tree = OverlayTree(self.tree, dict(changes))
        return Snapshot(self.root, tree, self.chosen, self.skipped, self.environment, beneath=self)

    @cached_property
    def outlines(self) -> Outlines:
        """What each file may set, subclass or rename."""
        if self._beneath and isinstance(self.tree, OverlayTree):
            return self._beneath.outlines.changed(self.tree.changes)
        return outlines(self.tree, self.paths)

    @cached_property
    def _finder(self) -> Finder:
        if self._beneath and self._beneath.paths == self.paths:
            return self._beneath._finder  # noqa: SLF001 - another Snapshot
        from repairbot.source.wiring import finder_of  # reads settings and libraries: only once a site needs them

        return finder_of(self.root, self.tree, self.environment)

    def _is_changed(self, file: ModuleFile) -> bool:
        return file.origin is Origin.SOURCE and isinstance(self.tree, OverlayTree) and file.path in self.tree.changes

    def _parse(self, file: ModuleFile) -> Parsed:
        if file.is_namespace:
            return Parsed(file, b"", "", ast.Module([], []))
        try:
            data = self.read(file.path) if file.origin is Origin.SOURCE else self._finder.read_library(file)
        except OSError as error:
            reason = f"cannot be read: {error.strerror}"
            raise Unparsed(Skipped(file.path, "unreadable", reason)) from None
        return parse(file, data)

    def _search(self, words: Sequence[bytes]) -> Mapping[bytes, tuple[str, ...]]:
        if not (self._beneath and isinstance(self.tree, OverlayTree)):
            return search(self.tree, self.paths, words)
        changes = self.tree.changes
        before = self._beneath.containing_any(words)
        after = search(self.tree, changes, words)
        return {word: tuple(sorted({*before[word]} - changes.keys() | {*after[word]})) for word in words}


def _below(root: str, place: str) -> str:
    """The root-relative path; a folder's ends in "/", the root's is ""."""
    path = os.path.relpath(place, root).replace(os.sep, "/")
    if path == ".":
        return ""
    return f"{path}/" if os.path.isdir(place) and not os.path.islink(place) else path


def _left_out(folder: str) -> Skipped:
    reason = "a directory that scans leave out, git ignores or `exclude` names; name its files to scan them"
    return Skipped(folder.rstrip("/"), "left-out", reason)
