"""Carries decisions out: actions in, calls and pushes out, each of which may be made again by the next run."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from repairbot.evidence.document import EvidenceDocument
from repairbot.git import push, repository
from repairbot.git.push import Overtaken
from repairbot.git.repository import Person
from repairbot.github.client import GitHub
from repairbot.github.values import Pull, Rejected, Server
from repairbot.publish import explaining
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
from repairbot.publish.branch import staging_of
from repairbot.publish.candidate import Candidate, Dressing
from repairbot.publish.decide import title_digest
from repairbot.publish.ledger import Ledger
from repairbot.publish.rederive import Rederived
from repairbot.publish.state import Destination, GitHubState
from repairbot.publish.subset import restricted_to
from repairbot.publish.texts import Around, around, assembled, signed, with_ledger

_NO_COMMIT = "0" * 40
_TITLE = 256  # characters
_OVERTAKEN = ("already exists", "expected", "stale", "pull and try again", "does not exist", "invalid", "not a fast")

Write = Callable[[EvidenceDocument], str]


@dataclass(frozen=True, slots=True)
class Writers:
    """What writes the texts, each from one rule's part of the evidence; `shorter` is for where `body` is too long."""

    title: Write
    message: Write
    body: Write
    shorter: Write


@dataclass(frozen=True, slots=True)
class Resources:
    """Everything that carrying out needs besides the decision; `clone` is our repository with the base commit."""

    hub: GitHub
    server: Server
    token: str = field(repr=False)
    place: Destination
    clone: Path
    ours: Rederived
    document: EvidenceDocument
    writers: Writers
    author: Person
    dressing: Dressing
    by_api: bool
    tell: Callable[[str], None]


@dataclass
class Execution:
    """What came of it. `failures` are sentences about what could not be done, though the rest was."""

    pull: Pull | None
    failures: list[str] = field(default_factory=list)


