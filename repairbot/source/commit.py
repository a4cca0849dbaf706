"""The Python files of a commit in one of our own bare repositories, as a tree that needs no folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from repairbot.errors import RepairbotError
from repairbot.git.command import GitFailed
from repairbot.git.objects import Blobs, Entry, entries
from repairbot.model import Skipped
from repairbot.source.globs import excluder
from repairbot.source.paths import shown
from repairbot.source.tree import LEFT_OUT, SETTINGS_FILES


class ObjectUnreadable(RepairbotError):
    """Git does not give a file that the commit holds: every answer about the commit would be a guess."""


class CommitTree:
    """Holds what a walk over a checkout of the commit would find; contents are read when asked for.

    One git process serves all reads of a process of ours, from the first on, until `close` or its end.
    """

    def __init__(
        self, repository: Path, names: Mapping[str, str], settings: Sequence[str], skipped: Sequence[Skipped]
    ) -> None:
        """`names` are the object names of source and settings files by path."""
        self._repository = repository
        self._names = names
        self._settings = tuple(settings)
        self.skipped = tuple(skipped)
        # By process: a forked worker that read from its parent's pipe would get the answers to others' questions.
        self._readers: dict[int, tuple[ExitStack, Blobs]] = {}

    @classmethod
    def of(cls, repository: Path, commit: str, exclude: Sequence[str] = ()) -> CommitTree:
        """Raises GitFailed for a commit that is not there, UsageError for a glob that is none."""
        excluded = excluder(exclude)
        found = entries(repository, commit)
        closed = _environments(found)
        seen = [entry for entry in found if not _left_out(entry.path, closed, excluded)]
        names = {entry.path: entry.oid for entry in seen if entry.is_file and _is_wanted(entry.path)}
        settings = sorted(path for path in names if _base(path) in SETTINGS_FILES)
        links = [entry for entry in seen if entry.mode == "120000" and entry.path.endswith(".py")]
        skipped = [Skipped(entry.path, "symlink", "a symbolic link, which is never followed") for entry in links]
        return cls(repository, names, settings, skipped)

    def paths(self) -> Sequence[str]:
        return sorted(path for path in self._names if path.endswith(".py"))

    def settings_files(self) -> Sequence[str]:
        return self._settings

    def read(self, path: str) -> bytes:
        """The whole file, however large. Raises OSError, and ObjectUnreadable for a file of the commit."""
        if path not in self._names:
            raise FileNotFoundError(2, "the commit has no such file", path)
        try:
            return self._reader().read(self._names[path])
        except (GitFailed, OSError) as error:
            raise ObjectUnreadable(
                f"cannot read {shown(path)} from the repository ({error}); check it with `git fsck` and run again"
            ) from None

    def _reader(self) -> Blobs:
        """Return the reader of this process, opened at its first question."""
        process = os.getpid()
        if process not in self._readers:
            opened = ExitStack()
            self._readers[process] = opened, opened.enter_context(Blobs.of(self._repository))
        return self._readers[process][1]

    def close(self) -> None:
        """End this process's reader; a parent's is not ours to end."""
        opened, _ = self._readers.pop(os.getpid(), (None, None))
        if opened is not None:
            opened.close()

    def __reduce__(self) -> tuple[Callable[..., CommitTree], tuple[object, ...]]:
        return CommitTree, (self._repository, self._names, self._settings, self.skipped)


def _environments(found: Iterable[Entry]) -> frozenset[str]:
    """Folders of virtual environments, with a final "/"; the top is never one."""
    return frozenset(entry.path.removesuffix("pyvenv.cfg") for entry in found if entry.path.endswith("/pyvenv.cfg"))


def _left_out(path: str, closed: frozenset[str], excluded: Callable[[str], bool]) -> bool:
    parts = path.split("/")
    folders = ["/".join(parts[:end]) + "/" for end in range(1, len(parts))]
    return (
        not LEFT_OUT.isdisjoint(parts)
        or any(folder in closed or excluded(folder) for folder in folders)
        or excluded(path)
    )


def _is_wanted(path: str) -> bool:
    return path.endswith(".py") or _base(path) in SETTINGS_FILES


def _base(path: str) -> str:
    return path.rpartition("/")[2]
