"""What is known to be wrong today: the one list, which only gets shorter."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from tests.truth.judging import Judged

LIST = Path(__file__).with_name("open.txt")
DISAGREES = "disagrees "
_HEAD = """\
# Scenes and ways of which something wrong is said today: `PAGE/SCENE: VARIANT; VARIANT` and `WAY: way`.
# `disagrees` in front: the commands do not say the same of it. Who mends one takes it from this list, and
# `python -m tests.truth --mended` does so for all that are not wrong any more. Nothing is ever added.
"""


@cache
def known_open() -> frozenset[str]:
    """The names of cases that are wrong today, and of those that commands disagree about, after `disagrees `."""
    lines = [line for line in LIST.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return frozenset(
        f"{scene}: {variant}"
        for scene, _, variants in (line.rpartition(": ") for line in lines)
        for variant in variants.split("; ")
    )


def names(one: Judged) -> list[str]:
    """What the list must hold for a case to be known."""
    return [*([one.case.name] if one.wrong else []), *([DISAGREES + one.case.name] if one.disagreements else [])]


def write(cases: Iterable[str]) -> None:
    """Write the list anew."""
    found: dict[str, list[str]] = {}
    for name in sorted(cases):
        scene, _, variant = name.rpartition(": ")
        found.setdefault(scene, []).append(variant)
    LIST.write_text(_HEAD + "".join(f"{scene}: {'; '.join(some)}\n" for scene, some in found.items()), encoding="utf-8")
