"""`repairbot report`: everything that people and machines read, rendered again from an evidence document alone."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from repairbot.commands.output import takes_colour, write, write_file
from repairbot.commands.pages import rule_pages
from repairbot.commands.painted import painted
from repairbot.commands.parser import Command, Options, Parser, add_common, add_templates
from repairbot.config.load import load
from repairbot.evidence.document import EvidenceDocument
from repairbot.evidence.storing import read
from repairbot.evidence.storing import text as as_json
from repairbot.render.listing import of_document
from repairbot.render.restored import document_lines
from repairbot.source.paths import root_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportOptions(Options):
    """What `report` is asked."""

    evidence: Path
    format: str = "text"
    output: Path | None = None
    templates: Path | None = None


_DESCRIPTION = """\
Renders an evidence document again, in any format and from nothing else. It is the evidence.json of a proposal."""


def parser() -> Parser:
    made = Parser(prog="repairbot report", usage="repairbot report EVIDENCE [options]", description=_DESCRIPTION)
    group = made.add_argument_group("arguments")
    group.add_argument(
        "evidence", metavar="EVIDENCE", type=Path, help="the file, or the folder of the proposal that holds it"
    )
    group = made.add_argument_group("options")
    formats = ("text", "json", "markdown", "html", "sarif", "github")
    group.add_argument("--format", choices=formats, default="text", help="text is the default")
    group.add_argument("--output", metavar="FILE", type=Path, help="write the report to this file, all or nothing")
    add_templates(group)
    add_common(made)
    return made


def report(options: ReportOptions) -> int:
    """Render, and give the exit code: findings make no difference to it."""
    document = read(options.evidence)
    shown = _rendered(document, options)
    if options.output is not None:
        write_file(options.output, shown)
    else:
        write(shown)
    return 0


def _rendered(document: EvidenceDocument, options: ReportOptions) -> str:
    match options.format:
        case "json":
            return as_json(document)
        case "sarif":
            from repairbot.render import sarif

            return sarif.text(of_document(document, rule_pages()))
        case "github":
            from repairbot.render import annotations

            return annotations.text(of_document(document, rule_pages()))
        case "markdown" | "html" as kind:
            from repairbot.render.layout import layout
            from repairbot.render.template_worker import rendered

            config = load(root_of(()), options.config, options.flags, os.environ)
            return rendered(kind, document, layout(config), options.templates)
        case _:
            colour = options.output is None and takes_colour(sys.stdout, os.environ)
            return painted(document_lines(document, options.verbosity), colour=colour)


COMMAND = Command(parser, ReportOptions, report)
