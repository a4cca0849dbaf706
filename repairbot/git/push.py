"""Brings one commit of a server here and ours back: branches move only from the commit they were seen at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from repairbot.git import repository
from repairbot.git.remote import Said, talk

_OVERTAKEN = ("stale info", "fetch first", "non-fast-forward", "cannot lock ref", "reference already exists")
_UNSURE = (
    "error: 5",
    "HTTP 5",
    "timed out",
    "Connection reset",
    "Empty reply",
    "hung up",
    "early EOF",
    "Could not resolve",
)


class PushRefused(Exception):
    """The server did not take it; the text is what it said."""


class Overtaken(Exception):
    """The branch is not where it was seen: somebody else was faster."""


class PushUnsure(Exception):
    """No answer came: the branch may have moved or not."""


def fetch(
    url: str, path: Path, branch: str, token: str | None, watch: Callable[[str], None] | None = None
) -> str | Said:
    """The id of the commit that a branch is at, now whole in a new repository at `path`; or what git said instead."""
    repository.create(path)
    words = ["--depth=1", "--no-tags", "--progress", "--no-recurse-submodules", "--no-write-fetch-head"]
    said = talk(path, "fetch", words, url, [f"+refs/heads/{branch}:{repository.BASE}"], token, watch)
    if not said.ok:
        return said
    repository.run(path, "symbolic-ref", "HEAD", repository.BASE)
    return repository.run(path, "rev-parse", "--verify", repository.BASE).decode().strip()


def push(url: str, path: Path, branch: str, commit: str | None, lease: str | None, token: str | None) -> None:
    """Move a branch from `lease` (None: it does not exist) to a commit of ours (None: delete it).

    Raises PushRefused, Overtaken, PushUnsure.
    """
    ref = f"refs/heads/{branch}"
    words = ["--porcelain", "--no-verify", "--no-signed", f"--force-with-lease={ref}:{lease or ''}"]
    said = talk(path, "push", words, url, [f"{commit or ''}:{ref}"], token)
    if said.ok:
        return
    text = " ".join(line.strip() for line in (*said.lines, *said.complaints) if line.strip())
    if any(sign in text for sign in _OVERTAKEN) or (commit is None and "remote ref does not exist" in text):
        raise Overtaken(text)
    if any(sign in text for sign in _UNSURE):
        raise PushUnsure(text)
    raise PushRefused(text or "git gave no reason")
