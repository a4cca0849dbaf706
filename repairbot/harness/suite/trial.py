"""The experiment: the suite without the change, with it, and again for every test that did not do the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from repairbot.harness.environment.environment import Environment
from repairbot.harness.environment.installer import Supplies
from repairbot.harness.environment.missing_packages import remedy_after_run
from repairbot.harness.environment.provision import amend
from repairbot.harness.grade import Measured
from repairbot.harness.session import Bench, Side
from repairbot.harness.suite.compare import Comparison, changed, compare
from repairbot.harness.suite.runs import SuiteRun
from repairbot.harness.suite.suite import Ask, run_suite
from repairbot.harness.suite.watched import WatchedSite

RERUNS = 4
AMENDMENTS = 2
NAMED = 5  # files that a note lists

Lines = Mapping[str, frozenset[int]]


@dataclass(frozen=True, slots=True)
class Change:
    """What the change touches: the lines to watch on each side, and the files whose tests can reach it, if known.

    `sites` are watched without the change: what they meet there is what the change is for.
    """

    before: Lines
    after: Lines
    reaching: frozenset[str] | None = None
    sites: tuple[WatchedSite, ...] = ()


@dataclass(frozen=True, slots=True)
class Baseline:
    """The suite without the change, run once and kept. `whole`: all tests were asked for.

    `sites` are those that were watched, by the numbers that the run's observations have.
    """

    environment: Environment
    run: SuiteRun
    whole: bool
    notes: tuple[str, ...] = ()
    sites: tuple[WatchedSite, ...] = ()


@dataclass(frozen=True, slots=True)
class Trial:
    """Everything that was run for one change."""

    baseline: Baseline
    after: SuiteRun
    reruns_before: tuple[SuiteRun, ...]
    reruns_after: tuple[SuiteRun, ...]
    comparison: Comparison
    reaching: frozenset[str] | None = None

    @property
    def measured(self) -> Measured:
        return Measured(self.baseline.run, self.after, self.comparison, self.baseline.whole, self.reaching)


@dataclass(frozen=True, slots=True)
class _Plan:
    bench: Bench
    change: Change
    notes: list[str] = field(default_factory=list)

    def ask(self, side: Side, *, whole: bool) -> Ask:
        reaching = self.change.reaching or frozenset()
        before = side is Side.BEFORE
        return Ask(
            only_files=None if whole else reaching,
            first_files=reaching,
            lines=self.change.before if before else self.change.after,
            sites=self.change.sites if before else (),
            seconds=self.bench.patience.suite,
        )


def baseline(
    bench: Bench, environment: Environment, supplies: Supplies, change: Change, *, affected: bool = False
) -> Baseline:
    """Run the suite without the change, and give the environment what the tests turn out to miss.

    `affected`: only the tests that can reach the change, which is also what is left when there is no time for all.
    """
    plan = _Plan(bench, change)
    whole = not affected or not change.reaching
    run = run_suite(bench, environment, Side.BEFORE, plan.ask(Side.BEFORE, whole=whole))
    for _ in range(AMENDMENTS):
        wanted = remedy_after_run(run)
        richer = amend(bench, environment, supplies, wanted.packages) if wanted is not None else None
        if richer is None or wanted is None or richer.packages == environment.packages:
            break
        environment = richer
        plan.notes.append(f"{', '.join(wanted.packages)} added: {wanted.why}")
        run = run_suite(bench, environment, Side.BEFORE, plan.ask(Side.BEFORE, whole=whole))
    if whole and run.stopped_by_time and change.reaching:
        plan.notes.append(f"all tests together take longer than {bench.patience.suite:g} s")
        whole = False
        run = run_suite(bench, environment, Side.BEFORE, plan.ask(Side.BEFORE, whole=False))
    plan.notes.extend(_uncollected(run))
    return Baseline(environment, run, whole, tuple(plan.notes), change.sites)


def _uncollected(run: SuiteRun) -> list[str]:
    files = run.uncollected
    if not files:
        return []
    named = ", ".join(files[:NAMED]) + (", …" if len(files) > NAMED else "")
    many = "1 file cannot be collected" if len(files) == 1 else f"{len(files)} files cannot be collected"
    return [f"without the change, the tests of {many}: {named}"]


def try_change(bench: Bench, base: Baseline, change: Change, reruns: int = RERUNS) -> Trial:
    """Run the suite with the change, and settle what differs by running those tests again on both sides."""
    plan = _Plan(bench, change)
    ask = plan.ask(Side.AFTER, whole=base.whole)
    after = run_suite(bench, base.environment, Side.AFTER, ask)
    doubtful = changed(base.run, after)
    sides: dict[Side, list[SuiteRun]] = {Side.BEFORE: [], Side.AFTER: []}
    again = replace(ask, only=doubtful, only_files=None, lines={})
    for round_number in range(reruns if doubtful else 0):
        # b a, a b, b a …: what depends on the time of day or on load must not look like the change.
        order = (Side.BEFORE, Side.AFTER) if round_number % 2 == 0 else (Side.AFTER, Side.BEFORE)
        for side in order:
            sides[side].append(run_suite(bench, base.environment, side, again))
    before_again, after_again = tuple(sides[Side.BEFORE]), tuple(sides[Side.AFTER])
    comparison = compare(base.run, after, before_again, after_again)
    return Trial(base, after, before_again, after_again, comparison, change.reaching)
