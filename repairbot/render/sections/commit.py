"""What a commit says: made from the findings it mends, so that it can be written before there is a change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from repairbot.evidence.entries import Link, Reported
from repairbot.render.detail import Listed, first
from repairbot.render.pieces import name
from repairbot.render.terminal.text import counted
from repairbot.render.wording import BACKTICK, distinct, listed, mistake

_SUBJECT = 72
_PLACES = 20


@dataclass(frozen=True, slots=True)
class Mended:
    place: str
    message: str


@dataclass(frozen=True, slots=True)
class Commit:
    subject: str
    places: Listed[Mended]
    causes: Listed[Link]
    rules: tuple[str, ...]


def commit(findings: Sequence[Reported]) -> Commit:
    last = {(link.path, link.line): link for one in findings for link in one.evidence if "`@" in link.text}
    return Commit(
        subject=subject(findings),
        places=first(_PLACES, (Mended(f"{one.path}:{one.line}", one.message) for one in findings)),
        causes=first(_PLACES, last.values()),
        rules=distinct(one.rule for one in findings),
    )


def subject(findings: Sequence[Reported]) -> str:
    """One line: what is mended, and where if there is room to say it."""
    if not findings:
        return "Mend nothing"
    mistakes = distinct(mistake(one.rule) for one in findings)
    what = f"Mend {listed(mistakes)}" if len(mistakes) <= 2 else f"Mend {counted(len(findings), 'wrong protocol')}"
    files = distinct(one.path for one in findings)
    if len(files) > 1:
        where = f"{what} in {counted(len(files), 'file')}"
    else:
        where = f"{what} in {name(files[0]).replace('`', BACKTICK)}"
    return where if len(where) <= _SUBJECT else what
