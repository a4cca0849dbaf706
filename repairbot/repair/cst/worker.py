"""The door to the LibCST process: started at the first job, restarted after a crash, always ended."""

from __future__ import annotations

import json
import os
import subprocess
import time
from dataclasses import asdict
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector
from types import TracebackType
from typing import IO, Self

from repairbot.process.own_python import module_command
from repairbot.repair.cst.request import Answer, Job
from repairbot.repair.refused import Refused

SECONDS = 20.0
_SOON = 0.05
_LOOK = 0.5
_SLOWEST = 20


class CstWorker:
    """Rewrites statements in another process, because LibCST may crash or take for ever. Use it with `with`."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """The process there is, if any."""
        return self._process.pid if self._process else None

    def close(self) -> None:
        """End the process; the next job starts another."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.communicate()

    def rewritten(self, job: Job) -> str:
        """The job's lines after the rewrite. Raises Refused, also when LibCST crashed or took too long."""
        done = False
        try:
            answer = self._asked(job)
            done = True
        finally:
            if not done:
                self.close()
        if answer.text is None:
            raise Refused(answer.refused or "LibCST gave no reason")
        return answer.text

    def _asked(self, job: Job) -> Answer:
        process = self._process or self._started()
        self._process = process
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(json.dumps(asdict(job)) + "\n")
            process.stdin.flush()
            if not _is_answered(process.stdout, process.pid, self._seconds):
                raise Refused(f"LibCST did not finish the statement in {self._seconds:g} seconds")
            line = process.stdout.readline()
        except BrokenPipeError:
            line = ""
        if line:
            return Answer(**json.loads(line))
        raise Refused(f"LibCST crashed on the statement (exit status {process.wait()})")

    def _started(self) -> subprocess.Popen[str]:
        return subprocess.Popen(  # noqa: S603 - our own program
            module_command("repairbot.repair.cst.process"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="ascii",
            env={**os.environ, "PYTHONIOENCODING": "ascii"},
        )


def _is_answered(stream: IO[str], pid: int, seconds: float) -> bool:
    """Wait for an answer, at most so many seconds of the process itself: those of a busy machine are long."""
    with DefaultSelector() as waiting:
        waiting.register(stream, EVENT_READ)
        if waiting.select(_SOON):
            return True
        started, used = time.monotonic(), _used(pid)
        while not waiting.select(min(seconds, _LOOK)):
            if time.monotonic() - started > _SLOWEST * seconds or _used(pid) - used > seconds:
                return False
    return True


def _used(pid: int) -> float:
    """Seconds of the processor; those of the clock where the system does not tell them here."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()
    except OSError:
        return time.monotonic()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
