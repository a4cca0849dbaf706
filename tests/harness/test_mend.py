from __future__ import annotations

from pathlib import Path

import pytest

from repairbot.harness.environment import known_packages
from repairbot.harness.environment.missing_packages import Remedy, remedy, remedy_after_run
from repairbot.harness.suite.runs import Case, CollectProblem, Outcome, SuiteRun


def run(*cases: Case, problem: str = "", pytest_version: str | None = "9.0", plugins: tuple[str, ...] = ()) -> SuiteRun:
    problems = (CollectProblem("t.py", False, problem),) if problem else ()
    return SuiteRun(cases, problems, (), (), "3.12", pytest_version, plugins, 2, "", None, (), False, 1.0, "")


@pytest.mark.parametrize(
    ("complaint", "packages"),
    [
        ("E   ModuleNotFoundError: No module named 'trio'", ("trio",)),
        ("E   ModuleNotFoundError: No module named 'yaml.nodes'", ("pyyaml",)),
        ("    import chardet\nE   ModuleNotFoundError: No module named 'chardet'\n", ("chardet",)),
        (
            "ERROR: __main__.py: error: unrecognized arguments: --cov=x --cov-report=xml -n 4",
            ("pytest-cov", "pytest-xdist"),
        ),
        ("RuntimeError: The x.testclient module requires the httpx package to be installed.", ("httpx",)),
        ("'asyncio' not found in `markers` configuration option", ("pytest-asyncio",)),
    ],
    ids=["module", "submodule", "module in a traceback", "option", "sentence", "marker"],
)
def test_a_complaint_about_a_well_known_name_adds_its_package(
    tmp_path: Path, complaint: str, packages: tuple[str, ...]
) -> None:
    found = remedy(run(problem="x", pytest_version=None), complaint, tmp_path, [])
    assert found is not None
    assert found.packages == packages


@pytest.mark.parametrize(
    "complaint",
    [
        "No module named 'tests.app'",
        "No module named 'reqeusts'",
        "this requires the evil package to be installed",
        "unrecognized arguments: --evil",
        "'evil' not found in `markers` configuration option",
    ],
    ids=["part of the target", "unknown module", "unknown package", "unknown option", "unknown marker"],
)
def test_no_package_is_guessed_for_an_unknown_name(tmp_path: Path, complaint: str) -> None:
    assert remedy(run(problem="x"), complaint, tmp_path, []) is None


def test_a_missing_module_of_the_target_itself_is_not_installed(tmp_path: Path) -> None:
    (tmp_path / "src" / "redis").mkdir(parents=True)
    assert remedy(run(problem="No module named 'redis.missing'"), "", tmp_path, []) is None


def test_the_same_remedy_is_not_tried_twice(tmp_path: Path) -> None:
    one = run(problem="No module named 'trio'")
    found = remedy(one, "", tmp_path, [])
    assert found is not None
    assert remedy(one, "", tmp_path, [found]) is None


def test_files_with_tests_under_unusual_names_are_named(tmp_path: Path) -> None:
    folder = tmp_path / "pkg" / "tests"
    folder.mkdir(parents=True)
    (folder / "smoke.py").write_text("from unittest import TestCase\nclass Smoke(TestCase): pass\n", encoding="utf-8")
    (folder / "plain.py").write_text("async def test_a(): pass\n", encoding="utf-8")
    (folder / "helpers.py").write_text("def helper(): pass\n", encoding="utf-8")
    (folder / "broken.py").write_text("def (", encoding="utf-8")
    (folder / "linked.py").symlink_to(folder / "plain.py")
    found = remedy(run(), "", tmp_path, [])
    assert found is not None
    assert found.files == ("pkg/tests/plain.py", "pkg/tests/smoke.py")


def test_a_loop_scope_that_pytest_asyncio_asks_for_is_given(tmp_path: Path) -> None:
    log = "PytestDeprecationWarning: The configuration option asyncio_default_fixture_loop_scope is unset."
    found = remedy(run(problem="x"), log, tmp_path, [])
    assert found is not None
    assert found.options == ("-o", "asyncio_default_fixture_loop_scope=function")


def test_tests_that_miss_a_fixture_or_async_support_name_what_to_add() -> None:
    missing = Case("a", Outcome.ERROR, text="E  fixture 'mocker' not found")
    unsupported = Case("b", Outcome.FAILED, message="async def functions are not natively supported.")
    unknown = Case("c", Outcome.ERROR, text="fixture 'our_own' not found")
    assert remedy_after_run(run(missing, unsupported, unknown)) == Remedy(
        "tests ask for mocker, our_own", packages=("pytest-asyncio", "pytest-mock")
    )


def test_a_plugin_that_is_there_is_not_added() -> None:
    missing = Case("a", Outcome.ERROR, text="fixture 'mocker' not found")
    assert remedy_after_run(run(missing, plugins=("pytest_mock",))) is None


def test_green_runs_ask_for_nothing() -> None:
    assert remedy_after_run(run(Case("a", Outcome.PASSED))) is None


@pytest.mark.parametrize(
    ("option", "package"),
    [
        ("-n4", "pytest-xdist"),
        ("--cov-report=xml", "pytest-cov"),
        ("--covfefe", None),
        ("--no-covers", None),
        ("-q", None),
    ],
)
def test_an_option_belongs_to_a_plugin_only_when_its_whole_name_says_so(option: str, package: str | None) -> None:
    assert known_packages.for_option(option) == package
