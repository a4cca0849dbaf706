"""repairbot run on a tree, as its users run it: what a scan says about each place, and what a fix writes."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .accounting import Report
from .sdists import BenchmarkError

Place = tuple[str, int, int]
RULE = "RB101"
TIMEOUT = 1800


@dataclass(frozen=True, slots=True)
class Scan:
    """One scan: findings by path, line and column, undecided sites by path and line, and the seconds it took."""

    findings: dict[Place, Report]
    undecided: dict[tuple[str, int], Report]
    skipped: int
    seconds: float

    def about(self, path: str, line: int, column: int) -> Report | None:
        return self.findings.get((path, line, column)) or self.undecided.get((path, line))


def scan(tree: Path) -> Scan:
    begun = time.perf_counter()
    output = repairbot(tree, "scan", "--select", RULE, "--format", "json", "--exit-zero")
    seconds = time.perf_counter() - begun
    return parse_scan(json.loads(output), seconds)


def parse_scan(document: dict[str, Any], seconds: float) -> Scan:
    findings = {
        (row["path"], row["line"], row["column"]): Report(row["disposition"], row["safety"], row["reason"])
        for row in document["findings"]
    }
    undecided = {(row["path"], row["line"]): Report("undecided", None, row["reason"]) for row in document["undecided"]}
    return Scan(findings, undecided, len(document["skipped"]), seconds)


def fix(tree: Path) -> float:
    """Apply every safe fix in place; gives the seconds it took."""
    begun = time.perf_counter()
    repairbot(tree, "fix", "--select", RULE, "--write")
    return time.perf_counter() - begun


def repairbot(tree: Path, *arguments: str) -> str:
    # -P: a module of the tree must not take the place of one of ours.
    command = [sys.executable, "-P", "-m", "repairbot", *arguments, "."]
    done = subprocess.run(command, cwd=tree, capture_output=True, text=True, timeout=TIMEOUT, check=False)
    if done.returncode not in (0, 1):
        raise BenchmarkError(f"{' '.join(command)} ended with {done.returncode} in {tree}: {done.stderr[-2000:]}")
    return done.stdout
