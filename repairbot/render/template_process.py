"""The process that an operator's own templates run in: a job's file in, an answer's file out, whatever happens."""

from __future__ import annotations

import json
import resource
import signal
import sys
import traceback
from pathlib import Path
from types import FrameType, TracebackType
from typing import NoReturn

from jinja2 import TemplateSyntaxError

from repairbot.evidence.storing import parsed
from repairbot.plain import decoded, encoded
from repairbot.render.template_job import MEMORY_BYTES, TEXTS, Answer, Job


class TooLong(Exception):
    """The time is over; raised wherever the template is at that moment."""


def main(job_file: Path, answer_file: Path) -> None:
    """Whatever a template raises ends this process; the hook makes an answer of it."""
    job = decoded(Job, json.loads(job_file.read_text(encoding="utf-8")))

    def tell(answer: Answer) -> None:
        answer_file.write_text(json.dumps(encoded(answer)), encoding="utf-8")

    def tell_error(_: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        tell(_answer(error, trace, Path(job.folder)))

    sys.excepthook = tell_error
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    signal.signal(signal.SIGALRM, _too_long)
    signal.setitimer(signal.ITIMER_REAL, job.seconds)
    text = TEXTS[job.kind](parsed(job.document.encode(), "evidence"), job.layout, Path(job.folder))
    signal.setitimer(signal.ITIMER_REAL, 0)
    tell(Answer(text))


def _too_long(_: int, __: FrameType | None) -> NoReturn:
    raise TooLong


def _answer(error: BaseException, trace: TracebackType | None, folder: Path) -> Answer:
    said = str(error).partition("\n")[0]
    if isinstance(error, TemplateSyntaxError):
        return Answer(None, said, error.filename or error.name or "", error.lineno)
    frames = [frame for frame in traceback.extract_tb(trace) if frame.filename.endswith(".j2")]
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(folder)]
    kind = (
        "it does not end"
        if isinstance(error, TooLong)
        else ": ".join(part for part in (type(error).__name__, said) if part)
    )
    for place in reversed(own or frames):
        return Answer(None, kind, place.filename, place.lineno or 0)
    return Answer(None, kind)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
