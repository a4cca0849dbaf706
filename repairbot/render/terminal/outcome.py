"""What a job came to, for the person who started it: findings, proof, tests, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator

from repairbot.evidence.document import EvidenceDocument
from repairbot.evidence.entries import ProposedFinding
from repairbot.evidence.observed import Executed, RunEntry, Tests
from repairbot.render.escape.visible import capped
from repairbot.render.terminal.spans import Line, Span, Tone, line
from repairbot.render.terminal.text import counted

_MOST = 20  # tests that are listed by name
_COUNTED = {"fix", "refuse"}
_SHOWN_FIRST = ("regressed", "fixed", "gone", "not collected", "flaky")
_TONES = {"fixed": Tone.GOOD, "regressed": Tone.BAD, "gone": Tone.BAD, "not collected": Tone.BAD}


def counted_findings(document: EvidenceDocument) -> int:
    """How many findings make the exit code 1."""
    return sum(map(is_counted, document.findings))


def is_counted(finding: ProposedFinding) -> bool:
    return finding.disposition in _COUNTED


def outcome_lines(document: EvidenceDocument, folder: str) -> Iterator[Line]:
    """The whole summary; `folder` is where the proposal lies."""
    yield from result_lines(document)
    yield from _what_next(document, folder)


def result_lines(document: EvidenceDocument) -> Iterator[Line]:
    """What was found, proved and tested."""
    for finding in document.findings:
        yield from _finding(document, finding)
        yield line()
    yield from _tested(document)
    for note in document.notes:
        yield line("Note: ", note, ".")


def _finding(document: EvidenceDocument, finding: ProposedFinding) -> Iterator[Line]:
    place = f"{finding.path}:{finding.line}:{finding.column}"
    yield line(Span(place, Tone.PATH), ": ", Span(finding.rule, Tone.RULE), " ", capped(finding.message))
    for number, link in enumerate(finding.evidence, 1):
        origin = "" if link.origin == "source" else f" ({link.origin})"
        yield line(Span(f"  {number:>3}. ", Tone.FAINT), f"{link.path}:{link.line}{origin}  ", capped(link.text))
    yield _fate(finding)
    for proof in document.runs.proofs:
        if proof.fingerprint == finding.fingerprint:
            yield line(
                "  ", Span(f"proof: {proof.state}", _PROOFS.get(proof.state, Tone.DOUBTFUL)), f": {proof.reason}"
            )
    yield from witness_lines(document, finding)
    for grade in document.runs.grades:
        if grade.fingerprint == finding.fingerprint:
            yield line("  ", Span(f"evidence {grade.level}", Tone.STRONG), f": {grade.reason}")
    for executed in document.runs.lines:
        if executed.fingerprint == finding.fingerprint:
            many = len(executed.after or executed.before or ())
            said = f"{counted(many, 'test')} execute{'s' * (many == 1)} this line" if many else _unexecuted(executed)
            yield line("  ", capped(said))


def _unexecuted(executed: Executed) -> str:
    if executed.unknown:
        return f"not known whether a test executes this line: {executed.unknown}"
    return "no test executes this line"


def witness_lines(document: EvidenceDocument, finding: ProposedFinding) -> Iterator[Line]:
    """What the line met while the tests ran without the change, where they reached it."""
    for seen in document.runs.witnesses:
        if seen.fingerprint == finding.fingerprint and seen.state in _WITNESSES:
            yield line("  ", Span("in the tests", _WITNESSES[seen.state]), f": {capped(seen.reason)}")


_WITNESSES = {"raised": Tone.GOOD, "contradicted": Tone.BAD, "not watched": Tone.DOUBTFUL}
_PROOFS = {"proven": Tone.GOOD, "contradicted": Tone.BAD}


def _fate(finding: ProposedFinding) -> Line:
    match finding.disposition, finding.applied:
        case "fix", True:
            kind = "fixed on the branch" if finding.publishable else "fixed on the branch, not to be published"
            reason = finding.reason if finding.safety == "unsafe" else finding.unpublished
            return line("  ", Span(kind, Tone.GOOD), f": {reason}" if reason else "")
        case "fix", False:
            why = ": ".join(text for text in (finding.unpublished, finding.reason) if text)
            return line("  ", Span("not applied", Tone.DOUBTFUL), f": {why}")
        case "withdrawn", _:
            return line("  ", Span("WITHDRAWN", Tone.BAD), f": {finding.reason}")
        case "refuse", _:
            return line("  ", Span("no fix", Tone.BAD), f": {finding.reason}")
        case other, _:
            return line("  ", Span(other, Tone.FAINT), f": {finding.reason}")


def _tested(document: EvidenceDocument) -> Iterator[Line]:
    runs = document.runs
    if runs.environment is not None:
        reused = ", kept from an earlier run" if runs.environment.reused else ""
        yield line(f"Environment: {runs.environment.recipe} on Python {runs.environment.python}{reused}")
    if runs.isolation is not None:
        held = runs.isolation
        network = "on" if held.network else "off"
        hidden = "" if held.secrets_hidden else ", which does not hide secrets of this machine"
        yield line(f"Isolation:   {held.level}{hidden}; network {network}")
        if held.left_open:
            yield line("             in reach of its code: ", Span(", ".join(held.left_open), Tone.DOUBTFUL))
    if runs.tests is None:
        if runs.untested is not None:
            yield line("Tests:       ", Span("not run", Tone.DOUBTFUL), f": {runs.untested}")
        return
    yield line(f"Tests:       before {_outcomes(runs.tests.before)}; after {_outcomes(runs.tests.after)}")
    if runs.tests.incomplete:
        yield line("             ", Span("incomplete", Tone.DOUBTFUL), f": {runs.tests.incomplete}")
    yield from _changed(runs.tests)
    if runs.written_test is not None:
        said = f"{runs.written_test.path}: " if runs.written_test.added else "none added: "
        yield line("New test:    ", said, capped(runs.written_test.reason))


def _outcomes(run: RunEntry) -> str:
    return ", ".join(f"{count} {outcome}" for outcome, count in run.outcomes.items()) or run.ended


def _changed(tests: Tests) -> Iterator[Line]:
    cases = [case for verdict in _SHOWN_FIRST for case in tests.cases if case.verdict == verdict]
    for case in cases[:_MOST]:
        yield line("  ", Span(f"{case.verdict:>13}", _TONES.get(case.verdict, Tone.DOUBTFUL)), f"  {capped(case.id)}")
    if len(cases) > _MOST:
        yield line(f"  {len(cases) - _MOST} more are in the evidence")


def _what_next(document: EvidenceDocument, folder: str) -> Iterator[Line]:
    yield line()
    changes = document.changes
    if changes is None:
        found = counted_findings(document)
        said = f"{counted(found, 'finding')}, nothing repaired." if found else "Nothing to repair."
        yield line(Span(said, Tone.STRONG), f" The evidence is in {folder}")
        return
    many = sum(finding.applied for finding in document.findings)
    yield line(Span(f"Repaired {counted(many, 'finding')} in {counted(len(changes.files), 'file')}.", Tone.STRONG))
    yield line(f"The proposal is {folder}")
    yield line(f"  read it:    {folder}/pull_request.md")
    fetch, diff = (
        f"git fetch {folder}/repository.git {changes.branch}",
        f"git diff {document.target.commit[:12]} FETCH_HEAD",
    )
    yield line(f"  look at it: {fetch} && {diff}")
    yield line(f"  publish it: repairbot publish {folder}")
