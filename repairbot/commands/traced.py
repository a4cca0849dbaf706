"""`repairbot scan --traceback`: whether the code still has the bug that a traceback shows."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from repairbot.commands.crash import say_crashes
from repairbot.commands.output import takes_colour, write, write_file
from repairbot.commands.painted import painted
from repairbot.commands.scan import ScanOptions
from repairbot.commands.survey import lines_in, plan, report_of, text_in
from repairbot.commands.version import version
from repairbot.constructs import is_protocol_error
from repairbot.errors import UsageError
from repairbot.model import Finding
from repairbot.render.document import text, traced_document
from repairbot.render.terminal.traced import Answer, answer_lines
from repairbot.scan.observed_error import ObservedError
from repairbot.scan.pipeline import Settings, derive, explain
from repairbot.source.files import Unparsed
from repairbot.source.paths import shown
from repairbot.source.snapshot import Snapshot
from repairbot.source.tracebacks import Frame, Traceback, file_for, tracebacks

LARGEST = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Located:
    """A traceback and the line of the target that its innermost frame means now; `line` is 0 where that is gone."""

    error: str
    frame: Frame
    path: str | None
    line: int


def traced(options: ScanOptions, file: Path) -> int:
    """Report on the lines of the tracebacks, and give the exit code: 1 when one of them still has the bug."""
    found = [one for one in tracebacks(_log(file)) if is_protocol_error(one.error)]
    if not found:
        raise UsageError(
            f"--traceback {file}: no traceback of a protocol error in it; it wants lines such as "
            "`TypeError: 'async for' requires an object with __aiter__ method, got …` below their frames"
        )
    planned = plan(options, options.paths or (Path(),))
    located = [_located(one, planned.settings) for one in found]
    seen = [
        ObservedError(one.path, one.line, one.error, "raised in the traceback that was given")
        for one in located
        if one.path is not None and one.line
    ]
    derivation = derive(planned.settings, observed=seen)
    answers = [_answer(one, derivation.findings, planned.settings) for one in located]
    kept = tuple(dict.fromkeys(answer.finding for answer in answers if answer.finding is not None))
    report = replace(report_of(derivation), findings=kept)
    if options.format == "json":
        said = text(traced_document(report, version(), answers))
    else:
        colour = options.output is None and takes_colour(sys.stdout, os.environ)
        said = painted(answer_lines(answers, lines_in(report.root)), colour=colour)
    if options.output is not None:
        write_file(options.output, said)
    else:
        write(said)
    say_crashes(derivation.crashes)
    if derivation.crashes:
        return 3
    return 1 if report.counted and not options.exit_zero else 0


def _log(file: Path) -> str:
    try:
        if str(file) == "-":
            data = sys.stdin.buffer.read(LARGEST + 1)
        else:
            with file.open("rb") as stream:
                data = stream.read(LARGEST + 1)
    except OSError as error:
        raise UsageError(f"--traceback {file}: cannot be read ({error.strerror}); name a log, or - for stdin") from None
    if len(data) > LARGEST:
        raise UsageError(f"--traceback {file}: over {LARGEST:,} bytes; cut out the part with the traceback")
    return data.decode("utf-8", "replace")


def _located(one: Traceback, settings: Settings) -> Located:
    """By the innermost frame; the line by its text where the file has changed since."""
    frame = one.frames[-1]
    paths = Snapshot.of(settings.paths, exclude=settings.exclude, env=settings.env).paths
    path = file_for(frame.path, paths)
    if path is None:
        return Located(one.error, frame, None, 0)
    lines = [line.strip() for line in text_in(settings.root, path).splitlines()]
    if not frame.code or lines[frame.line - 1 : frame.line] == [frame.code]:
        return Located(one.error, frame, path, frame.line)
    same = [number for number, line in enumerate(lines, 1) if line == frame.code]
    return Located(one.error, frame, path, min(same, key=lambda number: abs(number - frame.line), default=0))


def _answer(one: Located, findings: Sequence[Finding], settings: Settings) -> Answer:
    frame, path = one.frame, one.path and shown(one.path)
    place = Answer(one.error, frame.path, frame.line, frame.function, path, one.line)
    if one.path is None:
        return replace(place, verdict="elsewhere", text="no file of this project has that path, or several share it")
    if not one.line:
        return replace(place, verdict="gone", text=f"no line of it reads `{one.frame.code}` any more")
    for finding in findings:
        if finding.path == one.path and finding.region.line <= one.line <= finding.region.end_line:
            return replace(place, verdict="still there", text=finding.message, finding=finding)
    return replace(place, verdict="gone", text=" ".join(_why(one.path, one.line, settings)))


def _why(path: str, line: int, settings: Settings) -> Iterator[str]:
    try:
        found = explain(settings, path, line)
    except Unparsed as unread:
        yield f"the file cannot be read: {unread.skipped.reason}"
        return
    if not found:
        yield "no construct that is looked for stands on that line any more"
    for one in found:
        yield one.text
