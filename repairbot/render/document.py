"""A report as the versioned JSON object of `--format json`; its schemas are `repairbot/schemas/*.json`."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from repairbot.evidence.entries import left_out, reported, unclear
from repairbot.model import Finding
from repairbot.plain import encoded, readable
from repairbot.render.report import Report
from repairbot.render.terminal.traced import Answer
from repairbot.scan.ignores import Unused
from repairbot.source.paths import shown

SCHEMA_VERSION = 1

Json = dict[str, Any]


def scan_document(report: Report, version: str) -> Json:
    """The object of `scan --format json`."""
    document = {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "repairbot", "version": version},
        "root": shown(str(report.root)),
        "findings": [encoded(reported(finding)) for finding in report.findings],
        "undecided": [encoded(unclear(site)) for site in report.undecided],
        "skipped": [encoded(left_out(file)) for file in report.skipped],
        "unused_ignores": [_unused(comment) for comment in report.unused_ignores],
        "stats": _stats(report),
    }
    return document if report.since is None else document | {"since": _since(report.unchanged, *report.since)}


def fix_document(
    report: Report, version: str, applied: Callable[[Finding], bool], changed: Sequence[str], *, written: bool
) -> Json:
    """The object of `fix --format json`: that of `scan`, and which findings and files the fix takes in."""
    document = scan_document(report, version)
    for entry, finding in zip(document["findings"], report.findings, strict=True):
        entry["applied"] = applied(finding)
    return document | {"written": written, "changed": [shown(path) for path in changed]}


def traced_document(report: Report, version: str, answers: Sequence[Answer]) -> Json:
    """The object of `scan --traceback`: that of `scan` with the findings of the tracebacks' lines, and what became of
    each."""
    entries = [
        {
            "error": answer.error,
            "raised_in": answer.raised_in,
            "raised_line": answer.raised_line,
            "function": answer.function,
            "path": answer.path,
            "line": answer.line or None,
            "verdict": answer.verdict,
            "reason": answer.text,
        }
        for answer in answers
    ]
    return scan_document(report, version) | {"tracebacks": entries}


def text(document: Json) -> str:
    """The document as one line of ASCII, which every terminal, pipe and file takes."""
    return json.dumps(readable(document)) + "\n"


def _unused(entry: Unused) -> Json:
    return {
        "path": shown(entry.path),
        "line": entry.ignore.line,
        "text": entry.ignore.text,
        "reason": entry.reason,
    }


def _since(unchanged: int, ref: str, commit: str) -> Json:
    return {"ref": ref, "commit": commit, "unchanged": unchanged}


def _stats(report: Report) -> Json:
    return {
        "files": report.files,
        "candidates": report.candidates,
        "findings": len(report.findings),
        "ignored": report.ignored,
        "seconds": round(report.seconds, 3),
    }
