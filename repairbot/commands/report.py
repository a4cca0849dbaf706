"""`repairbot report`: everything that people and machines read, rendered again from an evidence document alone."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import cast

from repairbot.commands.arguments import Arguments
from repairbot.commands.output import takes_colour, write, write_file
from repairbot.commands.pages import rule_pages
from repairbot.commands.painted import painted
from repairbot.config.load import load
from repairbot.evidence.document import EvidenceDocument
from repairbot.evidence.storing import read
from repairbot.evidence.storing import text as as_json
from repairbot.render.listing import of_document
from repairbot.render.restored import document_lines
from repairbot.source.paths import root_of


def report(arguments: Arguments) -> int:
    """Render, and give the exit code: findings make no difference to it."""
    document = read(Path(arguments.topic or ""))
    shown = _rendered(document, arguments)
    if arguments.output is not None:
        write_file(arguments.output, shown)
    else:
        write(shown)
    return 0


def _rendered(document: EvidenceDocument, arguments: Arguments) -> str:
    match arguments.format:
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

            config = load(root_of(()), arguments.config, arguments.flags, os.environ)
            return rendered(kind, document, layout(config), cast("Path | None", arguments.options["templates"]))
        case _:
            colour = arguments.output is None and takes_colour(sys.stdout, os.environ)
            return painted(document_lines(document, arguments.verbosity), colour=colour)
