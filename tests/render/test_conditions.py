from __future__ import annotations

from dataclasses import replace

from repairbot.render.detail import WHOLE
from repairbot.render.sections.conditions import conditions
from tests.evidence.documents import DOCUMENT


def test_an_environment_with_more_than_its_recipe_is_not_said_to_lack_what_the_recipe_asks_for() -> None:
    """A recipe without pytest, because the project's own developers run unittest, is whole when pytest is added."""
    assert DOCUMENT.runs.environment is not None
    environment = replace(DOCUMENT.runs.environment, added=("pytest",), best_effort=True)
    document = replace(DOCUMENT, runs=replace(DOCUMENT.runs, environment=environment))
    said = {condition.name: condition.text for condition in conditions(document, WHOLE).items}["environment"]
    assert "could be had" not in said
    assert said.endswith(
        "added: `pytest`; best effort: tests may behave differently here than for the project's developers"
    )
