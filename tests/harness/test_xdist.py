from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest

from repairbot.harness.environment.declared import Recipe
from repairbot.harness.environment.detect import detect
from repairbot.harness.environment.environment import Environment
from repairbot.harness.environment.fallbacks import Rung
from repairbot.harness.environment.installer import Supplies
from repairbot.harness.environment.provision import Wishes, provision
from repairbot.harness.environment.pythons import Interpreter, PythonChoice
from repairbot.harness.session import Bench, Side
from repairbot.harness.suite.runs import Met, Outcome
from repairbot.harness.suite.suite import Ask, run_suite
from repairbot.harness.suite.watched import WatchedSite
from tests.harness.conftest import write

Making = Callable[..., Bench]

FILES = {
    "lib.py": "def used():\n    return 2\n",
    "test_a.py": "import lib\ndef test_one(): lib.used()\ndef test_two(): raise ValueError('x')\n",
    "test_b.py": "import os\ndef test_three(): pass\ndef test_four(): assert 'PYTEST_XDIST_WORKER' in os.environ\n",
}

pytestmark = pytest.mark.skipif(find_spec("xdist") is None, reason="pytest-xdist is not installed")


@pytest.fixture(scope="module")
def parallel(
    bench_for: Making, interpreter: Interpreter, supplies: Supplies, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Bench, Environment]:
    """A project whose tests run in several processes."""
    bench, folder = bench_for(FILES), tmp_path_factory.mktemp("xdist")
    recipe = Recipe("xdist", "", editable=False, requirements=("pytest-xdist",), import_roots=("",))
    with bench.trees(Side.BEFORE) as tree:
        declared = detect(tree)
    rung = Rung(recipe, PythonChoice(interpreter, ""))
    found = provision(bench, declared, [rung], supplies, Wishes(), folder)
    assert isinstance(found, Environment), found
    return bench, found


def test_we_run_the_tests_in_one_process(parallel: tuple[Bench, Environment]) -> None:
    run = run_suite(*parallel, Side.BEFORE, Ask())
    assert [case.outcome for case in run.cases if case.id.endswith("test_four")] == [Outcome.FAILED]


def test_a_command_that_uses_several_is_reported_as_one_run(parallel: tuple[Bench, Environment]) -> None:
    bench, environment = parallel
    own = replace(environment, test_command="python -m pytest -n 2")
    ask = Ask(lines={"lib.py": frozenset({2})}, only_files=frozenset({"test_a.py", "test_b.py"}))
    run = run_suite(bench, own, Side.BEFORE, ask)
    assert {case.id: case.outcome.value for case in run.cases} == {
        "test_a.py::test_one": "passed",
        "test_a.py::test_two": "failed",
        "test_b.py::test_three": "passed",
        "test_b.py::test_four": "passed",
    }
    assert run.incomplete is None
    assert [(hit.test, hit.line) for hit in run.hits] == [("test_a.py::test_one", 2)]
    failed = next(case for case in run.cases if case.outcome is Outcome.FAILED)
    assert [(error.type, error.path, error.line) for error in failed.raised] == [("ValueError", "test_a.py", 3)]


def test_what_a_line_met_is_known_from_several_processes_as_well(parallel: tuple[Bench, Environment]) -> None:
    bench, environment = parallel
    own = replace(environment, test_command="python -m pytest -n 2")
    files = {
        "lib.py": "def used(rows):\n    for one in rows:\n        return one\n",
        "test_a.py": "import lib\ndef test_ran(): lib.used([1])\n",
        "test_b.py": "import pytest, lib\ndef test_raised():\n    with pytest.raises(TypeError): lib.used(1)\n",
    }
    site = WatchedSite("lib.py", "for", (2, 4), (2, 2), (2, 15, 2, 19))
    pristine = bench.trees

    @contextmanager
    def with_files(side: Side) -> Iterator[Path]:
        with pristine(side) as tree:
            yield write(tree, files)

    run = run_suite(replace(bench, trees=with_files), own, Side.BEFORE, Ask(sites=(site,)))
    assert {(seen.test, seen.met) for seen in run.seen if seen.met is not Met.LOCATED} == {
        ("test_a.py::test_ran", Met.RAN),
        ("test_b.py::test_raised", Met.RAISED),
    }
