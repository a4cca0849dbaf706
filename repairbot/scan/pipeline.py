"""The straight line of a scan: snapshot, sites, verdicts, plans, checked edit groups, findings."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from repairbot.model import Evidence, Finding, Region, Skipped, Undecided
from repairbot.protocols.written import written
from repairbot.rule import Doubt, Edit, Fault, Fine, Names, Plan, Refusal, Rule, Site
from repairbot.rules.registry import all_rules
from repairbot.scan.judge import Crash, Task, every_name, screen_file
from repairbot.scan.observed_error import ObservedError
from repairbot.scan.parallel import Sweep, rules_called, sweep
from repairbot.scan.prefilter import Need, candidates_of
from repairbot.scan.queries import Inquiry
from repairbot.source.files import Unparsed
from repairbot.source.snapshot import Snapshot

# What plans and renders repairs is imported once there is something to repair.
if TYPE_CHECKING:
    from repairbot.repair.engine import Mended, Mismatch, Outcome, Planned
    from repairbot.repair.mishaps import Mishaps
    from repairbot.scan.findings import Case

Progress = Callable[[int, int], None]

_MARK = Need((b"repairbot:",), re.compile(rb"repairbot:[ \t]*ignore"))


@dataclass(frozen=True, slots=True)
class Settings:
    """What to look at and how; `paths` empty means the current directory, `jobs` None as many as pay."""

    paths: tuple[Path, ...]
    root: Path
    rules: tuple[str, ...]
    exclude: tuple[str, ...] = ()
    env: Path | None = None
    jobs: int | None = None


@dataclass(frozen=True, slots=True)
class Stats:
    """Files looked at, files parsed for sites, findings, and seconds from the first file to the last finding."""

    files: int
    candidates: int
    findings: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Derivation:
    """All that a scan of one snapshot came to; findings in order of path, line, column and rule.

    `marked` are the files that may hold an ignore comment of ours; `groups` are the checked rewrites by the `group` of
    their findings, `cases` what each finding rests on by its fingerprint.
    """

    root: Path
    inquiry: Inquiry
    findings: tuple[Finding, ...]
    undecided: tuple[Undecided, ...]
    skipped: tuple[Skipped, ...]
    crashes: tuple[Crash, ...]
    marked: tuple[str, ...]
    groups: Mapping[str, Mended]
    cases: Mapping[str, Case]
    stats: Stats

    @property
    def snapshot(self) -> Snapshot:
        return self.inquiry.snapshot

    def changed(self, groups: Iterable[str]) -> dict[str, bytes]:
        """The new bytes of every file that the named groups change."""
        from repairbot.repair.engine import applied

        return applied(self.snapshot, [self.groups[name] for name in dict.fromkeys(groups)])


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why one site is or is not a finding: `verdict` is `finding`, `undecided` or `fine`."""

    rule: str
    path: str
    region: Region
    expression: str
    verdict: str
    text: str
    evidence: tuple[Evidence, ...]
    finding: Finding | None = None


def derive(settings: Settings, progress: Progress | None = None, observed: Sequence[ObservedError] = ()) -> Derivation:
    """Scan what the settings name. Raises UsageError for a path that does not exist."""
    started = time.monotonic()
    snapshot = Snapshot.of(settings.paths, exclude=settings.exclude, env=settings.env)
    return derived(snapshot, rules_called(settings.rules), settings.jobs, progress, started, observed)


