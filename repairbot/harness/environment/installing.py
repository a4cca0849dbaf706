"""From a recipe to the commands that install it, with uv or with pip; nothing is run here."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from repairbot.harness.environment.declared import Recipe

# Build tools of today understand old projects; those of the day often lack what installers ask for now.
_NOT_FROZEN_BEFORE = "2024-06-01T00:00:00Z"
_BUILD_TOOLS = ("setuptools", "wheel", "hatchling", "flit-core", "poetry-core", "pdm-backend")


@dataclass(frozen=True, slots=True)
class Inner:
    """Paths as the sandbox has them."""

    interpreter: str
    venv: str
    cache: str
    uv: str | None  # None: pip installs

    @property
    def python(self) -> str:
        return f"{self.venv}/bin/python"


@dataclass(frozen=True, slots=True)
class InstallCommand:
    """One command and the environment it needs besides the usual."""

    what: str
    argv: tuple[str, ...]
    env: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Told:
    """Variables that tell a build its version; `alone`: a project to build by itself, as they would mislead others."""

    variables: Mapping[str, str]
    alone: str | None = None


def creation(inner: Inner) -> InstallCommand:
    if inner.uv:
        argv = (inner.uv, "venv", "-q", "--no-project", "--python", inner.interpreter, inner.venv)
        return InstallCommand("create the environment", argv, _uv(inner, None))
    return InstallCommand("create the environment", (inner.interpreter, "-m", "venv", inner.venv))


def installations(recipe: Recipe, inner: Inner, era: date | None, told: Told) -> tuple[InstallCommand, ...]:
    """What installs the recipe."""
    if not (told.alone and recipe.editable):
        return (_installation(recipe, inner, era, told.variables),)
    first = Recipe("", "", editable=True)
    alone = replace(_installation(first, inner, era, told.variables, ("--no-deps",)), what="install the project")
    # Already there, it is not built again.
    project = told.alone + _bracketed(recipe.extras)
    rest = replace(recipe, editable=False, requirements=(project, *recipe.requirements), extras=recipe.extras)
    return (alone, _installation(rest, inner, era, {}))


def _installation(
    recipe: Recipe, inner: Inner, era: date | None, variables: Mapping[str, str], options: tuple[str, ...] = ()
) -> InstallCommand:
    if inner.uv is None:
        pip = (inner.python, "-m", "pip", "install", "-q", "--no-input", *options)
        return InstallCommand("install", (*pip, *_wanted(recipe, groups=False)), {**_pip(inner), **variables})
    env = {**_uv(inner, era), **variables}
    if recipe.locked:
        return InstallCommand("install", (inner.uv, "sync", "-q", "--frozen", "--inexact", *_sync(recipe, inner)), env)
    uv = (inner.uv, "pip", "install", "-q", "--python", inner.python, *_frozen(era), *options)
    return InstallCommand("install", (*uv, *_wanted(recipe, groups=True)), env)


def addition(packages: Sequence[str], constraints: str, inner: Inner, era: date | None) -> InstallCommand:
    """What installs `packages` without moving a version that the recipe chose."""
    if inner.uv is None:
        argv = (inner.python, "-m", "pip", "install", "-q", "--no-input", "-c", constraints, *packages)
        return InstallCommand("add what the tests need", argv, _pip(inner))
    argv = (inner.uv, "pip", "install", "-q", "--python", inner.python, *_frozen(era), "-c", constraints, *packages)
    return InstallCommand("add what the tests need", argv, _uv(inner, era))


def nothing_to_install(recipe: Recipe) -> bool:
    return not (recipe.editable or recipe.locked or recipe.requirements or recipe.files or recipe.groups)


def _wanted(recipe: Recipe, *, groups: bool) -> tuple[str, ...]:
    """`groups`: the installer reads dependency groups itself."""
    project = ("-e", "." + _bracketed(recipe.extras)) if recipe.editable else ()
    named = tuple(word for group in recipe.groups for word in ("--group", group)) if groups else ()
    held = () if groups else recipe.grouped
    return (*project, *named, *held, *recipe.requirements, *(word for file in recipe.files for word in ("-r", file)))


def _bracketed(extras: tuple[str, ...]) -> str:
    return f"[{','.join(extras)}]" if extras else ""


def _sync(recipe: Recipe, inner: Inner) -> tuple[str, ...]:
    groups = tuple(word for group in recipe.groups for word in ("--group", group))
    extras = tuple(word for extra in recipe.extras for word in ("--extra", extra))
    only = ("--no-default-groups",) if groups else ()
    project = () if recipe.editable else ("--no-install-project",)
    members = ("--all-packages",) if recipe.workspace else ()
    return ("--python", inner.python, *members, *only, *groups, *extras, *project)


def _frozen(era: date | None) -> tuple[str, ...]:
    if era is None or era.isoformat() >= _NOT_FROZEN_BEFORE:
        return ()
    return tuple(word for tool in _BUILD_TOOLS for word in ("--exclude-newer-package", f"{tool}={_NOT_FROZEN_BEFORE}"))


def _uv(inner: Inner, era: date | None) -> Mapping[str, str]:
    until = {} if era is None else {"UV_EXCLUDE_NEWER": f"{era.isoformat()}T23:59:59Z"}
    return {
        "UV_CACHE_DIR": inner.cache,
        "UV_PROJECT_ENVIRONMENT": inner.venv,
        "UV_NO_PROGRESS": "1",
        "UV_NO_WRAP": "1",  # a credential that is broken over two lines would not be known for one
        "UV_PYTHON_DOWNLOADS": "never",
        "UV_LINK_MODE": "copy",
        "UV_COMPILE_BYTECODE": "1",  # while tests run, nobody can write it
        **until,
    }


def _pip(inner: Inner) -> Mapping[str, str]:
    return {"PIP_CACHE_DIR": inner.cache, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def told_version(scm: str | None, name: str | None, version: str | None) -> Told:
    """How to tell a build the version it would read from git: the tree has no repository."""
    told = version or "0.0.0"
    match scm:
        case "setuptools-scm" if name:
            return Told({f"SETUPTOOLS_SCM_PRETEND_VERSION_FOR_{re.sub(r'[^A-Za-z0-9]+', '_', name).upper()}": told})
        case "setuptools-scm" | "hatch-vcs":  # hatch-vcs does not say for which distribution it asks
            return Told({"SETUPTOOLS_SCM_PRETEND_VERSION": told}, alone=name)
        case "pdm":
            return Told({"PDM_BUILD_SCM_VERSION": told})
        case "pbr":
            return Told({"PBR_VERSION": told})
        case "poetry-dynamic-versioning":
            return Told({"POETRY_DYNAMIC_VERSIONING_BYPASS": told})
        case "uv-dynamic-versioning":
            return Told({"UV_DYNAMIC_VERSIONING_BYPASS": told})
        case _:
            return Told({})
