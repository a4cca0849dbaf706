"""The owner's figures as the configuration has them: tables in, checked journeys or a sentence on what is wrong out."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from repairbot.errors import UsageError

_JOURNEY = ("name", "steps", "share-of-value", "revenue-at-risk", "currency", "source")
_MOST = 10**15  # a reader of the document takes no more
_STEP = ("name", "entry-points", "paths")


@dataclass(frozen=True, slots=True)
class StepPlan:
    """`entry_points` are patterns of names, `paths` globs as in a .gitignore file; a step may lie outside the target
    and have neither."""

    name: str
    entry_points: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class JourneyPlan:
    """`share_of_value` is of the whole, 0 to 1; `revenue_at_risk` is in `currency`; `source` says who says so."""

    name: str
    steps: tuple[StepPlan, ...]
    share_of_value: float | None = None
    revenue_at_risk: float | None = None
    currency: str | None = None
    source: str | None = None


def journeys(value: object, where: str) -> tuple[JourneyPlan, ...]:
    """The journeys of a configuration. Raises UsageError."""
    if not isinstance(value, list):
        raise UsageError(f"{where}: expected a list of tables, each with a name and steps; write [[…impact.journeys]]")
    found = tuple(_journey(one, f"{where}, journey {number}") for number, one in enumerate(value, 1))
    for number, one in enumerate(found):
        if one.name in {other.name for other in found[:number]}:
            raise UsageError(f"{where}: two journeys are called {one.name!r}; give each a name of its own")
    return found


def _journey(value: object, where: str) -> JourneyPlan:
    table = _table(value, _JOURNEY, where)
    name = _text(table, "name", where)
    where = f"{where} ({name})"
    steps = table.get("steps")
    if not isinstance(steps, list) or not steps:
        raise UsageError(f'{where}: `steps` must be a list of tables such as {{ name = "log in" }}, in their order')
    plan = JourneyPlan(
        name=name,
        steps=tuple(_step(one, f"{where}, step {number}") for number, one in enumerate(steps, 1)),
        share_of_value=_number(table, "share-of-value", where),
        revenue_at_risk=_number(table, "revenue-at-risk", where),
        currency=_text(table, "currency", where) if "currency" in table else None,
        source=_text(table, "source", where) if "source" in table else None,
    )
    if plan.share_of_value is not None and plan.share_of_value > 1:
        raise UsageError(f"{where}: `share-of-value` is a part of the whole, from 0 to 1: write 0.9 for 90 %")
    if plan.revenue_at_risk is not None and not (plan.currency and plan.source):
        raise UsageError(
            f"{where}: `revenue-at-risk` needs `currency` and `source` beside it, so that readers can check it"
        )
    return plan


def _step(value: object, where: str) -> StepPlan:
    if isinstance(value, str) and value.strip():
        return StepPlan(value)
    table = _table(value, _STEP, where)
    return StepPlan(_text(table, "name", where), _texts(table, "entry-points", where), _texts(table, "paths", where))


def _table(value: object, keys: tuple[str, ...], where: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise UsageError(f"{where}: expected a table with {', '.join(keys)}")
    for key in value:
        if key not in keys:
            close = difflib.get_close_matches(key.replace("_", "-").lower(), keys, n=1)
            hint = f"did you mean {close[0]!r}?" if close else f"the keys are {', '.join(keys)}"
            raise UsageError(f"{where}: unknown key {key!r}; {hint}")
    return value


def _text(table: Mapping[str, Any], key: str, where: str) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value.strip():
        raise UsageError(f"{where}: `{key}` must be a text")
    return value


def _texts(table: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
        raise UsageError(f"{where}: `{key}` must be a list of texts")
    return tuple(value)


def _number(table: Mapping[str, Any], key: str, where: str) -> float | None:
    value = table.get(key)
    if value is None:
        return None
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value < float("inf"):
        raise UsageError(f"{where}: `{key}` must be a number, 0 or more")
    if value >= _MOST:
        raise UsageError(f"{where}: `{key}` is larger than anybody's money; check it")
    return float(value)
