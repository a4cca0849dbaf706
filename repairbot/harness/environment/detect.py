"""From a target's tree to what it says about its tests: interpreters it supports, ways to install, pytest settings."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from repairbot.harness.environment.configfiles import ConfigFiles, Table, table, word, words
from repairbot.harness.environment.declared import Declared, Recipe
from repairbot.harness.environment.detect_project import (
    PYPROJECT,
    cibuildwheel_recipe,
    contents_of,
    is_installable,
    metadata_recipes,
    normal,
    poetry_requirement,
    requirements,
    tool_recipes,
)
from repairbot.harness.environment.detect_pytest import pytest_settings
from repairbot.harness.environment.detect_tools import (
    conda_recipe,
    nox_recipes,
    pipenv_recipe,
    requirement_file_recipes,
    setup_words,
    stated_python,
    tox_recipes,
    variables,
)

_FOR_OTHERS = re.compile(r"doc|lint|format|typing|release", re.IGNORECASE)  # extras that no test needs


def detect(root: Path) -> Declared:
    """Read the configuration files of the tree at `root`; nothing of it runs."""
    files = ConfigFiles(root)
    project, legacy = files.toml(PYPROJECT), setup_words(files)
    config = files.ini("setup.cfg")
    python = (
        word(table(project, "project"), "requires-python")
        or word(table(project, "tool", "poetry", "dependencies"), "python")
        or word(table(config, "options"), "python_requires")
        or word(legacy, "python_requires")
    )
    return Declared(
        name=word(table(project, "project"), "name")
        or word(table(project, "tool", "poetry"), "name")
        or _legacy_name(config, legacy),
        requires_python=python,
        python_files=stated_python(files),
        classifiers=_classifiers(project, config, legacy),
        recipes=_recipes(files, project, config, legacy),
        pytest=pytest_settings(files),
        variables=variables(files),
        scm=_scm(files, project),
        refused=tuple(sorted(files.refused.items())),
    )


def _legacy_name(config: Table, legacy: Table) -> str | None:
    return word(table(config, "metadata"), "name") or word(legacy, "name")


def _classifiers(project: Table, config: Table, legacy: Table) -> tuple[str, ...]:
    stated = (
        *words(table(project, "project").get("classifiers")),
        *words(table(project, "tool", "poetry").get("classifiers")),
        *words(table(config, "metadata").get("classifiers")),
        *words(legacy.get("classifiers")),
    )
    found = (re.fullmatch(r"Programming Language :: Python :: (3\.\d+)", text.strip()) for text in stated)
    return tuple(dict.fromkeys(match[1] for match in found if match))


def _recipes(files: ConfigFiles, project: Table, config: Table, legacy: Table) -> tuple[Recipe, ...]:
    """In order of trust: its test settings, its lock and groups, its tools, its files, nothing but itself."""
    editable = is_installable(files)
    extras = _extras(project, config, legacy)
    found = [
        cibuildwheel_recipe(files, editable),
        *metadata_recipes(files, extras, editable),
        *tool_recipes(files, extras, editable),
        *tox_recipes(files, editable),
        *nox_recipes(files, editable),
        pipenv_recipe(files, editable),
        *requirement_file_recipes(files, editable),
        *_tests_require(legacy, editable),
        conda_recipe(files, editable),
    ]
    if editable:
        if optional := tuple(name for name in extras if not _FOR_OTHERS.search(name)):
            why = "nothing says what its tests need, and they may use every optional part"
            found.append(Recipe("every extra", why, extras=optional))
        found.append(Recipe("the project alone", "nothing says what its tests need"))
    found.append(_uninstalled(files, project, config, legacy))
    whole = (replace(recipe, grouped=contents_of(files, recipe.groups)) for recipe in found if recipe)
    return tuple(dict.fromkeys(whole))


def _extras(project: Table, config: Table, legacy: Table) -> tuple[str, ...]:
    names = (
        *table(project, "project", "optional-dependencies"),
        *table(project, "tool", "poetry", "extras"),
        *table(config, "options.extras_require"),
        *table(legacy, "extras_require"),
    )
    # In setup.py a key may be a condition: ":python_version<'3.8'".
    return tuple(dict.fromkeys(name for name in names if re.fullmatch(r"[\w.-]+", name)))


def _tests_require(legacy: Table, editable: bool) -> list[Recipe]:
    needs = requirements(legacy.get("tests_require"))
    return [Recipe("tests_require", "setup.py lists it", editable, requirements=needs)] if needs else []


def _uninstalled(files: ConfigFiles, project: Table, config: Table, legacy: Table) -> Recipe:
    """For what cannot be installed: its dependencies, and the code read where it lies."""
    poetry = table(project, "tool", "poetry", "dependencies").items()
    needs = (
        *(text for name, wanted in poetry if (text := poetry_requirement(name, wanted))),
        *requirements(table(project, "project").get("dependencies")),
        *requirements(table(config, "options").get("install_requires")),
        *requirements(legacy.get("install_requires")),
    )
    roots = ("src", "") if (files.root / "src").is_dir() and not (files.root / "src").is_symlink() else ("",)
    name = "dependencies without the project" if needs else "pytest alone"
    why = "the code is imported from where it lies"
    return Recipe(name, why, editable=False, requirements=needs, import_roots=roots)


def _scm(files: ConfigFiles, project: Table) -> str | None:
    """The build plugin that takes the version from git tags: without them it needs to be told one."""
    needs = [
        normal(re.split(r"[\s\[;<>=!~(@]", text)[0]) for text in words(table(project, "build-system").get("requires"))
    ]
    for plugin in (
        "setuptools-scm",
        "hatch-vcs",
        "pbr",
        "versioningit",
        "poetry-dynamic-versioning",
        "uv-dynamic-versioning",
    ):
        if plugin in needs:
            return plugin
    if word(table(project, "tool", "pdm", "version"), "source") == "scm":
        return "pdm"
    return "setuptools-scm" if "use_scm_version" in (files.text("setup.py") or "") else None
