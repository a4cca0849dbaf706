"""Speaks with a git server; the token is known to that one command alone, by its environment."""

from __future__ import annotations

import base64
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from repairbot.git.command import SAFE_ENVIRONMENT, SAFE_SETTINGS

# A server that sends nothing for a minute is given up.
_PATIENCE = ("http.lowSpeedLimit=1", "http.lowSpeedTime=60")


@dataclass(frozen=True, slots=True)
class Said:
    """What came of a command: `lines` are on its standard output, `complaints` what git and the server said of it."""

    ok: bool
    lines: tuple[str, ...]
    complaints: tuple[str, ...]


def talk(
    repository: Path,
    command: str,
    words: Sequence[str],
    url: str,
    refs: Sequence[str],
    token: str | None = None,
    watch: Callable[[str], None] | None = None,
) -> Said:
    """`git COMMAND WORDS -- URL REFS` in a bare repository of ours; `watch` is told git's own progress."""
    from git import GitCommandError, RemoteProgress, Repo  # slow to import, and only here
    from git.cmd import handle_process_output

    class Told(RemoteProgress):
        def update(self, *_: object) -> None:
            if watch is not None and self._cur_line:
                watch(self._cur_line)

        def line_dropped(self, line: str) -> None:
            dropped.append(line)

    told, lines = Told(), list[str]()
    dropped: list[str] = []
    with no_variables_of_git(), Repo(repository) as opened:
        with opened.git.custom_environment(**{**SAFE_ENVIRONMENT, **_settings(url, token)}):
            started = getattr(opened.git, command)(*words, "--", url, *refs, as_process=True, universal_newlines=True)
        handle_process_output(started, lines.append, told.new_message_handler(), finalizer=None, decode_streams=False)
        try:
            started.wait()
        except GitCommandError:
            return Said(False, tuple(lines), (*dropped, *told.error_lines))
    return Said(True, tuple(lines), (*dropped, *told.error_lines))


def _settings(url: str, token: str | None) -> dict[str, str]:
    """Our settings and the token as variables of the command: neither its arguments nor any file holds them."""
    # GitPython starts git inside the bare repository, which here is our own.
    settings = [
        setting.split("=", 1)
        for setting in (*SAFE_SETTINGS, *_PATIENCE)
        if not setting.startswith("safe.bareRepository=")
    ]
    if token is not None:
        secret = base64.b64encode(f"x-access-token:{token}".encode()).decode()
        settings.append([f"http.{url}.extraHeader", f"Authorization: Basic {secret}"])
    variables = {"GIT_CONFIG_COUNT": str(len(settings)), "GIT_ALLOW_PROTOCOL": "https:http"}
    for number, (name, value) in enumerate(settings):
        variables |= {f"GIT_CONFIG_KEY_{number}": name, f"GIT_CONFIG_VALUE_{number}": value}
    return variables


@contextmanager
def no_variables_of_git() -> Iterator[None]:
    """GitPython hands on our environment, in which a GIT_DIR would lead elsewhere."""
    held = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("GIT_")}
    try:
        yield
    finally:
        os.environ.update(held)
