"""Reads what the report plugin wrote inside the sandbox: lines of a hostile file in, values out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from repairbot.harness.suite.runs import Case, CollectProblem, Hit, Met, Outcome, Raised, Seen, SuiteRun
from repairbot.process.run import Ended, Stopped

SIZE_LIMIT = 512 * 1024 * 1024
LINE_LIMIT = 64 * 1024 * 1024  # the ids of a whole suite stand in one line

MESSAGE_LIMIT = 500
TYPE_LIMIT = 200

TIMED_OUT = "repairbot stopped this test: it took longer than"  # as the limit plugin says it

Record = Mapping[str, object]


@dataclass
class _Phases:
    """What is known of one test while the report is read."""

    began: bool = False
    done: bool = False
    outcome: Outcome = Outcome.PASSED
    seconds: float = 0.0
    message: str = ""
    text: str = ""
    raised: tuple[Raised, ...] = ()


@dataclass
class _Reading:
    phases: dict[str, _Phases] = field(default_factory=dict)  # in the order of collection
    problems: list[CollectProblem] = field(default_factory=list)
    deselected: list[str] = field(default_factory=list)
    internal_errors: list[str] = field(default_factory=list)
    started: dict[int, Record] = field(default_factory=dict)  # by process
    exits: dict[int, int] = field(default_factory=dict)
    collected: bool = False


def read_run(report: Path, lines: Path | None, tree: str, ended: Ended) -> SuiteRun:
    """The run that `ended`; `tree` is where the target's tree lay inside, `lines` what the line plugin wrote."""
    reading = _Reading()
    for record in records(report):
        _take(reading, record, tree)
    start = next(iter(reading.started.values()), {})
    return SuiteRun(
        cases=tuple(_case(test, phases, ended) for test, phases in reading.phases.items()),
        problems=tuple(reading.problems),
        deselected=tuple(reading.deselected),
        hits=hits_in(lines, tree) if lines is not None else (),
        python=_text(start.get("python")) or None,
        pytest=_text(start.get("pytest")) or None,
        plugins=tuple(_texts(start.get("plugins"))),
        exit=max(reading.exits.values(), default=None),
        ended=how(ended),
        incomplete=_incomplete(reading, ended),
        internal_errors=tuple(reading.internal_errors),
        stopped_by_time=ended.timed_out,
        seconds=ended.seconds,
        log=str(ended.output),
        seen=seen_in(lines) if lines is not None else (),
    )


def records(path: Path) -> Iterator[Record]:
    """The JSON objects of a file, one a line; what is not one is passed over, a last line cut by a crash included."""
    if path.is_symlink() or not path.is_file():
        return
    left = SIZE_LIMIT
    with path.open("rb") as stream:
        while left > 0 and (line := stream.readline(LINE_LIMIT)):
            left -= len(line)
            try:
                record = json.loads(line)
            except (ValueError, RecursionError):
                continue
            if isinstance(record, dict):
                yield record


def _take(reading: _Reading, record: Record, tree: str) -> None:
    pid, test = _number(record.get("pid")), _text(record.get("id"))
    match record.get("event"):
        case "start":
            reading.started[pid] = record
        case "collected":
            reading.collected = True
            for collected in _texts(record.get("ids")):
                reading.phases.setdefault(collected, _Phases())
        case "deselected":
            reading.deselected += _texts(record.get("ids"))
        case "collect-error" | "collect-skip" as event:
            reading.problems.append(CollectProblem(test, event == "collect-skip", _text(record.get("text"))))
        case "internal-error":
            reading.internal_errors.append(_text(record.get("text")))
        case "begin":
            reading.phases.setdefault(test, _Phases()).began = True
        case "phase":
            _take_phase(reading.phases.setdefault(test, _Phases()), record, tree)
        case "end":
            reading.exits[pid] = _number(record.get("exit"))


# A test can report more than one call (subtests) and more than one failing phase: the worst is what it did.
_WORSE = (
    Outcome.PASSED,
    Outcome.XPASSED,
    Outcome.XFAILED,
    Outcome.SKIPPED,
    Outcome.ERROR,
    Outcome.FAILED,
    Outcome.TIMED_OUT,
)


def _take_phase(known: _Phases, record: Record, tree: str) -> None:
    known.began = True
    known.seconds += _seconds(record.get("seconds"))
    if record.get("when") == "teardown":
        known.done = True
    if record.get("outcome") == "rerun":  # pytest-rerunfailures: the last attempt counts
        return
    outcome = _outcome_of(record)
    if _WORSE.index(outcome) > _WORSE.index(known.outcome):
        known.outcome = outcome
        known.message, known.text = _text(record.get("message")), _text(record.get("text"))
        known.raised = tuple(_raised(error, tree) for error in _objects(record.get("errors")))


