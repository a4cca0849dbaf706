"""Plant the bug in real projects, and count what repairbot, ty and zuban make of it with nothing installed.

Run as `python -m tests.benchmarks.correctness --tools /path/to/environment/bin`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import circumstances, tables
from .accounting import Fate, Outcome, fate_of, hits, reasons, shares, tally
from .checkers import CHECKERS, empty_environment
from .planting import Site
from .repairs import fix, scan
from .sdists import BenchmarkError, Sdist, default_cache, pinned, unpacked
from .trees import Field, checked, plant_round, put_back, surveyed, working_copy

LEGAL = Path(__file__).with_name("legal.json")
RESULTS = Path(__file__).with_name("results")


@dataclass(slots=True)
class CheckerCount:
    """What one type checker named, over all rounds of a project."""

    found: int = 0
    false_alarms: int = 0
    untouched: int = 0
    seconds: float = 0.0


@dataclass(slots=True)
class RepairCount:
    """What repairbot made of a project, over all its rounds."""

    outcomes: list[Outcome] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    untouched: list[str] = field(default_factory=list)
    scan_seconds: float = 0.0
    fix_seconds: float = 0.0


def measure(sdist: Sdist, options: argparse.Namespace, legal: frozenset[tuple[str, int]]) -> dict[str, Any]:
    found = surveyed(unpacked(sdist, options.cache, str(options.tools / "unearth")))
    copy = working_copy(found.tree, options.cache)
    rounds = [found.sites] if options.at_once else found.rounds()
    row: dict[str, Any] = {"name": sdist.name, "version": sdist.version, "files": found.files}
    row |= {"sites": len(found.sites), "legal": sum((site.path, site.line) in legal for site in found.sites)}
    row |= {"rounds": len(rounds), "left_out": dict(found.left_out)}
    for tool in options.only_tool:
        if tool == "repairbot":
            row[tool] = repair_row(sdist.name, count_repairs(found, copy, rounds, legal), options.details)
        else:
            row[tool] = checker_row(count_diagnoses(tool, found, copy, rounds, legal, options))
    return row


def count_repairs(
    found: Field, copy: Path, rounds: Sequence[Sequence[Site]], legal: frozenset[tuple[str, int]]
) -> RepairCount:
    count = RepairCount()
    untouched = scan(copy)
    count.untouched = [f"{path}:{line}" for path, line, _ in untouched.findings]
    count.scan_seconds = untouched.seconds
    for sites in rounds:
        plant_round(found, copy, sites)
        said = scan(copy)
        count.fix_seconds += fix(copy)
        checks = checked(found, copy, sites)
        put_back(found, copy)
        count.damaged += [f"{path}:{line}" for path, check in checks.items() for line in check.damaged]
        for site in sites:
            report = said.about(site.path, site.line, site.column)
            count.outcomes.append(fate_of(site, report, checks, (site.path, site.line) in legal))
    return count


def count_diagnoses(
    tool: str,
    found: Field,
    copy: Path,
    rounds: Sequence[Sequence[Site]],
    legal: frozenset[tuple[str, int]],
    options: argparse.Namespace,
) -> CheckerCount:
    check = CHECKERS[tool]
    environment = empty_environment(options.cache)
    untouched = check(options.tools / tool, copy, environment)
    count = CheckerCount(untouched=sum(map(len, untouched.lines.values())), seconds=untouched.seconds)
    for sites in rounds:
        plant_round(found, copy, sites)
        named = hits(sites, check(options.tools / tool, copy, environment).lines)
        put_back(found, copy)
        alarms = sum((site.path, site.line) in legal for site in named)
        count.found += len(named) - alarms
        count.false_alarms += alarms
    return count


def repair_row(project: str, count: RepairCount, details: Path | None) -> dict[str, Any]:
    fates = tally(count.outcomes)
    if details:
        with details.open("a") as stream:
            stream.writelines(json.dumps({"project": project} | detail(outcome)) + "\n" for outcome in count.outcomes)
    both = shares(fates)
    row: dict[str, Any] = {fate.value: fates[fate] for fate in Fate}
    row |= {"found": found_by_repairbot(fates)}
    row |= {"raw_share": round(both.raw, 4), "adjusted_share": round(both.adjusted, 4)}
    row |= {"damaged_lines": count.damaged, "untouched_findings": count.untouched}
    row |= {"seconds": round(count.scan_seconds, 2), "fix_seconds": round(count.fix_seconds, 2)}
    for fate in (Fate.REFUSED, Fate.UNSAFE, Fate.UNDECIDED):
        row[f"{fate.value}_by_reason"] = dict(reasons(count.outcomes, fate))
    return row


def found_by_repairbot(fates: Counter[Fate]) -> int:
    return sum(fates[fate] for fate in (Fate.RESTORED, Fate.REWRITTEN, Fate.UNSAFE, Fate.REFUSED, Fate.EXPECTED))


def checker_row(count: CheckerCount) -> dict[str, Any]:
    row = {"found": count.found, "false alarm": count.false_alarms, "untouched_findings": count.untouched}
    return row | {"seconds": round(count.seconds, 2)}


def detail(outcome: Outcome) -> dict[str, Any]:
    site = outcome.site
    row = {"path": site.path, "line": site.line, "fate": outcome.fate.value, "reason": outcome.reason}
    return row | {"planted": site.planted.decode(), "layer": site.layer}


def legal_places() -> dict[str, frozenset[tuple[str, int]]]:
    """The sites that are still legal as a loop, by project; `truth.py` says how they were found."""
    document = json.loads(LEGAL.read_text("utf-8"))
    return {name: frozenset((row["path"], row["line"]) for row in rows) for name, rows in document["projects"].items()}


def arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.correctness", description=__doc__)
    tools = ["repairbot", *CHECKERS]
    parser.add_argument("--cache", type=Path, default=default_cache(), help="where archives and trees are kept")
    parser.add_argument("--tools", type=Path, required=True, help="the folder that holds ty, zuban and unearth")
    parser.add_argument("--only", action="append", default=[], help="a project; repeatable; publishes nothing")
    parser.add_argument("--only-tool", action="append", choices=tools, help="repeatable; publishes nothing")
    parser.add_argument("--at-once", action="store_true", help="plant all layers together; publishes nothing")
    parser.add_argument("--details", type=Path, help="append one JSON line for every site to this file")
    options = parser.parse_args(argv)
    options.partial = bool(options.only or options.only_tool or options.at_once)
    options.only_tool = options.only_tool or tools
    options.cache, options.tools = options.cache.resolve(), options.tools.resolve()
    return options


def main(argv: Sequence[str] | None = None) -> int:
    options = arguments(argv)
    legal = legal_places()
    rows: list[dict[str, Any]] = []
    for sdist in pinned("correctness"):
        if not options.only or sdist.name in options.only:
            rows.append(measure(sdist, options, legal.get(sdist.name, frozenset())))
            sys.stderr.write(json.dumps(rows[-1]) + "\n")
    document = circumstances.describe(options.tools, ("ty", "zuban")) | {"projects": rows}
    if options.partial:
        sys.stdout.write(json.dumps(document, indent=1) + "\n")
        return 0
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "correctness.json").write_text(json.dumps(document, indent=1) + "\n", "utf-8")
    (RESULTS / "correctness.md").write_text(tables.correctness(document), "utf-8")
    Path(__file__).with_name("reasons.md").write_text(tables.reasons(document), "utf-8")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BenchmarkError as error:
        sys.exit(f"error: {error}")
