"""The rim that starts processes: exact environment, limits and an output file in; how it ended out."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from repairbot.process import supervisor, tree
from repairbot.process.own_python import program_command

MIB = 1024 * 1024
_TICK = 0.1
_SAMPLE = 0.25
_SWEEP_SECONDS = 15.0


class Stopped(StrEnum):
    """The limit that ended a process."""

    TIME = "time"
    OUTPUT = "output"
    MEMORY = "memory"
    PROCESSES = "processes"
    DISK = "disk"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one run may use; None is "no limit".

    `memory_bytes` and `processes` count the process and all its descendants together and are sampled;
    the others are exact, per process. `output_bytes` is what is kept of standard output and error, `disk_free_bytes`
    what must stay free where the output lies, and `memory_free_bytes` on the whole machine.
    """

    seconds: float = 600.0
    output_bytes: int = 64 * MIB
    memory_bytes: int | None = 4096 * MIB
    processes: int | None = 512
    file_bytes: int | None = 2048 * MIB
    open_files: int | None = 4096
    disk_free_bytes: int = 256 * MIB
    memory_free_bytes: int = 192 * MIB


USUAL = Limits()


@dataclass(frozen=True, slots=True)
class Graces:
    """Seconds between SIGINT, SIGTERM and SIGKILL when a limit ends a run."""

    after_interrupt: float = 8.0
    after_terminate: float = 2.0


