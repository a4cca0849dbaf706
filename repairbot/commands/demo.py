"""`repairbot demo`: the whole job on a small chat backend, and whether it did what was promised."""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from repairbot.commands.output import takes_colour, write
from repairbot.commands.painted import painted
from repairbot.commands.parser import Command, Options, Parser, add_common
from repairbot.commands.run import SERVER, terminable
from repairbot.commands.telling import telling
from repairbot.commands.version import version
from repairbot.demo.promises import Shown, promises
from repairbot.demo.repository import is_untouched, make
from repairbot.demo.showing import promise_lines, shown_lines
from repairbot.errors import UsageError
from repairbot.git.command import GitFailed
from repairbot.harness import leftovers
from repairbot.run.order import Order
from repairbot.run.places import EVIDENCE
from repairbot.run.proposal import BODY, LOGS, PATCH, REPOSITORY, Proposal
from repairbot.run.run import propose


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoOptions(Options):
    """What `demo` is asked."""

    trust_repo: bool = False


_DESCRIPTION = """\
Makes a git repository of a small chat backend in a temporary folder, does the whole job on it as `run` does, and says
of each promise whether it held. One caller in it was forgotten when a definition changed, and some near misses look
like it. The backend's tests need packages from PyPI, the first time; the exit code is 0 when every promise held."""


def parser() -> Parser:
    made = Parser(prog="repairbot demo", usage="repairbot demo [options]", description=_DESCRIPTION)
    group = made.add_argument_group("options")
    group.add_argument(
        "--trust-repo", action="store_true", help="run its packages even if the sandbox cannot hide your credentials"
    )
    add_common(made)
    return made


def demo(options: DemoOptions) -> int:
    """Make the repository, work on it as on any other, and give the exit code: 0 when every promise held."""
    with ExitStack() as undo, terminable():
        folder = Path(os.path.realpath(tempfile.mkdtemp(prefix="repairbot-demo-")))
        undo.callback(leftovers.remove, folder)
        target = folder / "chat-backend"
        commit = _made(target)
        done = _done(options, target, folder / "proposal")
        shown = Shown(done.document, (done.folder / BODY).read_text("utf-8"), is_untouched(target, commit))
        undo.pop_all()
    judged = promises(shown)
    lines = (shown_lines if options.verbosity >= 0 else promise_lines)(shown, judged, _places(target, done.folder))
    write(painted(lines, colour=takes_colour(sys.stdout, os.environ)))
    return 0 if all(promise.held for promise in judged) else 1


def _made(target: Path) -> str:
    try:
        return make(target)
    except GitFailed as error:
        raise UsageError(f"the demo needs git to make its repository ({error}); install git 2.29 or newer") from None


def _done(options: DemoOptions, target: Path, out: Path) -> Proposal:
    order = Order(
        path=target,
        repository=None,
        server=SERVER,
        token=None,
        out=out,
        config=options.config,
        flags=options.flags,
        environ=os.environ,
        trust=options.trust_repo,  # the target is our own, but its packages are not
        identity="the demo of repairbot",
    )
    with telling(os.environ, options.verbosity) as listener:
        return propose(order, listener, version())


def _places(target: Path, proposal: Path) -> list[tuple[str, Path]]:
    places = [
        ("repository", target),
        ("evidence", proposal / EVIDENCE),
        ("write-up", proposal / BODY),
        ("patch", proposal / PATCH),
        ("branch", proposal / REPOSITORY),
        ("logs", proposal / LOGS),
    ]
    return [(name, path) for name, path in places if path.exists()]


COMMAND = Command(parser, DemoOptions, demo)
