"""Every scene of every page and its variants: what is said of each site is what Python does there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pytest

from tests.truth.examining import examine, examine_alone
from tests.truth.judging import Fault, Judged
from tests.truth.known import DISAGREES, known_open
from tests.truth.projects import case
from tests.truth.running import Runner
from tests.truth.scenes import VARIANTS, differ, scenes

# All in one process: they are judged together.
pytestmark = pytest.mark.xdist_group("truth")

KINDS = {
    f"{scene.title}: {variant}": scene.kind for scene in scenes() for variant in VARIANTS if differ(scene, variant)
}


@pytest.fixture(scope="module")
def judged() -> Mapping[str, Judged]:
    """Each scene as it stands alone, its variants many in one project."""
    with Runner() as runner:
        found = [examine_alone(case(scene), runner) for scene in scenes()]
        others = [case(scene, variant) for scene in scenes() for variant in VARIANTS[1:] if differ(scene, variant)]
        return {one.case.name: one for one in [*found, *examine(others, runner)]}


def pins(prefix: str = "") -> list[object]:
    """The cases, with a mark on those that are known to fail: who mends one takes it from the list."""
    return [
        pytest.param(name, id=name, marks=[pytest.mark.xfail(strict=True, reason=f"kind {kind}")])
        if prefix + name in known_open()
        else pytest.param(name, id=name)
        for name, kind in KINDS.items()
    ]


def check(one: Judged, faults: Iterable[Fault]) -> None:
    assert not list(faults), "\n".join([*map(str, faults), one.case.shown()])


@pytest.mark.parametrize("name", KINDS)
def test_a_scene_runs_and_reaches_its_site(name: str, judged: Mapping[str, Judged]) -> None:
    assert judged[name].broken is None, f"{judged[name].broken}\n{judged[name].case.shown()}"


@pytest.mark.parametrize("name", pins())
def test_what_is_said_of_a_scene_is_what_python_does(name: str, judged: Mapping[str, Judged]) -> None:
    check(judged[name], judged[name].wrong)


@pytest.mark.parametrize("name", pins(DISAGREES))
def test_scan_and_explain_say_the_same_of_a_scene(name: str, judged: Mapping[str, Judged]) -> None:
    check(judged[name], judged[name].disagreements)


def test_the_list_of_what_is_open_names_what_there_is() -> None:
    assert {name.removeprefix(DISAGREES) for name in known_open()} <= {*KINDS}
