"""The texts of a commit and a pull request around what the write-up says: trailers, markers, and the shortest body."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from repairbot.evidence.document import EvidenceDocument
from repairbot.publish import ledger as ledgers
from repairbot.publish.candidate import Candidate
from repairbot.publish.ledger import Ledger
from repairbot.publish.state import TRAILER

LARGEST = 65_536  # characters that GitHub takes
BEGIN = "<!-- repairbot:begin -->"
END = "<!-- repairbot:end -->"
_MARK = "<!-- repairbot:"


@dataclass(frozen=True, slots=True)
class Around:
    """What people wrote before and after our part."""

    before: str = ""
    after: str = ""


def around(body: str) -> Around:
    """Everything that is not ours. Where a marker is gone nobody can tell, so all of the text is kept."""
    text = ledgers.without(body.replace("\r\n", "\n").replace("\r", "\n"))
    start = text.rfind(BEGIN)
    stop = text.find(END, start)
    if start < 0 or stop < 0:
        return Around(text.replace(BEGIN, "").replace(END, "").strip("\n"), "")
    return Around(text[:start].strip("\n"), text[stop + len(END) :].strip("\n"))


def assembled(ours: str, ledger: Ledger, kept: Around, shorter: str) -> str:
    """The whole body; `shorter` takes the place of our part where GitHub would not take it all."""
    body = _joined(ours, ledger, kept)
    return body if len(body) <= LARGEST else _joined(shorter, ledger, kept)


def with_ledger(body: str, ledger: Ledger) -> str:
    """The same body with another ledger."""
    return f"{ledgers.without(body).rstrip()}\n\n{ledgers.written(ledger)}\n"


def _joined(ours: str, ledger: Ledger, kept: Around) -> str:
    # Text of the target could otherwise end our part where it likes.
    harmless = ours.replace(_MARK, "<!- - repairbot:").strip("\n")
    parts = (kept.before, f"{BEGIN}\n{harmless}\n{END}", kept.after, ledgers.written(ledger))
    return "\n\n".join(part for part in parts if part) + "\n"


_LISTED = 100  # findings; a text names no more
_SHORT = 12  # digits of a fingerprint
# Anything else could close issues, mention people or skip workflows.
_ODD = re.compile(r"[^A-Za-z0-9_./-]")


def signed(message: str, candidate: Candidate, groups: frozenset[str]) -> str:
    """A commit message with our trailers."""
    marks = " ".join(mark[:_SHORT] for mark in sorted(candidate.entries(groups))[:_LISTED])
    trailers = (f"{TRAILER} {candidate.rule} {candidate.slug}", f"Repairbot-Findings: {marks}")
    return "\n".join([message.strip("\n"), "", *trailers]) + "\n"


def harmless(place: str) -> str:
    """A path and line that no reader takes for anything else."""
    path, _, line = place.rpartition(":")
    escaped = _ODD.sub(lambda match: "".join(f"%{byte:02X}" for byte in _bytes(match[0])), path)
    return f"{escaped}:{line}"


def _bytes(text: str) -> Sequence[int]:
    return text.encode("utf-8", "surrogateescape")


def plain_body(document: EvidenceDocument) -> str:
    """Places, grades and counts of tests, and no text of the target."""
    return "\n".join(_lines(document)) + "\n"


def _lines(document: EvidenceDocument) -> Iterator[str]:
    applied = [finding for finding in document.findings if finding.applied]
    grades = {grade.fingerprint: grade.level for grade in document.runs.grades}
    yield f"This changes {len(applied)} places where a construct is used on an object without the protocol it needs."
    yield ""
    for finding in applied[:_LISTED]:
        place = harmless(f"{finding.path}:{finding.line}")
        grade = grades.get(finding.fingerprint, "")
        yield f"- `{place}`: {harmless(finding.rule + ':')[:-1]}" + (
            f", grade {grade}" if grade in "ABCDE" and grade else ""
        )
    if len(applied) > _LISTED:
        yield f"- and {len(applied) - _LISTED} more"
    yield ""
    tests = document.runs.tests
    if tests is None:
        yield "The project's tests were not run."
    else:
        known = (pair for pair in sorted(tests.verdicts.items()) if pair[1] and pair[0].replace(" ", "").isalpha())
        yield f"The project's tests, before and after: {', '.join(f'{count} {verdict}' for verdict, count in known)}."
    yield f"Looked at commit {document.target.commit[:12]}. The evidence document of the run says more."
