"""Brings a repository from a server into a bare repository of ours; the token is known to that one command alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from repairbot.errors import RepairbotError, UsageError
from repairbot.git import repository as git_own
from repairbot.git.remote import talk

_HEAD = "refs/repairbot/head"
_REFS = (f"+HEAD:{_HEAD}", "+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*")
_SYMREF = re.compile(r"ref: (?P<branch>refs/heads/\S+)\tHEAD")
_NAME = re.compile(r"(?!.*(?:^|/)\.\.?$)[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+")
_WHAT_TO_DO = {
    "could not read Username": "it is private or does not exist; check the name, and give a token that may read it",
    "not found": "it is private or does not exist; check the name, and give a token that may read it",
    "Authentication failed": "the token is not accepted; check that it is still valid and may read this repository",
    "couldn't find remote ref HEAD": "it has no commits yet",
    "Could not resolve host": "the server cannot be reached; check the connection",
}


class NotCloned(RepairbotError):
    """The server did not give the repository."""


def address(repository: str, server: str = "https://github.com") -> str:
    """The address of OWNER/NAME. Raises UsageError."""
    if not _NAME.fullmatch(repository):
        raise UsageError(f"--repo {repository!r}: write it as OWNER/NAME, for example encode/starlette")
    return f"{server.rstrip('/')}/{repository}.git"


def clone(url: str, path: Path, token: str | None = None, watch: Callable[[str], None] | None = None) -> Path:
    """All branches and tags of `url` in a new bare repository at `path`; `watch` is told git's own progress.

    Raises NotCloned with what to do.
    """
    git_own.create(path)
    options = ["--progress", "--no-recurse-submodules", "--update-head-ok", "--no-write-fetch-head"]
    said = talk(path, "fetch", options, url, _REFS, token, watch)
    if not said.ok:
        raise NotCloned(f"{url} could not be cloned: {explained(said.complaints)}")
    head = git_own.run(path, "rev-parse", "--verify", _HEAD).decode().strip()
    branch = _default_branch(path, url, head, token)
    if branch is not None:
        git_own.run(path, "symbolic-ref", "HEAD", branch)
    else:
        git_own.run(path, "update-ref", "--no-deref", "HEAD", head)
    return path


def _default_branch(path: Path, url: str, head: str, token: str | None) -> str | None:
    """The branch that the server's HEAD stands for, if we fetched it at that commit; a fetch alone does not tell."""
    said = talk(path, "ls_remote", ["--symref"], url, ["HEAD"], token)
    named = (_SYMREF.fullmatch(line.strip()) for line in said.lines)
    name = next((match["branch"] for match in named if match), None)
    if name is None:
        return None
    fetched = git_own.run(path, "for-each-ref", "--format=%(objectname) %(refname)", name).decode("utf-8", "replace")
    return name if fetched.splitlines() == [f"{head} {name}"] else None


def explained(complaints: Sequence[str]) -> str:
    """What git's complaints mean for a person."""
    advice = next((text for sign, text in _WHAT_TO_DO.items() for line in complaints if sign in line), None)
    return advice or " ".join(complaints[-1:]) or "git gave no reason"
