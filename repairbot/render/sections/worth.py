"""What the repository's owner says a journey is worth, and which step of it breaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from repairbot.evidence.impact import Journey, Owner, Step
from repairbot.render.detail import Detail, Listed, first
from repairbot.render.finding_details import Dossier
from repairbot.render.terminal.text import counted
from repairbot.render.wording import amount, distinct, listed, percent, quoted


@dataclass(frozen=True, slots=True)
class Stage:
    """`state` is `untouched`, `breaks` or `blocked`."""

    name: str
    state: str
    said: str


@dataclass(frozen=True, slots=True)
class Worth:
    name: str
    stages: Listed[Stage]
    figures: tuple[str, ...]
    outcome: str


def worth(owner: Owner | None, found: Sequence[Dossier], detail: Detail) -> Listed[Worth] | None:
    if owner is None or not owner.journeys:
        return None
    by_fingerprint = {one.finding.fingerprint: one for one in found}
    return first(detail.steps, (_worth(one, by_fingerprint, detail) for one in owner.journeys))


def _worth(journey: Journey, found: dict[str, Dossier], detail: Detail) -> Worth:
    breaking = distinct(name for step in journey.steps for name in step.findings)
    return Worth(
        name=journey.name,
        stages=first(detail.steps, (_stage(step, found) for step in journey.steps)),
        figures=tuple(_figures(journey)),
        outcome=_outcome([found[name] for name in breaking if name in found]),
    )


def _stage(step: Step, found: dict[str, Dossier]) -> Stage:
    if step.findings:
        places = [quoted(found[name].place) for name in step.findings if name in found]
        return Stage(step.name, "breaks", f"fails at {listed(places[:3])}" if places else "fails")
    if step.blocked:
        return Stage(step.name, "blocked", "blocked by the step that fails")
    return Stage(step.name, "untouched", "no finding touches it")


def _figures(journey: Journey) -> list[str]:
    said = []
    if journey.share_of_value is not None:
        said.append(f"share of value: {percent(journey.share_of_value)}")
    if journey.revenue_at_risk is not None:
        currency = f" {journey.currency}" if journey.currency else ""
        said.append(f"revenue at risk: {amount(journey.revenue_at_risk)}{currency}")
    if journey.source:
        said.append(f"source: {journey.source}")
    return said


def _outcome(breaking: Sequence[Dossier]) -> str:
    if not breaking:
        return ""
    open_ones = [one for one in breaking if not one.finding.applied]
    if not open_ones:
        return "The change mends everything that was found to break this journey."
    return f"{counted(len(open_ones), 'place')} that {'breaks' if len(open_ones) == 1 else 'break'} it stays as it is."
