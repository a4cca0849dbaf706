"""What a target says about how it is tested, as values: read from its files, nothing of it run."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recipe:
    """One way to install what the tests need.

    `requirements` are PEP 508 strings, `files` are requirements files relative to the root, `extras` and `groups` names
    in the project's metadata; `locked` means that uv.lock decides the versions. `editable` also installs the project.
    """

    name: str
    why: str
    editable: bool = True
    locked: bool = False
    workspace: bool = False  # the lock covers several projects, and all are wanted
    extras: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    grouped: tuple[str, ...] = ()  # what the groups hold, for installers that cannot read them
    requirements: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    import_roots: tuple[str, ...] = ()  # for a project that is not installed: what its code is imported from


@dataclass(frozen=True, slots=True)
class PytestSettings:
    """The target's pytest configuration: its file, the options it always gives, the plugins it cannot start without."""

    path: str | None = None
    addopts: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    plugins: tuple[str, ...] = ()  # requirement strings

    @property
    def limits_tests(self) -> bool:
        return "timeout" in self.keys or any(option.startswith("--timeout") for option in self.addopts)


@dataclass(frozen=True, slots=True)
class Declared:
    """Everything detection found; `recipes` in order of trust."""

    name: str | None
    requires_python: str | None
    python_files: tuple[str, ...]  # what .python-version and the like ask for, such as "3.12"
    classifiers: tuple[str, ...]  # "3.9", "3.10" … in the project's metadata
    recipes: tuple[Recipe, ...]
    pytest: PytestSettings
    variables: tuple[tuple[str, str], ...] = ()  # environment the target's test tools set
    scm: str | None = None  # "setuptools-scm", "hatch-vcs", "pdm" or "pbr": versions from tags
    refused: tuple[tuple[str, str], ...] = ()  # configuration files that were not read, and why
