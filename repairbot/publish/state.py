"""What GitHub says of one rule's branch and pull requests, and where they live, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from repairbot.github.client import GitHub
from repairbot.github.values import Commit, Pull, Unsure
from repairbot.publish.branch import PREFIX
from repairbot.publish.candidate import Candidate

TRAILER = "Repairbot-Rule:"
# GitHub signs what its API commits, and names itself as the committer.
GITHUB_EMAIL = "noreply@github.com"


@dataclass(frozen=True, slots=True)
class BranchState:
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
class GitHubState:
    """`pulls` are all there ever were from this branch, newest first; `open_pulls` those of ours for any rule."""

    branch: BranchState | None = None
    pulls: tuple[Pull, ...] = ()
    open_pulls: int = 0


@dataclass(frozen=True, slots=True)
class Destination:
    """Where pull requests are opened, and where their branches live: the same repository, or our fork of it."""

    repository: str
    head: str

    @property
    def forked(self) -> bool:
        return self.head != self.repository

    def head_of(self, branch: str) -> str:
        """As GitHub wants it when it looks for pull requests or opens one."""
        return f"{self.head.partition('/')[0]}:{branch}"


def read(hub: GitHub, place: Destination, candidate: Candidate) -> GitHubState:
    """Raises Unsure when the branch moved while it was looked at."""
    pulls = hub.pulls(place.repository, candidate.base, place.head_of(candidate.branch))
    head = hub.branch(place.head, candidate.branch)
    branch = _branch(hub, place, candidate, head) if head is not None else None
    may_create = bool(candidate.groups) and not any(pull.state == "open" for pull in pulls)
    return GitHubState(branch, pulls, hub.open_pulls(place.repository, PREFIX) if may_create else 0)


def _branch(hub: GitHub, place: Destination, candidate: Candidate, head: str) -> BranchState:
    named = place.head_of(candidate.branch) if place.forked else head
    compared = hub.comparison(place.repository, candidate.base_commit, named)
    if compared is None or (compared.commits and compared.whole and compared.commits[-1].id != head):
        raise Unsure(f"{candidate.branch} moved while it was looked at")
    return BranchState(head, compared.commits, compared.files, compared.whole)
