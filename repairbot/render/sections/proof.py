"""Root cause and reproduction: the chain from the expression to the definition, and what the real object said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from repairbot.evidence.document import EvidenceDocument
from repairbot.evidence.entries import Link
from repairbot.evidence.observed import ProofEntry
from repairbot.render.detail import Detail, Listed, first
from repairbot.render.finding_details import Dossier
from repairbot.render.terminal.text import counted
from repairbot.render.wording import brief, listed, quoted


@dataclass(frozen=True, slots=True)
class Cause:
    """A definition that decides some places: the chain of the first of them, and the others."""

    place: str
    message: str
    chain: tuple[Link, ...]
    others: Listed[str]


@dataclass(frozen=True, slots=True)
class Reproduction:
    """What one real object did. `error` is what it raised before the change, `after` what it offers the new form."""

    places: Listed[str]
    definition: str
    state: str
    error: str
    after: str
    remark: str
    repeat: str


@dataclass(frozen=True, slots=True)
class Failing:
    """Tests that failed at a repaired line before the change and pass with it, all with the same message."""

    count: int
    message: str


@dataclass(frozen=True, slots=True)
class SeenInTests:
    """What some places met while the tests ran without the change, as a clause."""

    places: Listed[str]
    reason: str


@dataclass(frozen=True, slots=True)
class Reproductions:
    proofs: Listed[Reproduction]
    tests: Listed[Failing]
    seen: Listed[SeenInTests]

    @property
    def errors(self) -> tuple[str, ...]:
        """What is said once and need not be said again for each test."""
        return tuple(one.error for one in self.proofs.items)


def causes(found: Sequence[Dossier], detail: Detail) -> Listed[Cause] | None:
    by_definition: dict[tuple[str, ...], list[Dossier]] = {}
    for one in found:
        if one.is_bug and one.finding.evidence:
            last = one.finding.evidence[-1]
            by_definition.setdefault((last.path, str(last.line), one.finding.message), []).append(one)
    if not by_definition:
        return None
    return first(detail.causes, (_cause(group, detail) for group in by_definition.values()))


def _cause(group: Sequence[Dossier], detail: Detail) -> Cause:
    leading = group[0]
    others = first(detail.causes, (one.place for one in group[1:]))
    return Cause(leading.place, leading.finding.message, leading.finding.evidence, others)


def reproductions(document: EvidenceDocument, found: Sequence[Dossier], detail: Detail) -> Reproductions | None:
    by_object: dict[tuple[object, ...], list[Dossier]] = {}
    for one in found:
        if one.proof is not None:
            key = (one.proof.definition, one.proof.state, one.proof.error, one.proof.repeat)
            by_object.setdefault(key, []).append(one)
    tests = tuple(_tests(document))
    seen = tuple(_seen(found, detail))
    if not by_object and not tests and not seen:
        return None
    proofs = (_reproduction(group, group[0].proof, detail) for group in by_object.values() if group[0].proof)
    return Reproductions(first(detail.proofs, proofs), first(detail.proofs, tests), first(detail.proofs, seen))


def _reproduction(group: Sequence[Dossier], proof: ProofEntry, detail: Detail) -> Reproduction:
    return Reproduction(
        places=first(detail.proofs, (one.place for one in group)),
        definition=proof.definition or "",
        state=proof.state,
        error=proof.error or "",
        after=_after(proof),
        remark=_remark(proof),
        repeat=brief(proof.repeat or ""),
    )


def _after(proof: ProofEntry) -> str:
    if not proof.has:
        return ""
    return f"the same object has {listed([quoted(one) for one in proof.has])}"


def _remark(proof: ProofEntry) -> str:
    if proof.state != "proven":
        return f"{proof.state}: {proof.reason}"
    kind = "the error is that of a bare type of the object's name" if proof.from_type else "the real object was asked"
    return f"{kind}, on Python {proof.python}" if proof.python else kind


def _seen(found: Sequence[Dossier], detail: Detail) -> Iterable[SeenInTests]:
    """Of the places that were reached; that no test reaches one is said with the tests."""
    by_reason: dict[str, list[str]] = {}
    for one in found:
        if one.witness is not None and one.witness.state in {"raised", "contradicted"}:
            by_reason.setdefault(one.witness.reason, []).append(one.place)
    return (SeenInTests(first(max(1, detail.proofs), places), reason) for reason, places in by_reason.items())


def _tests(document: EvidenceDocument) -> Iterable[Failing]:
    tests = document.runs.tests
    fixed = {name for grade in document.runs.grades for name in grade.fixed}
    messages = Counter(case.message for case in tests.cases if case.id in fixed) if tests else {}
    return (Failing(count, brief(message)) for message, count in messages.items())


def shown_by(found: Sequence[Dossier]) -> str:
    """How many of some places were shown with the real object."""
    proven = sum(one.proof is not None and one.proof.state == "proven" for one in found)
    return f"{proven:,} of {counted(len(found), 'place')}"
