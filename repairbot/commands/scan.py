"""`repairbot scan`: the findings of a project, reported."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from repairbot.commands.crash import say_crashes
from repairbot.commands.output import takes_colour, write, write_file
from repairbot.commands.painted import painted
from repairbot.commands.parser import Command, Options, Parser, add_common, add_paths
from repairbot.commands.survey import Survey, lines_in, survey
from repairbot.commands.version import version
from repairbot.errors import UsageError
from repairbot.render.document import scan_document, text
from repairbot.render.report import Report
from repairbot.render.terminal.text import report_lines

if TYPE_CHECKING:
    from repairbot.render.listing import Listing


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanOptions(Options):
    """What `scan` is asked."""

    paths: tuple[Path, ...] = ()
    format: str = "text"
    output: Path | None = None
    since: str | None = None
    traceback: Path | None = None
    exit_zero: bool = False


_DESCRIPTION = """\
Reports every construct whose object is known to lack the protocol, with its evidence. PATHs (default: the current
directory) choose what is reported; the whole project around them is used to resolve names."""


def parser() -> Parser:
    made = Parser(prog="repairbot scan", usage="repairbot scan [PATH ...] [options]", description=_DESCRIPTION)
    add_paths(made)
    group = made.add_argument_group("options")
    group.add_argument(
        "--format",
        choices=("text", "json", "sarif", "github"),
        default="text",
        help="text (default), json, sarif (2.1.0, for code scanning) or github (annotations of a workflow run)",
    )
    group.add_argument("--output", metavar="FILE", type=Path, help="write the report to this file, all or nothing")
    group.add_argument(
        "--since",
        metavar="REF",
        help="report only findings that involve lines changed since REF (as in `git diff REF...`), or whose "
        "evidence does",
    )
    group.add_argument(
        "--traceback",
        metavar="FILE",
        type=Path,
        help="check whether the bug in a traceback still exists ('-' reads standard input)",
    )
    group.add_argument("--exit-zero", action="store_true", help="findings do not make the exit code 1")
    group.add_argument(
        "--fail-on-skipped", action="store_const", const=True, help="a skipped file makes the exit code 1"
    )
    add_common(made)
    return made


def scan(options: ScanOptions) -> int:
    """Report, and give the exit code."""
    file = options.traceback
    if file is not None:
        if options.format not in {"text", "json"} or options.since:
            raise UsageError("--traceback goes with --format text or json, and without --since")
        from repairbot.commands.traced import traced

        return traced(options, file)
    found = surveyed(options)
    shown = _shown(options, found)
    if options.output is not None:
        write_file(options.output, shown)
    else:
        write(shown)
    say_crashes(found.derivation.crashes)
    return exit_code(options, found)


def surveyed(options: ScanOptions) -> Survey:
    """What the arguments ask to report. Raises UsageError."""
    since = options.since
    if not since:
        return survey(options, options.paths)
    from repairbot.commands.changed import narrowed_survey

    return narrowed_survey(options, options.paths, since)


def _shown(options: ScanOptions, found: Survey) -> str:
    """The report in the format that was asked for; each is imported when it is."""
    match options.format:
        case "json":
            return text(scan_document(found.report, version()))
        case "sarif":
            from repairbot.render import sarif

            return sarif.text(listing(found))
        case "github":
            from repairbot.render import annotations

            return annotations.text(listing(found))
        case _:
            lines = report_lines(found.report, lines_in(found.report.root), options.verbosity)
            return painted(lines, colour=_has_colour(options, found.report))


def listing(found: Survey) -> Listing:
    """The report as other programs are told of it."""
    from repairbot.commands.pages import rule_pages
    from repairbot.render.listing import of_report

    return of_report(found.report, rule_pages(), version(), (crash.path for crash in found.derivation.crashes))


def _has_colour(options: ScanOptions, report: Report) -> bool:
    listed = options.verbosity > 0 and bool(report.undecided or report.skipped)
    return bool(report.findings or listed) and options.output is None and takes_colour(sys.stdout, os.environ)


def exit_code(options: ScanOptions, found: Survey) -> int:
    if found.derivation.crashes:
        return 3
    if found.report.counted and not options.exit_zero:
        return 1
    return 1 if found.report.skipped and found.config.fail_on_skipped else 0


COMMAND = Command(parser, ScanOptions, scan)
