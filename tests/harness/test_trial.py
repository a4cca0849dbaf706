from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest

from repairbot.harness.environment.environment import Environment
from repairbot.harness.environment.installer import Supplies
from repairbot.harness.grade import Level, Place, grade
from repairbot.harness.session import Bench, Patience, Side
from repairbot.harness.suite.compare import Verdict
from repairbot.harness.suite.trial import Change, Trial, baseline, try_change

Making = Callable[..., Bench]

BUG = """
import contextlib

@contextlib.asynccontextmanager
async def session():
    yield 1

async def use():
    async for one in session():
        return one
"""
FIXED = BUG.replace("async for one in session():", "async with session() as one:")
TESTS = """
import asyncio, unittest
import pytest
import db

def test_the_bug(): assert asyncio.run(db.use()) == 1
def test_swallows():
    try:
        asyncio.run(db.use())
    except TypeError:
        pass
def test_unrelated(): pass
def test_red_before_and_after(): assert 0
def test_expects_the_bug():
    with pytest.raises(TypeError):
        asyncio.run(db.use())
class TestClassic(unittest.TestCase):
    def test_expects_the_bug(self):
        with self.assertRaises(TypeError):
            asyncio.run(db.use())
"""
LINE = {"db.py": frozenset({9})}
PLACE = Place("db.py", LINE["db.py"])


def tried(
    bench: Bench, environment: Environment, supplies: Supplies, change: Change, *, affected: bool = False
) -> Trial:
    return try_change(bench, baseline(bench, environment, supplies, change, affected=affected), change, reruns=2)


@pytest.fixture(scope="module")
def trial(bench_for: Making, environment: Environment, supplies: Supplies) -> Trial:
    bench = bench_for({"db.py": BUG, "test_db.py": TESTS}, {"db.py": FIXED})
    return tried(bench, environment, supplies, Change(LINE, LINE))


def test_each_test_gets_the_verdict_that_its_runs_show(trial: Trial) -> None:
    assert {judged.id.split("::", maxsplit=1)[1]: judged.verdict for judged in trial.comparison.judged} == {
        "test_the_bug": Verdict.FIXED,
        "test_swallows": Verdict.STILL_PASSING,
        "test_unrelated": Verdict.STILL_PASSING,
        "test_red_before_and_after": Verdict.STILL_FAILING,
        "test_expects_the_bug": Verdict.REGRESSED,
        "TestClassic::test_expects_the_bug": Verdict.REGRESSED,
    }


def test_tests_that_expect_the_bug_are_told_from_broken_ones(trial: Trial) -> None:
    assert [judged.encodes_bug for judged in trial.comparison.regressions] == [True, True]


def test_only_what_changed_was_run_again_on_both_sides(trial: Trial) -> None:
    assert [len(runs) for runs in (trial.reruns_before, trial.reruns_after)] == [2, 2]
    for run in (*trial.reruns_before, *trial.reruns_after):
        assert {case.id.split("::", maxsplit=1)[1] for case in run.cases} == {
            "test_the_bug",
            "test_expects_the_bug",
            "TestClassic::test_expects_the_bug",
        }


def test_the_tests_that_execute_the_repaired_line_are_known(trial: Trial) -> None:
    assert {hit.test.rsplit("::", maxsplit=1)[1] for hit in trial.after.hits} == {
        "test_the_bug",
        "test_swallows",
        "test_expects_the_bug",
    }


def test_a_change_that_tests_speak_for_is_level_a(
    bench_for: Making, environment: Environment, supplies: Supplies
) -> None:
    good = TESTS[: TESTS.index("def test_red_before")]
    bench = bench_for({"db.py": BUG, "test_db.py": good}, {"db.py": FIXED})
    found = tried(bench, environment, supplies, Change(LINE, LINE))
    graded = grade(PLACE, PLACE, found.measured, proven=False)
    assert (graded.level, graded.fixed) == (Level.A, ("test_db.py::test_the_bug",))


def test_a_flaky_test_is_neither_fixed_nor_regressed(
    bench_for: Making, environment: Environment, supplies: Supplies
) -> None:
    flaky = "def test_flaky(): assert open('turn.txt').read() not in ('1', '3')\ndef test_green(): pass\n"
    bench = bench_for({"db.py": BUG, "test_db.py": flaky}, {"db.py": FIXED})
    pristine, turns = bench.trees, count(1)

    @contextmanager
    def by_turns(side: Side) -> Iterator[Path]:
        with pristine(side) as tree:
            (tree / "turn.txt").write_text(str(next(turns)), encoding="utf-8")
            yield tree

    bench.trees = by_turns
    found = tried(bench, environment, supplies, Change(LINE, LINE))
    # Red, green in the full runs; again red on the one side, green on both others, and green at last on the first.
    assert [(judged.id, judged.verdict) for judged in found.comparison.judged] == [
        ("test_db.py::test_flaky", Verdict.FLAKY),
        ("test_db.py::test_green", Verdict.STILL_PASSING),
    ]


def test_only_tests_that_can_reach_the_change_run_when_asked(
    bench_for: Making, environment: Environment, supplies: Supplies
) -> None:
    bench = bench_for(
        {"db.py": BUG, "test_db.py": TESTS, "test_other.py": "def test_other(): pass\n"}, {"db.py": FIXED}
    )
    change = Change(LINE, LINE, reaching=frozenset({"db.py", "test_db.py"}))
    found = tried(bench, environment, supplies, change, affected=True)
    assert not found.baseline.whole
    assert not any(case.id.startswith("test_other") for case in (*found.baseline.run.cases, *found.after.cases))


def test_a_suite_without_time_for_all_tests_falls_back_to_those_that_matter(
    bench_for: Making, environment: Environment, supplies: Supplies
) -> None:
    slow = "import time\ndef test_slow(): time.sleep(60)\n"
    bench = bench_for(
        {"db.py": BUG, "test_db.py": TESTS, "test_slow.py": slow}, {"db.py": FIXED}, patience=Patience(suite=12)
    )
    change = Change(LINE, LINE, reaching=frozenset({"db.py", "test_db.py"}))
    base = baseline(bench, environment, supplies, change)
    assert (base.whole, base.run.complete) == (False, True)
    assert base.notes == ("all tests together take longer than 12 s",)


def test_files_that_cannot_be_collected_are_named_in_a_note(
    bench_for: Making, environment: Environment, supplies: Supplies
) -> None:
    bench = bench_for({"db.py": BUG, "test_db.py": TESTS, "test_gone.py": "import left_out\n"}, {"db.py": FIXED})
    base = baseline(bench, environment, supplies, Change(LINE, LINE))
    assert base.notes == ("without the change, the tests of 1 file cannot be collected: test_gone.py",)