class Executor:
    """Does what one decision says about one candidate, seen in one state."""

    def __init__(self, resources: Resources, candidate: Candidate, state: GitHubState, decision: Decision) -> None:
        self._resources = resources
        self._candidate = candidate
        self._head = state.branch.head if state.branch else ""
        self._done = Execution(decision.pull)
        self._decision = decision
        self._dressed = False

    def execute(self) -> Execution:
        """Raises Overtaken, Unsure and PushUnsure when it is time to look again, NotPublished when people must act."""
        for action in self._decision.actions:
            try:
                self._do(action)
            except Rejected as rejected:
                if rejected.status in {404, 409, 422, 400} and any(s in str(rejected).lower() for s in _OVERTAKEN):
                    raise Overtaken(str(rejected)) from None
                raise self._explained(rejected) from None
        return self._done

    def _do(self, action: Action) -> None:
        resources, hub, name = self._resources, self._resources.hub, self._resources.place.repository
        match action:
            case Push(groups, lease):
                self._push(groups, lease)
            case Create():
                self._create(action)
            case WriteText():
                self._edit(action)
            case Dress(pull):
                self._dress(self._number(pull))
            case SetDraft(which, draft):
                self._attempt(lambda: hub.set_draft(which, draft=draft))
            case CommentOnce(pull, topic, text):
                self._comment_once(pull, topic, text)
            case Close(pull):
                resources.tell(f"closing #{pull.number}")
                hub.edit_pull(name, pull.number, state="closed", body=with_ledger(pull.body, self._gone(pull)))
            case DropBranch(lease):
                self._drop(lease)
            case DropLabel(pull, label):
                hub.drop_label(name, pull.number, label)

    # -- the branch

    def _push(self, groups: Groups, lease: str | None) -> None:
        resources, branch = self._resources, self._candidate.branch
        resources.tell(f"pushing {branch}")
        files = dict(resources.ours.changed(sorted(groups)))
        text = signed(resources.writers.message(self._part(groups)), self._candidate, groups)
        if resources.by_api:
            self._head = self._commit_by_api(files, text, lease)
            return
        commit = repository.commit_files(
            resources.clone, resources.ours.commit, files, text, resources.author, resources.author
        )
        self._head = commit
        if commit != lease:
            self._move(commit, lease)

    def _move(self, commit: str | None, lease: str | None) -> None:
        resources, branch = self._resources, self._candidate.branch
        url = f"{resources.server.web}/{resources.place.head}.git"
        try:
            push.push(url, resources.clone, branch, commit, lease, resources.token)
        except push.PushRefused as refused:
            raise explaining.of_push(str(refused), resources.place.head, branch) from None

    def _commit_by_api(self, files: dict[str, bytes], text: str, lease: str | None) -> str:
        """A commit that GitHub signs is made on a branch beside ours, and ours moved to it in one step."""
        resources, branch = self._resources, self._candidate.branch
        node = resources.hub.repository(resources.place.head).node
        staging = staging_of(branch)
        resources.hub.update_refs(node, {staging: (None, resources.ours.commit)})
        contents = {path: base64.b64encode(content).decode() for path, content in files.items()}
        commit = resources.hub.commit_on_branch(resources.place.head, staging, resources.ours.commit, text, contents)
        resources.hub.update_refs(node, {branch: (lease or _NO_COMMIT, commit), staging: (commit, _NO_COMMIT)})
        return commit

    def _drop(self, lease: str) -> None:
        resources = self._resources
        resources.tell(f"deleting {self._candidate.branch}")
        if resources.by_api:
            node = resources.hub.repository(resources.place.head).node
            resources.hub.update_refs(node, {self._candidate.branch: (lease, _NO_COMMIT)})
        else:
            self._move(None, lease)

    # -- the pull request

    def _create(self, action: Create) -> None:
        resources, candidate = self._resources, self._candidate
        resources.tell(f"opening a pull request for {candidate.branch}")
        title = self._title(action.groups)
        ledger = self._ledger(action.groups, title, action.draft, dressed=action.dressed)
        asked = {
            "base": candidate.base,
            "head": resources.place.head_of(candidate.branch) if resources.place.forked else candidate.branch,
            "title": title,
            "body": self._body(action.groups, ledger, Around()),
        }
        try:
            made = resources.hub.create_pull(resources.place.repository, draft=action.draft, **asked)
        except Rejected as rejected:
            if not action.draft or "draft" not in rejected.message.lower():
                raise
            resources.tell("this repository has no drafts, so the pull request is an ordinary one")
            made = resources.hub.create_pull(resources.place.repository, draft=False, **asked)
        self._done.pull = made

    def _edit(self, action: WriteText) -> None:
        resources = self._resources
        pull = self._number(action.pull)
        before = ledgers.read(pull.body)
        wanted = self._title(action.groups) if action.retitle else pull.title
        dressed = self._dressed or resources.dressing.empty or (before is not None and before.dressed)
        ledger = self._ledger(action.groups, wanted, action.draft, dressed=dressed)
        if not action.retitle:
            ledger = replace(ledger, title=before.title if before else "")
        fields = {"body": self._body(action.groups, ledger, around(pull.body))}
        if wanted != pull.title:
            fields["title"] = wanted
        if fields["body"] != pull.body or len(fields) > 1:
            resources.tell(f"writing the text of #{pull.number}")
            resources.hub.edit_pull(resources.place.repository, pull.number, **fields)
            self._done.pull = replace(pull, title=wanted, body=fields["body"])

    def _ledger(self, groups: Groups, text: str, draft: bool, *, dressed: bool) -> Ledger:
        candidate = self._candidate
        return Ledger(
            rule=candidate.rule,
            base=candidate.base,
            entries=candidate.entries(groups),
            evidence=candidate.digest(groups),
            title=title_digest(text),
            head=self._head,
            draft=draft,
            dressed=dressed,
        )

    def _gone(self, pull: Pull) -> Ledger:
        ledger = ledgers.read(pull.body)
        return replace(ledger or self._ledger(frozenset(), pull.title, pull.draft, dressed=True), state="gone")

    def _body(self, groups: Groups, ledger: Ledger, kept: Around) -> str:
        document, writers = self._part(groups), self._resources.writers
        return assembled(writers.body(document), ledger, kept, writers.shorter(document))

    def _title(self, groups: Groups) -> str:
        return self._resources.writers.title(self._part(groups)).strip()[:_TITLE]

    def _part(self, groups: Groups) -> EvidenceDocument:
        """The evidence for these groups."""
        resources, candidate = self._resources, self._candidate
        return restricted_to(
            resources.document, resources.ours, candidate.rule, groups, resources.place.repository, candidate.base
        )

    def _dress(self, pull: Pull) -> None:
        hub, name, wanted = self._resources.hub, self._resources.place.repository, self._resources.dressing
        steps: list[Callable[[], None]] = []
        if wanted.labels:
            steps.append(lambda: hub.add_labels(name, pull.number, wanted.labels))
        if wanted.assignees:
            steps.append(lambda: hub.assign(name, pull.number, wanted.assignees))
        if wanted.reviewers or wanted.team_reviewers:
            steps.append(lambda: hub.request_reviews(name, pull.number, wanted.reviewers, wanted.team_reviewers))
        if wanted.milestone is not None:
            steps.append(lambda: self._set_milestone(pull.number, wanted.milestone or ""))
        done = [self._attempt(step) for step in steps]
        self._dressed = all(done)

    def _set_milestone(self, number: int, called: str) -> None:
        hub, name = self._resources.hub, self._resources.place.repository
        milestone = hub.milestone(name, called)
        if milestone is None:
            raise Rejected(f"give #{number} a milestone", 404, f"no open milestone is called {called!r}")
        hub.set_milestone(name, number, milestone)

    def _attempt(self, step: Callable[[], None]) -> bool:
        """What is good to have and no reason to stop."""
        try:
            step()
        except Rejected as rejected:
            self._done.failures.append(str(rejected))
            return False
        return True

    def _comment_once(self, pull: Pull, topic: str, text: str) -> None:
        hub, name = self._resources.hub, self._resources.place.repository
        mark = f"<!-- repairbot:comment {topic} -->"
        if not any(mark in comment for comment in hub.comments(name, pull.number)):
            self._resources.tell(f"commenting on #{pull.number}")
            hub.comment(name, pull.number, f"{text}\n\n{mark}")

    def _number(self, pull: Pull | None) -> Pull:
        found = pull or self._done.pull
        assert found is not None  # a decision creates before it goes on
        return found

    def _explained(self, rejected: Rejected) -> explaining.NotPublished:
        place, candidate = self._resources.place, self._candidate
        branch = place.head_of(candidate.branch) if place.forked else candidate.branch
        return explaining.of_call(rejected, self._resources.server, place.repository, candidate.base, branch)
