"""The whole life of a pull request as one pure function: state and candidate in, actions out."""

from __future__ import annotations

import hashlib

from repairbot.github.values import Pull
from repairbot.publish import ledger as ledgers
from repairbot.publish.actions import (
    Action,
    Close,
    CommentOnce,
    Create,
    Decision,
    Dress,
    DropBranch,
    DropLabel,
    Groups,
    Push,
    SetDraft,
    WriteText,
)
from repairbot.publish.candidate import REBUILD, Candidate, Policy
from repairbot.publish.declined import unanswered
from repairbot.publish.ledger import Ledger
from repairbot.publish.state import BranchState, GitHubState

_FOREIGN = (
    f"This branch contains commits by other people, so repairbot will not touch the branch or this text any more. "
    f"Set the label `{REBUILD}` to let repairbot rebuild the branch from its base; those commits are lost then."
)
_GONE = (
    "`{base}` no longer contains what this pull request fixes (checked at {commit}). repairbot closed it and deleted "
    "the branch."
)


def decide(state: GitHubState, candidate: Candidate, wishes: Policy) -> Decision:
    """What to do about one rule on one base."""
    pull = next((one for one in state.pulls if one.state == "open"), None)
    ledger = ledgers.read(pull.body) if pull else None
    sift = unanswered(candidate, state.pulls)
    notes = (*candidate.notes, *sift.notes)
    rebuild = any(REBUILD in one.labels for one in state.pulls[:1])
    concerned = pull is not None or candidate.groups
    if state.branch and concerned and not rebuild and not _is_ours(state.branch, ledger, wishes):
        return _left_to_people(state.branch, pull, notes, candidate)
    if candidate.held is not None and candidate.groups:
        return Decision("held back", notes=(*notes, f"not published: {candidate.held}"), pull=pull)
    if pull is None:
        return _without_pull(state, candidate, wishes, sift.groups, notes)
    if ledger is not None and candidate.unseen & ledger.entries.keys():
        said = f"#{pull.number} is left as it is: the proposal looked at less than what it fixes"
        return Decision("left alone", notes=(*notes, said), pull=pull)
    if not sift.groups:
        return _nothing_left(state.branch, pull, ledger, candidate, notes)
    return _kept_up(state.branch, pull, ledger, candidate, wishes, sift.groups, notes)


