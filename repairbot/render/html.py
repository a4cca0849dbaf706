"""The write-up as one HTML file that needs nothing else: no network, no script."""

from __future__ import annotations

from pathlib import Path

from repairbot.evidence.document import EvidenceDocument
from repairbot.render.detail import WHOLE, Dropped
from repairbot.render.diff_lines import diff_lines
from repairbot.render.escape import html
from repairbot.render.picture import picture
from repairbot.render.story import USUAL, Layout, story
from repairbot.render.templates import Medium, sandbox

HTML = Medium(
    escape=html.prose,
    filters={
        "prose": html.prose,
        "code": html.code,
        "text": html.text,
        "block": html.block,
        "diff_lines": diff_lines,
        "picture": picture,
    },
)


def html_report(document: EvidenceDocument, layout: Layout = USUAL, folder: Path | None = None) -> str:
    """Everything the document holds; long lists are folded."""
    page = story(document, layout, Dropped(WHOLE, ()))
    return sandbox(HTML, folder).get_template("report.html.j2").render(page=page)
