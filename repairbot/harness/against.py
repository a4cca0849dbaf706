"""Tests that speak against a fix: what they failed with inside the repaired statement, out of both runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from repairbot.harness.suite.compare import Comparison, Judged, Verdict
from repairbot.harness.suite.runs import Outcome, Raised

Statement = Mapping[str, frozenset[int]]
"""Lines by file."""


@dataclass(frozen=True, slots=True)
class Against:
    """The first test whose failure lies in a repaired statement, and the error with its line there."""

    test: str
    error: str
    path: str
    line: int
    tests: tuple[str, ...]

    @property
    def reason(self) -> str:
        more = f" (and {len(self.tests) - 1} more)" if len(self.tests) > 1 else ""
        return (
            f"the fix was tried and withdrawn: with it the test `{self.test}`{more} fails inside the repaired "
            f"statement, at {self.path}:{self.line}, with {self.error}"
        )


def against(comparison: Comparison, before: Statement, after: Statement) -> Against | None:
    """What speaks against a fix whose statement has these lines without and with it."""
    found = [(judged, *place) for judged in comparison.judged if (place := _failing(judged, before, after)) is not None]
    if not found:
        return None
    judged, error, path, line = found[0]
    return Against(judged.id, error.message or error.type, path, line, tuple(one[0].id for one in found))


def _failing(judged: Judged, before: Statement, after: Statement) -> tuple[Raised, str, int] | None:
    now = judged.after
    if now is None or not now.outcome.red or now.outcome is Outcome.TIMED_OUT:
        return None
    if judged.verdict is Verdict.FLAKY or judged.encodes_bug:
        return None
    # A server that is not there says nothing of the fix; the grade tells that the test is red.
    if any(error.system for error in now.raised):
        return None
    for error in now.raised:
        place = _place(error, after)
        if place is not None and not _was_there(error, judged, before):
            return error, *place
    return None


def _place(error: Raised, lines: Statement) -> tuple[str, int] | None:
    """The innermost frame of an error that lies in some lines."""
    own = ((error.path, error.line),) if error.path is not None and error.line is not None else ()
    return next((at for at in reversed((*error.frames, *own)) if at[1] in lines.get(at[0], ())), None)


def _was_there(error: Raised, judged: Judged, before: Statement) -> bool:
    """Whether the test failed in the same way without the change, as before the construct was reached."""
    old: Iterable[Raised] = judged.before.raised if judged.before is not None else ()
    same = (one for one in old if (one.type, one.message) == (error.type, error.message))
    return any(_place(one, before) is not None for one in same)
