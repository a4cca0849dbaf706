"""Our own bare repositories: a verified copy of one commit, the history around it, commits without a work tree."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from repairbot.errors import DiskFull, UsageError
from repairbot.git import objects
from repairbot.git.command import NO_EXTRA, GitFailed, run_safely
from repairbot.git.source import Source

BASE = "refs/heads/base"
_PATIENCE = 900.0  # seconds; copying a large commit takes minutes on a slow disk
# What stands beside the packs of a repository that we do not trust could say other things than the packs.
_SETTINGS = "[core]\n\tcommitGraph = false\n\tmultiPackIndex = false\n[gc]\n\tauto = 0\n[pack]\n\tuseBitmaps = false\n"


@dataclass(frozen=True, slots=True)
class Person:
    """Who and when, as a commit records it; `date` is `<seconds since 1970> <+hhmm>`."""

    name: str
    email: str
    date: str


def run(repository: Path, *words: str, stdin: bytes = b"", env: Mapping[str, str] = NO_EXTRA) -> bytes:
    """A git command in one of our own repositories. Raises GitFailed."""
    return run_safely(repository, f"--git-dir={repository}", *words, stdin=stdin, env=env, seconds=_PATIENCE)


def create(path: Path, object_format: str = "sha1") -> Path:
    """An empty bare repository without hooks or anybody's template."""
    path.mkdir(mode=0o700, parents=True)
    run_safely(path, "init", "--quiet", "--bare", "--template=", f"--object-format={object_format}", str(path))
    with (path / "config").open("a", encoding="ascii") as settings:
        settings.write(_SETTINGS)
    return path


def borrow_history(source: Source, path: Path) -> Path:
    """A repository of ours that reads the source's objects where they lie; the source's configuration plays no part.

    Its objects are not verified: good for history, not for what is tested and proposed.
    """
    create(path, source.object_format)
    (path / "objects" / "info").mkdir(exist_ok=True)
    (path / "objects" / "info" / "alternates").write_bytes(_quoted(os.fsencode(source.objects)) + b"\n")
    if source.cut:
        (path / "shallow").write_text("".join(f"{oid}\n" for oid in source.cut), encoding="ascii")
    lines = [f"{oid} {name}\n" for name, oid in sorted(source.tags)]
    (path / "packed-refs").write_text("# pack-refs with: sorted\n" + "".join(lines), encoding="utf-8")
    run(path, "update-ref", BASE, source.commit)
    return path


def _quoted(path: bytes) -> bytes:
    return b'"' + re.sub(rb'(["\\])', rb"\\\1", path).replace(b"\n", b"\\n") + b'"'


def copy_commit(history: Path, commit: str, path: Path, object_format: str = "sha1") -> Path:
    """A repository of ours with one commit, whole and without its ancestors, every object checked against its name."""
    create(path, object_format)
    try:
        listed = objects.entries(history, commit, folders=True)
        top = run(history, "rev-parse", f"{commit}^{{tree}}").decode().strip()
        oids = [commit, top, *(entry.oid for entry in listed if entry.kind != "commit")]
        packs = path / "objects" / "pack"
        name = (
            run(history, "pack-objects", "--window=0", "-q", str(packs / "pack"), stdin=_lines(oids)).decode().strip()
        )
        # The index is made anew from what the pack holds, so no object can go by another one's name.
        for beside in packs.glob(f"pack-{name}.*"):
            if beside.suffix != ".pack":
                beside.unlink()
        run(path, "index-pack", str(packs / f"pack-{name}.pack"))
        _check_held(path, oids)
    except GitFailed as error:
        if "No space left" in str(error):
            raise DiskFull.at(path) from None
        raise UsageError(
            f"commit {commit[:12]} cannot be copied ({error}); if this is a partial clone, `git fetch --refetch "
            "--no-filter` brings what it lacks, and `git fsck` says whether it is damaged"
        ) from None
    # Asked for parents, git would leave out those at which a shallow history is cut.
    if b"\nparent " in run(path, "cat-file", "commit", commit).partition(b"\n\n")[0]:
        (path / "shallow").write_text(f"{commit}\n", encoding="ascii")
    run(path, "update-ref", BASE, commit)
    run(path, "symbolic-ref", "HEAD", BASE)
    return path


def _check_held(repository: Path, oids: list[str]) -> None:
    held = run(repository, "cat-file", "--batch-check=%(objectname)", stdin=_lines(oids)).decode().splitlines()
    if held != oids:
        raise GitFailed("an object is missing or is not what its name says")


def commit_files(
    repository: Path, parent: str, files: Mapping[str, bytes], message: str, author: Person, committer: Person
) -> str:
    """A commit on `parent` with these contents, made without work tree, hooks or filters; the same input, the same id.

    A file keeps its mode; a new one is ordinary. Raises GitFailed, also for a path that is not a file in `parent`.
    """
    before = {entry.path: entry for entry in objects.entries(repository, parent)}
    oids, lines = {}, []
    for path, content in sorted(files.items()):
        mode = before[path].mode if path in before else "100644"
        if mode not in objects.REGULAR:
            raise GitFailed(f"{path!r} is a link or a submodule and cannot be edited")
        oid = run(repository, "hash-object", "-w", "--no-filters", "--stdin", stdin=content).decode().strip()
        oids[path] = oid
        lines.append(f"{mode} {oid}\t".encode() + os.fsencode(path) + b"\0")
    index = repository / "index.new"
    env = {"GIT_INDEX_FILE": str(index)}
    try:
        run(repository, "read-tree", parent, env=env)
        run(repository, "update-index", "-z", "--index-info", stdin=b"".join(lines), env=env)
        tree = run(repository, "write-tree", env=env).decode().strip()
    finally:
        index.unlink(missing_ok=True)
    people = {**_as_variables("AUTHOR", author), **_as_variables("COMMITTER", committer)}
    made = run(repository, "commit-tree", "-p", parent, tree, stdin=message.encode(), env=people).decode().strip()
    _check_only(repository, parent, made, oids)
    return made


def _check_only(repository: Path, parent: str, commit: str, wanted: Mapping[str, str]) -> None:
    """Git passes over a path that it does not take, with a word on standard error alone."""
    before, after = ({e.path: e for e in objects.entries(repository, oid)} for oid in (parent, commit))
    missing = [path for path, oid in wanted.items() if path not in after or after[path].oid != oid]
    others = [
        path for path in before.keys() | after.keys() if path not in wanted and before.get(path) != after.get(path)
    ]
    if missing or others:
        raise GitFailed(f"git would not make this change: {sorted(missing)} are not taken, {sorted(others)} change too")


def _as_variables(role: str, person: Person) -> dict[str, str]:
    return {
        f"GIT_{role}_NAME": person.name,
        f"GIT_{role}_EMAIL": person.email,
        f"GIT_{role}_DATE": person.date,
    }


def set_branch(repository: Path, name: str, commit: str) -> None:
    """Make the branch point at the commit. Raises GitFailed for a name that git does not take."""
    run(repository, "check-ref-format", "--branch", name)
    run(repository, "update-ref", f"refs/heads/{name}", commit)


def _lines(words: list[str]) -> bytes:
    return "".join(f"{word}\n" for word in words).encode()
