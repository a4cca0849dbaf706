"""Hold what was said of a package's sites against what happened there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tests.truth.product import COMPARED, Said, Scan, Site, offered
from tests.truth.projects import Case
from tests.truth.running import Place, Reach, Run

DISAGREEMENT = "disagreement"
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
    explained: Mapping[Site, Said]


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
        faults += _fixes(case, answers.scan, before, after)
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
    rules = sorted({site.rule for site in (*answers.explained, *answers.scan.said) if site.place == place})
    verdicts = set()
    for rule in rules:
        scanned = answers.scan.said.get(Site(place, rule))
        explained = answers.explained.get(Site(place, rule))
        verdicts.add(explained.verdict if explained else "silent")
        yield from _disagreements(f"{where} {rule}", scanned, explained, given)
        for said in {one.verdict: one for one in (explained, scanned) if one}.values():
            yield from _wrong(case, f"{where} {rule}", rule, said, reaches, given)
    best = next((one for one in ("finding", "works", "undecided", "other") if one in verdicts), "silent")
    counts["decided"] += best in {"finding", "works"} or verdicts == {"other"}
    counts[f"{place.construct}: {best}"] += 1
    if case.decided and best == "undecided":
        yield Fault("not decided", where, given)


def _disagreements(where: str, scanned: Said | None, explained: Said | None, given: str) -> Iterator[Fault]:
    """`scan` finds what `explain` finds. It may leave out what cannot be decided, because it looks at fewer sites."""
    one, other = (said.verdict if said else "silent" for said in (scanned, explained))
    told = {"works": "silent", "other": "silent"}.get(other, other)
    if one != told and (one, other) != ("silent", "undecided"):
        yield Fault(DISAGREEMENT, where, f"scan: {one}, explain: {other}; {given}")


def _wrong(case: Case, where: str, rule: str, said: Said, reaches: Sequence[Reach], given: str) -> Iterator[Fault]:
    """What one answer says that no run may speak against."""
    works = [reach.works for reach in reaches]
    if said.verdict == "finding" and any(works):
        yield Fault("false alarm", where, f"{said.text} ({said.safety}); {given}")
    if case.guess and said.safety == "safe":
        yield Fault("guess", where, f"a safe fix where nothing tells an element from a resource; {given}")
    if said.verdict == "works" and not all(works):
        yield Fault("partial fine" if any(works) else "wrong fine", where, f"{said.text}; {given}")
    if said.verdict == "other" and (any(works) or _denied(rule, said, reaches)):
        yield Fault("wrong other", where, f"{said.text}; {given}")


def _denied(rule: str, said: Said, reaches: Sequence[Reach]) -> bool:
    """Whether an object is of the one kind that it is said not to be; of several, some may be."""
    construct = offered(rule)
    ours = [reach.offers[construct] if construct else reach.is_async_generator for reach in reaches]
    return " or " not in said.text and any(ours)


def _fixes(case: Case, scan: Scan, before: Runs, after: Runs) -> Iterator[Fault]:
    """Lines that worked still do and give the same; lines that failed and were fixed do not fail."""
    for one, other in zip(before, after, strict=True):
        later = {run.entry: run for run in other}
        for run in one:
            now = later.get(run.entry)
            if now is None:
                yield Fault("wrong fix", run.entry, f"it does not run any more: {other[0].error}")
            elif run.error is None and (now.error, now.log) != (None, run.log):
                yield Fault("wrong fix", run.entry, f"it gave {list(run.log)}, now {list(now.log)} {now.error or ''}")
            elif run.error is not None and now.error is not None and not _still(case, scan, run, now):
                yield Fault("wrong fix", run.entry, f"it failed with {run.error}, now with {now.error}")


def _still(case: Case, scan: Scan, run: Run, now: Run) -> bool:
    """Whether a run fails at a site that no safe fix was for."""
    if not _protocol_error(now):
        return False
    failed = run.reaches[-1].place
    fixed = any(site.place == failed and said.safety == "safe" for site, said in scan.said.items())
    return not fixed or _stood_before(case, scan, now)


def _stood_before(case: Case, scan: Scan, now: Run) -> bool:
    """Whether a run fails at a line that the fix has not written: behind the line that was fixed."""
    path, line = now.reaches[-1].place.path, now.reaches[-1].place.line
    old = case.files.get(path.partition("/")[2], "").splitlines()
    new = scan.changed[path].decode().splitlines() if path in scan.changed else old
    return new[line - 1].strip() in {text.strip() for text in old}
