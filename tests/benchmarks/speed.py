"""Time a scan of a large tree against rg, ty and zuban, interleaved in one run.

Run as `python -m tests.benchmarks.speed --tools /path/to/environment/bin`.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import circumstances, tables
from .checkers import PYTHON_VERSION, empty_environment
from .correctness import RESULTS
from .programs import TIMEOUT, spent
from .sdists import BenchmarkError, default_cache, pinned, unpacked
from .trees import sources

SMALL = "async def twice(numbers):\n    async for number in numbers:\n        yield 2 * number\n"
# Above this share of one core taken by others, seconds say more about them than about the programs.
BUSY = 0.5


@dataclass(frozen=True, slots=True)
class Program:
    """A command and the folder it runs in."""

    command: list[str]
    folder: Path


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds of the clock and of all processors that one run took, its own processes included."""

    seconds: float
    processor: float


def small_project(cache: Path) -> Path:
    """One file with nothing to find: what is left is the start of the program."""
    tree = cache / "small-project"
    tree.mkdir(parents=True, exist_ok=True)
    (tree / "clean.py").write_text(SMALL, "utf-8")
    return tree


def tree_of_projects(cache: Path, unearth: str) -> Path:
    """All pinned trees side by side, as one large repository would hold them."""
    tree = cache / "speed-tree"
    shutil.rmtree(tree, ignore_errors=True)
    for sdist in pinned("speed"):
        shutil.copytree(unpacked(sdist, cache, unearth), tree / sdist.folder, symlinks=True)
    return tree


def size_of(tree: Path) -> dict[str, Any]:
    """The size of the tree, counted from the bytes that also warm the page cache."""
    files = size = candidates = 0
    for path in sources(tree):
        content = (tree / path).read_bytes()
        files, size = files + 1, size + len(content)
        candidates += bool(re.search(rb"\basync[\s\\]+for\b", content))
    return {"files": files, "megabytes": round(size / 1e6, 1), "candidates": candidates}


def programs(tools: Path, cache: Path, tree: Path) -> dict[str, Program]:
    empty = empty_environment(cache)
    neutral = empty / "ty.toml"
    neutral.write_text("")
    (empty / "zuban.ini").write_text("[mypy]\n")
    version = ["--python-version", PYTHON_VERSION]
    ty = [str(tools / "ty"), "check", "--python", str(empty), *version, "--config-file", str(neutral), "--exit-zero"]
    zuban = [str(tools / "zuban"), "check", "--python-executable", str(empty / "bin" / "python"), *version]
    scan = [sys.executable, "-P", "-m", "repairbot", "scan", "--exit-zero"]
    small = small_project(cache)
    return {
        "repairbot scan": Program([*scan, "."], tree),
        "repairbot scan --jobs 1": Program([*scan, "--jobs", "1", "."], tree),
        "repairbot scan --select RB101": Program([*scan, "--select", "RB101", "."], tree),
        "rg": Program([str(tools / "rg"), "--count", "--glob", "*.py", r"\basync\s+for\b", "."], tree),
        "ty check": Program([*ty, "."], tree),
        "zuban check": Program([*zuban, "--config-file", str(empty / "zuban.ini"), "."], tree),
        "repairbot scan, one small file": Program([*scan, "."], small),
        "python -c pass": Program([sys.executable, "-c", "pass"], small),
    }


def timed(program: Program) -> Taken:
    command = program.command
    # Python would compile all of repairbot anew in each run: an installed program has its bytecode.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before, begun = spent(), time.perf_counter()
    done = subprocess.run(
        command, cwd=program.folder, env=environment, capture_output=True, timeout=TIMEOUT, check=False
    )
    taken = Taken(round(time.perf_counter() - begun, 3), round(spent() - before, 3))
    if done.returncode not in (0, 1):
        said = done.stderr[-500:].decode(errors="replace")
        raise BenchmarkError(f"{command[0]} ended with {done.returncode}: {said}")
    return taken


def interleaved(runs: int, measured: Mapping[str, Program]) -> dict[str, list[Taken]]:
    """One run of each program after the other, so that a slow minute of the machine falls on all of them.

    The first run of each only warms the page cache with the program itself, and does not count.
    """
    taken: dict[str, list[Taken]] = {name: [] for name in measured}
    for _ in range(runs + 1):
        for name, program in measured.items():
            taken[name].append(timed(program))
    return {name: all_runs[1:] for name, all_runs in taken.items()}


def summary(runs: Sequence[Taken]) -> dict[str, Any]:
    clock, processor = [one.seconds for one in runs], [one.processor for one in runs]
    medians = {"median": round(statistics.median(clock), 3), "processor": round(statistics.median(processor), 3)}
    return medians | {"fastest": min(clock), "runs": clock, "processor_runs": processor}


def others_share() -> float:
    """The cores other processes kept busy over five seconds, on Linux; the load average elsewhere."""
    if not Path("/proc/stat").is_file():
        return os.getloadavg()[0]
    before = busy_ticks()
    time.sleep(5)
    return (busy_ticks() - before) / os.sysconf("SC_CLK_TCK") / 5


def busy_ticks() -> int:
    fields = [int(field) for field in Path("/proc/stat").read_text().splitlines()[0].split()[1:]]
    idle_and_waiting = fields[3] + fields[4]
    return sum(fields[:8]) - idle_and_waiting


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.speed", description=__doc__)
    parser.add_argument("--cache", type=Path, default=default_cache(), help="where archives and trees are kept")
    parser.add_argument("--tools", type=Path, required=True, help="the folder that holds rg, ty, zuban and unearth")
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args(argv)
    options.cache, options.tools = options.cache.resolve(), options.tools.resolve()
    tree = tree_of_projects(options.cache, str(options.tools / "unearth"))
    size = size_of(tree)
    measured_programs = programs(options.tools, options.cache, tree)
    share, load = others_share(), os.getloadavg()[0]
    taken = interleaved(options.runs, measured_programs)
    share = max(share, others_share())
    document = circumstances.describe(options.tools, ("rg", "ty", "zuban")) | {"tree": size, "runs": options.runs}
    document |= {"load_before": load, "load_after": os.getloadavg()[0], "busy_cores": round(share, 2)}
    document["timings"] = {name: summary(runs) for name, runs in taken.items()}
    if share > BUSY:
        sys.stdout.write(tables.speed(document))
        raise BenchmarkError(f"other processes took {share:.1f} cores: these figures are not published, run it again")
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "speed.json").write_text(json.dumps(document, indent=1) + "\n", "utf-8")
    (RESULTS / "speed.md").write_text(tables.speed(document), "utf-8")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BenchmarkError as error:
        sys.exit(f"error: {error}")
