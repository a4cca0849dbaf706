"""What the demo promises: the evidence document and the write-up in, each promise and whether it held out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from repairbot.evidence.document import EvidenceDocument
from repairbot.evidence.entries import ProposedFinding
from repairbot.evidence.impact import Impact
from repairbot.evidence.observed import TestEntry
from repairbot.render.terminal.outcome import is_counted

HANDLER = "chat_backend/websocket_core/agent_handler.py"
DEFINITION = "chat_backend/dependencies.py"
FUNCTION = "chat_backend.dependencies:get_request_scoped_db_session"
REPRODUCTION = "tests/unit/test_session_dependency.py"
JOURNEY = "tests/e2e/test_chat_journey.py::test_a_customer_logs_in_connects_asks_and_is_answered"
LINE = 125
BEFORE = "        async for db_session in get_request_scoped_db_session():"
AFTER = "        async with get_request_scoped_db_session() as db_session:"
ERROR = "TypeError: 'async for' requires an object with __aiter__ method, got _AsyncGeneratorContextManager"
WAY_IN = "WebSocket endpoint /ws/chat"
FLIP = "Make the request-scoped session a context manager"
BROKEN_STEPS = ["the triage agent starts breaks", "the answer arrives is blocked"]


@dataclass(frozen=True, slots=True)
class Promise:
    """`instead` is what was seen where it does not hold."""

    text: str
    instead: str | None

    @property
    def held(self) -> bool:
        return self.instead is None


@dataclass(frozen=True, slots=True)
class Shown:
    """All that a demo left: the document, the write-up, and whether the repository is as it was made."""

    document: EvidenceDocument
    write_up: str
    untouched: bool


def promises(shown: Shown) -> tuple[Promise, ...]:
    return tuple(Promise(text, check(shown)) for text, check in _PROMISES.items())


def the_finding(document: EvidenceDocument) -> ProposedFinding | None:
    """That of the caller that was forgotten."""
    return next((one for one in document.findings if (one.path, one.line) == (HANDLER, LINE)), None)


def executing(document: EvidenceDocument) -> tuple[TestEntry, ...]:
    """The tests that execute the repaired line."""
    finding, tests = the_finding(document), document.runs.tests
    if finding is None or tests is None:
        return ()
    entries = [entry for entry in document.runs.lines if entry.fingerprint == finding.fingerprint]
    ids = {test for entry in entries for test in entry.after or ()}
    return tuple(case for case in tests.cases if case.id in ids)


def _scan(shown: Shown) -> str | None:
    found = [one for one in shown.document.findings if is_counted(one)]
    said = [f"{one.path}:{one.line} {one.disposition} {one.safety}" for one in found]
    return None if said == [f"{HANDLER}:{LINE} fix safe"] else _listed(said)


def _chain(shown: Shown) -> str | None:
    finding = the_finding(shown.document)
    links = [link.path for link in finding.evidence] if finding else []
    return None if links[:2] == [HANDLER, DEFINITION] else _listed(links)


def _reproduction(shown: Shown) -> str | None:
    said = [one.disposition for one in shown.document.findings if one.path == REPRODUCTION]
    return None if said == ["expected"] else _listed(said)


def _near_misses(shown: Shown) -> str | None:
    document = shown.document
    said = [f"{one.path}:{one.line}" for one in document.findings if one.path not in {HANDLER, REPRODUCTION}]
    said += [f"{one.path}:{one.line}" for one in document.undecided]
    return _listed(said) if said else None


def _proof(shown: Shown) -> str | None:
    finding = the_finding(shown.document)
    proofs = [one for one in shown.document.runs.proofs if finding and one.fingerprint == finding.fingerprint]
    said = [one.error if one.state == "proven" else f"{one.state}: {one.reason}" for one in proofs]
    real = all(one.definition == FUNCTION for one in proofs)
    return None if said == [ERROR] and real else _listed([text or "no error" for text in said])


def _journey(shown: Shown) -> str | None:
    tests = shown.document.runs.tests
    if tests is None:
        return _untested(shown)
    said = [f"{case.before}, {case.message}, {case.after}" for case in tests.cases if case.id == JOURNEY]
    return None if said == [f"failed, {ERROR}, passed"] else _listed(said)


def _tests(shown: Shown) -> str | None:
    tests, reaching = shown.document.runs.tests, executing(shown.document)
    if tests is None:
        return _untested(shown)
    if tests.incomplete is not None:
        return tests.incomplete
    fixed = {case.id for case in tests.cases if case.verdict == "fixed"}
    same = all(case.verdict in {"fixed", "still passing"} for case in tests.cases)
    if fixed and same and fixed == {case.id for case in reaching}:
        return None
    return _listed([f"{count} {verdict}" for verdict, count in tests.verdicts.items()])


def _diff(shown: Shown) -> str | None:
    changes = shown.document.changes
    lines = changes.diff.splitlines() if changes else []
    said = [line for line in lines if line[:1] in {"-", "+"} and line[:3] not in {"---", "+++"}]
    return None if said == [f"-{BEFORE}", f"+{AFTER}"] else _listed(said)


def _way_in(shown: Shown) -> str | None:
    reach = _impact(shown).reach
    entries = reach.entry_points if reach else ()
    said = [f"{entry.kind} {entry.name}" for entry in entries if entry.production]
    return None if said == [WAY_IN] else _listed(said)


def _history(shown: Shown) -> str | None:
    history = _impact(shown).history
    title = history.flip.title if history and history.flip else None
    return None if title == FLIP else f"{title or (history.missing if history else None)}"


def _owner(shown: Shown) -> str | None:
    owner = shown.document.owner
    steps = [step for journey in (owner.journeys if owner else ()) for step in journey.steps]
    said = [f"{step.name}{' breaks' * bool(step.findings)}{' is blocked' * step.blocked}" for step in steps]
    return None if said[-2:] == BROKEN_STEPS and not any("breaks" in step for step in said[:-2]) else _listed(said)


def _impact(shown: Shown) -> Impact:
    finding = the_finding(shown.document)
    return (finding.impact if finding else None) or Impact()


def _write_up(shown: Shown) -> str | None:
    missing = [text for text in (f"{HANDLER}:{LINE}", ERROR, JOURNEY, FLIP, f"+{AFTER}") if text not in shown.write_up]
    return f"it does not say {_listed(missing)}" if missing else None


def _untouched(shown: Shown) -> str | None:
    return None if shown.untouched else "it has another commit or changed files"


def _untested(shown: Shown) -> str:
    return f"not run: {shown.document.runs.untested}"


def _listed(said: list[str]) -> str:
    return "; ".join(said) or "nothing"


_PROMISES: Mapping[str, Callable[[Shown], str | None]] = {
    f"The scan finds {HANDLER}:{LINE}, and a safe fix for it": _scan,
    "The chain leads from that line to the decorated definition": _chain,
    "The reproduction inside `pytest.raises(TypeError)` is left alone": _reproduction,
    "The plain generator and the stream with both protocols are left alone": _near_misses,
    "The real function raises the TypeError, and not when it is entered": _proof,
    "The customer's journey fails with that error before the repair, and passes after it": _journey,
    "The tests that execute the line are the tests that were red and are green; no other test changed": _tests,
    "The repair changes that line and no other": _diff,
    f"The way in is found: {WAY_IN}": _way_in,
    f"The history names the commit that changed the definition: {FLIP}": _history,
    "The owner's journey breaks where the triage agent starts, and no answer arrives": _owner,
    "The write-up names the line, the error and the journey, and shows the repair": _write_up,
    "The repository itself was not written to": _untouched,
}
