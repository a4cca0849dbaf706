"""The repository that is published to: is it the proposal's, does it want pull requests, and where may we push?"""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from repairbot.errors import UsageError
from repairbot.git.clone import address
from repairbot.github.client import GitHub
from repairbot.github.values import Rejected, Repository
from repairbot.publish.explaining import NotPublished
from repairbot.publish.proposal import GivenProposal
from repairbot.publish.state import Destination

_COMMIT = re.compile(r"[0-9a-f]{40}")
_FORK_PATIENCE = 12  # looks, each a bit later than the one before


def named(proposal: GivenProposal, asked: str | None, surrounding: str | None) -> str:
    """OWNER/NAME: as asked for, else that of the workflow around us, else the proposal's. Raises UsageError."""
    target = proposal.document.target
    if not _COMMIT.fullmatch(target.commit):
        raise UsageError(f"{proposal.folder}: {target.commit[:50]!r} is no commit id; run `repairbot run` again")
    name = asked or surrounding or target.repository
    if name is None:
        raise UsageError(f"{proposal.folder}: does not say which repository it is for; give --repo OWNER/NAME")
    address(name)  # refuses what is no name
    if target.repository is not None and target.repository.lower() != name.lower():
        where = "--repo" if asked else "GITHUB_REPOSITORY"
        raise UsageError(
            f"{proposal.folder}: a proposal for {target.repository[:100]!r}, but {where} says {name}; give --repo with "
            "the repository it is for, if that is meant"
        )
    return name


def check_open(repository: Repository, name: str) -> None:
    """Raises NotPublished where no pull request can be."""
    if repository.name.lower() != name.lower():
        raise NotPublished(f"{name} is called {repository.name} now; make a proposal for that name")
    if repository.archived:
        raise NotPublished(f"{name} is archived, so it takes no changes")
    if repository.disabled:
        raise NotPublished(f"{name} is disabled by GitHub, so it takes no changes")
    if not repository.takes_pulls:
        raise NotPublished(f"{name} has pull requests turned off; its owner can turn them on under Settings, General")


def chosen(hub: GitHub, repository: Repository, *, may_fork: bool, tell: Callable[[str], None]) -> Destination:
    """Where to push: the repository itself, or our fork when the token may not. Raises NotPublished, Rejected."""
    if repository.can_push or (owner := hub.login()) is None:  # an installation's rights show when it pushes
        return Destination(repository.name, repository.name)
    if not may_fork:
        raise NotPublished(
            f"the token of {owner} may not push to {repository.name}, and `publish.fork` is off; give a token with "
            "`contents: write`, or let it fork"
        )
    tell(f"{owner} may not push to {repository.name}, so it is forked")
    return Destination(repository.name, _ready(hub, hub.fork(repository.name), repository.default_branch))


def _ready(hub: GitHub, fork: str, branch: str, sleep: Callable[[float], None] = time.sleep) -> str:
    """A fork is made in the background; it is there once its branch is."""
    for look in range(_FORK_PATIENCE):
        try:
            if hub.branch(fork, branch) is not None:
                return fork
        except Rejected as rejected:
            if rejected.status != 409:  # what GitHub says of a repository that is still empty
                raise
        sleep(look / 2)
    raise NotPublished(f"the fork {fork} is still empty; publish the proposal again in a few minutes")
