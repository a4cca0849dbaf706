"""How a long job is shown on stderr: one live line on a terminal, plain lines elsewhere, groups on GitHub Actions."""

from __future__ import annotations

import os
import secrets
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Protocol

from repairbot.commands.output import is_terminal, say
from repairbot.process.run import Progress
from repairbot.render.escape.visible import visible
from repairbot.run.progress import Telling

_SIGN_OF_LIFE = 30.0  # seconds between lines about the same phase where nothing can be drawn over


class Silent:
    """For --quiet."""

    def begins(self, phase: str) -> None: ...

    def ends(self, phase: str, seconds: float) -> None: ...

    def says(self, text: str) -> None: ...

    def watch(self, what: str, progress: Progress) -> None: ...


class Plain:
    """A line when a phase ends, and a sign of life now and then while it lasts."""

    def __init__(self) -> None:
        self._due = 0.0

    def begins(self, phase: str) -> None:
        self._due = time.monotonic() + _SIGN_OF_LIFE
        say(f"{phase} …")

    def ends(self, phase: str, seconds: float) -> None:
        say(f"{phase}: {seconds:.1f} s")

    def says(self, text: str) -> None:
        say(text)

    def watch(self, what: str, progress: Progress) -> None:
        if time.monotonic() >= self._due:
            self._due = time.monotonic() + _SIGN_OF_LIFE
            self.alive(what, progress)

    def alive(self, what: str, progress: Progress) -> None:
        printed = f", {progress.last_line}" if progress.last_line else ""
        say(f"  {what}: {progress.seconds:.0f} s{printed}")


class Actions(Plain):
    """The same in groups; what target code printed cannot be taken for a workflow command."""

    def begins(self, phase: str) -> None:
        say(f"::group::{phase}")
        super().begins(phase)

    def ends(self, phase: str, seconds: float) -> None:
        super().ends(phase, seconds)
        say("::endgroup::")

    def says(self, text: str) -> None:
        with _stopped():
            super().says(text)

    def alive(self, what: str, progress: Progress) -> None:
        with _stopped():
            super().alive(what, progress)


@contextmanager
def _stopped() -> Iterator[None]:
    """Between these two lines the runner takes no commands. The word that ends it cannot be guessed."""
    word = secrets.token_hex(16)
    say(f"::stop-commands::{word}")
    try:
        yield
    finally:
        say(f"::{word}::")


class _Drawn(Protocol):
    def update(self, status: str) -> None: ...


class Live(Plain):
    """One line that is drawn over: what runs, for how long, and the last line that it printed."""

    def __init__(self, drawn: _Drawn, width: int) -> None:
        super().__init__()
        self._drawn = drawn
        self._width = width

    def begins(self, phase: str) -> None:
        self._draw(phase)

    def watch(self, what: str, progress: Progress) -> None:
        self._draw(f"{what} {progress.seconds:.0f} s  {progress.last_line}")

    def _draw(self, text: str) -> None:
        from rich.markup import escape

        self._drawn.update(escape(visible(text)[: self._width - 4]))


@contextmanager
def telling(environ: Mapping[str, str], verbosity: int) -> Iterator[Telling]:
    """Whoever listens to a job here."""
    if verbosity < 0:
        yield Silent()
    elif environ.get("GITHUB_ACTIONS") == "true":
        yield Actions()
    elif is_terminal(sys.stderr, os.environ):
        with ExitStack() as stack:
            yield _live(stack)
    else:
        yield Plain()


def _live(stack: ExitStack) -> Live:
    from rich.console import Console

    console = Console(stderr=True)
    return Live(stack.enter_context(console.status("")), console.width)
