"""What a scan of hostile and odd shapes costs as they grow: seconds of the processor and the most memory it held.

Run as `python -m tests.benchmarks.growth [--shape NAME] [--sizes 100 1000 10000]`.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from .shapes import GOOD, GROWING, Files

SIZES = (100, 1_000, 10_000)
SECONDS_FOR_A_FILE = 5.0
BYTES_FOR_A_FILE = 500 << 20
_CUT_OFF = 120
_LIMITED = f"""
import resource, sys
resource.setrlimit(resource.RLIMIT_CPU, ({_CUT_OFF}, {_CUT_OFF}))
resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
from repairbot.cli import main
sys.exit(main(sys.argv[1:]))
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one scan took, and what it said; `code` None when it was cut off."""

    shape: str
    size: int
    files: int
    source: int
    seconds: float
    memory: int
    code: int | None
    findings: int
    undecided: int
    skipped: tuple[str, ...]

    def __str__(self) -> str:
        """One line of the table."""
        return (
            f"{self.shape:34} {self.size:>6} {self.source / 1000:>8.0f} kB {self.seconds:>7.2f} s "
            f"{self.memory >> 20:>5} MB  exit {self.code}  {self.findings} found, {self.undecided} undecided "
            f"{' '.join(self.skipped)}"
        )


def written(files: Files, folder: Path) -> None:
    """Write the files of a shape, and the good one beside them."""
    for name, text in {**GOOD, **files}.items():
        (folder / name).write_text(text, "utf-8")


def cost(shape: str, size: int, make: Callable[[int], Files], command: Sequence[str] = ("scan",)) -> Cost:
    """Scan one shape at one size in a process of its own."""
    with tempfile.TemporaryDirectory() as name:
        folder, files = Path(name), make(size)
        written(files, folder)
        with tempfile.TemporaryFile() as out:
            child = subprocess.Popen(
                [sys.executable, "-c", _LIMITED, *command, "--format", "json", "--jobs", "1", str(folder)],
                stdout=out,
                stderr=subprocess.DEVNULL,
            )
            _, status, used = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
            out.seek(0)
            said = out.read()
        report = json.loads(said) if said else {}
        return Cost(
            shape,
            size,
            len(files),
            sum(map(len, files.values())),
            used.ru_utime + used.ru_stime,
            used.ru_maxrss << 10,
            child.returncode if child.returncode >= 0 else None,
            len(report.get("findings", ())),
            len(report.get("undecided", ())),
            tuple(sorted({one["kind"] for one in report.get("skipped", ())})),
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shape", action="append", default=[])
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    asked = parser.parse_args()
    for shape, make in GROWING.items():
        if not asked.shape or shape in asked.shape:
            for size in asked.sizes:
                taken = cost(shape, size, make)
                print(taken, flush=True)
                if taken.code is None:
                    break


if __name__ == "__main__":
    main()
