"""`repairbot scan`: the findings of a project, reported."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from repairbot.commands.arguments import Arguments
from repairbot.commands.crash import say_crashes
from repairbot.commands.output import takes_colour, write, write_file
from repairbot.commands.painted import painted
from repairbot.commands.survey import Survey, lines_in, survey
from repairbot.commands.version import version
from repairbot.errors import UsageError
from repairbot.render.document import scan_document, text
from repairbot.render.report import Report
from repairbot.render.terminal.text import report_lines

if TYPE_CHECKING:
    from repairbot.render.listing import Listing


def scan(arguments: Arguments) -> int:
    """Report, and give the exit code."""
    file = arguments.options.get("traceback")
    if isinstance(file, Path):
        if arguments.format not in {"text", "json"} or arguments.options.get("since"):
            raise UsageError("--traceback goes with --format text or json, and without --since")
        from repairbot.commands.traced import traced

        return traced(arguments, file)
    found = surveyed(arguments)
    shown = _shown(arguments, found)
    if arguments.output is not None:
        write_file(arguments.output, shown)
    else:
        write(shown)
    say_crashes(found.derivation.crashes)
    return exit_code(arguments, found)


def surveyed(arguments: Arguments) -> Survey:
    """What the arguments ask to report. Raises UsageError."""
    since = arguments.options.get("since")
    if not since:
        return survey(arguments)
    from repairbot.commands.changed import narrowed_survey

    return narrowed_survey(arguments, str(since))


def _shown(arguments: Arguments, found: Survey) -> str:
    """The report in the format that was asked for; each is imported when it is."""
    match arguments.format:
        case "json":
            return text(scan_document(found.report, version()))
        case "sarif":
            from repairbot.render import sarif

            return sarif.text(listing(found))
        case "github":
            from repairbot.render import annotations

            return annotations.text(listing(found))
        case _:
            lines = report_lines(found.report, lines_in(found.report.root), arguments.verbosity)
            return painted(lines, colour=_has_colour(arguments, found.report))


def listing(found: Survey) -> Listing:
    """The report as other programs are told of it."""
    from repairbot.commands.pages import rule_pages
    from repairbot.render.listing import of_report

    return of_report(found.report, rule_pages(), version(), (crash.path for crash in found.derivation.crashes))


def _has_colour(arguments: Arguments, report: Report) -> bool:
    listed = arguments.verbosity > 0 and bool(report.undecided or report.skipped)
    return bool(report.findings or listed) and arguments.output is None and takes_colour(sys.stdout, os.environ)


def exit_code(arguments: Arguments, found: Survey) -> int:
    if found.derivation.crashes:
        return 3
    if found.report.counted and not arguments.exit_zero:
        return 1
    return 1 if found.report.skipped and found.config.fail_on_skipped else 0
