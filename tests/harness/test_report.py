from __future__ import annotations

import json
from pathlib import Path

import pytest

from repairbot.harness.inside import __file__ as inside
from repairbot.harness.suite.report import LINE_LIMIT, TIMED_OUT, read_run
from repairbot.harness.suite.runs import Hit, Met, Outcome, Seen, SuiteRun
from repairbot.process.run import Ended, Stopped

TREE = "/box/repo"
START = {"event": "start", "pid": 1, "python": "3.12.1", "pytest": "9.0", "plugins": ["pytest-cov"]}
END = {"event": "end", "pid": 1, "exit": 0}


def phase(test: str, when: str, outcome: str = "passed", **more: object) -> dict[str, object]:
    return {"event": "phase", "pid": 1, "id": test, "when": when, "outcome": outcome, "seconds": 0.5, **more}


def whole(test: str, call: str = "passed", **more: object) -> list[dict[str, object]]:
    return [
        {"event": "begin", "pid": 1, "id": test},
        phase(test, "setup"),
        phase(test, "call", call, **more),
        phase(test, "teardown"),
    ]


def collected(*ids: str) -> dict[str, object]:
    return {"event": "collected", "pid": 1, "ids": list(ids)}


def read(tmp_path: Path, *records: object, ended: Ended | None = None, raw: bytes = b"") -> SuiteRun:
    report = tmp_path / "report.jsonl"
    report.write_bytes(b"".join(json.dumps(record).encode() + b"\n" for record in records) + raw)
    return read_run(report, None, TREE, ended or Ended(0, None, 2.0, None, tmp_path / "log"))


def test_a_run_is_complete_when_every_collected_test_was_torn_down_and_pytest_ended(tmp_path: Path) -> None:
    run = read(tmp_path, START, collected("a", "b"), *whole("a"), *whole("b", "failed"), END)
    assert [(case.id, case.outcome, case.seconds) for case in run.cases] == [
        ("a", Outcome.PASSED, 1.5),
        ("b", Outcome.FAILED, 1.5),
    ]
    assert run.complete


@pytest.mark.parametrize(
    ("records", "ended", "reason"),
    [
        ([], Ended(4, None, 1, None, Path()), "pytest did not start: exit code 4"),
        ([START], Ended(None, 9, 1, None, Path()), "pytest ended before it had collected the tests: ended by signal 9"),
        ([START, collected(), END], None, "no tests were collected"),
        ([START, collected("a"), *whole("a")], None, "the run was cut off with 0 of 1 tests unfinished: exit code 0"),
        ([START, collected("a", "b"), *whole("a"), END], None, "pytest ended with 1 of 2 tests unfinished"),
        (
            [START, collected("a"), *whole("a"), END],
            Ended(None, 9, 3, Stopped.MEMORY, Path()),
            "the run was cut off with 0 of 1 tests unfinished: stopped because it used too much memory",
        ),
    ],
    ids=["nothing", "no collection", "no tests", "no end", "tests left", "stopped at the end"],
)
def test_a_run_that_is_not_complete_says_why(
    tmp_path: Path, records: list[object], ended: Ended | None, reason: str
) -> None:
    assert read(tmp_path, *records, ended=ended).incomplete == reason


def test_a_test_that_began_and_never_ended_crashed_or_timed_out(tmp_path: Path) -> None:
    records = [START, collected("a", "b"), {"event": "begin", "pid": 1, "id": "a"}]
    crashed = read(tmp_path, *records, ended=Ended(None, 11, 1, None, Path()))
    assert [case.outcome for case in crashed.cases] == [Outcome.CRASHED, Outcome.NOT_RUN]
    assert crashed.cases[0].message == "it began and never came to its end: ended by signal 11"
    stopped = read(tmp_path, *records, ended=Ended(None, 15, 60, Stopped.TIME, Path()))
    assert [case.outcome for case in stopped.cases] == [Outcome.TIMED_OUT, Outcome.NOT_RUN]


def test_the_worst_phase_decides_and_keeps_its_message(tmp_path: Path) -> None:
    records = [
        phase("a", "setup"),
        phase("a", "call", "failed", message="first"),
        phase("a", "call"),
        phase("a", "teardown", "failed", message="second"),
    ]
    case = read(tmp_path, START, collected("a"), *records, END).cases[0]
    assert (case.outcome, case.message) == (Outcome.FAILED, "first")


def test_an_attempt_that_is_repeated_by_a_plugin_does_not_count(tmp_path: Path) -> None:
    records = [phase("a", "call", "rerun"), *whole("a")]
    assert read(tmp_path, START, collected("a"), *records, END).cases[0].outcome is Outcome.PASSED


@pytest.mark.parametrize("message", [f"Failed: {TIMED_OUT} 5 s", "Failed: Timeout (>5.0s) from pytest-timeout."])
def test_a_failure_by_a_time_limit_is_a_time_out(tmp_path: Path, message: str) -> None:
    run = read(tmp_path, START, collected("a"), *whole("a", "failed", message=message), END)
    assert run.cases[0].outcome is Outcome.TIMED_OUT


def test_the_limit_plugin_says_what_the_reader_looks_for() -> None:
    assert f'TIMED_OUT = "{TIMED_OUT}"' in Path(inside).with_name("repairbot_limit.py").read_text(encoding="utf-8")


