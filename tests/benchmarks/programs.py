"""One program run to its end in a tree: what it printed, and the processor seconds it and its children took."""

from __future__ import annotations

import resource
import subprocess
from collections.abc import Sequence
from pathlib import Path

from .sdists import BenchmarkError

TIMEOUT = 3600


def run(command: Sequence[str | Path], tree: Path) -> tuple[str, float]:
    """Processor seconds, because the tests of others on the same machine stretch the seconds of the clock."""
    before = spent()
    done = subprocess.run(
        command, cwd=tree, capture_output=True, text=True, errors="replace", timeout=TIMEOUT, check=False
    )
    if done.returncode not in (0, 1):
        said = " ".join(map(str, command[:4]))
        raise BenchmarkError(f"{said} … ended with {done.returncode} in {tree}: {done.stderr[-2000:]}")
    return done.stdout, spent() - before


def spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
