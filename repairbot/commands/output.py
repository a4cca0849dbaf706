"""Where text goes: stdout, stderr or a file. A reader that went away is no error, and every stream takes every text."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from repairbot.errors import OutputError, UsageError
from repairbot.render.escape.visible import visible


def write(text: str) -> None:
    """Text on stdout; what its encoding lacks becomes an escape. Raises OutputError."""
    if sys.stdout is not None:  # closed by the caller's shell
        write_bytes(text.encode(sys.stdout.encoding or "utf-8", "backslashreplace"))


def write_bytes(data: bytes) -> None:
    """Bytes on stdout as they are. Raises OutputError."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except OSError as error:
        # What is left in the buffer must go somewhere, or Python fails on it again when it exits.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):  # `repairbot scan | head` is no error
            raise OutputError(f"cannot write to stdout: {error.strerror}; send it elsewhere and run again") from None


def say(text: str) -> None:
    """Text on stderr, line by line, nothing in it able to steer a terminal. Never fails: nobody would hear of it."""
    lines = "".join(f"{visible(line)}\n" for line in text.split("\n"))
    if sys.stderr is not None:
        try:
            sys.stderr.buffer.write(lines.encode(sys.stderr.encoding or "utf-8", "backslashreplace"))
            sys.stderr.flush()
        except OSError:
            pass


def is_terminal(stream: IO[str] | None, environ: Mapping[str, str]) -> bool:
    """Whether a stream is a terminal that can do more than print."""
    return stream is not None and stream.isatty() and environ.get("TERM") != "dumb"


def takes_colour(stream: IO[str] | None, environ: Mapping[str, str]) -> bool:
    """Whether a stream is a terminal whose user has not asked for plain text (https://no-color.org)."""
    return not environ.get("NO_COLOR") and is_terminal(stream, environ)


def write_file(path: Path, text: str) -> None:
    """Put a report in a file, whole or not at all; a device or a pipe gets it as it is.

    Raises UsageError when the directory is missing, OutputError when writing fails.
    """
    goal = Path(os.path.realpath(path))
    if not goal.parent.is_dir():
        raise UsageError(f"--output {path}: there is no directory {goal.parent}; create it first")
    if goal.is_dir():
        raise UsageError(f"--output {path}: that is a directory; name a file in it")
    data = text.encode("utf-8", "backslashreplace")
    try:
        if goal.exists() and not goal.is_file():
            goal.write_bytes(data)
        else:
            _replace(goal, data)
    except OSError as error:
        raise OutputError(f"--output {path}: cannot be written ({error.strerror}); choose another file") from None


def _replace(goal: Path, data: bytes) -> None:
    import tempfile

    mode = stat.S_IMODE(goal.stat().st_mode) if goal.exists() else 0o666 & ~_umask()
    descriptor, name = tempfile.mkstemp(prefix=f".{goal.name[:40]}.", dir=goal.parent)
    whole = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        whole.chmod(mode)
        whole.replace(goal)
    except BaseException:
        whole.unlink()
        raise


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
