"""Recipes from the project's own metadata: dependency groups, extras, and the tables of uv, Poetry, PDM and Hatch."""

from __future__ import annotations

import re
from collections.abc import Mapping

from repairbot.harness.environment.configfiles import ConfigFiles, Table, table, word, words
from repairbot.harness.environment.declared import Recipe
from repairbot.harness.environment.versions import ranges

PYPROJECT = "pyproject.toml"

_BEST = ("test", "tests", "testing", "unittest", "unittests", "pytest")
_BROAD = ("dev", "develop", "development", "ci", "all")


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def chosen(names: tuple[str, ...], broad: bool = True) -> str | None:
    """The name most likely to hold what the tests need, None when none looks like it."""
    by_normal = {normal(name): name for name in reversed(names)}
    for wanted in _BEST:
        if wanted in by_normal:
            return by_normal[wanted]
    for name in names:
        if "test" in name.lower() and "typ" not in name.lower():
            return name
    return next((by_normal[wanted] for wanted in _BROAD if wanted in by_normal), None) if broad else None


def requirement(text: str) -> str | None:
    """A requirement string that no installer can read as an option or a local path; None for anything else."""
    text = text.split(" #", maxsplit=1)[0].strip()
    return text if re.match(r"[A-Za-z0-9][A-Za-z0-9._-]*\s*(\[|;|[<>=!~(]|@\s*(git\+)?https:|$|\s)", text) else None


def requirements(value: object) -> tuple[str, ...]:
    return tuple(found for text in words(value) if (found := requirement(text)))


def contents_of(files: ConfigFiles, groups: tuple[str, ...]) -> tuple[str, ...]:
    tables = table(files.toml(PYPROJECT), "dependency-groups")
    return tuple(dict.fromkeys(text for group in groups for text in group_contents(tables, group)))


