"""The straight line of `repairbot publish`: read, fetch, derive again, check, decide, execute."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parseaddr
from functools import partial
from pathlib import Path

from repairbot.config.load import Config
from repairbot.errors import RepairbotError, UsageError
from repairbot.evidence.document import EvidenceDocument
from repairbot.git.push import Overtaken, PushUnsure
from repairbot.git.repository import Person
from repairbot.github.client import GitHub, connect
from repairbot.github.values import Patience, Pull, Rejected, Repository, Server, Unsure
from repairbot.harness import scratch
from repairbot.publish import credentials, destination, explaining, proposal, state
from repairbot.publish.base import Base, BaseSource, fetched
from repairbot.publish.candidate import Candidate, Dressing, Policy, candidates_of
from repairbot.publish.checking import checked
from repairbot.publish.decide import decide
from repairbot.publish.execute import Executor, Resources, Writers
from repairbot.publish.proposal import GivenProposal
from repairbot.publish.rederive import Rederived, rederived
from repairbot.publish.subset import confirmed
from repairbot.publish.texts import plain_body
from repairbot.render import markdown
from repairbot.render.layout import layout
from repairbot.render.template_worker import checked as checked_templates
from repairbot.render.template_worker import rendered
from repairbot.rule import Rule
from repairbot.rules.registry import all_rules
from repairbot.scan.selection import chosen

_ROUNDS = 6
_REST = 1.0  # seconds, longer with each round


class GaveUp(RepairbotError):
    """GitHub did not come to rest: the next run takes it up where this one left it."""


@dataclass(frozen=True, slots=True)
class PublishOrder:
    """What one call is asked to do. `config`, `flags` and `environ` are as for a scan; credentials are taken out of
    `environ`. `repository` is OWNER/NAME, None for the workflow's or the proposal's."""

    proposal: Path
    repository: str | None
    templates: Path | None
    config: Path | None
    flags: Mapping[str, object]
    environ: MutableMapping[str, str] = field(repr=False)
    patience: Patience
    tell: Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Published:
    """What became of one rule. `failures` are what could not be done besides."""

    candidate: Candidate
    outcome: str
    pull: Pull | None
    notes: tuple[str, ...]
    failures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PublishReport:
    """What became of all rules; `stale`: the base has changed where the proposal would change it."""

    repository: str
    base: str
    done: tuple[Published, ...]
    notes: tuple[str, ...]
    stale: bool = False

    @property
    def holds(self) -> bool:
        """Whether GitHub is in the state that is wanted."""
        return not self.stale and not any(one.failures for one in self.done)


@dataclass(frozen=True, slots=True)
class _Connection:
    """Who asks whom."""

    name: str
    server: Server
    token: str = field(repr=False)
    hub: GitHub
    repository: Repository


def publish(order: PublishOrder, version: str) -> PublishReport:
    """Do the whole job. Raises UsageError, NotPublished, NotCloned, GaveUp."""
    given = proposal.read(order.proposal, version)
    if order.templates is not None:
        checked_templates(order.templates)
    secrets = credentials.taken(order.environ)
    name = destination.named(given, order.repository, order.environ.get("GITHUB_REPOSITORY"))
    server = _server(order.environ)
    try:
        token = secrets.token_for(name, server, order.patience)
        hub = connect(server, token, order.patience)
        repository = hub.repository(name)
        destination.check_open(repository, name)
        with scratch.folder("repairbot-publish-") as folder:
            return _published(order, given, _Connection(name, server, token, hub, repository), folder)
    except Rejected as rejected:
        raise explaining.of_call(rejected, server, name, "", "") from None
    except Unsure as unsure:
        raise GaveUp(f"{unsure}; publish the proposal again later") from None


def _server(environ: Mapping[str, str]) -> Server:
    """Where Actions says GitHub is; never where a proposal or a repository says."""
    known = Server()
    web = (environ.get("GITHUB_SERVER_URL") or known.web).rstrip("/")
    api = environ.get("GITHUB_API_URL") or (known.api if web == known.web else f"{web}/api/v3")
    return Server(api.rstrip("/"), web)


def _published(order: PublishOrder, given: GivenProposal, link: _Connection, folder: Path) -> PublishReport:
    url = f"{link.server.web}/{link.name}.git"
    source = BaseSource(url, link.name, link.token, folder, order.config, order.flags, order.environ, order.tell)
    base = fetched(source, given.document.target.branch or link.repository.default_branch)
    config = base.config
    if not config.enabled:
        said = (
            f"{link.name} has opted out (`enabled = false` in its configuration on {base.branch}); nothing is published"
        )
        return PublishReport(link.name, base.branch, (), (said,))
    _check_same_repository(given, link, base)
    with rederived(base.clone, base.commit, _rules(config, given.document), config) as ours:
        sure = checked(given, ours, unsafe=config.unsafe_fixes)
        document, left_out = confirmed(given.document, ours)
        wanted = candidates_of(
            document,
            sure,
            ours,
            link.name,
            base.branch,
            regressions=config.publish_regressions,
            draft=config.publish_draft,
        )
        done = _in_turn(_resources(order, link, base, ours, document), wanted, config)
    return PublishReport(link.name, base.branch, done, (*sure.notes, *sure.stale, *left_out), stale=bool(sure.stale))


def _check_same_repository(given: GivenProposal, link: _Connection, base: Base) -> None:
    made_from = given.document.target.commit
    if made_from != base.commit and link.hub.comparison(link.name, made_from, base.commit) is None:
        raise UsageError(
            f"{given.folder}: its commit {made_from[:12]} is not in {link.name}; it is a proposal for another "
            "repository"
        )


def _rules(config: Config, document: EvidenceDocument) -> Sequence[Rule]:
    """Return those that looked for the proposal, as far as the configuration lets them."""
    rules = [rule for rule in chosen(config, all_rules()) if rule.code in document.asked.rules]
    if not rules:
        raise UsageError("none of the proposal's rules is selected here; see `select` and `ignore`")
    return rules


def _resources(
    order: PublishOrder, link: _Connection, base: Base, ours: Rederived, document: EvidenceDocument
) -> Resources:
    config, tell = base.config, order.tell
    return Resources(
        hub=link.hub,
        server=link.server,
        token=link.token,
        place=destination.chosen(link.hub, link.repository, may_fork=config.publish_fork, tell=tell),
        clone=base.clone,
        ours=ours,
        document=document,
        writers=Writers(
            title=markdown.pull_request_title,
            message=markdown.commit_message,
            body=partial(rendered, "body", layout=layout(config), folder=order.templates),
            shorter=plain_body,
        ),
        author=_author(config, document),
        dressing=_dressing(config),
        by_api=config.publish_commit_mode == "api",
        tell=tell,
    )


def _author(config: Config, document: EvidenceDocument) -> Person:
    """Dated when the proposal was made, so that publishing it again makes the same commit."""
    name, email = parseaddr(config.publish_author)
    now = datetime.now(UTC)
    try:
        then = datetime.fromisoformat(document.runs.started).astimezone(UTC)
    except (ValueError, OverflowError):
        then = now
    return Person(name, email, f"{int(min(max(then, datetime(2020, 1, 1, tzinfo=UTC)), now).timestamp())} +0000")


def _dressing(config: Config) -> Dressing:
    return Dressing(
        config.publish_labels,
        config.publish_reviewers,
        config.publish_team_reviewers,
        config.publish_assignees,
        config.publish_milestone,
    )


def _in_turn(resources: Resources, candidates: Iterable[Candidate], config: Config) -> tuple[Published, ...]:
    """Bring one rule after the other to its end. Raises GaveUp, NotPublished."""
    done: list[Published] = []
    wishes = Policy(resources.author.email, resources.dressing, config.publish_max_open, config.publish_max_new)
    for candidate in candidates:
        created = sum(one.outcome == "created" for one in done)
        done.append(_settled(resources, candidate, replace(wishes, max_new=wishes.max_new - created)))
    return tuple(done)


def _settled(resources: Resources, candidate: Candidate, wishes: Policy) -> Published:
    """Look, decide and execute, and look again when somebody was faster."""
    for round_number in range(1, _ROUNDS + 1):
        try:
            return _once(resources, candidate, wishes)
        except (Overtaken, PushUnsure, Unsure) as trouble:
            if round_number == _ROUNDS:
                raise GaveUp(f"{candidate.branch}: {trouble}; publish the proposal again later") from None
            resources.tell(f"{trouble}; looking again")
            time.sleep(_REST * round_number)
    raise AssertionError  # the last round returns or raises


def _once(resources: Resources, candidate: Candidate, wishes: Policy) -> Published:
    try:
        found = state.read(resources.hub, resources.place, candidate)
    except Rejected as rejected:
        place, server = resources.place, resources.server
        raise explaining.of_call(rejected, server, place.repository, candidate.base, candidate.branch) from None
    decision = decide(found, candidate, wishes)
    execution = Executor(resources, candidate, found, decision).execute()
    return Published(candidate, decision.outcome, execution.pull, decision.notes, tuple(execution.failures))
