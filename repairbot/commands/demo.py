"""`repairbot demo`: the whole job on a small chat backend, and whether it did what was promised."""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from repairbot.commands.arguments import Arguments
from repairbot.commands.output import takes_colour, write
from repairbot.commands.painted import painted
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


def demo(arguments: Arguments) -> int:
    """Make the repository, work on it as on any other, and give the exit code: 0 when every promise held."""
    with ExitStack() as undo, terminable():
        folder = Path(os.path.realpath(tempfile.mkdtemp(prefix="repairbot-demo-")))
        undo.callback(leftovers.remove, folder)
        target = folder / "chat-backend"
        commit = _made(target)
        done = _done(arguments, target, folder / "proposal")
        shown = Shown(done.document, (done.folder / BODY).read_text("utf-8"), is_untouched(target, commit))
        undo.pop_all()
    judged = promises(shown)
    lines = (shown_lines if arguments.verbosity >= 0 else promise_lines)(shown, judged, _places(target, done.folder))
    write(painted(lines, colour=takes_colour(sys.stdout, os.environ)))
    return 0 if all(promise.held for promise in judged) else 1


def _made(target: Path) -> str:
    try:
        return make(target)
    except GitFailed as error:
        raise UsageError(f"the demo needs git to make its repository ({error}); install git 2.29 or newer") from None


def _done(arguments: Arguments, target: Path, out: Path) -> Proposal:
    order = Order(
        path=target,
        repository=None,
        server=SERVER,
        token=None,
        out=out,
        config=arguments.config,
        flags=arguments.flags,
        environ=os.environ,
        trust=bool(arguments.options.get("trust_repo")),  # the target is our own, but its packages are not
        identity="the demo of repairbot",
    )
    with telling(os.environ, arguments.verbosity) as listener:
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
