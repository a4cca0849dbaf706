"""Reads the past of a target from a bare repository of ours: who wrote a line, which commits changed a file, blobs."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from repairbot.evidence.impact import CommitNote
from repairbot.git.command import GitFailed, run_safely

_FIELDS = "%H%x00%aI%x00%an%x00%s"
MOST_VERSIONS = 300
UNSHALLOW = "`git fetch --unshallow` brings what is missing"
_MOST_RENAMES = 10


class PastFailed(Exception):
    """The history cannot answer; the text is one clause."""


@dataclass(frozen=True, slots=True)
class Blamed:
    """The commit that wrote a line, what the line's number and file were there, and what came before (None: nothing).

    `cut`: the history ends here because the clone is shallow, so the line may be older.
    """

    commit: str
    path: str
    line: int
    before: tuple[str, str] | None
    cut: bool


@dataclass(frozen=True, slots=True)
class Version:
    """One commit's change of a file, with the objects before and after; None where there was no file."""

    commit: str
    before: str | None
    after: str | None
    is_merge: bool


class Past:
    """The history of one commit, asked until `deadline` on the monotonic clock."""

    def __init__(self, repository: Path, commit: str, deadline: float) -> None:
        self._repository = repository
        self.commit = commit
        self._deadline = deadline
        self._blobs: dict[str, bytes] = {}
        self._versions: dict[str, list[Version]] = {}
        self._notes: dict[str, tuple[str, ...]] = {}
        shallow = repository / "shallow"
        self.cut = frozenset(shallow.read_text("ascii").split()) if shallow.is_file() else frozenset()

    def git(self, *words: str) -> bytes:
        """A git command that reads. Raises PastFailed."""
        seconds = self._deadline - time.monotonic()
        if seconds <= 0:
            raise PastFailed("the time for reading the history was up")
        try:
            return run_safely(self._repository, f"--git-dir={self._repository}", *words, seconds=max(seconds, 0.1))
        except GitFailed as error:
            raise PastFailed(f"git cannot read it: {error}") from None

    def blame(self, path: str, line: int, commit: str | None = None) -> Blamed:
        """Who wrote a line as it is in `commit`, whatever the file was called then; white space does not count."""
        words = ("blame", "--porcelain", "-w", "-C", f"-L{line},{line}", commit or self.commit, "--", path)
        said = os.fsdecode(self.git(*words)).split("\n")
        first = said[0].split(" ")
        if len(first) < 2:
            raise PastFailed("git blame gave no answer")
        facts = {key: value for key, _, value in (one.partition(" ") for one in said[1:])}
        before = facts.get("previous", "").partition(" ")
        return Blamed(
            first[0],
            _unquoted(facts.get("filename", path)),
            int(first[1]),
            (before[0], _unquoted(before[2])) if before[2] else None,
            first[0] in self.cut,
        )

    def note(self, commit: str, *, authors: bool) -> CommitNote:
        if commit not in self._notes:
            words = ("log", "--no-walk", "--no-show-signature", "--encoding=UTF-8", f"--format={_FIELDS}", commit)
            said = self.git(*words).decode("utf-8", "replace").rstrip("\n").split("\0")
            self._notes[commit] = tuple(said)
        oid, date, author, title = self._notes[commit]
        return CommitNote(oid, date, title, author if authors else None)

    def is_before(self, one: str, other: str) -> bool:
        """Whether a commit is another one or an ancestor of it."""
        return not self.git("rev-list", "--max-count=1", one, f"^{other}").strip()

    def blob(self, oid: str) -> bytes:
        if oid not in self._blobs:
            self._blobs[oid] = self.git("cat-file", "blob", oid)
        return self._blobs[oid]

    def file(self, commit: str, path: str) -> bytes | None:
        """The file in a commit, None where it has none."""
        try:
            return self.blob(self.git("rev-parse", "--verify", "--quiet", f"{commit}:{path}").decode().strip())
        except PastFailed:
            return None

    def versions(self, path: str) -> list[Version]:
        """The commits that changed a file, newest first, also under its former names; at most MOST_VERSIONS."""
        if path not in self._versions:
            self._versions[path] = list(self._followed(path))
        return self._versions[path]

    def _followed(self, path: str) -> Iterator[Version]:
        start: str | None = self.commit
        left = MOST_VERSIONS
        for _ in range(_MOST_RENAMES):
            if start is None or left <= 0:
                return
            last: Version | None = None
            for last in self._log(path, start, left):
                left -= 1
                if last.before is not None:
                    yield last
            if last is None or last.before is not None:
                return
            source = self._renamed_from(last.commit, path)
            if source is None:
                yield last
                return
            path, before = source
            yield Version(last.commit, before, last.after, last.is_merge)
            start = f"{last.commit}^"

    def _log(self, path: str, start: str, most: int) -> Iterator[Version]:
        words = (
            "log", f"--max-count={most}", "--raw", "--no-abbrev", "--no-renames", "--diff-merges=first-parent",
            "--format=%x01%H %P", start, "--", path,
        )  # fmt: skip
        for entry in os.fsdecode(self.git(*words)).split("\x01")[1:]:
            head, _, rest = entry.partition("\n")
            match = re.search(r"^:\d+ \d+ ([0-9a-f]+) ([0-9a-f]+) ", rest, re.MULTILINE)
            if match:
                yield Version(head.split(" ")[0], _present(match[1]), _present(match[2]), head.count(" ") > 1)

    def changed(self, commit: str) -> Iterator[tuple[Version, str]]:
        """The files that a commit changed, removed or added, against its first parent."""
        words = ("diff-tree", "-r", "-z", "--raw", "--no-abbrev", "--no-renames", "--root", "--no-commit-id", commit)
        fields = os.fsdecode(self.git(*words)).split("\0")
        for head, path in zip(fields[::2], fields[1::2], strict=False):
            parts = head.split(" ")
            yield Version(commit, _present(parts[2]), _present(parts[3]), is_merge=False), path

    def _renamed_from(self, commit: str, path: str) -> tuple[str, str] | None:
        """What the file was called before the commit that added it under this name, and its object."""
        if commit in self.cut:
            return None
        words = ("diff-tree", "-r", "-z", "-M50", "--raw", "--no-abbrev", "--root", "--no-commit-id", commit)
        fields = os.fsdecode(self.git(*words)).split("\0")
        for place, field in enumerate(fields):
            parts = field.split(" ")
            if field.startswith(":") and parts[-1].startswith("R") and fields[place + 2] == path:
                return fields[place + 1], parts[2]
        return None


def _present(oid: str) -> str | None:
    return oid if oid.strip("0") else None


def _unquoted(path: str) -> str:
    """A path as git writes it where it holds odd characters."""
    if not path.startswith('"'):
        return path
    inner = path[1:-1]
    data = re.sub(rb"\\([0-7]{3}|.)", _unescaped, os.fsencode(inner))
    return os.fsdecode(data)


def _unescaped(match: re.Match[bytes]) -> bytes:
    code = match[1]
    if len(code) == 3:
        return bytes([int(code, 8)])
    return {b"t": b"\t", b"n": b"\n", b"r": b"\r", b"a": b"\a", b"b": b"\b", b"f": b"\f", b"v": b"\v"}.get(code, code)
