"""Every scene of every page: what is said of each site is what Python does there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pytest

from tests.truth.examining import examine
from tests.truth.judging import Fault, Judged
from tests.truth.known import DISAGREES, known_open
from tests.truth.projects import case
from tests.truth.running import Runner
from tests.truth.scenes import scenes

# All in one process: they are judged together. Their variants are judged by `python -m tests.truth`.
pytestmark = pytest.mark.xdist_group("truth")

KINDS = {case(scene).name: scene.kind for scene in scenes()}


@pytest.fixture(scope="module")
def judged() -> Mapping[str, Judged]:
    """Each scene, with names that no other has, many in one project."""
    with Runner() as runner:
        return {one.case.name: one for one in examine([case(scene) for scene in scenes()], runner)}


def pins(prefix: str = "") -> list[object]:
    """The scenes, with a mark on those that are known to fail: who mends one takes it from the list."""
    return [
        pytest.param(name, id=name, marks=[pytest.mark.xfail(strict=True, reason=f"kind {kind}")])
        if prefix + name in known_open()
        else pytest.param(name, id=name)
        for name, kind in KINDS.items()
    ]


def check(one: Judged, faults: Iterable[Fault]) -> None:
    assert not list(faults), "\n".join([*map(str, faults), one.case.shown()])


def test_every_scene_runs_and_reaches_its_site(judged: Mapping[str, Judged]) -> None:
    assert [f"{name}: {one.broken}" for name, one in judged.items() if one.broken] == []


@pytest.mark.parametrize("name", pins())
def test_what_is_said_of_a_scene_is_what_python_does(name: str, judged: Mapping[str, Judged]) -> None:
    check(judged[name], judged[name].wrong)


@pytest.mark.parametrize("name", pins(DISAGREES))
def test_scan_and_explain_say_the_same_of_a_scene(name: str, judged: Mapping[str, Judged]) -> None:
    check(judged[name], judged[name].disagreements)
