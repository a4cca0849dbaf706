"""`repairbot run`: the whole job on a repository, and what came of it as a summary a person can act on."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from repairbot.commands.output import takes_colour, write
from repairbot.commands.painted import painted
from repairbot.commands.parser import Command, Options, Parser, add_common, add_templates
from repairbot.commands.telling import telling
from repairbot.commands.version import version
from repairbot.errors import UsageError
from repairbot.process import tools
from repairbot.process.own_python import module_command
from repairbot.render.terminal.outcome import counted_findings, outcome_lines
from repairbot.run.order import Order
from repairbot.run.proposal import Proposal
from repairbot.run.run import propose

SERVER = "https://github.com"
_TOKENS = ("GITHUB_TOKEN", "GH_TOKEN")


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions(Options):
    """What `run` is asked."""

    paths: tuple[Path, ...] = ()
    repo: str | None = None
    out: Path | None = None
    publish: bool = False
    write_test: bool = False
    authors: bool = False
    templates: Path | None = None
    trust_repo: bool = False


_DESCRIPTION = """\
Does the whole job on a repository, from its commit: scans it, proves each finding with the real object, fixes it on
a branch, runs the repository's own tests without and with the change, and leaves a proposal: a folder with the branch,
the patch and the evidence. The repository itself is never written to. Its code runs in a sandbox, without tokens."""


def parser() -> Parser:
    usage = "repairbot run [PATH | --repo OWNER/NAME] [options]"
    made = Parser(prog="repairbot run", usage=usage, description=_DESCRIPTION)
    group = made.add_argument_group("arguments")
    group.add_argument(
        "paths", metavar="PATH", nargs="*", type=Path, help="a git repository, or a folder in one (default: .)"
    )
    group = made.add_argument_group("options")
    group.add_argument("--repo", metavar="OWNER/NAME", help="work on a clone of this repository instead of PATH")
    group.add_argument("--out", metavar="DIR", type=Path, help="where the proposal goes, outside of the repository")
    group.add_argument("--publish", action="store_true", help="then push the branch and open its pull request")
    group.add_argument("--write-test", action="store_true", help="add a regression test to the branch")
    group.add_argument("--python", metavar="VERSION", help="the Python for the tests: a version or a path")
    group.add_argument("--test-command", metavar="COMMAND", help="how the tests are run, if not by pytest alone")
    group.add_argument("--install-command", metavar="COMMAND", help="how what the tests need is installed")
    group.add_argument("--tests", choices=("all", "affected"), help="all (default), or those that reach the change")
    group.add_argument(
        "--unsafe-fixes", action="store_const", const=True, help="also apply fixes that a person should review"
    )
    group.add_argument("--authors", action="store_true", help="name the authors of commits in the evidence")
    add_templates(group)
    group.add_argument(
        "--trust-repo",
        action="store_true",
        help="run the repository's code even if the sandbox cannot hide your credentials",
    )
    add_common(made)
    return made


def run(options: RunOptions) -> int:
    """Work, print the summary, and give the exit code: 1 when there are findings."""
    order = order_of(options, os.environ)
    with terminable(), telling(os.environ, options.verbosity) as listener:
        done = propose(order, listener, version())
    lines = outcome_lines(done.document, str(done.folder))
    write(painted(lines, colour=takes_colour(sys.stdout, os.environ)))
    failed = _published(done, order) if options.publish else 0
    return failed or (1 if counted_findings(done.document) else 0)


def _published(done: Proposal, order: Order) -> int:
    """Publish in a process of its own, which never runs target code; the sandbox has ended by now."""
    refuse_after_exposure(done, trust=order.trust)
    command = module_command("repairbot", "publish", str(done.folder))
    if order.templates is not None:
        command += ["--templates", str(order.templates)]
    if order.config is not None:
        command += ["--config", str(order.config)]
    if done.document.asked.unsafe_fixes:
        command.append("--unsafe-fixes")
    return tools.handed_over(command, env=order.environ)


def refuse_after_exposure(done: Proposal, *, trust: bool) -> None:
    """Raises UsageError where target code ran in reach of what publishes."""
    isolation = done.document.runs.isolation
    if isolation is not None and not isolation.secrets_hidden and not trust:
        raise UsageError(
            f"not published: the repository's code ran without isolation ({isolation.level}) and could have reached "
            f"what publishes; install bubblewrap and run again, or pass --trust-repo. The proposal is {done.folder}"
        )


def order_of(options: RunOptions, environ: Mapping[str, str]) -> Order:
    """Raises UsageError."""
    if len(options.paths) > 1:
        raise UsageError("`run` works on one repository at a time; name one PATH, or use --repo OWNER/NAME")
    repository = options.repo
    if repository is not None and options.paths:
        raise UsageError(f"give a PATH or --repo {repository}, not both")
    return Order(
        path=options.paths[0] if options.paths else Path(),
        repository=repository,
        server=environ.get("GITHUB_SERVER_URL") or SERVER,
        token=next((environ[name] for name in _TOKENS if environ.get(name)), None),
        out=options.out,
        config=options.config,
        flags=options.flags,
        environ=environ,
        write_test=options.write_test,
        trust=options.trust_repo,
        authors=options.authors,
        templates=options.templates,
    )


@contextmanager
def terminable() -> Iterator[None]:
    """A polite request to end is an interrupt: everything is cleaned up on the way out."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    kept = {number: signal.signal(number, interrupt) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)


COMMAND = Command(parser, RunOptions, run)
