"""A report as the versioned JSON object of `--format json`; its schemas are `repairbot/schemas/*.json`."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from typing import Any

from repairbot.model import Evidence, Finding, Region, Skipped, TextEdit, Undecided
from repairbot.render.report import Report
from repairbot.repair.ignores import Unused
from repairbot.source.paths import shown

SCHEMA_VERSION = 1

Json = dict[str, Any]


def scan_document(report: Report, version: str) -> Json:
    """The object of `scan --format json`."""
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "repairbot", "version": version},
        "root": shown(str(report.root)),
        "findings": [_finding(finding) for finding in report.findings],
        "undecided": [_undecided(site) for site in report.undecided],
        "skipped": [_skipped(file) for file in report.skipped],
        "unused_ignores": [_unused(comment) for comment in report.unused_ignores],
        "stats": _stats(report),
    }


def fix_document(
    report: Report, version: str, applied: Callable[[Finding], bool], changed: Sequence[str], *, written: bool
) -> Json:
    """The object of `fix --format json`: that of `scan`, and which findings and files the fix takes in."""
    document = scan_document(report, version)
    for entry, finding in zip(document["findings"], report.findings, strict=True):
        entry["applied"] = applied(finding)
    return document | {"written": written, "changed": [shown(path) for path in changed]}


def text(document: Json) -> str:
    """The document as one line of ASCII, which every terminal, pipe and file takes."""
    return json.dumps(_without_surrogates(document)) + "\n"


def _without_surrogates(value: Any) -> Any:
    """Lone surrogates, which source text may hold and strict readers of JSON refuse, as their escapes."""
    match value:
        case str():
            return value if value.isascii() else value.encode("utf-8", "backslashreplace").decode("utf-8")
        case dict():
            return {key: _without_surrogates(item) for key, item in value.items()}
        case list():
            return [_without_surrogates(item) for item in value]
        case _:
            return value


def _finding(finding: Finding) -> Json:
    return {
        "rule": finding.rule,
        "path": shown(finding.path),
        **_region(finding.region),
        "message": finding.message,
        "expression": finding.expression,
        "disposition": finding.disposition.value,
        "safety": finding.safety.value if finding.safety else None,
        "reason": finding.reason,
        "fingerprint": finding.fingerprint,
        "group": finding.group,
        "edits": [_edit(edit) for edit in finding.edits],
        "evidence": _chain(finding.evidence),
    }


def _undecided(site: Undecided) -> Json:
    return {
        "rule": site.rule,
        "path": shown(site.path),
        **_region(site.region),
        "expression": site.expression,
        "reason": site.reason,
        "evidence": _chain(site.evidence),
    }


def _region(region: Region) -> Json:
    return {
        "line": region.line,
        "column": region.column,
        "end_line": region.end_line,
        "end_column": region.end_column,
    }


def _edit(edit: TextEdit) -> Json:
    return {"path": shown(edit.path), "span": _region(edit.region), "replacement": edit.replacement}


def _chain(evidence: Collection[Evidence]) -> list[Json]:
    return [
        {"path": shown(link.path), "line": link.line, "text": link.text, "origin": link.origin.value}
        for link in evidence
    ]


def _skipped(file: Skipped) -> Json:
    return {"path": shown(file.path), "kind": file.kind, "reason": file.reason}


def _unused(entry: Unused) -> Json:
    return {
        "path": shown(entry.path),
        "line": entry.ignore.line,
        "text": entry.ignore.text,
        "reason": entry.reason,
    }


def _stats(report: Report) -> Json:
    return {
        "files": report.files,
        "candidates": report.candidates,
        "findings": len(report.findings),
        "ignored": report.ignored,
        "seconds": round(report.seconds, 3),
    }
