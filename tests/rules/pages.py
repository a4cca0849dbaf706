"""A rule's page as a list of examples: the page is the documentation and the test."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ONLY = "example.py"
SECTIONS = ("Fixed", "Unsafe", "Refused", "Expected", "Left alone")
EVERYWHERE = "In every example"

_LABEL = re.compile(r"`(?P<path>[^`]+)`(?P<after> becomes|:)|(?P<only>becomes)")


@dataclass
class Example:
    """One `###` of a page: the files before, the files that change, and what the reason must say."""

    rule: str
    section: str
    title: str
    before: dict[str, str] = field(default_factory=dict)
    after: dict[str, str] = field(default_factory=dict)
    reason: str = ""


def examples(page: Path, code: str) -> list[Example]:
    """All examples of a page, each with the files that stand in every example."""
    everywhere = Example(code, EVERYWHERE, "")
    found: list[Example] = []
    for section, title, lines in _parts(page.read_text(encoding="utf-8").splitlines()):
        if section == EVERYWHERE:
            _read(lines, everywhere)
        elif section in SECTIONS and title:
            example = Example(code, section, title)
            _read(lines, example)
            found.append(example)
    for example in found:
        example.before = {**everywhere.before, **example.before}
    return found


def _parts(lines: list[str]) -> Iterator[tuple[str, str, list[str]]]:
    section = title = ""
    part: list[str] = []
    fenced = False
    for line in lines:
        fenced ^= line.startswith("```")
        if not fenced and line.startswith(("## ", "### ")):
            yield section, title, part
            part = []
            if line.startswith("### "):
                title = line.removeprefix("### ")
            else:
                section, title = line.removeprefix("## "), ""
        else:
            part.append(line)
    yield section, title, part


def _read(lines: list[str], example: Example) -> None:
    path, target = ONLY, example.before
    block: list[str] | None = None
    for line in lines:
        if line.startswith("```"):
            if block is None:
                block = []
            else:
                target[path] = "".join(f"{one}\n" for one in block)
                block, path, target = None, ONLY, example.before
        elif block is not None:
            block.append(line)
        elif line.startswith("> "):
            example.reason = line.removeprefix("> ")
        elif match := _LABEL.fullmatch(line):
            path = match["path"] or ONLY
            target = example.after if match["after"] == " becomes" or match["only"] else example.before
        elif line.strip():
            raise AssertionError(f"{example.title}: a line that is no part of an example: {line!r}")
