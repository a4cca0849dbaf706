"""`repairbot run`: the whole job on a repository, and what came of it as a summary a person can act on."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from repairbot.commands.arguments import Arguments
from repairbot.commands.output import takes_colour, write
from repairbot.commands.painted import painted
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


def run(arguments: Arguments) -> int:
    """Work, print the summary, and give the exit code: 1 when there are findings."""
    order = order_of(arguments, os.environ)
    with terminable(), telling(os.environ, arguments.verbosity) as listener:
        done = propose(order, listener, version())
    lines = outcome_lines(done.document, str(done.folder))
    write(painted(lines, colour=takes_colour(sys.stdout, os.environ)))
    failed = _published(done, order) if arguments.options.get("publish") else 0
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


def order_of(arguments: Arguments, environ: Mapping[str, str]) -> Order:
    """Raises UsageError."""
    if len(arguments.paths) > 1:
        raise UsageError("`run` works on one repository at a time; name one PATH, or use --repo OWNER/NAME")
    options = arguments.options
    repository = options.get("repo")
    if repository is not None and arguments.paths:
        raise UsageError(f"give a PATH or --repo {repository}, not both")
    return Order(
        path=arguments.paths[0] if arguments.paths else Path(),
        repository=str(repository) if repository is not None else None,
        server=environ.get("GITHUB_SERVER_URL") or SERVER,
        token=next((environ[name] for name in _TOKENS if environ.get(name)), None),
        out=_path(options.get("out")),
        config=arguments.config,
        flags=arguments.flags,
        environ=environ,
        write_test=bool(options.get("write_test")),
        trust=bool(options.get("trust_repo")),
        authors=bool(options.get("authors")),
        templates=_path(options.get("templates")),
    )


def _path(given: object) -> Path | None:
    return given if isinstance(given, Path) else None


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
