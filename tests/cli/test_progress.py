from __future__ import annotations

import io
import os
import pty
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from repairbot.commands import progress as module
from repairbot.commands.progress import progress


class Screen:
    """What a terminal has been sent so far."""

    def __init__(self, leader: int) -> None:
        os.set_blocking(leader, False)
        self._leader = leader
        self._seen = b""

    def read(self) -> str:
        try:
            while piece := os.read(self._leader, 65536):
                self._seen += piece
        except OSError:  # nothing more to read
            pass
        return self._seen.decode()


@contextmanager
def terminal(*, patience: float = 1.0, term: str = "xterm-256color") -> Iterator[Screen]:
    """A terminal in place of stderr. (No fixture: pytest puts its own stderr back when a test begins.)"""
    leader, follower = pty.openpty()
    with pytest.MonkeyPatch.context() as patch, os.fdopen(follower, "w", encoding="utf-8") as stream:
        patch.setattr(sys, "stderr", stream)
        patch.setattr(module, "_PATIENCE", patience)
        patch.setenv("TERM", term)
        patch.delenv("NO_COLOR", raising=False)
        yield Screen(leader)
    os.close(leader)


def test_a_long_scan_shows_how_far_it_is_and_cleans_up() -> None:
    with terminal(patience=-1.0) as screen:
        with progress(quiet=False) as tick:
            assert tick is not None
            tick(3, 40)
            tick(39, 40)
            time.sleep(0.3)  # the bar is drawn ten times a second
            assert "39/40" in screen.read()
        assert screen.read().endswith("\x1b[2K")


def test_a_short_scan_shows_nothing() -> None:
    with terminal(patience=60.0) as screen:
        with progress(quiet=False) as tick:
            assert tick is not None
            tick(3, 40)
        assert screen.read() == ""


def test_a_terminal_that_can_only_print_shows_nothing() -> None:
    with terminal(term="dumb"), progress(quiet=False) as tick:
        assert tick is None


def test_quiet_shows_nothing() -> None:
    with terminal(), progress(quiet=True) as tick:
        assert tick is None


def test_a_pipe_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with progress(quiet=False) as tick:
        assert tick is None
