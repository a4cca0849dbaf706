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
from repairbot.render.wording import brief, distinct, listed, quoted


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the checklist."""

    text: str
    ticked: bool


def alerts(document: EvidenceDocument, found: Sequence[Dossier]) -> tuple[str, ...]:
    """What nobody may overlook; no configuration leaves it out."""
    return tuple(_alerts(document, found))


def _alerts(document: EvidenceDocument, found: Sequence[Dossier]) -> Iterator[str]:
    yield from _withdrawn(
        [one for one in found if one.withdrawn and not one.contradicted_by_tests],
        "the real object contradicted what the source seemed to say",
    )
    yield from _withdrawn(
        [one for one in found if one.contradicted_by_tests],
        "while the tests ran, what the source seemed to say was contradicted",
    )
    taken_back = [one for one in found if one.withdrawn_fix]
    if taken_back and taken_back[0].withdrawn_fix:
        yield (
            f"{len(taken_back):,} {'fix' if len(taken_back) == 1 else 'fixes'} withdrawn, at {_named(taken_back)}: "
            f"{brief(taken_back[0].withdrawn_fix.reason)}"
        )
    doubted = [one for one in mended(found) if one.grade and one.grade.against]
    if doubted and doubted[0].grade:
        yield f"Not to be merged unread, at {_named(doubted)}: {doubted[0].grade.against}"
    tests = document.runs.tests
    worse = alarms(tests)
    if worse and tests is not None:
        names = [quoted(case.id) for case in tests.cases if case.verdict in {"regressed", "gone", "not collected"}]
        named = listed([*names[:3], "others"] if len(names) > 3 else names)
        yield f"{counted(worse, 'test')} got worse with the change{': ' + named if named else ''}."
    if any(one.unsafe for one in mended(found)):
        reasons = distinct(one.finding.reason or "" for one in mended(found) if one.unsafe)
        yield f"The change holds unsafe fixes, which a person must judge: {reasons[0]}"


def _withdrawn(found: Sequence[Dossier], how: str) -> Iterator[str]:
    if found:
        reason = found[0].finding.reason or (found[0].proof.reason if found[0].proof else "")
        yield f"{counted(len(found), 'finding')} withdrawn: {how} at {_named(found)}. {brief(reason)}"


def _named(found: Sequence[Dossier]) -> str:
    places = [quoted(one.place) for one in found]
    return listed([*places[:3], "others"] if len(places) > 3 else places)


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
    red = {name for one in repaired if one.grade for name in one.grade.still_failing}
    yield Check("no test that executes a mended line fails", clean and not red)
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
    silent = [one for one in repaired if one.lines and one.lines.after == ()]
    untested = [quoted(one.place) for one in silent if one.lines and not one.lines.unknown]
    if untested:
        yield f"Add a test that reaches {_some(untested)}: the suite never executes it."
    unknown = [quoted(one.place) for one in silent if one.lines and one.lines.unknown]
    if unknown:
        yield f"Run the tests that reach {_some(unknown)} where everything they need is there: here it is not known."
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
