from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from repairbot.harness.environment.detect import detect
from repairbot.harness.environment.environment import Environment, NoEnvironment
from repairbot.harness.environment.fallbacks import rungs
from repairbot.harness.environment.installer import Supplies, complaint, download_settings
from repairbot.harness.environment.prepare import CommitFacts, EnvironmentSettings, prepare
from repairbot.harness.environment.provision import Wishes, provision
from repairbot.harness.environment.pythons import Interpreter, PythonChoice
from repairbot.harness.session import Bench, Side
from repairbot.harness.suite.suite import Ask, run_suite
from repairbot.harness.suite.trial import Change, baseline
from tests.harness.conftest import made_wheel

Making = Callable[..., Bench]
Climbing = Callable[..., Environment | NoEnvironment]

PROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
[project]
name = "sample"
version = "1.0"
"""
BACKEND = """
import os, zipfile

def build_wheel(folder, config_settings=None, metadata_directory=None):
    with open("generated.py", "w") as file:
        file.write("made = True\\n")
    name = "sample-1.0-py3-none-any.whl"
    with zipfile.ZipFile(os.path.join(folder, name), "w") as wheel:
        wheel.writestr("sample.pth", os.getcwd())
        wheel.writestr("sample-1.0.dist-info/METADATA",
            "Metadata-Version: 2.1\\nName: sample\\nVersion: 1.0\\nProvides-Extra: test\\n"
            "Requires-Dist: pytest; extra == 'test'\\n")
        wheel.writestr("sample-1.0.dist-info/WHEEL",
            "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr("sample-1.0.dist-info/RECORD", "")
    return name

build_editable = build_wheel
"""
INSTALLABLE = {"pyproject.toml": PROJECT, "backend.py": BACKEND, "test_it.py": "import generated\ndef test_a(): pass\n"}


@pytest.fixture
def climb(supplies: Supplies, interpreter: Interpreter, tmp_path: Path) -> Climbing:
    """Climb the ladder for the tree that the bench has before the change."""

    def make(
        bench: Bench, given: Supplies = supplies, wishes: Wishes | None = None, shell: str | None = None
    ) -> Environment | NoEnvironment:
        with bench.trees(Side.BEFORE) as tree:
            declared = detect(tree)
        choice = PythonChoice(interpreter, "the only one")
        ladder = rungs(declared, choice, [interpreter], shell=shell, committed=None, today=date(2026, 1, 1))
        return provision(bench, declared, ladder, given, wishes or Wishes(), tmp_path)

    return make


def results(found: Environment | NoEnvironment) -> list[tuple[str, str]]:
    return [(attempt.recipe, attempt.result) for attempt in found.attempts]


@pytest.mark.parametrize("engine", ["uv", "pip"])
def test_a_rung_that_fails_is_recorded_and_the_next_is_tried(
    bench_for: Making, climb: Climbing, supplies: Supplies, engine: str
) -> None:
    if engine == "uv" and supplies.uv is None:
        pytest.skip("uv is not installed")
    given = supplies if engine == "uv" else replace(supplies, uv=None)
    extra = (
        '[project.optional-dependencies]\ntest = ["pytest"]\n[tool.cibuildwheel]\ntest-requires = "no-such-package"\n'
    )
    found = climb(bench_for({**INSTALLABLE, "pyproject.toml": PROJECT + extra}), given)
    assert isinstance(found, Environment)
    (first, why), second = results(found)
    assert (first, second) == ("cibuildwheel test settings", ("dependency extra 'test'", "1 tests collected"))
    assert "no-such-package" in why
    assert any(package.startswith("pytest==") for package in found.packages)
    assert [step.what for step in found.attempts[-1].steps] == ["create the environment", "install", "collect"]
    assert all(Path(step.log).is_file() for attempt in found.attempts for step in attempt.steps)


def test_what_building_leaves_in_the_tree_is_in_every_pristine_copy(bench_for: Making, climb: Climbing) -> None:
    bench = bench_for(INSTALLABLE)
    found = climb(bench)
    assert isinstance(found, Environment)
    assert found.generated == ("generated.py",)
    assert run_suite(bench, found, Side.AFTER, Ask()).exit == 0


def test_pytest_is_added_when_nothing_names_it_and_moves_no_version(bench_for: Making, climb: Climbing) -> None:
    found = climb(bench_for({"test_it.py": "def test_a(): pass\n"}))
    assert isinstance(found, Environment)
    assert (found.recipe, found.added, found.best_effort) == ("pytest alone", ("pytest",), True)


@pytest.fixture(scope="module")
def stand_ins(wheels: Path) -> None:
    """Wheels of our own under well-known names, so that no network is needed."""
    made_wheel(wheels, "trio", {"trio.py": ""}, "")
    option = "def pytest_addoption(parser): parser.addoption('--cov', action='append'), parser.addoption('--no-cov')\n"
    made_wheel(
        wheels,
        "pytest-cov",
        {"cov_plugin.py": option.replace("'--no-cov'", "'--no-cov', action='store_true'")},
        "[pytest11]\ncov = cov_plugin\n",
    )
    mocker = "import pytest\n@pytest.fixture\ndef mocker(): return 1\n"
    made_wheel(wheels, "pytest-mock", {"mock_plugin.py": mocker}, "[pytest11]\nmock = mock_plugin\n")


@pytest.mark.usefixtures("stand_ins")
def test_a_well_known_module_that_tests_import_is_added(bench_for: Making, climb: Climbing) -> None:
    found = climb(bench_for({"test_it.py": "import trio\ndef test_a(): pass\n"}))
    assert isinstance(found, Environment)
    assert (found.added, found.collected, found.problems) == (("pytest", "trio"), 1, ())


@pytest.mark.usefixtures("stand_ins")
def test_a_plugin_that_the_settings_ask_for_is_added_and_kept_from_measuring(
    bench_for: Making, climb: Climbing
) -> None:
    bench = bench_for({"pytest.ini": "[pytest]\naddopts = --cov=x\n", "test_it.py": "def test_a(): pass\n"})
    found = climb(bench)
    assert isinstance(found, Environment)
    assert found.added == ("pytest", "pytest-cov")
    assert found.has("pytest-cov")
    assert run_suite(bench, found, Side.BEFORE, Ask()).exit == 0


@pytest.mark.usefixtures("stand_ins")
def test_a_fixture_that_tests_turn_out_to_miss_is_added_and_the_suite_runs_again(
    bench_for: Making, climb: Climbing, supplies: Supplies
) -> None:
    bench = bench_for({"test_it.py": "def test_a(mocker): assert mocker == 1\n"})
    found = climb(bench)
    assert isinstance(found, Environment)
    base = baseline(bench, found, supplies, Change({}, {}))
    assert (base.run.exit, base.environment.added) == (0, ("pytest", "pytest-mock"))
    assert base.notes == ("pytest-mock added: tests ask for mocker",)


def test_tests_in_files_with_unusual_names_are_found(bench_for: Making, climb: Climbing) -> None:
    smoke = "import unittest\nclass Smoke(unittest.TestCase):\n    def test_a(self): pass\n"
    bench = bench_for({"pkg/tests/smoke.py": smoke})
    found = climb(bench)
    assert isinstance(found, Environment)
    assert (found.files, found.collected) == (("pkg/tests/smoke.py",), 1)
    assert [case.id for case in run_suite(bench, found, Side.BEFORE, Ask()).cases] == [
        "pkg/tests/smoke.py::Smoke::test_a"
    ]


def test_a_part_that_cannot_be_collected_leaves_the_rest_usable(bench_for: Making, climb: Climbing) -> None:
    found = climb(bench_for({"test_a.py": "def test_a(): pass\n", "test_b.py": "import nowhere_at_all\n"}))
    assert isinstance(found, Environment)
    assert (found.collected, [problem.id for problem in found.problems]) == (1, ["test_b.py"])
    assert found.attempts[-1].result == "1 tests collected, 1 file could not be"


def test_no_tests_at_all_is_the_reason_and_what_was_installed_is_kept(
    bench_for: Making, climb: Climbing, tmp_path: Path
) -> None:
    found = climb(bench_for({"README": "", "requirements.txt": "pytest\n"}))
    assert isinstance(found, NoEnvironment)
    assert found.reason == "requirements.txt: no tests were collected"
    assert len(found.attempts) == 1
    assert found.untested is not None
    assert list(tmp_path.iterdir()) == [found.untested.folder]


def test_a_conftest_that_fails_is_named_in_the_result(bench_for: Making, climb: Climbing) -> None:
    found = climb(bench_for({"conftest.py": "import nowhere_at_all\n", "test_a.py": "def test_a(): pass\n"}))
    assert isinstance(found, NoEnvironment)
    assert "No module named 'nowhere_at_all'" in found.reason


def test_an_install_command_is_used_instead_of_what_was_detected(bench_for: Making, climb: Climbing) -> None:
    bench = bench_for({**INSTALLABLE, "requirements.txt": "no-such-package\n"})
    found = climb(
        bench, shell="echo 'made = 1' > generated.py && python -c 'import sys; assert sys.prefix != sys.base_prefix'"
    )
    assert isinstance(found, Environment)
    assert (found.recipe, found.generated) == ("the install command", ("generated.py",))


def test_an_install_command_that_does_not_exist_is_the_reason(bench_for: Making, climb: Climbing) -> None:
    found = climb(bench_for(INSTALLABLE), shell="no-such-tool --now")
    assert isinstance(found, NoEnvironment)
    assert "no-such-tool" in found.reason


def test_building_and_tests_see_no_variable_of_ours(
    bench_for: Making, climb: Climbing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", "secret-of-ours")
    seen = "import os\ndef test_a(): assert 'secret-of-ours' not in os.environ.values()\n"
    spying = BACKEND.replace(
        "import os, zipfile", "import os, zipfile\nassert 'secret-of-ours' not in os.environ.values()"
    )
    bench = bench_for({**INSTALLABLE, "backend.py": spying, "test_it.py": seen})
    found = climb(bench)
    assert isinstance(found, Environment)
    assert run_suite(bench, found, Side.BEFORE, Ask()).exit == 0


def test_settings_for_downloads_pass_unless_they_hold_a_password() -> None:
    environ = {
        "HTTPS_PROXY": "http://proxy.example:3128",
        "PIP_INDEX_URL": "https://user:password@index.example/simple",
        "SSL_CERT_FILE": "/etc/ssl/cert.pem",
        "GITHUB_TOKEN": "x",
    }
    assert set(download_settings(environ)) == {"HTTPS_PROXY", "SSL_CERT_FILE"}


def test_what_other_packages_cannot_mend_does_not_climb_further(bench_for: Making, climb: Climbing) -> None:
    files = {
        "requirements.txt": "pytest\n",
        "test_a.py": "def test_a(): pass\n",
        "test_b.py": "import os\nos.environ['DB']\n",
    }
    found = climb(bench_for(files))
    assert isinstance(found, Environment)
    assert [attempt.recipe for attempt in found.attempts] == ["requirements.txt"]


def test_a_file_of_the_tests_that_was_left_out_does_not_climb_further(bench_for: Making, climb: Climbing) -> None:
    """Archives often leave out files that tests import; no other set of packages brings them."""
    files = {
        "requirements-dev.txt": "pytest\n",
        "requirements.txt": "pytest\n",
        "tests/__init__.py": "",
        "tests/test_a.py": "def test_a(): pass\n",
        "tests/test_b.py": "from tests.left_out import x\ndef test_b(): pass\n",
    }
    found = climb(bench_for({**INSTALLABLE, **files}))
    assert isinstance(found, Environment)
    assert results(found) == [("requirements-dev.txt + requirements.txt", "2 tests collected, 1 file could not be")]


def test_one_step_prepares_an_environment_and_finds_it_again(
    bench_for: Making, supplies: Supplies, tmp_path: Path
) -> None:
    bench = bench_for({"test_a.py": "def test_a(): pass\n"})

    def prepared(settings: EnvironmentSettings) -> Environment | NoEnvironment:
        store, today = tmp_path / "store", date(2026, 1, 1)
        return prepare(bench, tmp_path / "target", store, supplies, os.environ, settings, CommitFacts(), today)

    made, again = prepared(EnvironmentSettings()), prepared(EnvironmentSettings())
    assert isinstance(made, Environment)
    assert isinstance(again, Environment)
    assert (made.reused, again.reused, again.folder) == (False, True, made.folder)
    assert [place.name for place in (tmp_path / "store").iterdir()] == [made.folder.name]
    missing = prepared(EnvironmentSettings(python="3.99"))
    assert isinstance(missing, NoEnvironment)
    assert "Python 3.99 was asked for" in missing.reason


def test_a_long_complaint_that_is_made_twice_is_quoted_once() -> None:
    said = "ERROR: " + "cannot do both of these things " * 6
    assert complaint(f"{said}\nnoise\n{said}\n").count("cannot do both") == 6
