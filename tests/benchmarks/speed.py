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
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from . import circumstances, tables
from .checkers import PYTHON_VERSION, empty_environment
from .correctness import RESULTS
from .programs import TIMEOUT
from .sdists import BenchmarkError, default_cache, pinned, unpacked
from .trees import sources

Commands = dict[str, list[str]]
# Above this share of one core taken by others, seconds say more about them than about the programs.
BUSY = 0.5


def tree_of_projects(cache: Path, unearth: str) -> Path:
    """All pinned trees side by side, as one large repository would hold them."""
    tree = cache / "speed-tree"
    shutil.rmtree(tree, ignore_errors=True)
    for sdist in pinned("speed"):
        shutil.copytree(unpacked(sdist, cache, unearth), tree / sdist.folder, symlinks=True)
    return tree


def measured(tree: Path) -> dict[str, Any]:
    """The size of the tree, counted from the bytes that also warm the page cache."""
    files = size = candidates = 0
    for path in sources(tree):
        content = (tree / path).read_bytes()
        files, size = files + 1, size + len(content)
        candidates += bool(re.search(rb"\basync[\s\\]+for\b", content))
    return {"files": files, "megabytes": round(size / 1e6, 1), "candidates": candidates}


def commands(tools: Path, cache: Path) -> Commands:
    empty = empty_environment(cache)
    neutral = empty / "ty.toml"
    neutral.write_text("")
    (empty / "zuban.ini").write_text("[mypy]\n")
    version = ["--python-version", PYTHON_VERSION]
    ty = [str(tools / "ty"), "check", "--python", str(empty), *version, "--config-file", str(neutral), "--exit-zero"]
    zuban = [str(tools / "zuban"), "check", "--python-executable", str(empty / "bin" / "python"), *version]
    return {
        "repairbot": [sys.executable, "-P", "-m", "repairbot", "scan", "--exit-zero", "."],
        "rg": [str(tools / "rg"), "--count", "--glob", "*.py", r"\basync\s+for\b", "."],
        "ty": [*ty, "."],
        "zuban": [*zuban, "--config-file", str(empty / "zuban.ini"), "."],
    }


def seconds(command: Sequence[str], tree: Path) -> float:
    begun = time.perf_counter()
    done = subprocess.run(command, cwd=tree, capture_output=True, timeout=TIMEOUT, check=False)
    taken = time.perf_counter() - begun
    if done.returncode not in (0, 1):
        said = done.stderr[-500:].decode(errors="replace")
        raise BenchmarkError(f"{command[0]} ended with {done.returncode}: {said}")
    return taken


def interleaved(runs: int, tree: Path, programs: Commands) -> dict[str, list[float]]:
    """One run of each program after the other, so that a slow minute of the machine falls on all of them."""
    taken: dict[str, list[float]] = {name: [] for name in programs}
    for _ in range(runs):
        for name, command in programs.items():
            taken[name].append(seconds(command, tree))
    return taken


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
    size = measured(tree)
    programs = commands(options.tools, options.cache)
    share, load = others_share(), os.getloadavg()[0]
    taken = interleaved(options.runs, tree, programs)
    share = max(share, others_share())
    document = circumstances.describe(options.tools, ("rg", "ty", "zuban")) | {"tree": size, "runs": options.runs}
    document |= {"load_before": load, "load_after": os.getloadavg()[0], "busy_cores": round(share, 2)}
    document["timings"] = {
        name: {"median": round(statistics.median(runs), 3), "fastest": round(min(runs), 3), "runs": runs}
        for name, runs in taken.items()
    }
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
