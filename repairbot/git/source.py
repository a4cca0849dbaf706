"""Finds the repository and the commit that a path means: a path in, where its objects lie out."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from repairbot.errors import UsageError
from repairbot.git.command import GitAbsent, GitFailed, run_safely

_PATH = ("--path-format=absolute", "--git-path")
_OID = re.compile(r"[0-9a-f]{40,64}")
_TAG = re.compile(r"([0-9a-f]{40,64}) (refs/tags/[^\s~^:?*\[\\\x00-\x20\x7f]+)")


@dataclass(frozen=True, slots=True)
class Source:
    """Somebody's repository at one commit. Nothing in it is trusted, and nothing in it is ever written.

    `root` is the folder of its files, None for a bare repository; `branch` is None when HEAD is detached; `cut` are the
    commits at which a shallow history ends; `tags` are names with the objects they point at.
    """

    root: Path | None
    git_dir: Path
    objects: Path
    object_format: str
    commit: str
    branch: str | None
    cut: tuple[str, ...]
    tags: tuple[tuple[str, str], ...]


def find(path: Path, revision: str = "HEAD", asked_by: str = "`run`") -> Source:
    """The repository that holds `path`, at `revision`. Raises UsageError with a sentence for whatever is in the way.

    `asked_by` is who needs a commit, for that sentence.
    """
    root, git_dir = _located(path)
    try:
        objects, shallow = (_ask(git_dir, *_PATH, name).removesuffix("\n") for name in ("objects", "shallow"))
        return Source(
            root=root,
            git_dir=git_dir,
            objects=Path(objects),
            object_format=_ask(git_dir, "--show-object-format").strip(),
            commit=_commit(git_dir, path, revision, asked_by),
            branch=_branch(git_dir),
            cut=_cut(Path(shallow)),
            tags=_tags(git_dir),
        )
    except GitAbsent as error:
        raise UsageError(
            f"{_shown(path)}: {error}; {asked_by} needs git and a repository to work from a commit"
        ) from None
    except GitFailed as error:
        raise UsageError(f"{_shown(path)}: git cannot read this repository ({error}); try `git fsck` there") from None


def _cut(shallow: Path) -> tuple[str, ...]:
    try:
        lines = shallow.read_text(encoding="ascii", errors="replace").splitlines() if shallow.is_file() else []
    except OSError:
        return ()
    return tuple(line for line in lines if _OID.fullmatch(line))


def _located(path: Path) -> tuple[Path | None, Path]:
    place = path.absolute()
    for folder in (place, *place.parents):
        if os.path.lexists(folder / ".git"):
            return folder, folder / ".git"
    if (place / "HEAD").is_file() and (place / "objects").is_dir():
        return None, place
    raise UsageError(
        f"{_shown(path)}: not in a git repository; `run` works from a commit, so use `git init`, `git add` and "
        "`git commit` first, or look without one with `repairbot scan`"
    )


def _commit(git_dir: Path, path: Path, revision: str, asked_by: str) -> str:
    if not revision.startswith("-"):
        try:
            return _ask(git_dir, "--verify", "--quiet", f"{revision}^{{commit}}").strip()
        except GitAbsent:
            raise
        except GitFailed:
            pass
    if revision == "HEAD":
        raise UsageError(f"{_shown(path)}: HEAD names no commit; {asked_by} works from one, so commit your files first")
    raise UsageError(f"{_shown(path)}: there is no commit {revision!r}; give a branch, a tag or a commit id")


def _branch(git_dir: Path) -> str | None:
    try:
        name = run_safely(git_dir.parent, f"--git-dir={git_dir}", "symbolic-ref", "--quiet", "HEAD")
    except GitFailed:
        return None
    return os.fsdecode(name).strip().removeprefix("refs/heads/")


def _tags(git_dir: Path) -> tuple[tuple[str, str], ...]:
    listed = run_safely(
        git_dir.parent, f"--git-dir={git_dir}", "for-each-ref", "--format=%(objectname) %(refname)", "refs/tags"
    )
    found = (_TAG.fullmatch(line) for line in os.fsdecode(listed).splitlines())
    return tuple((match[2], match[1]) for match in found if match)


def _ask(git_dir: Path, *words: str) -> str:
    return os.fsdecode(run_safely(git_dir.parent, f"--git-dir={git_dir}", "rev-parse", *words))


def _shown(path: Path) -> str:
    """A path in an error's text."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
