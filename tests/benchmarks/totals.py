"""The totals of all published benchmarks, as the one table that the README shows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.benchmarks.tables import percent, table
from tests.benchmarks.tables import totals as summed

RESULTS = Path(__file__).with_name("results")


def totals() -> str:
    """Return a row for each benchmark, with its date."""
    rows = [*_correctness(_read("correctness")), *_jobs(_read("jobs")), *_speed(_read("speed"))]
    lines = table(("measured", "figure", "on", "date"), rows)
    end = "[The tables](tests/benchmarks/README.md) say what was planted, counted and timed, and how to repeat it."
    return "\n".join([*lines, "", end, ""])


def _read(name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((RESULTS / f"{name}.json").read_text(encoding="utf-8"))
    return document


def _correctness(document: dict[str, Any]) -> list[list[str]]:
    projects = document["projects"]
    row = summed(projects)
    ours = row["repairbot"]
    where = f"{row['sites']:,} bugs planted in {len(projects)} projects, nothing installed"
    peers = [
        [f"found by {tool}", percent(row[tool]["found"], row["sites"] - row["legal"]), where, document["date"]]
        for tool in ("ty", "zuban")
    ]
    harm = sum(len(one["repairbot"][name]) for one in projects for name in ("damaged_lines", "untouched_findings"))
    return [
        ["found", percent(ours["found"], row["sites"] - row["legal"]), where, document["date"]],
        ["fixed to the published byte", percent(ours["restored"], row["sites"]), where, document["date"]],
        *peers,
        ["damaged lines and false alarms", str(harm), "the same projects", document["date"]],
    ]


def _jobs(document: dict[str, Any]) -> list[list[str]]:
    projects = document["projects"]
    well = sum(one["well"] for one in projects)
    what = "every planted bug fixed and proven, no test worse"
    return [[what, f"{well} of {len(projects)}", "whole jobs on projects from PyPI", document["date"]]]


def _speed(document: dict[str, Any]) -> list[list[str]]:
    tree, timings = document["tree"], document["timings"]
    ours = timings["repairbot scan"]["median"]
    where = f"one tree of {tree['files']:,} files, {tree['megabytes']:.0f} MB; it looks at far less than a checker does"
    ratios = ", ".join(f"{tool} {timings[f'{tool} check']['median'] / ours:.0f} times that" for tool in ("ty", "zuban"))
    return [["a scan", f"{ours:.1f} s; {ratios}", where, document["date"]]]
