"""The rim that starts short-lived tools that we trust, such as git: arguments in, what they said out."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO


class ToolMissing(Exception):
    """The tool is not there or may not be executed; the text is one clause."""


class ToolHung(Exception):
    """The tool gave no answer in time and was killed; the text is one clause."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a tool said before it ended."""

    returncode: int
    stdout: bytes
    stderr: bytes

    @property
    def text(self) -> str:
        return self.stdout.decode("utf-8", "replace")

    @property
    def complaint(self) -> str:
        """The last line of its errors."""
        lines = self.stderr.decode("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else f"it ended with status {self.returncode}"


def capture(
    argv: Sequence[str], *, env: Mapping[str, str], cwd: Path | None = None, stdin: bytes = b"", seconds: float = 60.0
) -> Said:
    """Run a tool to its end and keep what it says in memory; `env` is the whole environment.

    Raises ToolMissing and ToolHung. Any exception, an interrupt included, kills and reaps it first.
    """
    with _started(argv, env, cwd, subprocess.PIPE, subprocess.PIPE) as child:
        try:
            stdout, stderr = child.communicate(stdin, timeout=seconds)
        except subprocess.TimeoutExpired:
            raise ToolHung(f"{argv[0]} gave no answer within {seconds:.0f} seconds") from None
    return Said(child.returncode, stdout, stderr)


def handed_over(argv: Sequence[str], *, env: Mapping[str, str], output: IO[bytes] | None = None) -> int:
    """Run a program of ours that speaks to the user itself, and give its exit code; an interrupt reaches both.

    `output` gets what it writes on stdout.
    """
    return subprocess.run(argv, env=dict(env), stdin=subprocess.DEVNULL, stdout=output, check=False).returncode


@contextmanager
def reading(
    argv: Sequence[str], *, env: Mapping[str, str], cwd: Path | None = None, stdin: bytes
) -> Iterator[IO[bytes]]:
    """The output of a tool as it comes; it is killed when the block ends. Raises ToolMissing."""
    import tempfile  # not on the path of a scan

    with tempfile.TemporaryFile() as questions:
        questions.write(stdin)
        questions.seek(0)
        with _started(argv, env, cwd, questions, subprocess.DEVNULL) as child:
            assert child.stdout is not None
            yield child.stdout


@contextmanager
def conversing(argv: Sequence[str], *, env: Mapping[str, str]) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    """A tool to write questions to and read answers from, in turn; it is killed when the block ends."""
    with _started(argv, env, None, subprocess.PIPE, subprocess.DEVNULL) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        yield child.stdin, child.stdout


@contextmanager
def serving(argv: Sequence[str], *, env: Mapping[str, str], inherit: Sequence[int]) -> Iterator[None]:
    """A program of ours that works beside us, with these open files, until its input ends or the block does."""
    with _started(argv, env, None, subprocess.PIPE, subprocess.DEVNULL, inherit):
        yield


@contextmanager
def holding(env: Mapping[str, str]) -> Iterator[int]:
    """The number of a process that does nothing but have this environment."""
    with _started(["sleep", "600"], env, None, subprocess.DEVNULL, subprocess.DEVNULL) as child:
        yield child.pid


@contextmanager
def _started(
    argv: Sequence[str],
    env: Mapping[str, str],
    cwd: Path | None,
    stdin: int | IO[bytes],
    stderr: int,
    inherit: Sequence[int] = (),
) -> Iterator[subprocess.Popen[bytes]]:
    try:
        child = subprocess.Popen(
            argv,
            cwd=cwd,
            env=dict(env),
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=stderr,
            start_new_session=True,
            pass_fds=tuple(inherit),
        )
    except FileNotFoundError as error:
        if error.filename == str(cwd):
            raise
        raise ToolMissing(f"{argv[0]} is not installed") from None
    except OSError as error:
        raise ToolMissing(f"{argv[0]} could not be started: {error.strerror}") from None
    try:
        yield child
    finally:
        if child.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
        for stream in (child.stdin, child.stdout, child.stderr):
            if stream is not None:
                with suppress(BrokenPipeError):
                    stream.close()
        child.wait()
