from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from repairbot.harness.environment.configfiles import ConfigFiles
from repairbot.harness.environment.declared import Declared, Recipe
from repairbot.harness.environment.detect import detect

BUILD = '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n'


@pytest.fixture
def detected(tmp_path: Path) -> Callable[[Mapping[str, str]], Declared]:
    def make(files: Mapping[str, str]) -> Declared:
        for name, text in files.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
        return detect(tmp_path)

    return make


Detecting = Callable[[Mapping[str, str]], Declared]


def names(declared: Declared) -> list[str]:
    return [recipe.name for recipe in declared.recipes]


def first(declared: Declared) -> Recipe:
    return declared.recipes[0]


def test_a_lock_with_a_test_group_comes_first(detected: Detecting) -> None:
    groups = '[dependency-groups]\nbase = ["anyio"]\ntest = ["pytest>=8", {include-group = "base"}]\ndev = ["ruff"]\n'
    found = detected({"pyproject.toml": BUILD + groups, "uv.lock": "version = 1\n"})
    assert names(found)[:2] == ["uv.lock + group 'test'", "dependency group 'test'"]
    assert (first(found).locked, first(found).groups) == (True, ("test",))
    assert found.recipes[1].grouped == ("pytest>=8", "anyio")


def test_a_group_that_includes_itself_ends(detected: Detecting) -> None:
    found = detected({"pyproject.toml": '[dependency-groups]\ntest = ["pytest", {include-group = "Test"}]\n'})
    assert first(found).grouped == ("pytest",)


@pytest.mark.parametrize(
    ("names", "chosen"),
    [
        (["dev", "tests", "docs"], "tests"),
        (["dev", "unit-tests"], "unit-tests"),
        (["typing-tests", "dev"], "dev"),
        (["docs", "lint"], None),
    ],
    ids=str,
)
def test_the_group_that_looks_most_like_tests_is_chosen(
    detected: Detecting, names: list[str], chosen: str | None
) -> None:
    groups = "".join(f'{name} = ["pytest"]\n' for name in names)
    found = detected({"pyproject.toml": f"{BUILD}[dependency-groups]\n{groups}"})
    assert (first(found).groups or (None,))[0] == chosen


def test_a_group_and_an_extra_are_tried_together_then_alone(detected: Detecting) -> None:
    text = BUILD + '[project.optional-dependencies]\ntest = ["x"]\n[dependency-groups]\ndev = ["pytest"]\n'
    found = detected({"pyproject.toml": text})
    assert [(recipe.groups, recipe.extras) for recipe in found.recipes[:3]] == [
        (("dev",), ("test",)),
        (("dev",), ()),
        ((), ("test",)),
    ]


def test_where_nothing_says_tests_every_optional_part_of_the_project_comes_before_the_project_alone(
    detected: Detecting,
) -> None:
    extras = '[project.optional-dependencies]\nhttp2 = ["h2"]\ntrio = ["trio"]\ndocs = ["mkdocs"]\nlint = ["ruff"]\n'
    found = detected({"pyproject.toml": BUILD + extras})
    assert names(found)[:2] == ["every extra", "the project alone"]
    assert first(found).extras == ("http2", "trio")


def test_a_project_without_extras_has_no_recipe_for_them(detected: Detecting) -> None:
    found = detected({"pyproject.toml": BUILD + '[project.optional-dependencies]\ndocs = ["mkdocs"]\n'})
    assert names(found)[0] == "the project alone"


def test_what_cibuildwheel_needs_for_its_tests_is_trusted_most(detected: Detecting) -> None:
    text = BUILD + '[tool.cibuildwheel]\ntest-requires = "pytest trio"\ntest-extras = ["test"]\n'
    found = detected({"pyproject.toml": text + '[dependency-groups]\ntest = ["pytest"]\n'})
    assert names(found)[0] == "cibuildwheel test settings"


def test_poetry_groups_become_requirements(detected: Detecting) -> None:
    text = (
        '[build-system]\nrequires = ["poetry-core"]\n[tool.poetry]\nname = "x"\n[tool.poetry.dependencies]\n'
        'python = "^3.10"\n[tool.poetry.group.dev.dependencies]\npytest = "^8.1"\n'
        'trio = {version = "~0.22", extras = ["a"]}\nlocal = {path = "../x"}\n'
    )
    found = detected({"pyproject.toml": text})
    assert first(found).requirements == ("pytest>=8.1,<9", "trio[a]>=0.22,<0.23")
    assert found.requires_python == "^3.10"


