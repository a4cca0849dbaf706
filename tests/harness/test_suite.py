from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from repairbot.harness.environment.environment import Environment
from repairbot.harness.session import Bench, Patience, Side
from repairbot.harness.suite.runs import Case, Outcome, SuiteRun
from repairbot.harness.suite.suite import Ask, run_suite

Making = Callable[..., Bench]

EVERY_KIND = """
import asyncio, os, subprocess, unittest
import pytest
import db

def test_green(): pass
def test_red(): assert db.answer() == 41
def test_the_bug(): asyncio.run(db.use())
def test_wrapped():
    try:
        asyncio.run(db.use())
    except TypeError as error:
        raise RuntimeError("wrapped") from error
@pytest.mark.skip(reason="not today")
def test_skipped(): pass
@pytest.mark.xfail
def test_xfailed(): assert 0
@pytest.mark.xfail
def test_xpassed(): pass
@pytest.mark.xfail(strict=True)
def test_strict(): pass
def test_async(): asyncio.run(asyncio.sleep(0))
@pytest.fixture
def broken_setup(): raise ValueError("no")
def test_setup(broken_setup): pass
@pytest.fixture
def broken_teardown():
    yield
    raise ValueError("no")
def test_teardown(broken_teardown): pass
class TestClassic(unittest.TestCase):
    def test_passes(self): pass
    def test_fails(self): self.fail("no")
@pytest.mark.parametrize("value", [1, "a::b [c]"])
def test_many(value): pass
def test_leaves_a_daemon(): subprocess.Popen(["sleep", "300"], start_new_session=True)
def test_rewrites_the_tree():
    with open("db.py", "w") as file: file.write("broken (")
    os.remove("test_kinds.py")
def test_exits(): raise SystemExit(3)
"""
DB = """
import contextlib
@contextlib.asynccontextmanager
async def session(): yield 1

async def use():
    async for one in session():
        return one

def answer():
    return 42
"""


def outcomes(run: SuiteRun) -> dict[str, str]:
    return {case.id.split("::", maxsplit=1)[1]: case.outcome.value for case in run.cases}


def case_of(run: SuiteRun, name: str) -> Case:
    return next(case for case in run.cases if case.id.endswith(name))


@pytest.fixture(scope="module")
def mixed(bench_for: Making, environment: Environment) -> SuiteRun:
    """One run of a project with a test of every kind."""
    bench = bench_for({"test_kinds.py": EVERY_KIND, "db.py": DB})
    return run_suite(bench, environment, Side.BEFORE, Ask(lines={"db.py": frozenset({7})}))


def test_every_kind_of_test_has_its_own_outcome(mixed: SuiteRun) -> None:
    assert outcomes(mixed) == {
        "test_green": "passed",
        "test_red": "failed",
        "test_the_bug": "failed",
        "test_wrapped": "failed",
        "test_skipped": "skipped",
        "test_xfailed": "xfailed",
        "test_xpassed": "xpassed",
        "test_strict": "failed",
        "test_async": "passed",
        "test_setup": "error",
        "test_teardown": "error",
        "TestClassic::test_passes": "passed",
        "TestClassic::test_fails": "failed",
        "test_many[1]": "passed",
        "test_many[a::b [c]]": "passed",
        "test_leaves_a_daemon": "passed",
        "test_rewrites_the_tree": "passed",
        "test_exits": "failed",
    }


def test_a_run_in_which_every_test_ended_is_complete_whatever_failed(mixed: SuiteRun) -> None:
    assert mixed.incomplete is None
    assert mixed.exit == 1


def test_a_failure_says_where_the_exception_was_raised(mixed: SuiteRun) -> None:
    first = case_of(mixed, "::test_the_bug").raised[0]
    assert (first.type, first.path, first.line) == ("TypeError", "db.py", 7)
    assert first.message.endswith("requires an object with __aiter__ method, got _AsyncGeneratorContextManager")


def test_a_wrapped_failure_keeps_the_chain_down_to_its_cause(mixed: SuiteRun) -> None:
    chain = case_of(mixed, "::test_wrapped").raised
    assert [(error.type, error.path) for error in chain] == [("RuntimeError", "test_kinds.py"), ("TypeError", "db.py")]


