"""The owner's journeys and the findings in; which step of each breaks, and which are blocked after it, out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from fnmatch import fnmatchcase

from repairbot.config.journeys import JourneyPlan, StepPlan
from repairbot.errors import UsageError
from repairbot.evidence.impact import EntryPoint, Impact, Journey, Owner, Step
from repairbot.model import Disposition, Finding
from repairbot.source.globs import excluder
from repairbot.source.paths import shown
from repairbot.source.snapshot import Snapshot


def owner(journeys: Sequence[JourneyPlan], findings: Sequence[Finding], impacts: Mapping[str, Impact]) -> Owner | None:
    """None where the target's configuration has no journeys."""
    bugs = [one for one in findings if one.disposition in (Disposition.FIX, Disposition.REFUSE)]
    return Owner(tuple(_journey(one, bugs, impacts) for one in journeys)) if journeys else None


def named_by(journeys: Iterable[JourneyPlan]) -> Callable[[EntryPoint], bool]:
    """Whether a step of a journey names an entry point."""
    patterns = [pattern for journey in journeys for step in journey.steps for pattern in step.entry_points]
    return lambda entry: any(_is_named(entry, pattern) for pattern in patterns)


def _journey(plan: JourneyPlan, bugs: Sequence[Finding], impacts: Mapping[str, Impact]) -> Journey:
    steps: list[Step] = []
    for one in plan.steps:
        broken = tuple(bug.fingerprint for bug in bugs if _breaks(one, bug, impacts.get(bug.fingerprint)))
        steps.append(Step(one.name, broken, blocked=any(earlier.findings for earlier in steps)))
    return Journey(plan.name, tuple(steps), plan.share_of_value, plan.revenue_at_risk, plan.currency, plan.source)


def _breaks(step: StepPlan, bug: Finding, impact: Impact | None) -> bool:
    """Whether the step's files hold the finding or a place on a way to it, or the step's entry points lead to it."""
    entries = impact.reach.entry_points if impact is not None and impact.reach is not None else ()
    places = {shown(bug.path), *(hop.path for entry in entries for hop in entry.hops if entry.production)}
    inside = excluder(step.paths)
    if any(inside(path) for path in places):
        return True
    return any(_is_named(entry, pattern) for entry in entries for pattern in step.entry_points)


def _is_named(entry: EntryPoint, pattern: str) -> bool:
    """A pattern fits the name (`POST /chat`, or only `/chat`) or the function as `path::function`."""
    first = entry.hops[0]
    names = {entry.name, entry.name.rpartition(" ")[2], f"{first.path}::{first.function}"}
    return any(fnmatchcase(name, pattern) for name in names)


def check(journeys: Iterable[JourneyPlan], snapshot: Snapshot) -> None:
    """That everything the journeys name is there. Raises UsageError: figures for code that has gone say nothing."""
    for journey in journeys:
        for step in journey.steps:
            where = f"impact.journeys: step {step.name!r} of {journey.name!r}"
            for pattern in step.paths:
                if not any(map(excluder([pattern]), snapshot.paths)):
                    raise UsageError(
                        f"{where}: no Python file of the target matches the path {pattern!r}; mend the pattern, or "
                        "leave it out if the step lies outside this code"
                    )
            for pattern in step.entry_points:
                word = max(re.findall(r"\w+", pattern), key=len, default="")
                if word and not snapshot.containing(word.encode()):
                    raise UsageError(
                        f"{where}: nothing in the target holds {word!r} of the entry point {pattern!r}; write it as a "
                        "write-up lists it, such as 'POST /chat' or 'app/chat.py::handle', or leave it out"
                    )
