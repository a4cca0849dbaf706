"""What the demo shows besides what every job shows: error, tests, diff, write-up, promises and places, as lines."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

from repairbot.demo.promises import LINE, Promise, Shown, executing, the_finding
from repairbot.demo.repository import TARGET
from repairbot.evidence.document import EvidenceDocument
from repairbot.render.terminal.outcome import result_lines
from repairbot.render.terminal.spans import Line, Span, Tone, line
from repairbot.render.terminal.text import counted

_TONES = {"+": Tone.GOOD, "-": Tone.BAD}


def shown_lines(shown: Shown, judged: Sequence[Promise], places: Sequence[tuple[str, Path]]) -> Iterator[Line]:
    """All of it, in the order in which it came about."""
    yield from _headed("What the job found, proved and tested", result_lines(shown.document))
    if shown.document.runs.untested is None:
        yield from _headed("The error, from the real function", _error(shown.document))
        yield from _headed(f"The tests that execute line {LINE}", _executing(shown.document))
    yield from _headed("The repair", _diff(shown.document))
    yield from _headed("The write-up begins", _beginning(shown.write_up))
    yield from promise_lines(shown, judged, places)


def promise_lines(shown: Shown, judged: Sequence[Promise], places: Sequence[tuple[str, Path]]) -> Iterator[Line]:
    """Which promises hold, and where everything lies."""
    yield from _headed("What was promised", _promises(judged))
    yield from _headed("Where it lies", (line(f"  {name:<12}", Span(str(path), Tone.PATH)) for name, path in places))
    if shown.document.runs.untested is not None:
        yield from _missing(shown.document.runs.untested)
    held = sum(promise.held for promise in judged)
    tone = Tone.GOOD if held == len(judged) else Tone.BAD
    said = f"{held} of {counted(len(judged), 'promise')} held"
    yield line(Span(said, tone), f" in {shown.document.runs.seconds:.0f} s.")


def _headed(title: str, lines: Iterator[Line]) -> Iterator[Line]:
    yield line(Span(title, Tone.STRONG))
    yield line()
    yield from lines
    yield line()


def _error(document: EvidenceDocument) -> Iterator[Line]:
    finding = the_finding(document)
    for proof in document.runs.proofs:
        if finding is not None and proof.fingerprint == finding.fingerprint:
            yield line(f"  {proof.definition} on Python {proof.python} gives a {proof.type}")
            yield line("  ", Span(proof.error or proof.reason, Tone.BAD))


def _executing(document: EvidenceDocument) -> Iterator[Line]:
    for case in executing(document):
        yield line("  ", Span(f"{case.before} → {case.after}", Tone.GOOD), f"  {case.id}")


def _diff(document: EvidenceDocument) -> Iterator[Line]:
    for text in (document.changes.diff if document.changes else "none\n").splitlines():
        yield line("  ", Span(text, _TONES.get(text[:1], Tone.PLAIN)))


def _beginning(write_up: str) -> Iterator[Line]:
    """All before its first section."""
    yield from (line("  ", text) for text in write_up.partition("\n## ")[0].strip().splitlines())


def _promises(judged: Sequence[Promise]) -> Iterator[Line]:
    for promise in judged:
        if promise.held:
            yield line("  ", Span("    held", Tone.GOOD), f"  {promise.text}")
        else:
            yield line("  ", Span("NOT HELD", Tone.BAD), f"  {promise.text}: {promise.instead}")


def _missing(reason: str) -> Iterator[Line]:
    yield line(Span("The tests could not be run: ", Tone.BAD), reason)
    yield line(f"They need {', '.join(packages())}, from PyPI or the index that pip and uv are configured with.")
    yield line("With a connection for the first time, the demo works without one afterwards.")
    yield line()


def packages() -> list[str]:
    """What the target and its tests need, as its metadata says."""
    project = tomllib.loads((TARGET / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [*project["dependencies"], *project["optional-dependencies"]["test"]]
