"""What is asked of the process that an operator's own templates run in, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from repairbot.evidence.document import EvidenceDocument
from repairbot.render.html import html_report
from repairbot.render.markdown import commit_message, pull_request_body, step_summary, whole
from repairbot.render.story import Layout

SECONDS = 20.0
MEMORY_BYTES = 768 << 20

TEXTS: Mapping[str, Callable[[EvidenceDocument, Layout, Path | None], str]] = {
    "body": pull_request_body,
    "commit": lambda document, _, folder: commit_message(document, folder),
    "html": html_report,
    "markdown": whole,
    "summary": step_summary,
}


@dataclass(frozen=True, slots=True)
class Job:
    """`kind` is a key of TEXTS; `document` is the evidence as JSON."""

    kind: str
    document: str
    layout: Layout
    folder: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Answer:
    """The text, or what went wrong, and in which template and line as far as that is known."""

    text: str | None
    problem: str = ""
    template: str = ""
    line: int = 0