def group_contents(groups: Table, name: str, within: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The requirement strings of a dependency group, included groups resolved."""
    found: list[str] = []
    key = next((key for key in groups if normal(key) == normal(name)), None)
    entries = groups.get(key) if key is not None else None
    if not isinstance(entries, list) or normal(name) in within:
        return ()
    for entry in entries:
        if isinstance(entry, str) and (plain := requirement(entry)):
            found.append(plain)
        elif isinstance(entry, Mapping) and (included := word(entry, "include-group")):
            found += group_contents(groups, included, (*within, normal(name)))
    return tuple(found)


def is_installable(files: ConfigFiles) -> bool:
    project = files.toml(PYPROJECT)
    if word(table(project, "tool", "poetry"), "name") and table(project, "tool", "poetry").get("package-mode") is False:
        return False
    if table(project, "tool", "uv").get("package") is False:
        return False
    return (
        bool(table(project, "build-system"))
        or files.exists("setup.py")
        or bool(table(files.ini("setup.cfg"), "metadata"))
    )


def metadata_recipes(files: ConfigFiles, extras: tuple[str, ...], editable: bool) -> list[Recipe]:
    """uv.lock, dependency groups and extras; the group and the extra that look like tests together, then each alone."""
    groups = table(files.toml(PYPROJECT), "dependency-groups")
    group, extra = chosen(tuple(groups)), chosen(extras)
    picked = [f"group {group!r}"] * bool(group) + [f"extra {extra!r}"] * bool(extra)
    recipes = []
    if files.exists("uv.lock"):
        recipes.append(
            Recipe(
                " + ".join(["uv.lock", *picked]),
                "uv.lock records the versions its developers use",
                editable=editable,
                locked=True,
                workspace=bool(table(files.toml(PYPROJECT), "tool", "uv", "workspace")),
                groups=(group,) if group else (),
                extras=(extra,) if extra else (),
            )
        )
    if group or extra:
        recipes.append(_named("dependency " + " + ".join(picked), group, extra, editable))
    if group and extra:
        recipes.append(_named(f"dependency group {group!r}", group, None, editable))
        recipes.append(_named(f"dependency extra {extra!r}", None, extra, editable))
    return recipes


def _named(name: str, group: str | None, extra: str | None, editable: bool) -> Recipe:
    return Recipe(
        name,
        "the project's metadata names it",
        editable=editable,
        extras=(extra,) if extra else (),
        groups=(group,) if group else (),
    )


def tool_recipes(files: ConfigFiles, extras: tuple[str, ...], editable: bool) -> list[Recipe]:
    """Development dependencies as uv, Poetry, PDM, Hatch and cibuildwheel each write them."""
    tools = table(files.toml(PYPROJECT), "tool")
    extra = chosen(extras)
    named = (extra,) if extra else ()
    recipes = [
        Recipe(
            f"{tool} development dependencies", f"[tool.{tool}] lists them", editable, extras=named, requirements=found
        )
        for tool, found in (
            ("uv", requirements(table(tools, "uv").get("dev-dependencies"))),
            ("poetry", poetry_requirements(table(tools, "poetry"))),
            ("pdm", _pdm_requirements(table(tools, "pdm", "dev-dependencies"))),
        )
        if found
    ]
    return recipes + _hatch_recipes(table(tools, "hatch", "envs"), editable)


def cibuildwheel_recipe(files: ConfigFiles, editable: bool) -> Recipe | None:
    settings = table(files.toml(PYPROJECT), "tool", "cibuildwheel")
    needs, groups = requirements(settings.get("test-requires")), words(settings.get("test-groups"))
    extras = words(settings.get("test-extras"))
    if not (needs or groups or extras):
        return None
    why = "[tool.cibuildwheel] says what its test command needs"
    return Recipe("cibuildwheel test settings", why, editable, extras=extras, groups=groups, requirements=needs)


def poetry_requirements(poetry: Table) -> tuple[str, ...]:
    found = {**table(poetry, "dev-dependencies"), **table(poetry, "dev_dependencies")}
    for name, group in table(poetry, "group").items():
        if chosen((name,)):
            found.update(table(group, "dependencies"))
    return tuple(text for name, wanted in found.items() if (text := poetry_requirement(name, wanted)))


def poetry_requirement(name: str, wanted: object) -> str | None:
    """One Poetry or Pipenv dependency as a PEP 508 string; None for the interpreter, paths and what cannot be said."""
    if normal(name) == "python":
        return None
    if isinstance(wanted, list):
        wanted = wanted[0] if wanted else "*"
    if isinstance(wanted, str):
        return requirement(name + ranges(wanted))
    settings = table(wanted)
    extras = words(settings.get("extras"))
    named = name + (f"[{','.join(extras)}]" if extras else "")
    if (git := word(settings, "git")) is not None:
        revision = word(settings, "rev") or word(settings, "tag") or word(settings, "branch") or word(settings, "ref")
        return requirement(f"{named} @ git+{git}" + (f"@{revision}" if revision else ""))
    if "path" in settings or "url" in settings or "file" in settings:
        return None
    return requirement(named + ranges(word(settings, "version") or "*"))


def _pdm_requirements(groups: Table) -> tuple[str, ...]:
    group = chosen(tuple(groups))
    return requirements(groups.get(group)) if group else ()


def _hatch_recipes(environments: Table, editable: bool) -> list[Recipe]:
    wanted = [name for name in (chosen(tuple(environments)), "hatch-test", "default") if name and name in environments]
    recipes = []
    for name in dict.fromkeys(wanted):
        settings = table(environments, name)
        needs = requirements(settings.get("dependencies")) + requirements(settings.get("extra-dependencies"))
        features, named = words(settings.get("features")), words(settings.get("dependency-groups"))
        if needs or features or named:
            why = f"[tool.hatch.envs.{name}] lists what it installs"
            recipes.append(
                Recipe(f"hatch environment {name!r}", why, editable, extras=features, groups=named, requirements=needs)
            )
    return recipes
