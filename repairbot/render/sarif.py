"""A listing as SARIF 2.1.0, within what GitHub's code scanning takes: the most severe first, and what had no room told.

Limits: https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from repairbot.evidence.entries import LeftOut, Reported
from repairbot.plain import readable
from repairbot.render.listing import Listing, RulePage, ranked
from repairbot.render.sarif_result import OTHER_ROOTS, SOURCE_ROOT, artifact, result, sentence

Json = dict[str, Any]

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
MOST_RESULTS = 25_000
MOST_BYTES = 10_000_000  # compressed
_MOST_NOTIFICATIONS = 1_000


@dataclass(frozen=True, slots=True)
class _Room:
    """How much detail a log has."""

    results: int
    evidence: bool = True
    fixes: bool = True


def text(listing: Listing, most_results: int = MOST_RESULTS, most_bytes: int = MOST_BYTES) -> str:
    """The log as ASCII, in one line; smaller ones are tried until GitHub would take it."""
    for room in _rooms(min(len(listing.findings), most_results)):
        made = json.dumps(readable(_log(listing, room)), separators=(",", ":")) + "\n"
        if _fits(made, most_bytes):
            break
    return made


def _rooms(results: int) -> Iterator[_Room]:
    """First without the evidence, then without the replacements, then with fewer and fewer results."""
    yield _Room(results)
    yield _Room(results, evidence=False)
    while results:
        yield _Room(results, evidence=False, fixes=False)
        results //= 2
    yield _Room(0, evidence=False, fixes=False)


def _fits(made: str, most_bytes: int) -> bool:
    return len(made) <= most_bytes or len(gzip.compress(made.encode("ascii"), compresslevel=6)) <= most_bytes


def _log(listing: Listing, room: _Room) -> Json:
    shown = ranked(listing.findings)[: room.results]
    indexes = {rule.code: number for number, rule in enumerate(listing.rules)}
    run = {
        "tool": {"driver": _driver(listing)},
        "originalUriBaseIds": dict(_roots(listing.root, shown if room.evidence else ())),
        "columnKind": "unicodeCodePoints",
        "automationDetails": {"id": "repairbot/"},
        "invocations": [_invocation(listing, room)],
        "results": [
            result(finding, indexes.get(finding.rule), evidence=room.evidence, fixes=room.fixes) for finding in shown
        ],
        "properties": {"undecided": listing.undecided, "unchanged": listing.unchanged},
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _driver(listing: Listing) -> Json:
    driver: Json = {"name": "repairbot", "rules": [_rule(rule) for rule in listing.rules]}
    if re.fullmatch(r"[0-9]+(?:\.[0-9]+)+", listing.version):
        driver["semanticVersion"] = listing.version
    return {**driver, "version": listing.version}


def _rule(rule: RulePage) -> Json:
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.slug.split("-")),
        "shortDescription": {"text": sentence(rule.summary)},
        "fullDescription": {"text": _meaning(rule)},
        "help": {"text": _advice(rule), "markdown": _advice(rule)},
        "defaultConfiguration": {"level": "error"},
        "properties": {"precision": "very-high", "problem.severity": "error", "tags": ["correctness", "asyncio"]},
    }


def _advice(rule: RulePage) -> str:
    """The page without its examples, which are many."""
    kept = re.split(r"^## (?:In every example|Fixed)$", rule.page, maxsplit=1, flags=re.MULTILINE)[0]
    return (
        f"{kept.rstrip()}\n\n`repairbot explain {rule.code}` shows examples of what is fixed, refused and left alone.\n"
    )


def _meaning(rule: RulePage) -> str:
    """The first paragraph under the page's heading "What and why"."""
    found = re.search(r"^## What and why\n+(.+?)(?:\n\n|\Z)", rule.page, re.DOTALL | re.MULTILINE)
    return " ".join(found[1].split()) if found else sentence(rule.summary)


def _roots(root: str | None, shown: Iterable[Reported]) -> Iterator[tuple[str, Json]]:
    about: Json = {"description": {"text": "The root of the scanned project."}}
    if root is not None:
        about["uri"] = root.rstrip("/") + "/"
    yield SOURCE_ROOT, about
    used = {link.origin for finding in shown for link in finding.evidence}
    for origin, (name, description) in OTHER_ROOTS.items():
        if origin in used:
            yield name, {"description": {"text": f"{description}."}}


def _invocation(listing: Listing, room: _Room) -> Json:
    notes = [*_left_out(listing, room), *_crashes(listing.crashed), *map(_skipped, listing.skipped)]
    if len(notes) > _MOST_NOTIFICATIONS:
        more = len(notes) - _MOST_NOTIFICATIONS + 1
        notes = [*notes[: _MOST_NOTIFICATIONS - 1], _notification("warning", f"{more} more files were not scanned")]
    return {"executionSuccessful": not listing.crashed, "toolExecutionNotifications": notes}


def _left_out(listing: Listing, room: _Room) -> Iterator[Json]:
    """What there was no room for."""
    total, missing = len(listing.findings), len(listing.findings) - room.results
    if missing > 0:
        yield _notification("warning", f"Left out: {missing:,} of {total:,} results, the least severe")
    parts = (("the evidence", room.evidence), ("the replacements", room.fixes))
    dropped = [name for name, kept in parts if not kept]
    if dropped:
        yield _notification("warning", f"Left out of every result, for size: {' and '.join(dropped)}")


def _crashes(paths: Iterable[str]) -> Iterator[Json]:
    return (_notification("error", "repairbot failed on this file", path) for path in paths)


def _skipped(file: LeftOut) -> Json:
    return _notification("warning", f"Not scanned ({file.kind}): {file.reason}", file.path)


def _notification(level: str, said: str, path: str | None = None) -> Json:
    made: Json = {"level": level, "message": {"text": sentence(said)}}
    if path is not None:
        made["locations"] = [{"physicalLocation": {"artifactLocation": artifact(path)}}]
    return made
