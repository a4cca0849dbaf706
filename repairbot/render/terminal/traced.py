"""What became of the lines that a traceback shows, for a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from repairbot.model import Finding
from repairbot.render.escape.visible import capped
from repairbot.render.terminal.preview import LinesOf
from repairbot.render.terminal.spans import Line, Span, Tone, line
from repairbot.render.terminal.text import finding_lines


@dataclass(frozen=True, slots=True)
class Answer:
    """`raised_in` and `raised_line` are as the traceback has them; `path` and `line` where that is in the target now.

    `verdict` is `still there`, `gone` or `elsewhere` (the file is none of the target's).
    """

    error: str
    raised_in: str
    raised_line: int
    function: str
    path: str | None
    line: int
    verdict: str = ""
    text: str = ""
    finding: Finding | None = None


_TONES = {"still there": Tone.BAD, "gone": Tone.GOOD, "elsewhere": Tone.DOUBTFUL}
_SAID = {
    "still there": "the code still has this bug",
    "gone": "the code does not have this bug any more",
    "elsewhere": "not in this project",
}


def answer_lines(answers: Sequence[Answer], lines_of: LinesOf) -> Iterator[Line]:
    for answer in answers:
        yield line(Span(capped(answer.error), Tone.STRONG))
        function = f" in {answer.function}" if answer.function else ""
        yield line("  raised at ", Span(f"{answer.raised_in}:{answer.raised_line}", Tone.PATH), capped(function))
        where = f" ({answer.path}:{answer.line})" if answer.path and answer.line else ""
        yield line("  ", Span(_SAID[answer.verdict], _TONES[answer.verdict]), where, f": {capped(answer.text)}")
        yield line()
        if answer.finding is not None:
            yield from finding_lines(answer.finding, lines_of, answer.finding)
            yield line()
