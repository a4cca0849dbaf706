"""Packages that nobody has seen before: a bounded share with a new seed each time."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from tests.truth.examining import examine
from tests.truth.generating import compositions, every_body, every_scene, every_way, is_known
from tests.truth.known import DISAGREES, known_open
from tests.truth.projects import Case
from tests.truth.running import Runner
from tests.truth.shrinking import shrunk

pytestmark = pytest.mark.xdist_group("truth")

SHARE = 150


def test_nothing_wrong_is_said_of_random_packages() -> None:
    seed = random.randrange(10**6)
    cases = [one for one in compositions(seed, 2 * SHARE) if not is_known(one)][:SHARE]
    check(cases, f"seed {seed}: python -m tests.truth --seed {seed}")


def test_no_fix_is_wrong_for_what_random_bodies_do() -> None:
    seed = random.randrange(10**6)
    cases = [one for one in every_body() if not is_known(one)]
    check(random.Random(seed).sample(cases, min(SHARE // 3, len(cases))), f"seed {seed}")


def check(cases: Sequence[Case], seed: str) -> None:
    """What is made of something that is known to be wrong by itself was left out: it shows nothing new."""
    with Runner() as runner:
        failed = [one for one in examine(cases, runner) if one.faults]
        if failed:
            smallest = shrunk(failed[0], runner)
            text = "\n".join([failed[0].case.name, *map(str, failed[0].faults), smallest.shown()])
            pytest.fail(f"{len(failed)} of {len(cases)}; {seed}\n{text}")


def test_the_list_of_what_is_open_names_what_there_is() -> None:
    there = {one.name for one in (*every_scene(), *every_way(), *every_body())}
    assert {name.removeprefix(DISAGREES) for name in known_open()} <= there


def test_a_generated_package_is_the_same_for_the_same_seed() -> None:
    first, again = [list(compositions(7, 20)) for _ in range(2)]
    assert [(one.name, one.files) for one in first] == [(one.name, one.files) for one in again]
