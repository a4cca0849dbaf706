"""Hold what was said of a package's sites against what happened there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tests.truth.product import Said, Scan
from tests.truth.projects import Case
from tests.truth.running import Place, Reach, Run

DISAGREEMENT = "disagreement"
COMPARED = {"async for", "async with"}
Runs = Sequence[tuple[Run, ...]]
"""What happened, once for each setting of the flags."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something repairbot said that is not so."""

    kind: str
    place: str
    text: str

    def __str__(self) -> str:
        return f"{self.kind} at {self.place}: {self.text}"


@dataclass(frozen=True, slots=True)
class Judged:
    """What a case came to. `broken` is why it shows nothing."""

    case: Case
    faults: tuple[Fault, ...]
    counts: Mapping[str, int] = field(default_factory=Counter)
    broken: str | None = None

    @property
    def wrong(self) -> tuple[Fault, ...]:
        """Where an answer is not what Python does."""
        return tuple(fault for fault in self.faults if fault.kind != DISAGREEMENT)

    @property
    def disagreements(self) -> tuple[Fault, ...]:
        """Where two commands do not say the same."""
        return tuple(fault for fault in self.faults if fault.kind == DISAGREEMENT)


@dataclass(frozen=True, slots=True)
class Answers:
    """All that was said of one project."""

    scan: Scan
    explained: Mapping[Place, Said]


def judge(case: Case, answers: Answers, before: Runs, after: Runs | None) -> Judged:
    """`after` is what happened once the safe fixes were written; None when they change nothing of the case."""
    reached = _reached(before)
    broken = _broken(before, reached)
    if broken:
        return Judged(case, (), broken=broken)
    faults = [*_crashes(case, answers.scan)]
    counts: Counter[str] = Counter()
    for place, reaches in reached.items():
        counts["reached"] += 1
        faults += _site(case, place, reaches, answers, counts)
    if after is not None:
        faults += _fixes(answers.scan, before, after)
    return Judged(case, tuple(dict.fromkeys(faults)), counts)


def _reached(runs: Runs) -> dict[Place, list[Reach]]:
    found: dict[Place, list[Reach]] = {}
    for run in (run for one in runs for run in one):
        for reach in run.reaches:
            if reach.place.construct in COMPARED:
                found.setdefault(reach.place, []).append(reach)
    return found


def _broken(before: Runs, reached: Mapping[Place, Sequence[Reach]]) -> str | None:
    for run in (run for one in before for run in one):
        if run.error and not _protocol_error(run):
            return f"{run.entry or 'import'}: {run.error[0]}: {run.error[1]} at {run.error[2]}:{run.error[3]}"
    return None if reached else "no site is reached"


def _protocol_error(run: Run) -> bool:
    """Whether the run ended because the object of the last site lacks the protocol."""
    return bool(run.reaches) and not run.reaches[-1].works and run.error is not None and run.error[0] == "TypeError"


def _crashes(case: Case, scan: Scan) -> Iterator[Fault]:
    for path, text in (*scan.crashes.items(), *scan.skipped.items()):
        if path.startswith(f"{case.package}/"):
            yield Fault("crash", path, text.strip().splitlines()[-1])


def _site(
    case: Case, place: Place, reaches: Sequence[Reach], answers: Answers, counts: Counter[str]
) -> Iterator[Fault]:
    where = f"{place.path.partition('/')[2]}:{place.line} ({place.construct})"
    given = f"it was given {', '.join(dict.fromkeys(reach.type for reach in reaches))}"
    scanned, explained = answers.scan.said.get(place), answers.explained.get(place)
    counts[scanned.verdict if scanned else "silent"] += 1
    counts[f"{place.construct}: {scanned.verdict if scanned else explained.verdict if explained else 'silent'}"] += 1
    if explained and explained.verdict in {"works", "finding", "other"}:
        counts["decided"] += 1
    elif case.decided:
        yield Fault("not decided", where, f"{explained.text if explained else 'nothing is said'}; {given}")
    yield from _disagreements(where, scanned, explained, given)
    for said in {one.verdict: one for one in (explained, scanned) if one}.values():
        yield from _wrong(where, place, said, reaches, given)


def _disagreements(where: str, scanned: Said | None, explained: Said | None, given: str) -> Iterator[Fault]:
    if explained is None:
        if scanned is not None:
            yield Fault(DISAGREEMENT, where, f"scan: {scanned.verdict}, explain: nothing; {given}")
        return
    told = explained.verdict if explained.verdict in {"finding", "undecided"} else None
    if (scanned.verdict if scanned else None) != told:
        scan = scanned.verdict if scanned else "silent"
        yield Fault(DISAGREEMENT, where, f"scan: {scan}, explain: {explained.verdict}; {given}")


def _wrong(where: str, place: Place, said: Said, reaches: Sequence[Reach], given: str) -> Iterator[Fault]:
    """What one answer says that no run may speak against."""
    works = [reach.works for reach in reaches]
    if said.verdict == "finding" and any(works):
        yield Fault("false alarm", where, f"{said.text} ({said.safety}); {given}")
    if said.verdict == "works" and not all(works):
        yield Fault("wrong fine" if not any(works) else "partial fine", where, f"{said.text}; {given}")
    if said.verdict == "other" and any(_has(place, reach) for reach in reaches):
        yield Fault("wrong other", where, f"{said.text}; {given}")


def _has(place: Place, reach: Reach) -> bool:
    """Whether an object is one that "another mistake" denies: it works here, or the rule is about it."""
    if reach.works:
        return True
    return reach.offers["async with"] if place.construct == "async for" else reach.is_async_generator


def _fixes(scan: Scan, before: Runs, after: Runs) -> Iterator[Fault]:
    """Lines that worked still do and give the same; lines that failed and were fixed do not fail."""
    for one, other in zip(before, after, strict=True):
        later = {run.entry: run for run in other}
        for run in one:
            now = later.get(run.entry)
            if now is None:
                yield Fault("wrong fix", run.entry, f"it does not run any more: {other[0].error}")
            elif run.error is None and (now.error, now.log) != (None, run.log):
                yield Fault("wrong fix", run.entry, f"it gave {list(run.log)}, now {list(now.log)} {now.error or ''}")
            elif run.error is not None and now.error is not None and not _still(scan, run, now):
                yield Fault("wrong fix", run.entry, f"it failed with {run.error}, now with {now.error}")


def _still(scan: Scan, run: Run, now: Run) -> bool:
    """Whether a run fails at a site that no safe fix was for."""
    said = scan.said.get(run.reaches[-1].place)
    return _protocol_error(now) and (said is None or said.safety != "safe")
