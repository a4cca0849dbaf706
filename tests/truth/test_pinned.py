"""Every scene of every page and its variants: what is said of each site is what Python does there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from tests.truth.examining import examine, examine_alone
from tests.truth.judging import Judged
from tests.truth.known import known_open
from tests.truth.projects import case
from tests.truth.running import Runner
from tests.truth.scenes import VARIANTS, Scene, differ, scenes

# All in one process: they share the projects they are judged in.
pytestmark = pytest.mark.xdist_group("truth")


def _pins(variants: tuple[str, ...]) -> Iterator[object]:
    for scene in scenes():
        for variant in variants:
            if not differ(scene, variant):
                continue
            name = f"{scene.title}: {variant}"
            marks = [pytest.mark.xfail(strict=True, reason=f"kind {scene.kind}")] if name in known_open() else []
            yield pytest.param(scene, variant, id=name, marks=marks)


@pytest.fixture(scope="session")
def runner() -> Iterator[Runner]:
    with Runner() as started:
        yield started


@pytest.fixture(scope="session")
def judged(runner: Runner) -> Mapping[str, Judged]:
    cases = [case(scene, variant) for scene in scenes() for variant in VARIANTS[1:] if differ(scene, variant)]
    return {one.case.name: one for one in examine(cases, runner)}


def check(one: Judged) -> None:
    assert one.broken is None, f"{one.broken}\n{one.case.shown()}"
    assert not one.faults, "\n".join([*map(str, one.faults), one.case.shown()])


@pytest.mark.parametrize(("scene", "variant"), _pins(VARIANTS[:1]))
def test_what_is_said_of_a_scene_is_what_python_does(scene: Scene, variant: str, runner: Runner) -> None:
    check(examine_alone(case(scene, variant), runner))


@pytest.mark.parametrize(("scene", "variant"), _pins(VARIANTS[1:]))
def test_and_of_its_variants(scene: Scene, variant: str, judged: Mapping[str, Judged]) -> None:
    check(judged[case(scene, variant).name])


def test_the_list_of_what_is_open_names_what_there_is() -> None:
    names = {f"{scene.title}: {variant}" for scene in scenes() for variant in VARIANTS if differ(scene, variant)}
    assert {name for name in known_open() if not name.startswith("by ")} <= names