def test_the_tests_that_execute_a_line_are_known_by_name(mixed: SuiteRun) -> None:
    assert {(hit.test.split("::")[1], hit.path, hit.line) for hit in mixed.hits} == {
        ("test_the_bug", "db.py", 7),
        ("test_wrapped", "db.py", 7),
    }


def test_a_run_starts_from_a_pristine_tree_whatever_the_last_one_did(
    bench_for: Making, environment: Environment
) -> None:
    spoiling = "import os\ndef test_spoil():\n    os.remove('data.txt')\n    os.mkdir('data.txt', 0)\n"
    bench = bench_for({"test_spoil.py": spoiling, "data.txt": ""})
    assert [run_suite(bench, environment, Side.BEFORE, Ask()).exit for _ in range(2)] == [0, 0]


@pytest.mark.parametrize(
    ("body", "last", "reason"),
    [
        ("import os; os._exit(0)", Outcome.CRASHED, "cut off with 2 of 3 tests unfinished: exit code 0"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", Outcome.CRASHED, "cut off with 2 of 3"),
        ("import pytest; pytest.exit('enough', returncode=0)", Outcome.CRASHED, "ended with 2 of 3 tests unfinished"),
    ],
    ids=["os._exit(0)", "segmentation fault", "pytest.exit(returncode=0)"],
)
def test_a_run_that_ends_in_the_middle_is_not_complete(
    bench_for: Making, environment: Environment, body: str, last: Outcome, reason: str
) -> None:
    tests = f"def test_a(): pass\ndef test_b():\n    {body}\n    import time; time.sleep(9)\ndef test_c(): pass\n"
    run = run_suite(bench_for({"test_it.py": tests}), environment, Side.BEFORE, Ask())
    assert [case.outcome for case in run.cases] == [Outcome.PASSED, last, Outcome.NOT_RUN]
    assert run.incomplete is not None
    assert reason in run.incomplete


def test_a_test_that_kills_its_parents_ends_no_more_than_the_run(bench_for: Making, environment: Environment) -> None:
    killing = "import os, signal\ndef test_kill(): os.kill(os.getppid(), signal.SIGKILL)\n"
    bench = bench_for({"test_it.py": f"def test_a(): pass\n{killing}"})
    run = run_suite(bench, environment, Side.BEFORE, Ask(seconds=20))
    assert run.cases[0].outcome is Outcome.PASSED
    assert run.cases[1].outcome in {Outcome.CRASHED, Outcome.FAILED}


def test_a_hanging_test_times_out_and_the_others_still_run(bench_for: Making, environment: Environment) -> None:
    tests = (
        "import asyncio, time\n"
        "def test_hangs(): time.sleep(60)\n"
        "def test_hangs_in_a_loop(): asyncio.run(asyncio.sleep(60))\n"
        "def test_swallows():\n"
        "    for _ in range(2):\n"
        "        try: time.sleep(60)\n"
        "        except BaseException: pass\n"
        "def test_ends(): pass\n"
    )
    bench = bench_for({"test_it.py": tests}, patience=Patience(test=0.5))
    run = run_suite(bench, environment, Side.BEFORE, Ask())
    assert [case.outcome for case in run.cases] == [
        Outcome.TIMED_OUT,
        Outcome.TIMED_OUT,
        Outcome.PASSED,
        Outcome.PASSED,
    ]
    assert run.complete


def test_a_suite_that_takes_too_long_is_stopped_and_says_which_test_it_was_in(
    bench_for: Making, environment: Environment
) -> None:
    tests = "import time\ndef test_a(): pass\ndef test_b(): time.sleep(60)\ndef test_c(): pass\n"
    run = run_suite(bench_for({"test_it.py": tests}), environment, Side.BEFORE, Ask(seconds=3))
    assert [case.outcome for case in run.cases] == [Outcome.PASSED, Outcome.TIMED_OUT, Outcome.NOT_RUN]
    assert run.stopped_by_time
    assert "stopped after" in str(run.incomplete)


def test_a_flood_of_output_is_stopped_and_recorded(bench_for: Making, environment: Environment) -> None:
    tests = "import os\ndef test_flood():\n    while True: os.write(2, b'x' * 1_000_000)\n"
    bench = bench_for({"test_it.py": tests, "pytest.ini": "[pytest]\naddopts = -s\n"})
    run = run_suite(bench, environment, Side.BEFORE, Ask(seconds=30))
    assert run.cases[0].outcome is Outcome.CRASHED
    assert "wrote too much" in str(run.incomplete)


def test_a_conftest_that_raises_means_pytest_did_not_start(bench_for: Making, environment: Environment) -> None:
    run = run_suite(
        bench_for({"conftest.py": "1 / 0\n", "test_it.py": "def test_a(): pass\n"}), environment, Side.BEFORE, Ask()
    )
    assert run.cases == ()
    assert str(run.incomplete).startswith("pytest ")


def test_a_module_that_cannot_be_collected_does_not_keep_the_others_from_running(
    bench_for: Making, environment: Environment
) -> None:
    files = {"test_bad.py": "import nowhere\n", "test_good.py": "def test_a(): pass\n"}
    run = run_suite(bench_for(files), environment, Side.BEFORE, Ask())
    assert outcomes(run) == {"test_a": "passed"}
    assert [(problem.id, problem.skipped) for problem in run.problems] == [("test_bad.py", False)]
    assert "No module named 'nowhere'" in run.problems[0].text


def test_a_project_without_tests_says_so(bench_for: Making, environment: Environment) -> None:
    run = run_suite(bench_for({"README": ""}), environment, Side.BEFORE, Ask())
    assert (run.cases, run.exit, run.incomplete) == ((), 5, "no tests were collected")


def test_options_of_the_target_that_stop_early_do_not(bench_for: Making, environment: Environment) -> None:
    files = {
        "pytest.ini": "[pytest]\naddopts = -x --cache-clear\n",
        "test_it.py": "def test_a(): 1 / 0\ndef test_b(): pass\n",
    }
    run = run_suite(bench_for(files), environment, Side.BEFORE, Ask())
    assert outcomes(run) == {"test_a": "failed", "test_b": "passed"}


def test_a_pytest_started_by_a_test_does_not_write_into_the_report(bench_for: Making, environment: Environment) -> None:
    command = "[sys.executable, '-m', 'pytest', 'other.py']"
    inner = f"import subprocess, sys\ndef test_outer(): subprocess.run({command}, check=True)\n"
    files = {"test_it.py": inner, "other.py": "def test_inner(): pass\n"}
    assert outcomes(run_suite(bench_for(files), environment, Side.BEFORE, Ask())) == {"test_outer": "passed"}


def test_chosen_tests_run_alone_and_chosen_files_first(bench_for: Making, environment: Environment) -> None:
    two = "def test_one(): pass\ndef test_two(): pass\n"
    bench = bench_for({"test_a.py": two, "tests/test_b.py": two, "pytest.ini": "[pytest]\n"})

    def ids(ask: Ask) -> list[str]:
        return [case.id for case in run_suite(bench, environment, Side.BEFORE, ask).cases]

    assert ids(Ask(first_files=frozenset({"tests/test_b.py"})))[0] == "tests/test_b.py::test_one"
    assert ids(Ask(only_files=frozenset({"test_a.py"}))) == ["test_a.py::test_one", "test_a.py::test_two"]
    assert ids(Ask(only=("tests/test_b.py::test_two",))) == ["tests/test_b.py::test_two"]


def test_a_command_of_the_targets_own_is_reported_like_pytest(bench_for: Making, environment: Environment) -> None:
    bench = bench_for({"test_it.py": "import os\ndef test_a(): assert os.environ['MODE'] == 'x'\n"})
    own = replace(environment, test_command="MODE=x python -m pytest test_it.py && echo done")
    run = run_suite(bench, own, Side.BEFORE, Ask())
    assert (outcomes(run), run.incomplete) == ({"test_a": "passed"}, None)


def test_a_command_that_does_not_exist_is_an_incomplete_run(bench_for: Making, environment: Environment) -> None:
    bench = bench_for({"test_it.py": ""})
    run = run_suite(bench, replace(environment, test_command="no-such-tool"), Side.BEFORE, Ask())
    assert run.incomplete == "pytest did not start: exit code 127"
