"""The write-up as Markdown for GitHub, whole or fitted to a limit, and the texts beside it: title, commit message."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path

from markupsafe import Markup

from repairbot.evidence.document import EvidenceDocument
from repairbot.evidence.entries import Reported
from repairbot.render.detail import WHOLE, Detail, levels
from repairbot.render.escape import markdown
from repairbot.render.escape.plain import plain
from repairbot.render.finding_details import dossiers, mended
from repairbot.render.mermaid import mermaid
from repairbot.render.sections.commit import commit, subject
from repairbot.render.story import USUAL, Layout, story
from repairbot.render.templates import Medium, sandbox

MARKDOWN = Medium(
    escape=markdown.prose,
    filters={
        "prose": markdown.prose,
        "cell": markdown.cell,
        "code": markdown.code,
        "cell_code": markdown.cell_code,
        "fence": markdown.fence,
        "mermaid": mermaid,
    },
)


def _wrapped(sentence: str) -> Markup:
    """An item of a list in lines that git shows whole; a name is never broken."""
    lines = textwrap.wrap(
        plain(sentence),
        width=76,
        initial_indent="- ",
        subsequent_indent="  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    return Markup("\n".join(lines))  # noqa: S704 - plain text


PLAIN = Medium(escape=plain, filters={"wrapped": _wrapped})

# GitHub takes 65,536 characters and 1 MiB; counted in bytes, and with room for what is put around the text.
BODY_BYTES = 60_000
SUMMARY_BYTES = 900_000
_TITLE = 200

_FENCE = re.compile(r"`{3,}")


def pull_request_body(document: EvidenceDocument, layout: Layout = USUAL, folder: Path | None = None) -> str:
    """At most `BODY_BYTES` of UTF-8; detail is dropped in the order of `detail.levels`, and the text says so."""
    return _fitted("pull_request.md.j2", document, layout, folder, Detail(), BODY_BYTES)


def step_summary(document: EvidenceDocument, layout: Layout = USUAL, folder: Path | None = None) -> str:
    return _fitted("step_summary.md.j2", document, layout, folder, Detail(), SUMMARY_BYTES)


def whole(document: EvidenceDocument, layout: Layout = USUAL, folder: Path | None = None) -> str:
    """The body with nothing left out."""
    return _fitted("pull_request.md.j2", document, layout, folder, WHOLE, None)


def pull_request_title(document: EvidenceDocument) -> str:
    findings = [one.finding for one in mended(dossiers(document))]
    return plain(subject(findings or document.findings))[:_TITLE]


def commit_message(source: EvidenceDocument | Iterable[Reported], folder: Path | None = None) -> str:
    """For the findings given, or for those that the document's change mends."""
    if isinstance(source, EvidenceDocument):
        source = [one.finding for one in mended(dossiers(source))]
    text = sandbox(PLAIN, folder).get_template("commit_message.txt.j2").render(page=commit(list(source)))
    return "\n".join(_tidied(text)) + "\n"


def _fitted(
    name: str, document: EvidenceDocument, layout: Layout, folder: Path | None, detail: Detail, most: int | None
) -> str:
    template = sandbox(MARKDOWN, folder).get_template(name)
    text = ""
    for level in levels(detail):
        text = "\n".join(_tidied(template.render(page=story(document, layout, level)))) + "\n"
        if most is None or len(text.encode("utf-8", "backslashreplace")) <= most:
            break
    return text


def _tidied(text: str) -> Iterator[str]:
    """The lines without those that are blank after a blank one, except in blocks of code."""
    fence, blank = "", True
    for raw in text.rstrip("\n").split("\n"):
        line = raw
        if fence:
            fence = "" if line == fence else fence
        else:
            found = _FENCE.match(line)
            fence = found[0] if found else ""
            line = line.rstrip()
            if blank and not line:
                continue
        blank = not line and not fence
        yield line
