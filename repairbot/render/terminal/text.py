"""A report for a person: each finding with its code, its evidence and what becomes of it, and a summary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from repairbot.model import Disposition, Evidence, Finding, Origin, Safety, Skipped, Undecided
from repairbot.render.escape.visible import capped, visible, width
from repairbot.render.report import Report, kinds
from repairbot.render.terminal.frame import frame
from repairbot.render.terminal.preview import LinesOf, preview
from repairbot.render.terminal.spans import Line, Span, Tone, line
from repairbot.scan.ignores import Unused
from repairbot.source.paths import shown

_WIDEST_PLACE = 48

_KINDS = {
    "safe": "{} with a fix (`repairbot fix`)",
    "unsafe": "{} with an unsafe fix (`--unsafe-fixes`)",
    "refuse": "{} without a fix",
    "expected": "{} expected to fail",
    "withdrawn": "{} withdrawn",
}


def report_lines(report: Report, lines_of: LinesOf, verbosity: int) -> Iterator[Line]:
    """The whole report: findings only below zero, the undecided and skipped lists above it."""
    if verbosity < 0:
        yield from map(headline, report.findings)
        return
    first: dict[str, Finding] = {}
    for finding in report.findings:
        yield from finding_lines(finding, lines_of, first.setdefault(finding.group or finding.fingerprint, finding))
        yield line()
    if verbosity > 0:
        for site in report.undecided:
            yield from undecided_lines(site)
        yield from map(_skipped, report.skipped)
        if report.undecided or report.skipped:
            yield line()
    yield from summary(report, listed=verbosity > 0)


def finding_lines(finding: Finding, lines_of: LinesOf, first: Finding) -> Iterator[Line]:
    """One finding in full; its change only when it is the `first` of those that the change mends."""
    yield headline(finding)
    yield from _indented(frame(lines_of(finding.path), finding.region), 2)
    yield from chain(finding.evidence)
    yield _outcome(finding)
    if finding is first:
        yield from _indented(preview(finding.edits, lines_of, finding.path), 6)
    else:
        yield line(Span(f"      the same change as for {_start(first)}", Tone.FAINT))


def headline(finding: Finding) -> Line:
    """`path:line:column: rule message`."""
    return line(Span(_start(finding), Tone.PATH), ": ", Span(finding.rule, Tone.RULE), " ", capped(finding.message))


def chain(evidence: Sequence[Evidence]) -> Iterator[Line]:
    """The numbered steps from the expression to the definition that decides it."""
    places = [visible(_place(link)) for link in evidence]
    column = min(max(map(width, places), default=0), _WIDEST_PLACE)
    for number, (link, place) in enumerate(zip(evidence, places, strict=True), 1):
        pad = " " * max(0, column - width(place))
        yield line(Span(f"  {number:>3}. ", Tone.FAINT), Span(place), pad + "  ", capped(link.text))


def _place(link: Evidence) -> str:
    origin = "" if link.origin is Origin.SOURCE else f" ({link.origin.value})"
    return f"{shown(link.path)}:{link.line}{origin}"


def _outcome(finding: Finding) -> Line:
    reason = capped(finding.reason or "")
    match finding.disposition, finding.safety:
        case Disposition.FIX, _ if any(link.origin is Origin.RUN for link in finding.evidence):
            doubt = f" (unsafe: {reason})" if reason else ""
            return line("  ", Span("fix", Tone.GOOD), f": by hand, the text alone does not show the mistake{doubt}")
        case Disposition.FIX, Safety.SAFE:
            return line("  ", Span("fix", Tone.GOOD), ": `repairbot fix` makes this change")
        case Disposition.FIX, _:
            return line("  ", Span("unsafe fix", Tone.DOUBTFUL), f" (needs --unsafe-fixes): {reason}")
        case Disposition.REFUSE, _:
            return line("  ", Span("no fix", Tone.BAD), f": {reason}")
        case other, _:
            return line("  ", Span(other.value, Tone.FAINT), f": {reason}")


def _start(site: Finding | Undecided) -> str:
    return f"{shown(site.path)}:{site.region.line}:{site.region.column}"


def undecided_lines(site: Undecided) -> Iterator[Line]:
    """One site whose object is unknown, with its chain up to the first unknown."""
    what = f" undecided: `{capped(site.expression, 80)}`: {capped(site.reason)}"
    yield line(Span(_start(site), Tone.PATH), ": ", Span(site.rule, Tone.RULE), what)
    yield from chain(site.evidence)


def _skipped(file: Skipped) -> Line:
    return line(Span(shown(file.path), Tone.PATH), f": skipped ({file.kind}): {capped(file.reason)}")


def summary(report: Report, *, listed: bool) -> Iterator[Line]:
    """What was found and what was not looked at; `listed` when the reader has the lists of both already."""
    where = f"in {counted(report.files, 'file')} ({report.seconds:.1f} s)"
    parts = ", ".join(_KINDS[kind].format(count) for kind, count in kinds(report))
    if report.findings:
        yield line(Span(f"Found {len(report.findings)} {where}", Tone.STRONG), f": {parts}.")
    else:
        yield line(Span(f"Found nothing {where}.", Tone.STRONG))
    yield from _silences(report, listed)
    yield from map(_unused, report.unused_ignores)


def _silences(report: Report, listed: bool) -> Iterator[Line]:
    silences = [
        (len(report.undecided), f"{counted(len(report.undecided), 'site')} undecided"),
        (len(report.skipped), f"{counted(len(report.skipped), 'file')} skipped"),
    ]
    said = ", ".join(text for count, text in silences if count)
    if said:
        yield line(said + ("." if listed else "; -v lists them."))
    if report.ignored:
        yield line(f"{counted(report.ignored, 'finding')} ignored by comments.")
    if report.since:
        yield line(
            f"Compared with {_commit(*report.since)}: {counted(report.unchanged, 'finding')} left out as unchanged."
        )


def _commit(ref: str, commit: str) -> str:
    return f"{commit[:12]}, where {ref} and HEAD part"


def _unused(entry: Unused) -> Line:
    place = f"{shown(entry.path)}:{entry.ignore.line}"
    return line(Span(place, Tone.PATH), f": unused `{capped(entry.ignore.text, 100)}`: {capped(entry.reason)}")


def counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}" + "s" * (count != 1)


def _indented(lines: Sequence[Line], by: int) -> Iterator[Line]:
    return (line(" " * by, *one) for one in lines)
