"""`repairbot explain`: the page of a rule or a topic, or why a line is or is not a finding."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from repairbot.commands.output import takes_colour, write
from repairbot.commands.pages import page_of, topic_page, topics
from repairbot.commands.painted import painted
from repairbot.commands.parser import Command, Options, Parser, add_common
from repairbot.commands.survey import Plan, ignores_in, lines_in, plan
from repairbot.config.load import nearest
from repairbot.errors import UsageError
from repairbot.render.terminal.explanation import found_lines, nothing_lines, other_lines
from repairbot.render.terminal.spans import Line, Span, Tone, line
from repairbot.rules.registry import all_rules
from repairbot.scan.ignores import covering
from repairbot.scan.pipeline import Explanation
from repairbot.scan.pipeline import explain as explanations
from repairbot.scan.selection import named
from repairbot.source.files import Unparsed
from repairbot.source.paths import real_path, root_of, shown
from repairbot.source.snapshot import Snapshot

# A column may follow, because that is how findings are printed.
_PLACE = re.compile(r"(?P<path>.+?):(?P<line>[0-9]{1,9})(?::[0-9]+)?:?", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainOptions(Options):
    """What `explain` is asked; without a topic it lists what there is."""

    topic: str | None = None


_DESCRIPTION = """\
Prints the page of a rule or of a topic, or says for every construct on a line of a file why it is a finding or not."""


def parser() -> Parser:
    usage = "repairbot explain [RULE | TOPIC | PATH:LINE] [options]"
    made = Parser(prog="repairbot explain", usage=usage, description=_DESCRIPTION)
    group = made.add_argument_group("arguments")
    group.add_argument(
        "topic",
        metavar="RULE | TOPIC | PATH:LINE",
        nargs="?",
        help="a rule's code or slug, a topic, or a place as `scan` prints it; without it, what there is to explain",
    )
    add_common(made)
    return made


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file of a project."""

    plan: Plan
    path: str
    line: int


def explain(options: ExplainOptions) -> int:
    """Explain, and give the exit code."""
    topic = options.topic
    if topic is None:
        write(_overview())
        return 0
    colour = takes_colour(sys.stdout, os.environ)
    rule = named(topic, all_rules())
    place = _PLACE.fullmatch(topic)
    if rule is not None:
        write(_laid_out(page_of(rule), colour=colour))
    elif topic.lower() in topics():
        write(_laid_out(topic_page(topic.lower()), colour=colour))
    elif place is not None:
        write(painted(_lines(_place(options, place["path"], int(place["line"]))), colour=colour))
    else:
        names = [name for one in all_rules() for name in (one.code, one.slug)] + list(topics())
        raise UsageError(
            f"{topic!r} is neither a rule, a topic nor PATH:LINE; {nearest(topic, names, 'rules and topics')}"
        )
    return 0


def _overview() -> str:
    """What can be explained: rules, topics, and lines of files."""
    rows = {rule.code: f"{rule.slug}: {rule.summary}" for rule in all_rules()}
    pages = topics()
    width = max(map(len, [*rows, *pages]))
    listed = [f"  {name:<{width}}  {about}" for name, about in rows.items()]
    about = [f"  {name:<{width}}  {sentence}" for name, sentence in pages.items()]
    last = "`repairbot explain PATH:LINE` says why that line is or is not a finding."
    return "\n".join(["rules:", *listed, "", "topics:", *about, "", last, ""])


def _laid_out(page: str, *, colour: bool) -> str:
    if not colour:
        return page
    from repairbot.render.terminal.colour import markdown

    return markdown(page, min(shutil.get_terminal_size().columns, 120))


def _place(options: ExplainOptions, path: str, number: int) -> Place:
    file = _file(Path(path))
    planned = plan(options, (file,))
    return Place(planned, os.path.relpath(real_path(file), planned.settings.root).replace(os.sep, "/"), number)


def _file(path: Path) -> Path:
    """The file as seen from here, or from the root, which is what findings' paths are relative to."""
    from_root = root_of((Path(),)) / path
    file = from_root if from_root.is_file() and not path.is_file() else path
    if not os.path.lexists(file):
        raise UsageError(f"{path}: no such file, neither from here nor from the project's root; check the spelling")
    if not file.is_file():
        raise UsageError(f"{path}: not a file; name one, and a line in it")
    return file


def _lines(place: Place) -> Iterator[Line]:
    """The answer for one line."""
    try:
        found = explanations(place.plan.settings, place.path, place.line)
    except Unparsed as unread:
        skipped = unread.skipped
        yield line(Span(shown(place.path), Tone.PATH), f": skipped ({skipped.kind}): {skipped.reason}")
        return
    _check_line(place)
    for one in found:
        yield from _explained(place, one)
        yield line()
    if not found:
        yield from nothing_lines(place.path, place.line, place.plan.rules)
    if not _is_scanned(place):
        yield line(
            "A scan of the project leaves this file out: it is excluded, ignored by git, a link, not named *.py, "
            "or in a directory that is never scanned."
        )


def _check_line(place: Place) -> None:
    lines = lines_in(place.plan.settings.root)(place.path)
    last = len(lines) - (lines[-1] == "\n")
    if not 1 <= place.line <= last:
        raise UsageError(f"{shown(place.path)} has no line {place.line}; its lines are 1 to {last}")


def _explained(place: Place, one: Explanation) -> Iterator[Line]:
    lines_of = lines_in(place.plan.settings.root)
    if one.finding is not None:
        rule = next(rule for rule in place.plan.rules if rule.code == one.rule)
        comments = ignores_in(place.plan.settings.root)(one.path)
        return found_lines(one.finding, covering(one.region, rule, comments), lines_of)
    said = {"finding": "finds", "undecided": "undecided", "fine": "finds nothing"}[one.verdict]
    return other_lines((one.path, one.region, one.rule), said, one.text, one.evidence, lines_of)


def _is_scanned(place: Place) -> bool:
    """Whether a scan that does not name the file would look at it."""
    settings = place.plan.settings
    return place.path in Snapshot.of((settings.root,), exclude=settings.exclude, env=settings.env).chosen


COMMAND = Command(parser, ExplainOptions, explain)