def test_two_runs_of_one_command_are_one_run_and_both_must_end(tmp_path: Path) -> None:
    second = [{**record, "pid": 2} for record in (START, collected("b"), *whole("b"))]
    first = [START, collected("a"), *whole("a"), END]
    assert not read(tmp_path, *first, *second).complete
    both = read(tmp_path, *first, *second, {**END, "pid": 2, "exit": 1})
    assert (both.complete, both.exit, len(both.cases)) == (True, 1, 2)


def test_paths_in_the_tree_are_relative_to_it(tmp_path: Path) -> None:
    errors = [
        {"type": "TypeError", "message": "x", "path": f"{TREE}/pkg/a.py", "line": 7},
        {"type": "ValueError", "message": "y", "path": "/usr/lib/python3.12/x.py", "line": 1},
        {"type": "Bare", "message": "", "path": None, "line": None},
    ]
    raised = read(tmp_path, START, collected("a"), *whole("a", "failed", errors=errors), END).cases[0].raised
    assert [(error.path, error.line) for error in raised] == [
        ("pkg/a.py", 7),
        ("/usr/lib/python3.12/x.py", 1),
        (None, None),
    ]


@pytest.mark.parametrize(
    "raw",
    [
        b'{"event": "phase", "id": "a", "whe',
        b"\xff\xfe\n[1, 2]\nnull\n" + b"[" * 100_000,
        b'{"event": "collected", "ids": "a"}\n{"event": "phase", "id": 7, "seconds": "x", "errors": [3]}\n',
        b'{"event": "phase", "id": "a", "when": "call", "outcome": "failed", "seconds": -1e99, "message": {"a": 1}}\n',
        b'{"event": "end", "pid": "x", "exit": [1]}\n{"event": "begin", "id": "\\ud800"}\n',
    ],
    ids=["cut", "not JSON", "wrong types", "wild numbers", "surrogates"],
)
def test_a_forged_or_broken_report_is_read_without_an_error(tmp_path: Path, raw: bytes) -> None:
    run = read(tmp_path, START, collected("a"), *whole("a"), END, raw=raw)
    assert run.cases[0].id == "a"
    assert all(case.seconds >= 0 for case in run.cases)
    str(run).encode()


def test_a_report_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    real = tmp_path / "real.jsonl"
    real.write_text(json.dumps(START), encoding="utf-8")
    (tmp_path / "report.jsonl").symlink_to(real)
    run = read_run(tmp_path / "report.jsonl", None, TREE, Ended(0, None, 1, None, tmp_path))
    assert run.python is None


def test_an_endless_line_is_not_held_in_memory_whole(tmp_path: Path) -> None:
    with (tmp_path / "report.jsonl").open("wb") as stream:
        stream.truncate(2 * LINE_LIMIT)
    assert read_run(tmp_path / "report.jsonl", None, TREE, Ended(0, None, 1, None, tmp_path)).cases == ()


@pytest.mark.parametrize(
    "raw",
    [
        b'{"id": "a", "sites": [[0, "ran", nu',
        b'{"id": "a", "sites": 7}\n{"id": ["x"], "hits": {"a": 1}, "sites": [0, [1], [1, 2, 3, 4, 5]]}\n',
        b'{"id": "a", "sites": [["x", "raised", 1, 2], [1, "exploded", null, null], [1, ["ran"], null, null]]}\n',
        b'{"id": "\\ud800", "sites": [[-9e99, "ran", "\\ud800\\u202e", "\\u0000"]], "hits": [["\\ud800", 1e400]]}\n',
        b"[" * 100_000 + b'\n{"id": 1, "hits": [[1, 2], ["a"], null]}\n',
    ],
    ids=["cut", "wrong shapes", "wrong words", "surrogates", "not JSON"],
)
def test_forged_or_broken_observations_are_read_without_an_error(tmp_path: Path, raw: bytes) -> None:
    lines = tmp_path / "lines.jsonl"
    good = b'{"id": "t::a", "hits": [["/box/repo/a.py", 3]], "sites": [[2, "raised", "lib.X", "TypeError: no"]]}\n'
    lines.write_bytes(good + raw)
    run = read_run(tmp_path / "none", lines, TREE, Ended(0, None, 1, None, tmp_path))
    assert Seen("t::a", 2, Met.RAISED, "lib.X", "TypeError: no") in run.seen
    assert Hit("t::a", "a.py", 3) in run.hits
    assert all(len(one.error or "") <= 500 and len(one.type or "") <= 200 for one in run.seen)
    str(run).encode()


def test_a_forged_observation_of_endless_length_is_cut(tmp_path: Path) -> None:
    lines = tmp_path / "lines.jsonl"
    lines.write_text(json.dumps({"id": "t", "sites": [[0, "raised", "x" * 10_000, "y" * 10_000]]}), encoding="utf-8")
    (seen,) = read_run(tmp_path / "none", lines, TREE, Ended(0, None, 1, None, tmp_path)).seen
    assert (len(seen.type or ""), len(seen.error or "")) == (200, 500)


def test_the_frames_of_an_error_are_those_that_were_watched(tmp_path: Path) -> None:
    frames = [[f"{TREE}/use.py", 4], ["x"], [f"{TREE}/lib.py", "7"], 3]
    errors = [{"type": "KeyError", "message": "m", "path": None, "line": None, "frames": frames, "system": True}]
    (error,) = read(tmp_path, START, collected("a"), *whole("a", "failed", errors=errors), END).cases[0].raised
    assert (error.frames, error.system) == ((("use.py", 4), ("lib.py", 0)), True)
