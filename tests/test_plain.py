from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from repairbot.harness.suite.runs import Case, Outcome, Raised
from repairbot.plain import decoded, encoded


@dataclass(frozen=True, slots=True)
class Sample:
    path: Path
    day: date | None
    cases: tuple[Case, ...]
    pairs: tuple[tuple[str, int], ...]
    seconds: float
    flag: bool = False


SAMPLE = Sample(
    Path("/a/b"),
    date(2024, 1, 2),
    (Case("t", Outcome.TIMED_OUT, raised=(Raised("E", "m", None, 3),)),),
    (("a", 1), ("b", 2)),
    1.0,
)


def test_a_value_survives_the_way_through_json() -> None:
    assert decoded(Sample, json.loads(json.dumps(encoded(SAMPLE)))) == SAMPLE


def test_a_whole_number_stands_for_a_float_and_an_unknown_key_is_passed_over() -> None:
    value: dict[str, object] = {"path": "/a", "day": None, "cases": [], "pairs": [], "seconds": 2, "later": True}
    assert decoded(Sample, value).seconds == 2.0


@pytest.mark.parametrize(
    "change", [{"path": 3}, {"day": "not a day"}, {"cases": {}}, {"pairs": [["a"]]}, {"flag": "yes"}], ids=str
)
def test_a_value_of_another_kind_is_refused(change: dict[str, object]) -> None:
    plain = encoded(SAMPLE)
    assert isinstance(plain, dict)
    with pytest.raises((TypeError, ValueError)):
        decoded(Sample, {**plain, **change})
