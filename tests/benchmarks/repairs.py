"""repairbot run on a tree, as its users run it: what a scan says about each place, and what a fix writes."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .accounting import Report
from .programs import run

Place = tuple[str, int, int]
RULE = "RB101"


@dataclass(frozen=True, slots=True)
class Scan:
    """Findings by path, line and column, undecided sites by path and line, and the processor seconds it took."""

    findings: dict[Place, Report]
    undecided: dict[tuple[str, int], Report]
    skipped: int
    seconds: float

    def about(self, path: str, line: int, column: int) -> Report | None:
        return self.findings.get((path, line, column)) or self.undecided.get((path, line))


def scan(tree: Path) -> Scan:
    output, seconds = repairbot(tree, "scan", "--select", RULE, "--format", "json", "--exit-zero")
    return parse_scan(json.loads(output), seconds)


def parse_scan(document: dict[str, Any], seconds: float) -> Scan:
    findings = {
        (row["path"], row["line"], row["column"]): Report(row["disposition"], row["safety"], row["reason"])
        for row in document["findings"]
    }
    undecided = {(row["path"], row["line"]): Report("undecided", None, row["reason"]) for row in document["undecided"]}
    return Scan(findings, undecided, len(document["skipped"]), seconds)


def fix(tree: Path) -> float:
    """Apply every safe fix in place; gives the processor seconds it took."""
    return repairbot(tree, "fix", "--select", RULE, "--write")[1]


def repairbot(tree: Path, *arguments: str) -> tuple[str, float]:
    # -P: a module of the tree must not take the place of one of ours.
    return run([sys.executable, "-P", "-m", "repairbot", *arguments, "."], tree)
