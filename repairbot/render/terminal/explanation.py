"""Why the constructs on one line are findings or not, for a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from repairbot.model import Evidence, Finding, Region
from repairbot.render.escape.visible import capped
from repairbot.render.terminal.frame import frame
from repairbot.render.terminal.preview import LinesOf
from repairbot.render.terminal.spans import Line, Span, Tone, line
from repairbot.render.terminal.text import chain, finding_lines
from repairbot.rule import Rule
from repairbot.scan.ignores import Ignore
from repairbot.source.paths import shown


def found_lines(finding: Finding, ignored_by: Sequence[Ignore], lines_of: LinesOf) -> Iterator[Line]:
    """A finding, and the comments that keep it out of reports."""
    yield from finding_lines(finding, lines_of, finding)
    for comment in ignored_by:
        yield line("  ", Span("ignored", Tone.FAINT), f": by `{capped(comment.text, 100)}` on line {comment.line}")


def other_lines(
    place: tuple[str, Region, str], said: str, text: str, evidence: Sequence[Evidence], lines_of: LinesOf
) -> Iterator[Line]:
    """A construct that is no finding; `place` is its path, region and rule, `said` the verdict in words."""
    path, region, rule = place
    where = Span(f"{shown(path)}:{region.line}:{region.column}", Tone.PATH)
    yield line(where, ": ", Span(rule, Tone.RULE), f" {said}: {capped(text)}")
    for row in frame(lines_of(path), region):
        yield line("  ", *row)
    yield from chain(evidence)


def nothing_lines(path: str, number: int, rules: Iterable[Rule]) -> Iterator[Line]:
    """What to say of a line on which there is nothing to decide."""
    yield line(Span(f"{shown(path)}:{number}", Tone.PATH), ": no construct on this line is one that is looked for:")
    for rule in rules:
        yield line("  ", Span(rule.code, Tone.RULE), f" {rule.summary}")