PATIENT = Graces()
AT_ONCE = Graces(0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the process runs as: another user id (needs root), and whether setuid programs still work.

    `syscall_filter` is a program for seccomp, which needs `no_new_privileges`.
    """

    uid: int | None = None
    no_new_privileges: bool = False
    syscall_filter: bytes | None = None


OURS = Identity()


@dataclass(frozen=True, slots=True)
class Progress:
    """A sign of life: seconds since the start and the last line of output, control characters removed."""

    seconds: float
    last_line: str


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended. One of `returncode` and `signal` is set; 126 and 127 mean that it could not be started."""

    returncode: int | None
    signal: int | None
    seconds: float
    stopped: Stopped | None
    output: Path = field(compare=False)

    @property
    def ok(self) -> bool:
        return self.returncode == 0 and self.stopped is None

    @property
    def timed_out(self) -> bool:
        return self.stopped is Stopped.TIME

    @property
    def output_capped(self) -> bool:
        return self.stopped is Stopped.OUTPUT

    def tail(self, size: int = 8192) -> str:
        """The end of the output, undecodable bytes replaced. Hostile text: escape it before it is shown."""
        return last_bytes(self.output, size).decode("utf-8", "replace")


def hide_memory() -> None:
    """Keep processes of the same user from reading ours, and our environment with it (Linux; no help against root)."""
    supervisor.prctl(supervisor.PR_SET_DUMPABLE, 0)


def last_bytes(path: Path, size: int) -> bytes:
    with path.open("rb") as stream:
        stream.seek(max(0, os.fstat(stream.fileno()).st_size - size))
        return stream.read(size)


def last_line(path: Path) -> str:
    lines = last_bytes(path, 4096).decode("utf-8", "replace").replace("\r", "\n").split("\n")
    text = next((line for line in reversed(lines) if line.strip()), "")
    return "".join(character for character in text.strip() if character.isprintable())[:200]


def run(
    argv: Sequence[str],
    *,
    cwd: Path | str,
    env: Mapping[str, str],
    output: Path,
    limits: Limits = USUAL,
    graces: Graces = PATIENT,
    identity: Identity = OURS,
    inherit: Sequence[int] = (),
    last: Sequence[str] = (),
    watch: Callable[[Progress], None] | None = None,
) -> Ended:
    """Run `argv` to its end under a supervisor that outlives it and kills whatever it leaves behind.

    `env` is the whole environment, `inherit` the only open files besides output. Standard input is empty; output and
    error go to the file `output`. `last` is run when a signal ended `argv`, even if we are no more. Any exception, an
    interrupt included, kills and reaps everything first.
    """
    started = time.monotonic()
    with ExitStack() as stack:
        sink = stack.enter_context(_created(output))
        environ = stack.enter_context(nul_separated(f"{name}={value}" for name, value in env.items()))
        ending = stack.enter_context(nul_separated(last)) if last else None
        code = identity.syscall_filter
        seccomp = stack.enter_context(unnamed(code)) if code is not None else None
        child = subprocess.Popen(
            _supervised(argv, environ, {"seccomp": seccomp, "last": ending}, limits, graces, identity),
            cwd=cwd,
            env={},
            pass_fds=[number for number in (environ, seccomp, ending, *inherit) if number is not None],
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        running = _Running(child, sink, output, limits, started)
        try:
            stopped = running.watch(watch)
            if stopped is not None:
                running.end(signal.SIGTERM, graces)
        except BaseException:
            running.end(signal.SIGQUIT, AT_ONCE)
            raise
        if child.returncode == -signal.SIGKILL:
            # Perhaps the supervisor itself was killed, which target code of the same user can do.
            tree.kill(running.family)
        if running.written() > limits.output_bytes:
            stopped = stopped or Stopped.OUTPUT
            sink.truncate(limits.output_bytes)
    status = child.returncode
    seconds = time.monotonic() - started
    return Ended(status if status >= 0 else None, -status if status < 0 else None, seconds, stopped, output)


def _created(path: Path) -> BinaryIO:
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND | os.O_NOFOLLOW
    return os.fdopen(os.open(path, flags, 0o600), "ab", buffering=0)


@contextmanager
def unnamed(content: bytes) -> Iterator[int]:
    """An unnamed file with this content, open for reading."""
    with tempfile.TemporaryFile() as stream:
        stream.write(content)
        stream.seek(0)
        yield stream.fileno()


def nul_separated(words: Iterable[str]) -> AbstractContextManager[int]:
    """An unnamed file that holds `words`: arguments that no process list shows."""
    return unnamed(b"".join(os.fsencode(word) + b"\0" for word in words))


def _supervised(
    argv: Sequence[str],
    env: int,
    files: Mapping[str, int | None],
    limits: Limits,
    graces: Graces,
    identity: Identity,
) -> list[str]:
    options = {
        "interrupt": graces.after_interrupt,
        "terminate": graces.after_terminate,
        "fsize": limits.file_bytes,
        "nofile": limits.open_files,
        "nproc": limits.processes,
        "uid": identity.uid,
        "nnp": 1 if identity.no_new_privileges else None,
        **files,
        "env": env,
    }
    words = [f"{name}={value}" for name, value in options.items() if value is not None]
    return program_command(supervisor.__file__, *words, "--", *argv)


@dataclass(slots=True)
class _Running:
    child: subprocess.Popen[bytes]
    sink: BinaryIO
    output: Path
    limits: Limits
    started: float
    family: tuple[tree.Member, ...] = ()

    def written(self) -> int:
        return os.fstat(self.sink.fileno()).st_size

    def watch(self, tell: Callable[[Progress], None] | None) -> Stopped | None:
        """Wait for the end or for the first limit that is passed."""
        next_sample = 0.0
        while True:
            with suppress(subprocess.TimeoutExpired):
                self.child.wait(timeout=_TICK)
                return None
            seconds = time.monotonic() - self.started
            if seconds > self.limits.seconds:
                return Stopped.TIME
            if self.written() > self.limits.output_bytes:
                return Stopped.OUTPUT
            if seconds >= next_sample:
                if (over := self._overused()) is not None:
                    return over
                # Reading all of /proc costs milliseconds on a busy machine: at most a twentieth of the time goes there.
                now = time.monotonic() - self.started
                next_sample = now + max(_SAMPLE, 20 * (now - seconds))
            if tell is not None:
                tell(Progress(seconds, last_line(self.output)))

    def _overused(self) -> Stopped | None:
        disk = os.statvfs(self.output)
        if disk.f_bavail * disk.f_frsize < self.limits.disk_free_bytes:
            return Stopped.DISK
        use = tree.use_of(self.child.pid)
        self.family = use.members
        most = self.limits.memory_bytes
        if most is not None and tree.memory_of(use, most) > most:
            return Stopped.MEMORY
        left = tree.memory_left()
        if left is not None and left < self.limits.memory_free_bytes:
            return Stopped.MEMORY
        if self.limits.processes is not None and len(use.members) > self.limits.processes:
            return Stopped.PROCESSES
        return None

    def end(self, how: signal.Signals, graces: Graces) -> None:
        """Have the supervisor end the run; if it cannot, kill all that was seen below it."""
        self.family = tree.use_of(self.child.pid).members
        self.child.send_signal(how)
        try:
            self.child.wait(timeout=graces.after_interrupt + graces.after_terminate + _SWEEP_SECONDS)
        except subprocess.TimeoutExpired:
            self.child.kill()
            self.child.wait()
        tree.kill(self.family)
