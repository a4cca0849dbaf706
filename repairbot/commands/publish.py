"""`repairbot publish`: a proposal becomes one pull request for each rule, or an existing one is kept up."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parseaddr
from functools import partial
from pathlib import Path

from repairbot.commands.output import say, write
from repairbot.commands.parser import Command, Options, Parser, add_common, add_templates
from repairbot.commands.version import version
from repairbot.config.keys import KEYS
from repairbot.config.load import Config, load
from repairbot.errors import UsageError
from repairbot.evidence.document import EvidenceDocument
from repairbot.git import objects, push
from repairbot.git import repository as git_own
from repairbot.git.clone import NotCloned, explained
from repairbot.git.command import GitFailed
from repairbot.git.repository import Person
from repairbot.github.client import GitHub, connect
from repairbot.github.values import Patience, Rejected, Repository, Server, Unsure
from repairbot.publish import credentials, explaining, target, workplace
from repairbot.publish import proposal as proposals
from repairbot.publish.candidate import Dressing, Wishes
from repairbot.publish.candidates import offers
from repairbot.publish.checking import checked
from repairbot.publish.execute import Means, Words
from repairbot.publish.plain_body import plain_body
from repairbot.publish.proposal import Proposal
from repairbot.publish.rederive import rederived
from repairbot.publish.workplace import Published
from repairbot.render import markdown
from repairbot.render.escape.visible import visible
from repairbot.render.layout import layout
from repairbot.render.template_worker import checked as checked_templates
from repairbot.render.template_worker import rendered
from repairbot.rule import Rule
from repairbot.rules.registry import all_rules
from repairbot.scan.selection import chosen

_KEYS = frozenset(
    key
    for key in KEYS
    if key.startswith(("publish.", "write-up."))
    or key in {"enabled", "select", "ignore", "exclude", "jobs", "unsafe-fixes"}
)
_SETTINGS = ("pyproject.toml", ".github/repairbot.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishOptions(Options):
    """What `publish` is asked."""

    proposal: Path
    repo: str | None = None
    templates: Path | None = None
    format: str = "text"


_DESCRIPTION = """\
Derives the edits of a proposal again from a clean clone, and opens or keeps up one pull request for each rule.
Runs no target code. The token comes from GITHUB_TOKEN, or from GITHUB_APP_ID and GITHUB_APP_PRIVATE_KEY.
The exit code is 0 when the wanted state holds."""


def parser() -> Parser:
    made = Parser(prog="repairbot publish", usage="repairbot publish PROPOSAL [options]", description=_DESCRIPTION)
    group = made.add_argument_group("arguments")
    group.add_argument("proposal", metavar="PROPOSAL", type=Path, help="the folder that `repairbot run` left")
    group = made.add_argument_group("options")
    group.add_argument(
        "--repo", metavar="OWNER/NAME", help="the repository (default: the workflow's, or the proposal's)"
    )
    group.add_argument("--base", metavar="BRANCH", help="the branch to publish to (default: the one it was made from)")
    add_templates(group)
    group.add_argument("--label", metavar="NAME", action="append", help="a label for new pull requests; repeatable")
    group.add_argument("--draft", action="store_const", const=True, help="open pull requests as drafts")
    group.add_argument(
        "--unsafe-fixes", action="store_const", const=True, help="also publish fixes that a person should review"
    )
    group.add_argument("--format", choices=("text", "json"), default="text", help="text (default) or json")
    add_common(made)
    return made


@dataclass(frozen=True, slots=True)
class _Job:
    """One call: what was asked, and who asks whom."""

    options: PublishOptions
    proposal: Proposal
    name: str
    server: Server
    token: str = field(repr=False)
    hub: GitHub
    repository: Repository


def publish(options: PublishOptions) -> int:
    """Publish, say what became of it, and give the exit code: 0 when the wanted state holds."""
    proposal = proposals.read(options.proposal, version())
    _templates(options)
    secrets = credentials.taken(os.environ)
    asked = options.repo
    name = target.named(proposal, str(asked) if asked else None, os.environ.get("GITHUB_REPOSITORY"))
    server, patience = _server(), _patience(options)
    try:
        token = secrets.token_for(name, server, patience)
        hub = connect(server, token, patience)
        repository = hub.repository(name)
        target.check_open(repository, name)
        with tempfile.TemporaryDirectory(prefix="repairbot-") as folder:
            return _published(_Job(options, proposal, name, server, token, hub, repository), Path(folder))
    except Rejected as rejected:
        raise explaining.of_call(rejected, server, name, "", "") from None
    except Unsure as unsure:
        raise workplace.GaveUp(f"{unsure}; publish the proposal again later") from None


def _server() -> Server:
    """Where Actions says GitHub is; never where a proposal or a repository says."""
    known = Server()
    web = (os.environ.get("GITHUB_SERVER_URL") or known.web).rstrip("/")
    api = os.environ.get("GITHUB_API_URL") or (known.api if web == known.web else f"{web}/api/v3")
    return Server(api.rstrip("/"), web)


def _patience(options: PublishOptions) -> Patience:
    return Patience(_teller(options))


def _teller(options: PublishOptions) -> workplace.Tell:
    return (lambda _text: None) if options.verbosity < 0 else lambda text: say(f"repairbot: {text}")


def _published(asked: _Job, folder: Path) -> int:
    base, commit, config, clone = _base(asked, folder)
    if not config.enabled:
        said = f"{asked.name} has opted out (`enabled = false` in its configuration on {base}); nothing is published"
        _report(asked, base, (), [said])
        return 0
    document = asked.proposal.document
    if document.target.commit != commit and asked.hub.comparison(asked.name, document.target.commit, commit) is None:
        raise UsageError(
            f"{asked.proposal.folder}: its commit {document.target.commit[:12]} is not in {asked.name}; it is a "
            "proposal for another repository"
        )
    rules = _rules(config, document)
    with rederived(clone, commit, rules, config) as ours:
        sure = checked(asked.proposal, ours, unsafe=config.unsafe_fixes)
        wanted = offers(
            document, sure, ours, asked.name, base, regressions=config.publish_regressions, draft=config.publish_draft
        )
        tell = _teller(asked.options)
        means = Means(
            hub=asked.hub,
            server=asked.server,
            token=asked.token,
            place=target.place(asked.hub, asked.repository, may_fork=config.publish_fork, tell=tell),
            clone=clone,
            ours=ours,
            document=document,
            words=Words(
                title=markdown.pull_request_title,
                message=markdown.commit_message,
                body=partial(rendered, "body", layout=layout(config), folder=_templates(asked.options)),
                shorter=plain_body,
            ),
            author=_author(config, document),
            dressing=_dressing(config),
            by_api=config.publish_commit_mode == "api",
            tell=tell,
        )
        wishes = Wishes(means.author.email, means.dressing, config.publish_max_open, config.publish_max_new)
        done = workplace.publish(means, wanted, wishes)
    _report(asked, base, done, [*sure.notes, *sure.stale])
    return 2 if sure.stale or any(one.failures for one in done) else 0


def _templates(options: PublishOptions) -> Path | None:
    given = options.templates
    return checked_templates(given) if isinstance(given, Path) else None


def _base(asked: _Job, folder: Path) -> tuple[str, str, Config, Path]:
    """The base branch, its commit, the configuration there, and a clone of it."""
    flags = asked.options.flags
    first = load(folder, None, flags, os.environ, _KEYS).publish_base
    base = first or asked.proposal.document.target.branch or asked.repository.default_branch
    clone = folder / "clone.git"
    commit = _fetched(asked, base, clone)
    config = _config(clone, commit, folder / "settings", asked.options)
    if config.publish_base not in {None, base}:
        base = config.publish_base or base
        clone = folder / "other.git"
        commit = _fetched(asked, base, clone)
        config = _config(clone, commit, folder / "others", asked.options)
    return base, commit, config, clone


def _fetched(asked: _Job, base: str, clone: Path) -> str:
    _teller(asked.options)(f"fetching {base} of {asked.name}")
    url = f"{asked.server.web}/{asked.name}.git"
    try:
        git_own.run(clone.parent, "check-ref-format", f"refs/heads/{base}")
    except GitFailed:
        raise UsageError(f"{base[:100]!r} is no name of a branch; give --base with the branch to publish to") from None
    said = push.fetch(url, clone, base, asked.token)
    if isinstance(said, str):
        return said
    if any("couldn't find remote ref" in line for line in said.complaints):
        raise UsageError(f"{asked.name} has no branch {base!r}; give --base with the branch to publish to")
    raise NotCloned(f"{url} could not be fetched: {explained(said.complaints)}")


def _config(clone: Path, commit: str, folder: Path, options: PublishOptions) -> Config:
    """The configuration that stands in a commit."""
    (folder / ".github").mkdir(parents=True)
    for entry in objects.entries(clone, commit):
        if entry.path in _SETTINGS and entry.is_file:
            (folder / entry.path).write_bytes(git_own.run(clone, "cat-file", "blob", entry.oid))
    try:
        return load(folder, options.config, options.flags, os.environ, _KEYS)
    except UsageError as error:
        raise UsageError(str(error).replace(f"{folder}/", f"{commit[:12]}:")) from None


def _rules(config: Config, document: EvidenceDocument) -> Sequence[Rule]:
    """Those that looked for the proposal, as far as the configuration lets them."""
    rules = [rule for rule in chosen(config, all_rules()) if rule.code in document.asked.rules]
    if not rules:
        raise UsageError("none of the proposal's rules is selected here; see `select` and `ignore`")
    return rules


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


def _report(asked: _Job, base: str, done: Iterable[Published], notes: Sequence[str]) -> None:
    if asked.options.format == "json":
        write(json.dumps(_as_json(asked, base, done, notes), indent=2) + "\n")
        return
    for one in done:
        where = f" #{one.pull.number} {one.pull.url}" if one.pull else ""
        write(f"{one.offer.rule} on {visible(base)}: {one.outcome}{visible(where)}\n")
        for text in (*one.notes, *one.failures):
            write(f"  {visible(text)}\n")
    for text in notes:
        write(f"{visible(text)}\n")


def _as_json(asked: _Job, base: str, done: Iterable[Published], notes: Sequence[str]) -> dict[str, object]:
    return {
        "schema_version": 1,
        "repository": asked.name,
        "base": base,
        "pulls": [
            {
                "rule": one.offer.rule,
                "branch": one.offer.branch,
                "outcome": one.outcome,
                "number": one.pull.number if one.pull else None,
                "url": one.pull.url if one.pull else None,
                "notes": [*one.notes, *one.failures],
            }
            for one in done
        ],
        "notes": list(notes),
    }


COMMAND = Command(parser, PublishOptions, publish)
