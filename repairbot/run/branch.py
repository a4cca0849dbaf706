"""The change as a commit: groups of edits in, a branch in our own copy of the repository out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from repairbot.evidence.entries import reported
from repairbot.git import repository
from repairbot.git.repository import Person
from repairbot.publish.branch import branch_of
from repairbot.render.markdown import commit_message
from repairbot.repair.diff import Rewrite, unified_diff
from repairbot.run.target import Opened
from repairbot.scan.commit import Survey

NAME = "repairbot"
EMAIL = "repairbot@noreply.invalid"  # no account of anybody


@dataclass(frozen=True, slots=True)
class Branch:
    """A commit on the target's, and the groups of edits and the files that it is made of."""

    name: str
    commit: str
    message: str
    groups: frozenset[str]
    rewrites: tuple[Rewrite, ...]

    @property
    def patch(self) -> bytes:
        return unified_diff(self.rewrites)


def branched(opened: Opened, found: Survey, groups: Collection[str]) -> Branch | None:
    """The commit with some groups applied; None for no groups. The same input gives the same commit."""
    rewrites = found.rewrites(groups)
    if not rewrites:
        return None
    applied = [finding for finding in found.findings if finding.group in groups]
    slugs = {rule.code: rule.slug for rule in found.rules}
    touched = sorted({slugs[finding.rule] for finding in applied})
    name = branch_of(touched[0] if len(touched) == 1 else "protocols", opened.target.branch or "detached")
    message = commit_message(tuple(map(reported, applied)))
    who = bot(opened)
    files = {rewrite.path: rewrite.new for rewrite in rewrites}
    commit = opened.work.commit(files, message, who, who)
    repository.set_branch(opened.work.own, name, commit)
    return Branch(name, commit, message, frozenset(groups), rewrites)


def bot(opened: Opened) -> Person:
    """The author of every commit, with the date of the target's, so that the same commit is made again next time."""
    made = datetime.fromisoformat(opened.target.committed or "1970-01-01T00:00:00+00:00")
    return Person(NAME, EMAIL, f"{int(made.timestamp())} +0000")
