"""How the write-up ends: what must be said loudly, the checklist that only evidence ticks, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from repairbot.evidence.document import EvidenceDocument
from repairbot.model import Safety
from repairbot.render.detail import Detail, Listed, first
from repairbot.render.finding_details import Dossier, left, mended
from repairbot.render.sections.proof import shown_by
from repairbot.render.sections.tests import alarms
from repairbot.render.terminal.text import counted
from repairbot.render.wording import distinct, listed, quoted


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the checklist."""

    text: str
    ticked: bool


def alerts(document: EvidenceDocument, found: Sequence[Dossier]) -> tuple[str, ...]:
    """What nobody may overlook; no configuration leaves it out."""
    return tuple(_alerts(document, found))


def _alerts(document: EvidenceDocument, found: Sequence[Dossier]) -> Iterator[str]:
    withdrawn = [one for one in found if one.withdrawn]
    if withdrawn:
        places = [quoted(one.place) for one in withdrawn]
        named = listed([*places[:3], "others"] if len(places) > 3 else places)
        reason = withdrawn[0].finding.reason or (withdrawn[0].proof.reason if withdrawn[0].proof else "")
        yield (
            f"{counted(len(withdrawn), 'finding')} withdrawn: the real object contradicted what the source seemed to "
            f"say at {named}. {reason}"
        )
    tests = document.runs.tests
    worse = alarms(tests)
    if worse and tests is not None:
        names = [quoted(case.id) for case in tests.cases if case.verdict in {"regressed", "gone", "not collected"}]
        named = listed([*names[:3], "others"] if len(names) > 3 else names)
        yield f"{counted(worse, 'test')} got worse with the change{': ' + named if named else ''}."
    if any(one.unsafe for one in mended(found)):
        reasons = distinct(one.finding.reason or "" for one in mended(found) if one.unsafe)
        yield f"The change holds unsafe fixes, which a person must judge: {reasons[0]}"


def readiness(document: EvidenceDocument, found: Sequence[Dossier]) -> tuple[Check, ...] | None:
    repaired = mended(found)
    return tuple(_checks(document, repaired)) if repaired else None


def _checks(document: EvidenceDocument, repaired: Sequence[Dossier]) -> Iterator[Check]:
    proven = all(one.proof is not None and one.proof.state == "proven" for one in repaired)
    yield Check("the definition that decides each place was found", all(one.finding.evidence for one in repaired))
    yield Check(f"the failure was shown with the real object ({shown_by(repaired)})", proven)
    yield Check("all fixes are safe ones", all(one.finding.safety == Safety.SAFE for one in repaired))
    tests = document.runs.tests
    clean = tests is not None and tests.whole and tests.incomplete is None and not alarms(tests)
    yield Check("every test that can be collected ran before and after, and none got worse", clean)
    yield Check("a test of the suite executes each mended line", all(_executed(one) for one in repaired))
    fixed = {name for one in repaired if one.grade for name in one.grade.fixed}
    yield Check("a test that failed at a mended line passes now", bool(fixed))
    yield Check("a person has read the diff", ticked=False)


def _executed(one: Dossier) -> bool:
    return bool(one.lines and one.lines.after)


def next_steps(document: EvidenceDocument, found: Sequence[Dossier], detail: Detail) -> Listed[str] | None:
    steps = tuple(_steps(document, found))
    return first(detail.steps, steps) if steps else None


def _steps(document: EvidenceDocument, found: Sequence[Dossier]) -> Iterator[str]:
    tests = document.runs.tests
    repaired = mended(found)
    worse = alarms(tests)
    if worse:
        yield f"See to the {counted(worse, 'test')} that got worse before this is merged."
    elif repaired:
        yield "Read the diff; if you agree with it, merge it."
    if tests is not None and any(case.expects_fault for case in tests.cases):
        names = [quoted(case.id) for case in tests.cases if case.expects_fault]
        yield f"Change the tests that expect the failure: {listed(names[:5])}."
    untested = [quoted(one.place) for one in repaired if one.lines and one.lines.after == ()]
    if untested:
        yield f"Add a test that reaches {_some(untested)}: the suite never executes it."
    yield from _by_hand(found)
    if document.undecided:
        number = counted(len(document.undecided), "undecided place")
        yield f"Look at the {number}, if you know what is used there: it could not be told from the source."


def _by_hand(found: Sequence[Dossier]) -> Iterator[str]:
    refused = [quoted(one.place) for one in left(found) if one.is_bug and not one.unsafe and one.finding.reason]
    if refused:
        yield f"Mend by hand what has no checked fix: {_some(refused)}."
    unsafe = [quoted(one.place) for one in left(found) if one.unsafe]
    if unsafe:
        yield f"Judge the unsafe fixes (`repairbot fix --unsafe-fixes` shows them): {_some(unsafe)}."
    hiding = distinct(
        quoted(f"{place.path}:{place.line}")
        for one in found
        if one.severity
        for place in (one.severity.swallowed, one.severity.skipped)
        if place
    )
    if hiding:
        yield f"Look at what hid the failure: {_some(hiding)}."


def _some(names: Sequence[str]) -> str:
    return listed([*names[:5], f"{len(names) - 5:,} more"] if len(names) > 5 else names)