def title_digest(title: str) -> str:
    return hashlib.sha256(title.strip().encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _is_ours(branch: BranchState, ledger: Ledger | None, wishes: Policy) -> bool:
    return branch.is_ours(wishes.email) or (ledger is not None and ledger.head == branch.head)


def _left_to_people(branch: BranchState, pull: Pull | None, notes: tuple[str, ...], candidate: Candidate) -> Decision:
    said = f"{candidate.branch} contains commits by other people ({branch.head[:12]}), so repairbot will not touch it. "
    if pull is None:
        return Decision("left alone", notes=(*notes, f"{said}Delete the branch to let repairbot rebuild it."))
    comment = CommentOnce(pull, "foreign", _FOREIGN)
    return Decision(
        "left alone", (comment,), (*notes, f"{said}Set the label `{REBUILD}` to let repairbot rebuild it."), pull
    )


def _is_current(
    branch: BranchState | None, ledger: Ledger | None, candidate: Candidate, groups: Groups, wishes: Policy
) -> bool:
    """Whether the branch is the change we want. Then it cannot conflict: the base has the files it was made from."""
    if branch is None or not branch.is_ours(wishes.email):
        return False
    if branch.files is None:
        return ledger is not None and ledger.head == branch.head and ledger.evidence == candidate.digest(groups)
    return dict(branch.files) == dict(candidate.blobs(groups))


def _without_pull(
    state: GitHubState, candidate: Candidate, wishes: Policy, groups: Groups, notes: tuple[str, ...]
) -> Decision:
    if not groups:
        return _nothing_proposed(state, candidate, wishes, notes)
    if state.open_pulls >= wishes.max_open:
        limit = f"not created: {state.open_pulls} pull requests of ours are open, and `publish.max-open` allows no more"
        return Decision("over the limit", notes=(*notes, limit))
    if wishes.max_new < 1:
        return Decision("over the limit", notes=(*notes, "not created: this run has created `publish.max-new` already"))
    actions: list[Action] = []
    if not _is_current(state.branch, None, candidate, groups, wishes):
        actions.append(Push(groups, state.branch.head if state.branch else None))
    actions.append(Create(groups, draft=candidate.draft is not None, dressed=wishes.dressing.empty))
    if not wishes.dressing.empty:
        actions += [Dress(None), WriteText(None, groups, draft=candidate.draft is not None, retitle=True)]
    return Decision("created", tuple(actions), notes)


def _nothing_proposed(state: GitHubState, candidate: Candidate, wishes: Policy, notes: tuple[str, ...]) -> Decision:
    """No pull request and nothing for one; a branch that a run left half way is cleared away."""
    latest = state.pulls[0] if state.pulls else None
    ledger = ledgers.read(latest.body) if latest else None
    ours_to_drop = latest is None or (latest.state == "closed" and ledger is not None and ledger.state == "gone")
    left_over = state.branch is not None and state.branch.commits and state.branch.is_ours(wishes.email)
    if state.branch and left_over and ours_to_drop and not candidate.found:
        return Decision("nothing to do", (DropBranch(state.branch.head),), notes)
    return Decision("declined" if candidate.groups else "nothing to do", notes=notes)


def _nothing_left(
    branch: BranchState | None, pull: Pull, ledger: Ledger | None, candidate: Candidate, notes: tuple[str, ...]
) -> Decision:
    """A pull request is open, and the proposal has nothing for it."""
    if ledger is not None and ledger.state == "gone":
        said = f"#{pull.number} was opened again by a person after its findings were gone, so it is left alone"
        return Decision("left alone", notes=(*notes, said), pull=pull)
    remaining = candidate.found if ledger is None else candidate.found & ledger.entries.keys()
    if remaining:
        said = f"#{pull.number} is left as it is: what it fixes is still there, and the proposal has no change for it"
        return Decision("left alone", notes=(*notes, said), pull=pull)
    comment = CommentOnce(pull, "gone", _GONE.format(base=candidate.base, commit=candidate.base_commit[:12]))
    drop = (DropBranch(branch.head),) if branch else ()
    return Decision("closed", (comment, Close(pull), *drop), notes, pull)


def _kept_up(
    branch: BranchState | None,
    pull: Pull,
    ledger: Ledger | None,
    candidate: Candidate,
    wishes: Policy,
    groups: Groups,
    notes: tuple[str, ...],
) -> Decision:
    """A pull request is open, and should be what the proposal says now."""
    actions: list[Action] = []
    draft = candidate.draft is not None
    if not _is_current(branch, ledger, candidate, groups, wishes):
        actions.append(Push(groups, branch.head if branch else None))
    if ledger is not None and draft not in (ledger.draft, pull.draft):
        actions.append(SetDraft(pull, draft))
    dressed = wishes.dressing.empty or (ledger is not None and ledger.dressed)
    if not dressed:
        actions.append(Dress(pull))
    if actions or not _says_it(ledger, branch, candidate, groups, draft):
        # Without a ledger nobody knows whose title it is.
        retitle = ledger is not None and ledger.title == title_digest(pull.title)
        actions.append(WriteText(pull, groups, draft, retitle))
    if REBUILD in pull.labels:
        actions.append(DropLabel(pull, REBUILD))
    return Decision("updated" if actions else "unchanged", tuple(actions), notes, pull)


def _says_it(
    ledger: Ledger | None, branch: BranchState | None, candidate: Candidate, groups: Groups, draft: bool
) -> bool:
    return (
        ledger is not None
        and branch is not None
        and ledger.state == "open"
        and ledger.head == branch.head
        and ledger.draft == draft
        and ledger.evidence == candidate.digest(groups)
        and dict(ledger.entries) == candidate.entries(groups)
    )
