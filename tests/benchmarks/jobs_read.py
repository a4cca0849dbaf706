"""From the evidence of one `repairbot run` to the figures of the benchmark, place by place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .planting import Site

Document = dict[str, Any]


def row_of(document: Document, sites: Sequence[Site], same_tree: bool) -> dict[str, Any]:
    """`same_tree`: the proposed commit's tree is the published one, so the run after is a run of what was published."""
    runs = document["runs"]
    environment, tests = runs["environment"], runs["tests"]
    found = {(one["path"], one["line"]): one for one in document["findings"]}
    places = [place_row(document, site, found.get((site.path, site.line))) for site in sites]
    planted = {(site.path, site.line) for site in sites}
    row: dict[str, Any] = {
        "environment": environment and environment["recipe"],
        "best_effort": environment and environment["best_effort"],
        "added": environment["added"] if environment else [],
        "python": environment and environment["python"],
        "isolation": runs["isolation"] and runs["isolation"]["level"],
        "network": bool(runs["isolation"] and runs["isolation"]["network"]),
        "untested": runs["untested"],
        "whole": tests and tests["whole"],
        "before": tests["before"]["outcomes"] if tests else {},
        "after": tests["after"]["outcomes"] if tests else {},
        "incomplete": tests and tests["incomplete"],
        "verdicts": {name: count for name, count in tests["verdicts"].items() if count} if tests else {},
        "red_after": red_after(tests),
        "places": places,
        "elsewhere": [f"{path}:{line}" for path, line in found if (path, line) not in planted],
        "same_tree": same_tree,
        "date": runs["started"][:10],
        "seconds": runs["seconds"],
        "phases": {phase["name"]: phase["seconds"] for phase in runs["phases"]},
    }
    return row | {"well": ended_well(row)}


def place_row(document: Document, site: Site, finding: dict[str, Any] | None) -> dict[str, Any]:
    where = f"{site.path}:{site.line}"
    if finding is None:
        here = (site.path, site.line)
        reasons = [one["reason"] for one in document["undecided"] if (one["path"], one["line"]) == here]
        return {"place": where, "disposition": "undecided" if reasons else "missed", "reason": "".join(reasons[:1])}
    runs, mark = document["runs"], finding["fingerprint"]
    executed = of(runs["lines"], mark).get("after")
    return {
        "place": where,
        "disposition": finding["disposition"],
        "safety": finding["safety"],
        "reason": finding["reason"] or "",
        "applied": finding["applied"],
        "basis": finding["basis"],
        "proof": of(runs["proofs"], mark).get("state"),
        "executing": None if executed is None else len(executed),
        "grade": of(runs["grades"], mark).get("level"),
    }


def of(entries: Sequence[dict[str, Any]], fingerprint: str) -> dict[str, Any]:
    return next((entry for entry in entries if entry["fingerprint"] == fingerprint), {})


RED = ("failed", "error", "crashed", "timed out")


def red_after(tests: Document | None) -> list[str]:
    return [case["id"] for case in tests["cases"] if case["after"] in RED] if tests else []


def ended_well(row: dict[str, Any]) -> bool:
    """Everything restored and proven, and the suite as green as before planting.

    The last follows from the trees: with the published tree back, a test that is red after the change is red in what
    was published as well, unless it is flaky; what must not be is a test that only the change turned red.
    """
    proven = all(place.get("proof") == "proven" for place in row["places"])
    bad = any(row["verdicts"].get(verdict) for verdict in ("regressed", "gone", "not collected"))
    return bool(row["same_tree"] and proven and row["whole"] is not None and not row["incomplete"] and not bad)
