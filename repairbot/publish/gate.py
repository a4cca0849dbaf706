"""What the evidence allows: reasons not to publish at all, and reasons to publish as a draft only."""

from __future__ import annotations

from collections.abc import Collection

from repairbot.evidence.document import EvidenceDocument

_WORSE = ("regressed", "gone", "not collected")
_PROVEN = frozenset("ABC")


def regressions(document: EvidenceDocument) -> str | None:
    """A clause on tests that passed before the change and do not with it."""
    tests = document.runs.tests
    if tests is None:
        return None
    listed = sum(case.verdict in _WORSE for case in tests.cases)
    worse = max(listed, sum(tests.verdicts.get(verdict, 0) for verdict in _WORSE))
    if not worse:
        return None
    return f"{worse} {'test that ran' if worse == 1 else 'tests that ran'} before the change fail with it or are gone"


def draft(document: EvidenceDocument, fingerprints: Collection[str]) -> str | None:
    """Why a person should look before it counts as ready, as a clause."""
    tests = document.runs.tests
    if document.runs.untested is not None or tests is None:
        return "the tests could not be run"
    if regressions(document) is not None:
        return "tests got worse with the change"
    if tests.incomplete is not None or tests.before.incomplete is not None or tests.after.incomplete is not None:
        return "the test runs are not complete"
    proven = {grade.fingerprint for grade in document.runs.grades if grade.level in _PROVEN}
    missing = sum(fingerprint not in proven for fingerprint in fingerprints)
    if missing:
        return f"{missing} of {len(fingerprints)} repairs lack proof"
    return None
