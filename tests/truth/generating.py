"""Generate packages: every scene and way by itself, and compositions of them by a seed."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from dataclasses import replace

from tests.truth.bodies import bodies
from tests.truth.known import DISAGREES, known_open
from tests.truth.projects import Case, case
from tests.truth.scenes import VARIANTS, Scene, differ, scenes
from tests.truth.ways import all_ways

_CALL = Scene(
    "plain", "call", (("use.py", "from .d import cm\nasync def go_0():\n    async for v in cm():\n        print(v)\n"),)
)
_MOST_WAYS = 3


def every_scene() -> Iterator[Case]:
    """Each scene in each variant."""
    for scene in scenes():
        for variant in VARIANTS:
            if differ(scene, variant):
                yield case(scene, variant)


def every_way() -> Iterator[Case]:
    """Each way by itself, in each variant of a plain call."""
    for way in all_ways():
        for variant in VARIANTS:
            twin = "gen" if "exchanged" in variant else "cm"
            yield replace(case(_CALL, variant, [way], twin), features=(f"way: {way}: {variant}",))


def every_body() -> Iterator[Case]:
    """Each use that a body can make of what a manager gives."""
    return bodies()


def compositions(seed: int, count: int) -> Iterator[Case]:
    """Random scenes in random variants, reached by random ways."""
    choose = random.Random(seed)
    while count:
        scene, variant = choose.choice(scenes()), choose.choice(VARIANTS)
        if not differ(scene, variant):
            continue
        ways = choose.choices([*all_ways()], k=choose.randint(1, _MOST_WAYS))
        yield case(scene, variant, ways, choose.choice(["cm", "gen"]))
        count -= 1


def is_known(one: Case) -> bool:
    """Whether something that a package is made of is known to be wrong by itself."""
    return any(_is_open(feature) for feature in one.features)


def _is_open(feature: str) -> bool:
    known = known_open()
    if feature in known or DISAGREES + feature in known:
        return True
    return feature.startswith("way: ") and any(
        name.removeprefix(DISAGREES).startswith(f"{feature}: ") for name in known if "way: " in name
    )


def new_seed() -> int:
    """A new one each time; on CI always the same: what a new one finds is a bug to fix, not a reason to hold others."""
    return 1 if os.environ.get("CI") == "true" else random.randrange(10**6)
