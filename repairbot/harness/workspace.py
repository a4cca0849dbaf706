"""The place where one repository is worked on: copies of a commit, made new for every run and gone at the end."""

from __future__ import annotations

import errno
import hashlib
import itertools
import os
import shutil
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from repairbot.errors import DiskFull
from repairbot.git import minimal, objects, repository
from repairbot.git import source as git_source
from repairbot.git.own_folder import check_own
from repairbot.git.repository import Person
from repairbot.git.source import Source
from repairbot.harness import leftovers, scratch, trees
from repairbot.harness.trees import Refused

_LINES_OF_DOS = (b"\r\n", b"\n")


@dataclass
class Workspace:
    """`own` is a bare repository of ours with the commit and what is built on it; `history` has what came before.

    `refused` are entries of the commit that no tree holds.
    """

    source: Source
    folder: Path
    history: Path
    own: Path
    refused: tuple[Refused, ...] = ()
    _commits: dict[str, str] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def commit(self, files: Mapping[str, bytes], message: str, author: Person, committer: Person) -> str:
        """A commit on the source's with these files changed. Raises GitFailed."""
        return repository.commit_files(self.own, self.source.commit, files, message, author, committer)

    def lay_out(self, side: str, commit: str) -> Path:
        """Write the pristine tree of one side, which no target code ever sees; every run gets a copy.

        It takes the place of one that was there.
        """
        for former in (self.pristine(side), self.folder / f"git-{side}"):
            leftovers.remove(former)
        entries = objects.entries(self.own, commit)
        files = [entry for entry in entries if trees.refusal(entry) is None]
        contents = objects.blobs(self.own, (entry.oid for entry in files))
        refused = [found for entry in entries if (found := trees.refusal(entry))]
        refused += trees.write(self.pristine(side), zip(files, contents, strict=True))
        self.refused = tuple(dict.fromkeys((*self.refused, *refused)))
        self._commits[side] = commit
        return self.pristine(side)

    def pristine(self, side: str) -> Path:
        return self.folder / f"pristine-{side}"

    @contextmanager
    def fresh(self, side: str, *, with_git: bool = False) -> Iterator[Path]:
        """A new copy of one side for one run; `with_git` adds a throwaway `.git`, for tools that ask for tags."""
        copy = self.folder / "runs" / str(next(self._numbers))
        try:
            shutil.copytree(self.pristine(side), copy, symlinks=True)
            if with_git:
                shutil.copytree(self._dot_git(side), copy / ".git")
            yield copy
        finally:
            leftovers.remove(copy)

    def _dot_git(self, side: str) -> Path:
        folder = self.folder / f"git-{side}"
        if not folder.exists():
            minimal.prepare(folder, self.history, self.own, self._commits[side])
        return folder / ".git"

    def uncommitted(self) -> tuple[str, ...]:
        """Python files of the commit that the user has changed or removed since: a run does not see that."""
        root = self.source.root
        if root is None:
            return ()
        entries = objects.entries(self.own, self.source.commit)
        files = (entry for entry in entries if entry.is_file and entry.path.endswith(".py"))
        return tuple(
            entry.path for entry in files if not _holds(root / entry.path, entry.oid, self.source.object_format)
        )


@contextmanager
def opened(
    path: Path, revision: str = "HEAD", place: Path | None = None, *, trust: bool = False
) -> Iterator[Workspace]:
    """A workspace for the repository that holds `path`, in a new folder below `place`, removed when the block ends.

    The repository is read, and nothing in it is written, started or trusted; with `trust` it may draw on others.
    Raises UsageError.
    """
    source = git_source.find(path, revision)
    if not trust:
        check_own(source)
    folder = scratch.make("repairbot-run-", place)
    try:
        # Where target code runs as another user, that user has to pass through, and may list nothing.
        folder.chmod(0o711)
        (folder / "runs").mkdir(mode=0o711)
        history = repository.borrow_history(source, folder / "history.git")
        own = repository.copy_commit(history, source.commit, folder / "own.git", source.object_format)
        yield Workspace(source, folder, history, own)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull.at(folder) from None
        raise
    finally:
        leftovers.remove(folder)


def _holds(path: Path, oid: str, object_format: str) -> bool:
    """Whether the file is what git would have written there, with either kind of line ends."""
    try:
        file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return False
    with os.fdopen(file, "rb") as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            return False
        content = stream.read()
    return oid in (_name(content, object_format), _name(content.replace(*_LINES_OF_DOS), object_format))


def _name(content: bytes, object_format: str) -> str:
    return hashlib.new(object_format, b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()