def test_hatch_and_pdm_and_pipenv_tables_are_read(detected: Detecting) -> None:
    hatch = '[tool.hatch.envs.test]\ndependencies = ["pytest", "{root:uri}/x"]\nfeatures = ["all"]\n'
    pdm = '[tool.pdm.dev-dependencies]\ntest = ["pytest", "-e file:///x#egg=y"]\n'
    pipfile = '[packages]\nhttpx = "*"\n[dev-packages]\npytest = "==8.1"\n'
    found = detected({"pyproject.toml": BUILD + hatch + pdm, "Pipfile": pipfile})
    by_name = {recipe.name: recipe for recipe in found.recipes}
    assert by_name["hatch environment 'test'"].requirements == ("pytest",)
    assert by_name["hatch environment 'test'"].extras == ("all",)
    assert by_name["pdm development dependencies"].requirements == ("pytest",)
    assert by_name["Pipfile"].requirements == ("httpx", "pytest==8.1")


def test_tox_settings_give_requirements_files_extras_and_variables(detected: Detecting) -> None:
    tox = (
        "[testenv]\nextras = test\ndeps =\n    pytest\n    py39: mock\n    -r{toxinidir}/requirements/test.txt\n"
        "    {[base]deps}\nsetenv =\n    MODE = ci\n    PYTHONPATH = x\n    HOME = {envdir}\n"
    )
    found = detected({"setup.py": "from setuptools import setup\nsetup(name='x')\n", "tox.ini": tox})
    recipe = first(found)
    assert (recipe.requirements, recipe.files, recipe.extras) == (
        ("pytest", "mock"),
        ("requirements/test.txt",),
        ("test",),
    )
    assert found.variables == (("MODE", "ci"),)


def test_a_requirements_file_outside_the_tree_is_not_named(detected: Detecting) -> None:
    found = detected(
        {"tox.ini": "[testenv]\ndeps =\n  pytest\n  -r/etc/passwd\n  -r../up.txt\n  -rhttps://x.example/r\n"}
    )
    assert first(found).files == ()


def test_nox_sessions_give_what_they_install(detected: Detecting) -> None:
    nox = (
        "import nox\n@nox.session\ndef lint(session): session.install('ruff')\n@nox.session\ndef tests(session):\n"
        "    session.install('-e', '.[test,extra]', 'pytest', '-r', 'req.txt')\n"
        "    session.install('.[more]', VARIABLE)\n    session.run('pytest')\n"
    )
    recipe = first(detected({"noxfile.py": nox}))
    assert (recipe.requirements, recipe.files, recipe.extras) == (("pytest",), ("req.txt",), ("test", "extra", "more"))


def test_setup_py_is_read_and_never_run(detected: Detecting, tmp_path: Path) -> None:
    setup = (
        f"open({str(tmp_path / 'ran')!r}, 'w')\nfrom setuptools import setup\n"
        "EXTRAS = {'dev': ['pytest'], ':os': []}\n"
        "setup(name='x', extras_require=EXTRAS, tests_require=['mock'], python_requires='>=3.9', version=compute())\n"
    )
    found = detected({"setup.py": setup})
    assert names(found)[:2] == ["dependency extra 'dev'", "tests_require"]
    assert (found.name, found.requires_python) == ("x", ">=3.9")
    assert not (tmp_path / "ran").exists()


def test_requirements_files_for_tests_come_with_the_plain_one(detected: Detecting) -> None:
    found = detected({"requirements.txt": "httpx\n", "requirements-dev.txt": "ruff\n", "requirements_test.txt": ""})
    assert first(found).files == ("requirements_test.txt", "requirements.txt")
    assert not first(found).editable


def test_the_pip_part_of_a_conda_environment_is_taken(detected: Detecting) -> None:
    conda = "dependencies:\n  - python=3.11\n  - numpy\n  - pip:\n    - pytest\n    - 'httpx>=0.27'\n  - pandas\n"
    recipe = next(one for one in detected({"environment.yml": conda}).recipes if "environment.yml" in one.name)
    assert recipe.requirements == ("pytest", "httpx>=0.27")


