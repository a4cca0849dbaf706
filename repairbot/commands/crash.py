"""Our own mistakes, told so that they can be reported."""

from __future__ import annotations

import platform

from repairbot.commands.output import say
from repairbot.commands.version import version
from repairbot.scan.judge import Crash


def say_crashes(crashes: tuple[Crash, ...]) -> None:
    """Name the files that we failed on, with what a maintainer needs to see."""
    for crash in crashes:
        say_crash(f" while scanning {crash.path}", crash.traceback)


def say_crash(where: str, traceback: str) -> None:
    """An internal error as something to paste into an issue."""
    say(
        f"repairbot: internal error{where}\n"
        "This is a mistake in repairbot, not in your code. Please report it, with everything from here on:\n"
        f"repairbot {version()}, Python {platform.python_version()}, {platform.platform()}\n"
        f"{traceback.rstrip()}"
    )
