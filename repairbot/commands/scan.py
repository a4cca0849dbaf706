"""`repairbot scan`: the findings of a project, reported."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from repairbot.commands.arguments import Arguments
from repairbot.commands.crash import say_crashes
from repairbot.commands.output import takes_colour, write, write_file
from repairbot.commands.painted import painted
from repairbot.commands.survey import Survey, lines_in, survey
from repairbot.commands.version import version
from repairbot.render.document import scan_document, text
from repairbot.render.report import Report
from repairbot.render.text import report_lines


def scan(arguments: Arguments) -> int:
    """Report, and give the exit code."""
    file = arguments.options.get("traceback")
    if isinstance(file, Path):
        from repairbot.commands.traced import traced

        return traced(arguments, file)
    found = survey(arguments)
    if arguments.format == "json":
        shown = text(scan_document(found.report, version()))
    else:
        lines = report_lines(found.report, lines_in(found.report.root), arguments.verbosity)
        shown = painted(lines, colour=_has_colour(arguments, found.report))
    if arguments.output is not None:
        write_file(arguments.output, shown)
    else:
        write(shown)
    say_crashes(found.derivation.crashes)
    return _exit_code(arguments, found)


def _has_colour(arguments: Arguments, report: Report) -> bool:
    listed = arguments.verbosity > 0 and bool(report.undecided or report.skipped)
    return bool(report.findings or listed) and arguments.output is None and takes_colour(sys.stdout, os.environ)


def _exit_code(arguments: Arguments, found: Survey) -> int:
    if found.derivation.crashes:
        return 3
    if found.report.counted and not arguments.exit_zero:
        return 1
    return 1 if found.report.skipped and found.config.fail_on_skipped else 0
