"""The shortest text of a pull request that still says what is changed and how far it was checked."""

from __future__ import annotations

from collections.abc import Iterator

from repairbot.evidence.document import EvidenceDocument
from repairbot.publish.message import harmless

_LISTED = 100


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
