"""Reads commits of our own bare repositories: trees as entries, blobs as bytes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from repairbot.git.command import GitFailed, run_safely, safe_command, safe_environment
from repairbot.process import tools

REGULAR = frozenset({"100644", "100755"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a tree. Undecodable bytes of the path are kept as surrogates."""

    mode: str
    kind: str
    oid: str
    path: str

    @property
    def is_file(self) -> bool:
        """Neither a folder nor a symbolic link nor a submodule."""
        return self.mode in REGULAR


def entries(repository: Path, commit: str, *, folders: bool = False) -> list[Entry]:
    """All that a commit holds, sorted as git sorts. Raises GitFailed."""
    words = ["ls-tree", "-r", "-z", "--full-tree", *(["-t"] if folders else []), commit]
    found = []
    for line in run_safely(repository, f"--git-dir={repository}", *words).split(b"\0")[:-1]:
        facts, _, path = line.partition(b"\t")
        mode, kind, oid = facts.decode("ascii").split(" ")
        found.append(Entry(mode, kind, oid, os.fsdecode(path)))
    return found


def blobs(repository: Path, oids: Iterable[str]) -> Iterator[bytes]:
    """The contents in the order asked for. Raises GitFailed for one that is missing or no blob."""
    asked = list(oids)
    command = safe_command(f"--git-dir={repository}", "cat-file", "--batch")
    with tools.reading(command, env=safe_environment(), stdin="\n".join([*asked, ""]).encode()) as answers:
        for oid in asked:
            yield answers.read(_announced(answers, oid))
            answers.read(1)


class Blobs:
    """Contents asked for one by one; one git process serves them all until the block ends."""

    def __init__(self, questions: IO[bytes], answers: IO[bytes]) -> None:
        self._questions = questions
        self._answers = answers

    @classmethod
    @contextmanager
    def of(cls, repository: Path) -> Iterator[Blobs]:
        command = safe_command(f"--git-dir={repository}", "cat-file", "--batch")
        with tools.conversing(command, env=safe_environment()) as (questions, answers):
            yield cls(questions, answers)

    def read(self, oid: str) -> bytes:
        self._questions.write(oid.encode() + b"\n")
        self._questions.flush()
        content = self._answers.read(_announced(self._answers, oid))
        self._answers.read(1)
        return content


def _announced(answers: IO[bytes], oid: str) -> int:
    """Return the size that git gives before the content, of the object that was asked for and no other."""
    words = answers.readline().split()
    if len(words) != 3 or words[0] != oid.encode() or words[1] != b"blob":
        raise GitFailed(f"object {oid} is missing or is no file")
    return int(words[2])
