"""The target's pytest settings, and which plugins pytest cannot start without."""

from __future__ import annotations

import shlex

from repairbot.harness.environment import known_packages
from repairbot.harness.environment.configfiles import ConfigFiles, Table, table, words
from repairbot.harness.environment.declared import PytestSettings
from repairbot.harness.environment.detect_project import PYPROJECT, requirement


def pytest_settings(files: ConfigFiles) -> PytestSettings:
    path, settings = _first(files)
    addopts = _addopts(settings.get("addopts"))
    packages = [known_packages.for_option(option) for option in addopts]
    packages += [known_packages.SETTINGS.get(key) for key in settings]
    required = settings.get("required_plugins")
    packages += [requirement(name) for name in (required.split() if isinstance(required, str) else words(required))]
    return PytestSettings(path, addopts, tuple(settings), tuple(dict.fromkeys(name for name in packages if name)))


def _first(files: ConfigFiles) -> tuple[str | None, Table]:
    """pytest reads one file only: this is its order."""
    for name in ("pytest.toml", ".pytest.toml"):
        if files.exists(name):
            return name, table(files.toml(name), "pytest")
    for name in ("pytest.ini", ".pytest.ini"):
        if files.exists(name):
            return name, table(files.ini(name), "pytest")
    project = table(files.toml(PYPROJECT), "tool", "pytest")
    native = {key: value for key, value in project.items() if key != "ini_options"}
    if found := table(project, "ini_options") or native:
        return PYPROJECT, found
    for name, section in (("tox.ini", "pytest"), ("setup.cfg", "tool:pytest")):
        if found := table(files.ini(name), section):
            return name, found
    return None, {}


def _addopts(value: object) -> tuple[str, ...]:
    if not isinstance(value, str):
        return words(value)
    try:
        return tuple(shlex.split(value))
    except ValueError:
        return tuple(value.split())
