from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from repairbot.harness.environment.declared import Declared, PytestSettings, Recipe
from repairbot.harness.environment.fallbacks import era_python, rungs
from repairbot.harness.environment.installing import Inner, Told, addition, creation, installations, told_version
from repairbot.harness.environment.pythons import Interpreter, NoPython, PythonChoice, chosen_python, described, present

UV = Inner("/py/bin/python3.12", "/box/venv", "/box/cache", "/box/tools/uv")
PIP = Inner("/py/bin/python3.12", "/box/venv", "/box/cache", None)
TODAY = date(2026, 1, 1)
PLAIN = Told({})


def python(*version: int) -> Interpreter:
    prefix = Path("/py") / ".".join(map(str, version))
    return Interpreter(prefix / "bin" / f"python{version[0]}.{version[1]}", prefix, version)


HERE = (python(3, 13, 0), python(3, 12, 1), python(3, 11, 7), python(3, 9, 18), python(3, 8, 18))


def declared(
    *recipes: Recipe,
    requires: str | None = None,
    files: tuple[str, ...] = (),
    classifiers: tuple[str, ...] = (),
) -> Declared:
    return Declared("x", requires, files, classifiers, recipes, PytestSettings())


@pytest.mark.parametrize(
    ("what", "wanted", "version"),
    [
        (declared(), None, (3, 13)),
        (declared(requires=">=3.9,<3.12"), None, (3, 11)),
        (declared(classifiers=("3.9", "3.12")), None, (3, 12)),
        (declared(classifiers=("3.6",)), None, (3, 13)),
        (declared(files=("3.9",), classifiers=("3.12",)), None, (3, 9)),
        (declared(files=("3.9",), requires=">=3.11"), None, (3, 13)),
        (declared(requires="<3.9"), "3.12", (3, 12)),
    ],
    ids=["nothing said", "required", "classified", "classified too old", "version file", "a wrong one", "wished"],
)
def test_the_python_is_chosen_by_what_the_target_says(
    what: Declared, wanted: str | None, version: tuple[int, int]
) -> None:
    choice = chosen_python(what, HERE, wanted)
    assert isinstance(choice, PythonChoice)
    assert choice.interpreter.version[:2] == version


@pytest.mark.parametrize(
    ("requires", "wanted", "words"),
    [("<3.9", None, "asks for Python <3.9"), (None, "3.14", "3.14 was asked for"), (None, "/no/python", "/no/python")],
    ids=["too old", "not here", "not a python"],
)
def test_without_a_fitting_python_the_reason_says_what_is_here(
    requires: str | None, wanted: str | None, words: str
) -> None:
    choice = chosen_python(declared(requires=requires), HERE, wanted)
    assert isinstance(choice, NoPython)
    assert words in choice.reason


def installation_at(prefix: Path, minor: int, header: str = "") -> Path:
    for folder in ("bin", f"lib/python3.{minor}", f"include/python3.{minor}"):
        (prefix / folder).mkdir(parents=True)
    (prefix / f"lib/python3.{minor}/os.py").touch()
    if header:
        (prefix / f"include/python3.{minor}/patchlevel.h").write_text(header, encoding="utf-8")
    program = prefix / "bin" / f"python3.{minor}"
    program.write_text("#!/bin/sh\ntouch ran\n", encoding="utf-8")
    program.chmod(0o755)
    return program


def test_interpreters_are_found_by_their_place_and_none_is_started(tmp_path: Path) -> None:
    header = "#define PY_MICRO_VERSION        4\n"
    installation_at(tmp_path / "old/versions/3.12.2", 12, "#define PY_MICRO_VERSION 2\n")
    installation_at(tmp_path / "usr", 12, header)
    environ = {"PATH": f"relative:{tmp_path}/usr/bin:{tmp_path}/missing", "PYENV_ROOT": str(tmp_path / "old")}
    found = {one.version: one.path for one in present(environ, tmp_path / "target")}
    assert found[3, 12, 4] == tmp_path / "usr/bin/python3.12"
    assert (3, 12, 2) not in found
    assert not Path("ran").exists()


def test_an_interpreter_inside_the_target_is_not_used(tmp_path: Path) -> None:
    program = installation_at(tmp_path / "target/.tools", 12)
    assert described(program, tmp_path / "target") is None
    assert described(program, tmp_path / "other") is not None


def test_a_shim_is_no_interpreter(tmp_path: Path) -> None:
    (tmp_path / "python3.12").write_text("#!/bin/sh\n", encoding="utf-8")
    (tmp_path / "python3.12").chmod(0o755)
    assert described(tmp_path / "python3.12", tmp_path / "target") is None


def test_an_old_commit_adds_rungs_with_the_packages_of_its_time() -> None:
    recipes = [Recipe("lock", "", locked=True), Recipe("extra", "", extras=("test",)), Recipe("bare", "")]
    choice = PythonChoice(HERE[0], "")
    old = rungs(declared(*recipes), choice, HERE, shell=None, committed=date(2024, 5, 1), today=TODAY)
    assert [(rung.recipe.name, rung.era, rung.python.interpreter.version[:2]) for rung in old] == [
        ("lock", None, (3, 13)),
        ("extra", None, (3, 13)),
        ("bare", None, (3, 13)),
        ("extra", date(2024, 5, 1), (3, 12)),
        ("bare", date(2024, 5, 1), (3, 12)),
        ("lock", None, (3, 12)),
        ("extra", None, (3, 12)),
        ("lock", None, (3, 11)),
        ("extra", None, (3, 11)),
    ]
    new = rungs(declared(*recipes), choice, HERE, shell=None, committed=date(2025, 12, 1), today=TODAY)
    assert {rung.era for rung in new} == {None}