def derived(
    snapshot: Snapshot,
    rules: Sequence[Rule],
    jobs: int | None = None,
    progress: Progress | None = None,
    started: float | None = None,
    observed: Sequence[ObservedError] = (),
) -> Derivation:
    """The one entry from a snapshot to checked edit groups, which every command shares.

    `observed` are errors that were seen when the code ran: they settle what its text leaves undecided.
    """
    started = time.monotonic() if started is None else started
    inquiry = Inquiry(snapshot, observed)
    *hits, marked = candidates_of(
        snapshot, [*(Need(rule.construct.facts.words, rule.construct.facts.pattern) for rule in rules), _MARK]
    )
    tasks = _tasks(snapshot, rules, hits)
    swept = sweep(inquiry, tasks, rules, jobs, progress)
    seen = {one.path for one in observed}
    faulty = [task for task, one in zip(tasks, swept, strict=True) if one.has_fault or task.path in seen]
    faults = list(_faults(inquiry, faulty, rules))
    found = _found(inquiry, faults) if faults else _Found()
    return Derivation(
        root=snapshot.root,
        inquiry=inquiry,
        findings=found.findings,
        undecided=_undecided(swept, {(fault.site.file.path, fault.site.region) for _, fault in faults}),
        skipped=tuple(sorted((*snapshot.skipped, *(one.skipped for one in swept if one.skipped)), key=_by_path)),
        crashes=(*(one.crash for one in swept if one.crash), *found.crashes),
        marked=tuple(marked),
        groups=found.groups,
        cases=found.cases,
        stats=Stats(len(snapshot.chosen), len(tasks), len(found.findings), time.monotonic() - started),
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """The findings, and the groups and cases of a Derivation."""

    findings: tuple[Finding, ...] = ()
    groups: Mapping[str, Mended] = field(default_factory=dict)
    cases: Mapping[str, Case] = field(default_factory=dict)
    crashes: tuple[Crash, ...] = ()


def _found(inquiry: Inquiry, faults: Iterable[tuple[Rule, Fault]]) -> _Found:
    from repairbot.repair.engine import Mended
    from repairbot.repair.mishaps import Mishaps
    from repairbot.scan.findings import finding, fingerprints, ordered

    mishaps = Mishaps()
    cases = ordered([_case(inquiry, rule, fault, mishaps) for rule, fault in faults])
    outcomes = _outcomes(inquiry, cases, mishaps)
    names = fingerprints(inquiry, [one.fault.site for one in cases])
    findings = tuple(finding(one, outcome, name) for one, outcome, name in zip(cases, outcomes, names, strict=True))
    groups = {outcome.group: outcome for outcome in outcomes if isinstance(outcome, Mended)}
    crashes = tuple(Crash(path, text) for path, text in sorted(mishaps.tracebacks.items()))
    return _Found(findings, groups, dict(zip(names, cases, strict=True)), crashes)


def _case(inquiry: Inquiry, rule: Rule, fault: Fault, mishaps: Mishaps) -> Case:
    from repairbot.scan.findings import Case, case

    made = mishaps.kept(fault.site.file.path, lambda: case(inquiry, rule, fault))
    return Case(fault, made) if isinstance(made, Refusal) else made


def _tasks(snapshot: Snapshot, rules: Sequence[Rule], hits: Sequence[Sequence[str]]) -> list[Task]:
    by_path: dict[str, list[tuple[str, Names]]] = {}
    for rule, some in zip(rules, hits, strict=True):
        for path, names in rule.narrow(some, snapshot).items():
            by_path.setdefault(path, []).append((rule.code, names))
    return [Task(path, tuple(named)) for path, named in sorted(by_path.items())]


def _by_path(entry: Skipped) -> str:
    return entry.path


def _undecided(swept: Iterable[Sweep], settled: Container[tuple[str, Region]]) -> tuple[Undecided, ...]:
    left = (entry for one in swept for entry in one.undecided if (entry.path, entry.region) not in settled)
    return tuple(sorted(left, key=lambda one: (one.path, one.region)))


def _faults(inquiry: Inquiry, tasks: Iterable[Task], rules: Sequence[Rule]) -> Iterator[tuple[Rule, Fault]]:
    by_code = {rule.code: rule for rule in rules}
    for task in tasks:
        for judged in screen_file(inquiry, task, rules).judged:
            if isinstance(judged.verdict, Fault):
                yield by_code[judged.site.rule], judged.verdict


def _outcomes(inquiry: Inquiry, cases: Sequence[Case], mishaps: Mishaps) -> list[Outcome | None]:
    """What became of each case's plan; None where there is none."""
    from repairbot.repair.cst.worker import CstWorker
    from repairbot.repair.engine import Planned, mended
    from repairbot.scan.findings import mismatch

    planned = {
        index: Planned(mismatch(inquiry, one.fault.site), one.proposal)
        for index, one in enumerate(cases)
        if isinstance(one.proposal, Plan)
    }
    if not planned:
        return [None] * len(cases)
    watched = _watched(inquiry, planned.values())
    others = any(_users(edit) is not None for one in planned.values() for edit in one.plan.edits)
    before = _mismatches(inquiry, watched)

    def rescan(snapshot: Snapshot, changed: frozenset[str]) -> Counter[Mismatch]:
        return _mismatches(Inquiry(snapshot), watched if others else changed, changed)

    with CstWorker() as worker:
        done = mended(inquiry.snapshot, list(planned.values()), before, rescan, worker, mishaps)
    by_index = dict(zip(planned, done, strict=True))
    return [by_index.get(index) for index in range(len(cases))]


def _watched(inquiry: Inquiry, planned: Iterable[Planned]) -> frozenset[str]:
    """Return the files that a rewrite may change for the worse: the rewritten ones, and users of edited definitions."""
    edits = [edit for one in planned for edit in one.plan.edits]
    names = {name for edit in edits if (name := _users(edit)) is not None}
    users = inquiry.snapshot.containing_any([name.encode() for name in sorted(names)])
    return frozenset(edit.path for edit in edits).union(*users.values())


def _users(edit: Edit) -> str | None:
    from repairbot.repair.edits.kinds import kind_of

    return kind_of(edit).users(edit)


def _mismatches(inquiry: Inquiry, paths: Iterable[str], readable: frozenset[str] = frozenset()) -> Counter[Mismatch]:
    """Every fault in some files, by all rules: a fix must not make the mistake of another rule.

    Of what must be `readable` a file that cannot be followed counts as one: nobody can tell what is in it.
    """
    from repairbot.repair.engine import Mismatch
    from repairbot.scan.findings import mismatch

    found: Counter[Mismatch] = Counter()
    for path in sorted(paths):
        screen = screen_file(inquiry, every_name(path, all_rules()), all_rules())
        found.update(mismatch(inquiry, one.site) for one in screen.judged if isinstance(one.verdict, Fault))
        if path in readable and not screen.judged and (screen.skipped or screen.crash):
            found[Mismatch("a file that cannot be followed", path, screen.skipped.kind if screen.skipped else "")] += 1
    return found


def explain(settings: Settings, path: str, line: int) -> list[Explanation]:
    """Why each site on a line of a file is or is not a finding. Raises Unparsed when the file cannot be read."""
    snapshot = Snapshot.of(settings.paths, exclude=settings.exclude, env=settings.env)
    rules = rules_called(settings.rules)
    inquiry = Inquiry(snapshot)
    inquiry.snapshot.parsed(snapshot.file(path))
    found = {(one.rule, one.region): one for one in derived(snapshot, rules, jobs=1).findings if one.path == path}
    screen = screen_file(inquiry, every_name(path, rules), rules)
    if screen.skipped is not None:
        raise Unparsed(screen.skipped)
    return [
        _explanation(judged.site, judged.verdict, found)
        for judged in screen.judged
        if judged.site.region.line <= line <= judged.site.region.end_line
    ]


def _explanation(site: Site, verdict: Fault | Doubt | Fine, found: Mapping[tuple[str, Region], Finding]) -> Explanation:
    expression = written(site.expression)
    place = (site.rule, site.file.path, site.region, expression)
    match verdict:
        case Fault(message=text, evidence=evidence):
            return Explanation(*place, "finding", text, evidence, found.get((site.rule, site.region)))
        case Doubt(reason=text, evidence=evidence):
            return Explanation(*place, "undecided", text, evidence)
        case Fine(text=text, evidence=evidence):
            return Explanation(*place, "fine", text, evidence)
