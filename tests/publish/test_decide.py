"""The whole table: what is on GitHub and what is proposed, and what is done about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pytest

from repairbot.github.values import Commit, Pull
from repairbot.publish import ledger as ledgers
from repairbot.publish.actions import (
    Close,
    CommentOnce,
    Create,
    Dress,
    DropBranch,
    DropLabel,
    Push,
    SetDraft,
    WriteText,
)
from repairbot.publish.candidate import REBUILD, RETRY, Candidate, CandidateGroup, Dressing, Policy
from repairbot.publish.decide import decide, title_digest
from repairbot.publish.ledger import Ledger
from repairbot.publish.state import BranchState, GitHubState

EMAIL = "bot@example.org"
HEAD = "b" * 40
TITLE = "Repair 2 places"
ONE = CandidateGroup("g1", {"f1": "c1"}, ("a.py:1",))
TWO = CandidateGroup("g2", {"f2": "c2"}, ("b.py:2",))
BLOBS = {"g1": ("a.py", "blob-a"), "g2": ("b.py", "blob-b")}


def blobs(groups: frozenset[str]) -> Mapping[str, str]:
    return dict(BLOBS[name] for name in groups)


OFFER = Candidate(
    rule="RB101",
    slug="slug",
    base="main",
    base_commit="a" * 40,
    branch="repairbot/slug/main",
    groups=(ONE, TWO),
    found=frozenset({"f1", "f2"}),
    evidence="e1",
    blobs=blobs,
)
FIRST = replace(OFFER, groups=(ONE,), found=frozenset({"f1"}))
GONE = replace(OFFER, groups=(), found=frozenset())
BOTH = frozenset({"g1", "g2"})
WISHES = Policy(EMAIL)
DRESSED = Policy(EMAIL, Dressing(labels=("bug",)))
OURS = Commit(HEAD, EMAIL, EMAIL, "Repair\n\nRepairbot-Rule: RB101 slug\n")
BRANCH = BranchState(HEAD, (OURS,), blobs(BOTH))
LEDGER = Ledger(
    rule="RB101",
    base="main",
    entries=OFFER.entries(BOTH),
    evidence=OFFER.digest(BOTH),
    title=title_digest(TITLE),
    head=HEAD,
    dressed=True,
)


def pull(
    number: int = 1, state: str = "open", ledger: Ledger | None = LEDGER, *labels: str, draft: bool = False
) -> Pull:
    body = ledgers.written(ledger) if ledger else "a person's text"
    return Pull(number, "node", "url", TITLE, body, state, draft, frozenset(labels), HEAD)


def by(author: str, committer: str, message: str = OURS.message) -> BranchState:
    return replace(BRANCH, head="c" * 40, commits=(OURS, Commit("c" * 40, author, committer, message)))


@dataclass(frozen=True)
class Row:
    fact: str
    state: GitHubState
    candidate: Candidate
    outcome: str
    actions: tuple[type, ...] = ()
    wishes: Policy = WISHES


OPEN = GitHubState(BRANCH, (pull(),))
REST = GitHubState(None, ())
CLOSED = GitHubState(None, (pull(state="closed"),))
ELSEWHERE = replace(BRANCH, files={"a.py": "older"})
ROWS = (
    Row("nothing yet is created", REST, OFFER, "created", (Push, Create)),
    Row("a branch that a run left behind is used", GitHubState(BRANCH), OFFER, "created", (Create,)),
    Row("an older branch that a run left behind is moved", GitHubState(ELSEWHERE), OFFER, "created", (Push, Create)),
    Row("nothing yet with labels is dressed once", REST, OFFER, "created", (Push, Create, Dress, WriteText), DRESSED),
    Row("nothing yet and nothing proposed is nothing", REST, GONE, "nothing to do"),
    Row(
        "a branch without a pull request is cleared away when its findings are gone",
        GitHubState(BRANCH),
        GONE,
        "nothing to do",
        (DropBranch,),
    ),
    Row("the same is left", OPEN, OFFER, "unchanged"),
    Row(
        "a changed edit moves the branch and the text",
        GitHubState(ELSEWHERE, (pull(),)),
        OFFER,
        "updated",
        (Push, WriteText),
    ),
    Row(
        "a conflict with the base rebuilds the branch",
        GitHubState(replace(BRANCH, files={"a.py": ""}), (pull(),)),
        OFFER,
        "updated",
        (Push, WriteText),
    ),
    Row("changed evidence changes the text alone", OPEN, replace(OFFER, evidence="e2"), "updated", (WriteText,)),
    Row("a part of the findings that is gone shrinks it", OPEN, FIRST, "updated", (Push, WriteText)),
    Row(
        "a text that a run did not get to is written",
        GitHubState(BRANCH, (pull(ledger=replace(LEDGER, head="")),)),
        OFFER,
        "updated",
        (WriteText,),
    ),
    Row(
        "a ledger that somebody broke is written anew",
        GitHubState(BRANCH, (pull(ledger=None),)),
        OFFER,
        "updated",
        (WriteText,),
    ),
    Row(
        "labels that a run did not get to are set",
        GitHubState(BRANCH, (pull(ledger=replace(LEDGER, dressed=False)),)),
        OFFER,
        "updated",
        (Dress, WriteText),
        DRESSED,
    ),
    Row("labels that a person took off stay off", OPEN, OFFER, "unchanged", (), DRESSED),
    Row("all findings gone closes it and drops the branch", OPEN, GONE, "closed", (CommentOnce, Close, DropBranch)),
    Row(
        "findings that are still there but not proposed leave it",
        OPEN,
        replace(GONE, found=frozenset({"f1"})),
        "left alone",
    ),
    Row(
        "one that we closed leaves its branch to be dropped",
        GitHubState(BRANCH, (pull(1, "closed", replace(LEDGER, state="gone")),)),
        GONE,
        "nothing to do",
        (DropBranch,),
    ),
    Row(
        "one that we closed is opened anew when its findings come back",
        GitHubState(None, (pull(1, "closed", replace(LEDGER, state="gone")),)),
        OFFER,
        "created",
        (Push, Create),
    ),
    Row(
        "one that a person opened again after we closed it is left",
        GitHubState(BRANCH, (pull(1, "open", replace(LEDGER, state="gone")),)),
        GONE,
        "left alone",
    ),
    Row(
        "a person's commit on a branch that nothing is proposed for is left",
        GitHubState(by("p@x", "p@x")),
        GONE,
        "nothing to do",
    ),
    Row(
        "a proposal of less than is open leaves it",
        OPEN,
        replace(FIRST, found=OFFER.found, unseen=frozenset({"f2"})),
        "left alone",
    ),
    Row(
        "proof that is missing now makes it a draft",
        OPEN,
        replace(OFFER, draft="no proof"),
        "updated",
        (SetDraft, WriteText),
    ),
    Row(
        "a draft that a person made ready stays ready",
        GitHubState(BRANCH, (pull(ledger=replace(LEDGER, draft=True)),)),
        replace(OFFER, draft="no proof"),
        "unchanged",
    ),
    Row(
        "proof that has come makes it ready",
        GitHubState(BRANCH, (pull(ledger=replace(LEDGER, draft=True), draft=True),)),
        OFFER,
        "updated",
        (SetDraft, WriteText),
    ),
    Row(
        "a draft that a person made of a ready one stays a draft",
        GitHubState(BRANCH, (pull(draft=True),)),
        OFFER,
        "unchanged",
    ),
    Row("a test that got worse holds it back", REST, replace(OFFER, held="worse"), "held back"),
    Row("a test that got worse leaves what is open", OPEN, replace(OFFER, held="worse"), "held back"),
    Row(
        "a person's commit leaves it alone",
        GitHubState(by("p@x", "p@x"), (pull(),)),
        OFFER,
        "left alone",
        (CommentOnce,),
    ),
    Row(
        "a person's amended commit leaves it alone",
        GitHubState(by(EMAIL, "p@x"), (pull(),)),
        OFFER,
        "left alone",
        (CommentOnce,),
    ),
    Row(
        "a commit made on the web leaves it alone",
        GitHubState(by("p@x", "noreply@github.com", "Update a.py"), (pull(),)),
        OFFER,
        "left alone",
        (CommentOnce,),
    ),
    Row(
        "a commit of ours without our trailer is not ours",
        GitHubState(by(EMAIL, EMAIL, "wip"), (pull(),)),
        OFFER,
        "left alone",
        (CommentOnce,),
    ),
    Row(
        "a commit that GitHub signed for us is ours",
        GitHubState(
            replace(
                BRANCH,
                commits=(replace(OURS, author="1+app[bot]@users.noreply.github.com", committer="noreply@github.com"),),
            ),
            (pull(),),
        ),
        OFFER,
        "unchanged",
    ),
    Row(
        "more commits than GitHub lists are not ours",
        GitHubState(replace(BRANCH, whole=False), (pull(ledger=replace(LEDGER, head="")),)),
        OFFER,
        "left alone",
        (CommentOnce,),
    ),
    Row(
        "a person's commit stops a close as well",
        GitHubState(by("p@x", "p@x"), (pull(),)),
        GONE,
        "left alone",
        (CommentOnce,),
    ),
    Row(
        "a person's commit on a branch without a pull request is left",
        GitHubState(by("p@x", "p@x")),
        OFFER,
        "left alone",
    ),
    Row(
        "the label rebuilds over a person's commit",
        GitHubState(by("p@x", "p@x"), (pull(1, "open", LEDGER, REBUILD),)),
        OFFER,
        "updated",
        (Push, WriteText, DropLabel),
    ),
    Row(
        "the label is taken off when there is nothing to rebuild",
        GitHubState(BRANCH, (pull(1, "open", LEDGER, REBUILD),)),
        OFFER,
        "updated",
        (DropLabel,),
    ),
    Row(
        "more files than GitHub lists go by the ledger",
        GitHubState(replace(BRANCH, files=None), (pull(),)),
        OFFER,
        "unchanged",
    ),
    Row(
        "another author's name makes the branch anew",
        OPEN,
        OFFER,
        "updated",
        (Push, WriteText),
        Policy("new@example.org"),
    ),
    Row("closed by a person is declined", CLOSED, OFFER, "declined"),
    Row("closed by a person keeps its branch", GitHubState(BRANCH, CLOSED.pulls), GONE, "nothing to do"),
    Row(
        "declined is proposed again when the code there changes",
        CLOSED,
        replace(OFFER, groups=(replace(ONE, entries={"f1": "new"}), replace(TWO, entries={"f2": "new"}))),
        "created",
        (Push, Create),
    ),
    Row(
        "declined is proposed again with the label",
        GitHubState(None, (pull(1, "closed", LEDGER, RETRY),)),
        OFFER,
        "created",
        (Push, Create),
    ),
    Row(
        "declined again after the label is declined",
        GitHubState(None, (pull(2, "closed"), pull(1, "closed", LEDGER, RETRY))),
        OFFER,
        "declined",
    ),
    Row(
        "declined long ago and open now is kept up",
        GitHubState(BRANCH, (pull(2), pull(1, "closed"))),
        OFFER,
        "unchanged",
    ),
    Row(
        "closed with a broken ledger is declined as a whole",
        GitHubState(None, (pull(1, "closed", None),)),
        OFFER,
        "declined",
    ),
    Row(
        "closed with a broken ledger is proposed again with the label",
        GitHubState(None, (pull(1, "closed", None, RETRY),)),
        OFFER,
        "created",
        (Push, Create),
    ),
    Row("merged is nothing", GitHubState(BRANCH, (pull(1, "merged"),)), OFFER, "declined"),
    Row("merged and gone is nothing", GitHubState(BRANCH, (pull(1, "merged"),)), GONE, "nothing to do"),
    Row(
        "a new finding after a merge is proposed",
        GitHubState(BRANCH, (pull(1, "merged", replace(LEDGER, entries={"f1": "c1"})),)),
        OFFER,
        "created",
        (Push, Create),
    ),
    Row("as many as allowed are open", GitHubState(None, (), open_pulls=10), OFFER, "over the limit"),
    Row("as many as allowed were created", REST, OFFER, "over the limit", (), replace(WISHES, max_new=0)),
    Row(
        "an open one is kept up whatever the limit",
        replace(OPEN, open_pulls=99),
        replace(OFFER, evidence="e2"),
        "updated",
        (WriteText,),
    ),
)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.fact)
def test_table(row: Row) -> None:
    decision = decide(row.state, row.candidate, row.wishes)
    assert (decision.outcome, tuple(type(action) for action in decision.actions)) == (row.outcome, row.actions)
    quiet = {"created", "unchanged", "updated", "closed", "nothing to do"}
    assert decision.notes or decision.outcome in quiet, "what is not done is said"


def test_a_push_names_the_commit_it_saw() -> None:
    (push, *_) = decide(GitHubState(ELSEWHERE, (pull(),)), OFFER, WISHES).actions
    assert push == Push(BOTH, HEAD)
    (push, *_) = decide(REST, OFFER, WISHES).actions
    assert push == Push(BOTH, None)


def test_one_declined_finding_leaves_the_others() -> None:
    state = GitHubState(None, (pull(1, "closed", replace(LEDGER, entries={"f1": "c1"})),))
    decision = decide(state, OFFER, WISHES)
    assert decision.actions[0] == Push(frozenset({"g2"}), None)
    (note,) = decision.notes
    assert note.startswith("a.py:1: declined: #1 was closed without merging; it is proposed again when the code there")
    assert "`repairbot:retry` on #1" in note


def test_a_group_is_declined_whole() -> None:
    joint = replace(OFFER, groups=(CandidateGroup("g1", {"f1": "c1", "f2": "c2"}, ("a.py:1", "b.py:2")),))
    state = GitHubState(None, (pull(1, "closed", replace(LEDGER, entries={"f1": "c1"})),))
    assert decide(state, joint, WISHES).outcome == "declined"


def test_a_title_that_a_person_chose_is_kept() -> None:
    renamed = replace(pull(), title="Mine")
    for given, kept in ((pull(), True), (renamed, False)):
        (edit,) = decide(GitHubState(BRANCH, (given,)), replace(OFFER, evidence="e2"), WISHES).actions
        assert isinstance(edit, WriteText)
        assert edit.retitle is kept
