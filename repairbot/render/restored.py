"""Findings of a document as the values that the report for a terminal is made of, and that report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload

from repairbot.evidence.document import EvidenceDocument
from repairbot.evidence.entries import Edit, Excerpt, Link, ProposedFinding, Unclear
from repairbot.evidence.entries import Span as Place
from repairbot.model import Disposition, Evidence, Finding, Origin, Region, Safety, TextEdit, Undecided
from repairbot.render.detail import WHOLE
from repairbot.render.escape.visible import capped
from repairbot.render.finding_details import dossiers, mended
from repairbot.render.sections.conditions import conditions
from repairbot.render.terminal.outcome import witness_lines
from repairbot.render.terminal.preview import LinesOf
from repairbot.render.terminal.spans import Line, Span, Tone, line
from repairbot.render.terminal.text import counted, finding_lines, headline, undecided_lines


def document_lines(document: EvidenceDocument, verbosity: int) -> Iterator[Line]:
    """The whole report, as `scan` prints it: headlines only below zero, undecided and skipped places above it."""
    findings = [(finding(one), one) for one in document.findings]
    if verbosity < 0:
        yield from (headline(restored) for restored, _ in findings)
        return
    first: dict[str, Finding] = {}
    for restored, proposed in findings:
        leading = first.setdefault(restored.group or restored.fingerprint, restored)
        yield from finding_lines(restored, _lines_of(proposed), leading)
        yield from _observed(document, proposed)
        yield line()
    if verbosity > 0:
        for site in document.undecided:
            yield from undecided_lines(undecided(site))
        for file in document.skipped:
            yield line(Span(file.path, Tone.PATH), f": skipped ({file.kind}): {capped(file.reason)}")
    yield from _summary(document)


def finding(one: ProposedFinding) -> Finding:
    """The finding with as much of its edits as can be shown."""
    return Finding(
        rule=one.rule,
        path=one.path,
        region=_region(one.span),
        message=one.message,
        expression=one.expression,
        disposition=_disposition(one.disposition),
        safety=Safety.SAFE if one.safety == Safety.SAFE else Safety.UNSAFE if one.safety else None,
        reason=one.reason,
        fingerprint=one.fingerprint,
        group=one.group,
        edits=tuple(map(_edit, _shown_edits(one))),
        evidence=_chain(one.evidence),
    )


def undecided(site: Unclear) -> Undecided:
    region = Region(site.line, site.column, site.end_line, site.end_column)
    return Undecided(site.rule, site.path, region, site.expression, site.reason, _chain(site.evidence))


def _region(place: Place) -> Region:
    return Region(place.line, place.column, place.end_line, place.end_column)


def _edit(edit: Edit) -> TextEdit:
    return TextEdit(edit.path, _region(edit.span), edit.replacement)


def _chain(links: Sequence[Link]) -> tuple[Evidence, ...]:
    return tuple(Evidence(link.path, link.line, link.text, _origin(link.origin)) for link in links)


def _origin(word: str) -> Origin:
    return Origin(word) if word in set(Origin) else Origin.SOURCE


def _disposition(word: str) -> Disposition:
    return Disposition(word) if word in set(Disposition) else Disposition.REFUSE


class _Excerpted(Sequence[str]):
    """The lines of a file of which only a few are known, numbered as in the whole file."""

    def __init__(self, excerpt: Excerpt) -> None:
        self._before = max(0, excerpt.start - 1)
        self._lines = [f"{one}\n" for one in excerpt.lines]

    def __len__(self) -> int:
        return self._before + len(self._lines)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            start, stop = (max(0, (edge or 0) - self._before) for edge in (index.start, index.stop))
            return self._lines[start:stop]
        return self._lines[index - self._before]


def _lines_of(one: ProposedFinding) -> LinesOf:
    lines = _Excerpted(one.excerpt) if _shows(one, one.span) and one.excerpt else ()
    return lambda path: lines if path == one.path else ()


def _shows(one: ProposedFinding, span: Place) -> bool:
    """Whether the excerpt holds all lines of a span of the finding's file."""
    excerpt = one.excerpt
    if excerpt is None:
        return False
    return max(1, excerpt.start) <= span.line <= span.end_line < excerpt.start + len(excerpt.lines)


def _shown_edits(one: ProposedFinding) -> tuple[Edit, ...]:
    """Those whose old lines are known, and insertions, which have none."""
    return tuple(
        edit
        for edit in one.edits
        if (edit.path == one.path and _shows(one, one.span) and _shows(one, edit.span)) or _inserts(edit.span)
    )


def _inserts(span: Place) -> bool:
    return span.line == span.end_line and span.column == span.end_column == 1


def _observed(document: EvidenceDocument, one: ProposedFinding) -> Iterator[Line]:
    """What running the target's code showed of a finding."""
    for proof in document.runs.proofs:
        if proof.fingerprint == one.fingerprint:
            yield line("  ", Span(proof.state, Tone.FAINT), f": {capped(proof.error or proof.reason)}")
    yield from witness_lines(document, one)
    for grade in document.runs.grades:
        if grade.fingerprint == one.fingerprint:
            yield line("  ", Span(f"evidence {grade.level}", Tone.STRONG), f": {capped(grade.reason)}")


def _summary(document: EvidenceDocument) -> Iterator[Line]:
    found = dossiers(document)
    applied = len(mended(found))
    yield line(
        Span(f"{counted(len(found), 'finding')}", Tone.STRONG),
        f" in {document.target.name} at {document.target.commit[:12]}: {applied:,} mended, "
        f"{len(found) - applied:,} left alone.",
    )
    said = [(len(document.undecided), "site"), (len(document.skipped), "file")]
    words = ("undecided", "skipped")
    silences = [f"{counted(number, noun)} {word}" for (number, noun), word in zip(said, words, strict=True) if number]
    if silences:
        yield line(f"{', '.join(silences)}.")
    for condition in conditions(document, WHOLE).items:
        yield line(Span(f"{condition.name}: ", Tone.FAINT), capped(condition.text))
