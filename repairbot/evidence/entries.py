"""Findings, undecided sites and skipped files as entries of a document, flat as `scan --format json` prints them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from repairbot.evidence.impact import Impact
from repairbot.model import Disposition, Evidence, Finding, Region, Skipped, TextEdit, Undecided
from repairbot.source.paths import shown

# Why a run takes a finding or its fix back.
CONTRADICTED = "the real object contradicts it"
RAN_WELL = "its line ran without the error in the tests"
FAILS_IN_FIX = "its fix was tried, and a test fails in it"
KEPT_BACK = "the run saw something that speaks against publishing it"
_AROUND = 2  # lines of an excerpt before and after those of the finding


@dataclass(frozen=True, slots=True)
class Span:
    line: int
    column: int
    end_line: int
    end_column: int

    @classmethod
    def of(cls, region: Region) -> Span:
        return cls(region.line, region.column, region.end_line, region.end_column)


@dataclass(frozen=True, slots=True)
class Edit:
    """A replacement of one span of the unmodified file."""

    path: str
    span: Span
    replacement: str


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the chain from an expression to the definition that decides it."""

    path: str
    line: int
    text: str
    origin: str


@dataclass(frozen=True, slots=True)
class Reported:
    """A finding as every report has it."""

    rule: str
    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    message: str
    expression: str
    disposition: str
    safety: str | None
    reason: str | None
    fingerprint: str
    group: str | None
    edits: tuple[Edit, ...]
    evidence: tuple[Link, ...]

    @property
    def span(self) -> Span:
        return Span(self.line, self.column, self.end_line, self.end_column)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Some physical lines of a file as they were before the change, the first numbered `start`."""

    start: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProposedFinding(Reported):
    """A finding in a job.

    `basis` is what it rests on: `source` (with the shipped stubs), `environment` or `run`; only the first may be
    published. `applied`: the change holds its edits. `function` is the qualified name around the line, empty at the
    top of a module. `impact` is None where nobody looked.
    """

    function: str = ""
    excerpt: Excerpt | None = None
    basis: str = "source"
    applied: bool = False
    publishable: bool = False
    unpublished: str | None = None
    impact: Impact | None = None


@dataclass(frozen=True, slots=True)
class Unclear:
    """A site whose object could not be resolved."""

    rule: str
    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    expression: str
    reason: str
    evidence: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file that was not scanned."""

    path: str
    kind: str
    reason: str


def reported(finding: Finding) -> Reported:
    region = finding.region
    return Reported(
        rule=finding.rule,
        path=shown(finding.path),
        line=region.line,
        column=region.column,
        end_line=region.end_line,
        end_column=region.end_column,
        message=finding.message,
        expression=finding.expression,
        disposition=finding.disposition.value,
        safety=finding.safety.value if finding.safety else None,
        reason=finding.reason,
        fingerprint=finding.fingerprint,
        group=finding.group,
        edits=tuple(_edit(edit) for edit in finding.edits),
        evidence=chain(finding.evidence),
    )


def excerpt(lines: Sequence[str], region: Region) -> Excerpt:
    """Return the lines of a region, of all `lines` of its file, with a few around them."""
    first = max(1, region.line - _AROUND)
    return Excerpt(first, tuple(line.rstrip("\r\n") for line in lines[first - 1 : region.end_line + _AROUND]))


def unpublished(finding: Finding, *, applied: bool, rests_on: str, taken_back: str | None) -> str | None:
    """Return why the finding's edits are not part of what may be published, None when they are.

    `taken_back` is why the run takes the finding or its fix back, where it does.
    """
    if taken_back is not None:
        return taken_back
    if finding.disposition is not Disposition.FIX:
        return "it has no fix" if finding.disposition is Disposition.REFUSE else "the code means to fail here"
    if not applied:
        return "its fix is unsafe, and --unsafe-fixes was not given"
    return None if rests_on == "source" else f"it rests on the {rests_on}, which a publisher cannot read again"


def _edit(edit: TextEdit) -> Edit:
    return Edit(shown(edit.path), Span.of(edit.region), edit.replacement)


def chain(evidence: Iterable[Evidence]) -> tuple[Link, ...]:
    return tuple(Link(shown(link.path), link.line, link.text, link.origin.value) for link in evidence)


def unclear(site: Undecided) -> Unclear:
    region = site.region
    place = (region.line, region.column, region.end_line, region.end_column)
    return Unclear(site.rule, shown(site.path), *place, site.expression, site.reason, chain(site.evidence))


def left_out(file: Skipped) -> LeftOut:
    return LeftOut(shown(file.path), file.kind, file.reason)
