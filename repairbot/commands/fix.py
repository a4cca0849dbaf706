"""`repairbot fix`: the repairs of a project, as a diff or carried out."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from repairbot.commands.crash import say_crashes
from repairbot.commands.output import say, takes_colour, write, write_bytes
from repairbot.commands.painted import painted
from repairbot.commands.parser import Command, Options, Parser, add_common, add_paths
from repairbot.commands.survey import Survey, lines_in, survey
from repairbot.commands.version import version
from repairbot.model import Finding, Safety
from repairbot.render.document import fix_document, text
from repairbot.render.report import Report
from repairbot.render.terminal.spans import Line, Span, Tone, line, plain
from repairbot.render.terminal.text import counted, headline, report_lines
from repairbot.repair.diff import Rewrite, unified_diff
from repairbot.repair.write import write as write_files
from repairbot.scan.commit import chosen_groups
from repairbot.source.paths import shown


@dataclass(frozen=True, slots=True, kw_only=True)
class FixOptions(Options):
    """What `fix` is asked."""

    paths: tuple[Path, ...] = ()
    format: str = "text"
    write: bool = False


_DESCRIPTION = """\
Prints the safe fixes as one diff with paths from the project's root: repairbot fix | git apply
Findings that have no safe fix are listed on stderr, and `repairbot scan` gives their reasons."""


def parser() -> Parser:
    made = Parser(prog="repairbot fix", usage="repairbot fix [PATH ...] [options]", description=_DESCRIPTION)
    add_paths(made)
    group = made.add_argument_group("options")
    group.add_argument("--write", action="store_true", help="change the files; the exit code is 1 if findings remain")
    group.add_argument(
        "--unsafe-fixes", action="store_const", const=True, help="also apply fixes that a person should review"
    )
    group.add_argument("--format", choices=("text", "json"), default="text", help="text (the diff, default) or json")
    add_common(made)
    return made


@dataclass(frozen=True, slots=True)
class Fix:
    """The groups of edits that are applied, and what the files become."""

    report: Report
    groups: frozenset[str]
    rewrites: tuple[Rewrite, ...]

    def mends(self, finding: Finding) -> bool:
        return finding.group in self.groups

    @property
    def left(self) -> tuple[Finding, ...]:
        """What counts and is not mended."""
        return tuple(finding for finding in self.report.counted if not self.mends(finding))


def fix(options: FixOptions) -> int:
    """Show or make the repairs, and give the exit code."""
    found = survey(options, options.paths)
    planned = _planned(found)
    if options.write:
        write_files(found.report.root, planned.rewrites)
    if options.format == "json":
        paths = [rewrite.path for rewrite in planned.rewrites]
        write(text(fix_document(found.report, version(), planned.mends, paths, written=options.write)))
    elif options.write:
        _show_written(options, planned)
    else:
        write_bytes(unified_diff(planned.rewrites))
        if options.verbosity >= 0:
            say(plain(_remarks(planned)).rstrip("\n"))
    say_crashes(found.derivation.crashes)
    if found.derivation.crashes:
        return 3
    return 1 if (planned.left if options.write else found.report.counted) else 0


def _planned(found: Survey) -> Fix:
    """All groups that mend a finding which no comment ignores; unsafe ones when they are asked for."""
    groups = chosen_groups(found.report.findings, unsafe=found.config.unsafe_fixes)
    changed = found.derivation.changed(sorted(groups))
    snapshot = found.derivation.snapshot
    # The bytes that the edits were made for: a file read again could be newer, and its change would be lost.
    old = {path: snapshot.parsed(snapshot.file(path)).data for path in changed}
    rewrites = tuple(Rewrite(path, old[path], new) for path, new in sorted(changed.items()))
    return Fix(found.report, groups, rewrites)


def _show_written(options: FixOptions, done: Fix) -> None:
    """Each file that was changed, then the report of what is left."""
    left = replace(done.report, findings=tuple(one for one in done.report.findings if not done.mends(one)))
    lines = [*_changes(done), *report_lines(left, lines_in(left.root), options.verbosity)]
    write(painted(lines, colour=bool(done.rewrites or left.findings) and takes_colour(sys.stdout, os.environ)))


def _changes(done: Fix) -> Iterator[Line]:
    for rewrite in done.rewrites:
        yield line(Span("changed", Tone.GOOD), " ", Span(shown(rewrite.path), Tone.PATH))
    mended = sum(map(done.mends, done.report.findings))
    if mended:
        yield line(f"Mended {counted(mended, 'finding')} in {counted(len(done.rewrites), 'file')}.")


def _remarks(planned: Fix) -> Iterator[Line]:
    """What a reader of the diff does not see in it."""
    mended = sum(map(planned.mends, planned.report.findings))
    if not planned.report.counted:
        yield line("Nothing to mend.")
        return
    yield line(f"The diff mends {counted(mended, 'finding')} in {counted(len(planned.rewrites), 'file')}.")
    for finding in planned.left:
        yield headline(finding)
        how = "only with --unsafe-fixes" if finding.safety is Safety.UNSAFE else "no fix"
        yield line(f"  {how}: {finding.reason}")


COMMAND = Command(parser, FixOptions, fix)