def test_a_project_that_cannot_be_built_is_imported_from_where_it_lies(detected: Detecting) -> None:
    found = detected({"pyproject.toml": '[project]\nname = "x"\ndependencies = ["httpx"]\n', "src/x.py": ""})
    assert (first(found).editable, first(found).requirements) == (False, ("httpx",))
    assert first(found).import_roots == ("src", "")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pytest.ini", "[pytest]\naddopts = -n 4 --cov=x --cov-report=xml\nasyncio_mode = auto\n"),
        ("tox.ini", "[pytest]\naddopts = -n 4 --cov=x\nasyncio_mode = auto\n"),
        ("setup.cfg", "[tool:pytest]\naddopts = -n 4 --cov=x\nasyncio_mode = auto\n"),
        ("pyproject.toml", '[tool.pytest.ini_options]\naddopts = "-n 4 --cov=x"\nasyncio_mode = "auto"\n'),
        ("pyproject.toml", '[tool.pytest]\naddopts = ["-n", "4", "--cov=x"]\nasyncio_mode = "auto"\n'),
    ],
    ids=["pytest.ini", "tox.ini", "setup.cfg", "pyproject.toml", "pyproject.toml of pytest 9"],
)
def test_the_plugins_pytest_needs_are_read_from_its_settings(detected: Detecting, name: str, text: str) -> None:
    found = detected({name: text}).pytest
    assert (found.path, found.plugins) == (name, ("pytest-xdist", "pytest-cov", "pytest-asyncio"))


def test_unknown_options_name_no_package(detected: Detecting) -> None:
    found = detected({"pytest.ini": "[pytest]\naddopts = --strict-markers --evil-option -p evil\nevil_key = 1\n"})
    assert found.pytest.plugins == ()


def test_plugins_that_the_target_requires_by_name_are_taken(detected: Detecting) -> None:
    found = detected({"pytest.ini": "[pytest]\nrequired_plugins = pytest-foo>=1.0 -x\n"})
    assert found.pytest.plugins == ("pytest-foo>=1.0",)


@pytest.mark.parametrize(
    ("build", "scm"),
    [
        ('requires = ["setuptools", "setuptools_scm[toml]>=8"]', "setuptools-scm"),
        ('requires = ["hatchling", "hatch-vcs"]', "hatch-vcs"),
        ('requires = ["setuptools"]', None),
    ],
    ids=["setuptools-scm", "hatch-vcs", "a fixed version"],
)
def test_versions_that_come_from_tags_are_noticed(detected: Detecting, build: str, scm: str | None) -> None:
    assert detected({"pyproject.toml": f"[build-system]\n{build}\n"}).scm == scm


def test_links_pipes_and_huge_files_are_refused_with_the_reason(tmp_path: Path) -> None:
    secret = tmp_path / "secret.toml"
    secret.write_text('[project]\nname = "leak"\nrequires-python = ">=3.9"\n', encoding="utf-8")
    tree = tmp_path / "tree"
    tree.mkdir()
    (tree / "pyproject.toml").symlink_to(secret)
    os.mkfifo(tree / "tox.ini")
    (tree / "setup.py").write_text("#" * 2_000_000, encoding="utf-8")
    (tree / "setup.cfg").write_bytes(b"[metadata]\nname = \xff\n")
    (tree / "noxfile.py").write_text("def (", encoding="utf-8")
    found = detect(tree)
    assert (found.name, found.requires_python) == (None, None)
    assert dict(found.refused) == {
        "pyproject.toml": "it is a symbolic link, or lies outside the tree",
        "tox.ini": "it is not a regular file",
        "setup.py": "it is larger than 1,000,000 bytes",
        "setup.cfg": "it is not UTF-8",
        "noxfile.py": "it does not parse",
    }


def test_a_folder_that_is_a_link_is_not_listed(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "test.txt").touch()
    (tmp_path / "tree").mkdir()
    (tmp_path / "tree" / "requirements").symlink_to(tmp_path / "outside")
    assert ConfigFiles(tmp_path / "tree").names("requirements") == ()


def test_broken_files_do_not_hide_the_others(detected: Detecting) -> None:
    found = detected({"pyproject.toml": "[project\n", "setup.cfg": "no section\n", "requirements.txt": "httpx\n"})
    assert first(found).files == ("requirements.txt",)
    assert {name for name, _ in found.refused} == {"pyproject.toml", "setup.cfg"}


def test_detection_is_quick(detected: Detecting) -> None:
    started = time.perf_counter()
    detected({"pyproject.toml": BUILD + '[dependency-groups]\ntest = ["pytest"]\n'})
    assert time.perf_counter() - started < 1