def _outcome_of(record: Record) -> Outcome:
    when, outcome, message = record.get("when"), record.get("outcome"), _text(record.get("message"))
    if outcome == "skipped":
        return Outcome.XFAILED if record.get("xfail") is True else Outcome.SKIPPED
    if outcome == "failed":
        if TIMED_OUT in message or message.startswith("Failed: Timeout"):  # ours, or pytest-timeout's
            return Outcome.TIMED_OUT
        return Outcome.FAILED if when == "call" else Outcome.ERROR
    return Outcome.XPASSED if record.get("xfail") is True else Outcome.PASSED


def _case(test: str, phases: _Phases, ended: Ended) -> Case:
    case = Case(test, phases.outcome, round(phases.seconds, 4), phases.message, phases.text, phases.raised)
    if phases.done:
        return case
    if not phases.began:
        return replace(case, outcome=Outcome.NOT_RUN)
    outcome = Outcome.TIMED_OUT if ended.stopped is Stopped.TIME else Outcome.CRASHED
    return replace(case, outcome=outcome, message=f"it began and never came to its end: {how(ended)}")


def _incomplete(reading: _Reading, ended: Ended) -> str | None:
    """Why nothing can be said about the tests that left no trace; None for a run that came to its end."""
    if not reading.started:
        return f"pytest did not start: {how(ended)}"
    if not reading.collected:
        return f"pytest ended before it had collected the tests: {how(ended)}"
    left = sum(not phases.done for phases in reading.phases.values())
    if ended.stopped is not None or reading.exits.keys() != reading.started.keys():
        return f"the run was cut off with {left} of {len(reading.phases)} tests unfinished: {how(ended)}"
    if not reading.phases:
        return "no tests were collected"
    if left:
        return f"pytest ended with {left} of {len(reading.phases)} tests unfinished"
    return None


def how(ended: Ended) -> str:
    """How a process ended, as a clause."""
    if ended.stopped is not None:
        return {
            Stopped.TIME: f"stopped after {ended.seconds:.0f} s",
            Stopped.OUTPUT: "stopped because it wrote too much",
            Stopped.MEMORY: "stopped because it used too much memory",
            Stopped.PROCESSES: "stopped because it started too many processes",
        }[ended.stopped]
    if ended.signal is not None:
        return f"ended by signal {ended.signal}"
    return f"exit code {ended.returncode}"


def hits_in(lines: Path, tree: str) -> tuple[Hit, ...]:
    found = {
        Hit(_text(record.get("id")), inside_tree(_text(pair[0]), tree), _number(pair[1]))
        for record in records(lines)
        for pair in _rows(record.get("hits"), 2)
    }
    return tuple(sorted(found, key=lambda hit: (hit.path, hit.line, hit.test)))


def seen_in(lines: Path) -> tuple[Seen, ...]:
    """What the watched sites met. The target could have written any of it, so that it may be false, but not harmful."""
    found = {
        Seen(_text(record.get("id")), _number(one[0]), Met(one[1]), _known(one[2], TYPE_LIMIT), _known(one[3]))
        for record in records(lines)
        for one in _rows(record.get("sites"), 4)
        if isinstance(one[1], str) and one[1] in set(Met)
    }
    return tuple(sorted(found, key=lambda seen: (seen.site, seen.test, seen.met, seen.type or "", seen.error or "")))


def inside_tree(path: str, tree: str) -> str:
    return path.removeprefix(tree.rstrip("/") + "/")


def _raised(error: Record, tree: str) -> Raised:
    path, line = error.get("path"), error.get("line")
    return Raised(
        _text(error.get("type")),
        _text(error.get("message")),
        inside_tree(_text(path), tree) if path else None,
        _number(line) if line else None,
        tuple((inside_tree(_text(frame[0]), tree), _number(frame[1])) for frame in _rows(error.get("frames"), 2)),
        error.get("system") is True,
    )


def _text(value: object) -> str:
    """A string that can be written as UTF-8."""
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else ""


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def _seconds(value: object) -> float:
    return float(value) if isinstance(value, int | float) and 0 <= value < 1e9 else 0.0


def _texts(value: object) -> list[str]:
    return [_text(item) for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _objects(value: object) -> list[Record]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _rows(value: object, width: int) -> Iterable[list[object]]:
    """The lists of this length in a list."""
    return [row for row in value if isinstance(row, list) and len(row) == width] if isinstance(value, list) else []


def _known(value: object, limit: int = MESSAGE_LIMIT) -> str | None:
    return _text(value)[:limit] if isinstance(value, str) else None
