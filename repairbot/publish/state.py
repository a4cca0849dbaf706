"""What GitHub says of one rule's branch and pull requests, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from repairbot.github.values import Commit, Pull

TRAILER = "Repairbot-Rule:"
# GitHub signs what its API commits, and names itself as the committer.
GITHUB_EMAIL = "noreply@github.com"


@dataclass(frozen=True, slots=True)
class Branch:
    """Our branch, with its commits since it left the base, all if `whole`, and the blob of each file they edit.

    `files` is None when there are more than GitHub lists.
    """

    head: str
    commits: tuple[Commit, ...]
    files: Mapping[str, str] | None
    whole: bool = True

    def is_ours(self, email: str) -> bool:
        """Whether nobody else authored or committed anything on it."""
        return self.whole and all(_ours(commit, email) for commit in self.commits)


def _ours(commit: Commit, email: str) -> bool:
    if not any(line.startswith(TRAILER) for line in commit.message.splitlines()):
        return False
    # Whoever amends keeps the author; whoever edits on the web commits as GitHub, but has not our trailer.
    return commit.committer == GITHUB_EMAIL or (commit.author == email and commit.committer == email)


@dataclass(frozen=True, slots=True)
class State:
    """`pulls` are all there ever were from this branch, newest first; `open_pulls` those of ours for any rule."""

    branch: Branch | None = None
    pulls: tuple[Pull, ...] = ()
    open_pulls: int = 0