def test_an_older_python_is_tried_only_where_it_is_allowed_and_none_was_named() -> None:
    what, choice = declared(Recipe("a", ""), requires=">=3.12"), PythonChoice(HERE[0], "")

    def tried(here: tuple[Interpreter, ...]) -> list[tuple[int, ...]]:
        found = rungs(what, choice, here, shell=None, committed=None, today=TODAY)
        return [rung.python.interpreter.version[:2] for rung in found]

    assert tried(HERE) == [(3, 13), (3, 12)]
    assert tried(()) == [(3, 13)]


def test_recipes_that_install_the_same_are_tried_once() -> None:
    twice = declared(Recipe("a", "", requirements=("pytest",)), Recipe("b", "", grouped=("pytest",)))
    found = rungs(twice, PythonChoice(HERE[0], ""), HERE, shell=None, committed=None, today=TODAY)
    assert {rung.recipe.name for rung in found} == {"a"}


def test_an_install_command_is_the_only_rung() -> None:
    found = rungs(declared(Recipe("a", "")), PythonChoice(HERE[0], ""), HERE, shell="make", committed=None, today=TODAY)
    assert [rung.shell for rung in found] == ["make"]


def test_the_python_of_a_time_was_settled_then_and_is_allowed() -> None:
    choice = era_python(HERE, declared(requires="<3.11"), date(2023, 12, 1))
    assert choice is not None
    assert choice.interpreter.version == (3, 9, 18)


@pytest.mark.parametrize(
    ("recipe", "inner", "words"),
    [
        (
            Recipe("", "", locked=True, groups=("test",), extras=("x",)),
            UV,
            "sync -q --frozen --inexact --python /box/venv/bin/python --no-default-groups --group test --extra x",
        ),
        (Recipe("", "", editable=False, locked=True), UV, "--no-install-project"),
        (Recipe("", "", groups=("test",), grouped=("pytest",), extras=("x",)), UV, "-e .[x] --group test"),
        (Recipe("", "", groups=("test",), grouped=("pytest",), extras=("x",)), PIP, "-e .[x] pytest"),
        (Recipe("", "", requirements=("a", "b>1"), files=("r.txt",)), PIP, "-e . a b>1 -r r.txt"),
        (Recipe("", "", editable=False, files=("r.txt",)), UV, "python -r r.txt"),
    ],
    ids=["lock", "lock, not installable", "group with uv", "group with pip", "plain", "not installable"],
)
def test_a_recipe_becomes_one_command(recipe: Recipe, inner: Inner, words: str) -> None:
    (command,) = installations(recipe, inner, None, PLAIN)
    assert " ".join(command.argv).endswith(words)


def test_uv_is_told_the_date_and_spares_the_build_tools() -> None:
    (command,) = installations(Recipe("", ""), UV, date(2021, 3, 4), PLAIN)
    assert command.env["UV_EXCLUDE_NEWER"] == "2021-03-04T23:59:59Z"
    assert "setuptools=2024-06-01T00:00:00Z" in command.argv


def test_every_uv_command_is_kept_from_downloading_a_python() -> None:
    commands = [creation(UV), *installations(Recipe("", ""), UV, None, PLAIN), addition(["pytest"], "/c", UV, None)]
    assert {command.env["UV_PYTHON_DOWNLOADS"] for command in commands} == {"never"}


@pytest.mark.parametrize(
    ("scm", "variables", "alone"),
    [
        ("setuptools-scm", {"SETUPTOOLS_SCM_PRETEND_VERSION_FOR_MY_PKG": "1.2"}, None),
        ("hatch-vcs", {"SETUPTOOLS_SCM_PRETEND_VERSION": "1.2"}, "my.pkg"),
        ("pdm", {"PDM_BUILD_SCM_VERSION": "1.2"}, None),
        (None, {}, None),
    ],
    ids=str,
)
def test_a_build_is_told_the_version_that_tags_would_say(
    scm: str | None, variables: Mapping[str, str], alone: str | None
) -> None:
    assert told_version(scm, "my.pkg", "1.2") == Told(variables, alone)


def test_a_version_that_would_mislead_other_packages_is_told_to_the_project_alone() -> None:
    recipe = Recipe("", "", extras=("test",), requirements=("trio",))
    first, second = installations(recipe, UV, None, Told({"SETUPTOOLS_SCM_PRETEND_VERSION": "1"}, "pkg"))
    assert first.argv[-3:] == ("--no-deps", "-e", ".")
    assert "SETUPTOOLS_SCM_PRETEND_VERSION" in first.env
    assert second.argv[-2:] == ("pkg[test]", "trio")
    assert "SETUPTOOLS_SCM_PRETEND_VERSION" not in second.env
