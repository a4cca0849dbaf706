"""What the runner of GitHub Actions reads: its log, its outputs and its step summary."""

from __future__ import annotations

import io
import secrets
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from repairbot.commands.output import write
from repairbot.errors import OutputError, UsageError
from repairbot.render.escape.visible import visible

LARGEST_SUMMARY = 1024 * 1024  # bytes; the runner drops a larger one whole


def harmless(text: str) -> None:
    """Show a text of which no line is taken for a workflow command. The word that ends this cannot be guessed."""
    word = secrets.token_hex(16)
    lines = "".join(f"{visible(line)}\n" for line in text.rstrip("\n").split("\n"))
    write(f"::stop-commands::{word}\n{lines}::{word}::\n")


def captured(command: Callable[[], int]) -> tuple[int, str]:
    """The exit code of a command of ours, and what it wrote on stdout; its progress still goes to stderr."""
    real, held = sys.stdout, io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    sys.stdout = held
    try:
        code = command()
    finally:
        sys.stdout = real
    held.seek(0)
    return code, held.read()


def write_outputs(outputs: Mapping[str, str], environ: Mapping[str, str]) -> None:
    """Raises UsageError, OutputError."""
    _append("GITHUB_OUTPUT", "".join(_assignment(name, value) for name, value in outputs.items()), environ)


def _assignment(name: str, value: str) -> str:
    word = secrets.token_hex(16)
    return f"{name}<<{word}\n{value}\n{word}\n"


def write_summary(markdown: str, environ: Mapping[str, str]) -> None:
    """Raises UsageError, OutputError."""
    if len(markdown.encode("utf-8", "backslashreplace")) < LARGEST_SUMMARY:
        _append("GITHUB_STEP_SUMMARY", markdown.rstrip("\n") + "\n", environ)
    else:
        _append("GITHUB_STEP_SUMMARY", "repairbot: the summary is too large to show; see the evidence.\n", environ)


def _append(variable: str, text: str, environ: Mapping[str, str]) -> None:
    name = environ.get(variable)
    if not name:
        raise UsageError(
            f"{variable} is not set; this program is for GitHub Actions, so use `repairbot --help` by hand"
        )
    try:
        with Path(name).open("ab") as file:
            file.write(text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise OutputError(f"{variable}: {name} cannot be written ({error.strerror})") from None
