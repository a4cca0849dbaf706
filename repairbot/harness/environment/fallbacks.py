"""The rungs of the ladder in order: the recipes, then with packages of the commit's time, then on older Pythons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from repairbot.harness.environment.declared import Declared, Recipe
from repairbot.harness.environment.pythons import OLDEST, Interpreter, PythonChoice
from repairbot.harness.environment.versions import Version, satisfies

RECIPES_TRIED = 8
OTHER_PYTHONS_TRIED = 2
RECIPES_TRIED_AGAIN = 2
_SETTLED = timedelta(days=180)  # so long after a Python release, projects of the time work on it

_RELEASED: tuple[tuple[Version, date], ...] = (
    ((3, 9), date(2020, 10, 5)),
    ((3, 10), date(2021, 10, 4)),
    ((3, 11), date(2022, 10, 24)),
    ((3, 12), date(2023, 10, 2)),
    ((3, 13), date(2024, 10, 7)),
    ((3, 14), date(2025, 10, 7)),
)


@dataclass(frozen=True, slots=True)
class Rung:
    """One thing to try. With `shell` a command of the user's installs instead of the recipe."""

    recipe: Recipe
    python: PythonChoice
    era: date | None = None
    shell: str | None = None

    @property
    def name(self) -> str:
        return self.recipe.name if self.era is None else f"{self.recipe.name}, packages as of {self.era.isoformat()}"


def rungs(
    declared: Declared,
    python: PythonChoice,
    interpreters: Sequence[Interpreter],
    *,
    shell: str | None,
    committed: date | None,
    today: date,
) -> tuple[Rung, ...]:
    """`committed` is the date of the target's commit; an old one adds rungs that go back in time.

    `interpreters` are those that may be used besides the chosen one: none when the user named it.
    """
    if shell is not None:
        return (Rung(Recipe("the install command", "the configuration gives it"), python, shell=shell),)
    recipes = _distinct(declared.recipes)[:RECIPES_TRIED]
    found = [Rung(recipe, python) for recipe in recipes]
    if committed is not None and today - committed >= _SETTLED:
        then = era_python(interpreters, declared, committed) or python
        unlocked = [recipe for recipe in recipes if not recipe.locked]
        found += [Rung(recipe, then, committed) for recipe in unlocked[:RECIPES_TRIED_AGAIN]]
    for other in _older(interpreters, declared, python.interpreter):
        found += [Rung(recipe, other) for recipe in recipes[:RECIPES_TRIED_AGAIN]]
    return tuple(found)


def _older(interpreters: Sequence[Interpreter], declared: Declared, chosen: Interpreter) -> list[PythonChoice]:
    """Pinned packages often cannot be built for the newest Python."""
    required = declared.requires_python or ""
    older = [one for one in interpreters if OLDEST <= one.version < chosen.version and satisfies(one.version, required)]
    return [PythonChoice(one, "an older one, as what the target pins may not support the newest") for one in older][
        :OTHER_PYTHONS_TRIED
    ]


def _distinct(recipes: Sequence[Recipe]) -> list[Recipe]:
    """Recipes that install the same under another name only once."""
    kept: dict[object, Recipe] = {}
    for recipe in recipes:
        needs = frozenset(recipe.requirements + recipe.grouped)
        what = (recipe.editable, recipe.locked, recipe.extras, needs, recipe.files)
        kept.setdefault(what, recipe)
    return list(kept.values())


def era_python(interpreters: Sequence[Interpreter], declared: Declared, committed: date) -> PythonChoice | None:
    """The newest Python here that was settled when the commit was made."""
    settled = {version for version, released in _RELEASED if released + _SETTLED <= committed} | {OLDEST}
    for found in interpreters:
        allowed = satisfies(found.version, declared.requires_python or "")
        if found.version[:2] in settled and allowed:
            return PythonChoice(
                found, f"the newest that was settled when the commit of {committed.isoformat()} was made"
            )
    return None
