"""Two runs of a suite, before and after a change, and the re-runs between them: what became of each test."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from repairbot.harness.suite.runs import Case, Outcome, SuiteRun


class Verdict(StrEnum):
    """What the change did to one test."""

    FIXED = "fixed"
    STILL_PASSING = "still passing"
    STILL_FAILING = "still failing"
    REGRESSED = "regressed"
    FLAKY = "flaky"
    NEW = "new"
    GONE = "gone"
    NOT_COLLECTED = "not collected"
    TIMED_OUT = "timed out"
    SKIPPED = "skipped"
    NOT_RUN = "not run"


@dataclass(frozen=True, slots=True)
class Sample:
    """The outcomes of one test over the full run and all re-runs of each side, in the order they were taken."""

    before: tuple[Outcome, ...]
    after: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """One test and its verdict.

    `encodes_bug`: it went red because it expects the fault: it asks for the TypeError, or is marked as failing.
    `changed_failure`: red on both sides, in different ways.
    """

    id: str
    verdict: Verdict
    before: Case | None
    after: Case | None
    sample: Sample
    encodes_bug: bool = False
    changed_failure: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """The verdicts on all tests, ordered by id. `incomplete`: why a test that is not listed says nothing."""

    judged: tuple[Judged, ...]
    incomplete: str | None

    def having(self, verdict: Verdict) -> tuple[Judged, ...]:
        return tuple(judged for judged in self.judged if judged.verdict is verdict)

    @property
    def count(self) -> Mapping[Verdict, int]:
        return {verdict: len(self.having(verdict)) for verdict in Verdict}

    @property
    def regressions(self) -> tuple[Judged, ...]:
        return self.having(Verdict.REGRESSED)

    @property
    def clean(self) -> bool:
        """Both runs came to their end, and no test that could tell got worse."""
        return self.incomplete is None and not any(
            self.having(verdict) for verdict in (Verdict.REGRESSED, Verdict.GONE, Verdict.NOT_COLLECTED)
        )


def changed(before: SuiteRun, after: SuiteRun) -> tuple[str, ...]:
    """The tests to run again on both sides: those that ran on both and did not do the same."""
    old, new = _outcomes(before), _outcomes(after)
    both = (test for test in old if test in new and Outcome.NOT_RUN not in {old[test], new[test]})
    return tuple(test for test in both if old[test] is not new[test])


def compare(
    before: SuiteRun, after: SuiteRun, reruns_before: Sequence[SuiteRun] = (), reruns_after: Sequence[SuiteRun] = ()
) -> Comparison:
    """Judge every test that either side knows. Re-runs count as further samples of the tests they ran."""
    old = {case.id: case for case in before.cases}
    new = {case.id: case for case in after.cases}
    judged = []
    for test in sorted(old.keys() | new.keys()):
        sample = Sample(_sampled(test, before, reruns_before), _sampled(test, after, reruns_after))
        judged.append(_judge(test, old.get(test), new.get(test), sample, after))
    return Comparison(tuple(judged), _incomplete(before, after))


def _outcomes(run: SuiteRun) -> dict[str, Outcome]:
    return {case.id: case.outcome for case in run.cases}


def _sampled(test: str, run: SuiteRun, reruns: Sequence[SuiteRun]) -> tuple[Outcome, ...]:
    found = (_outcomes(one).get(test) for one in (run, *reruns))
    return tuple(outcome for outcome in found if outcome is not None and outcome is not Outcome.NOT_RUN)


def _judge(test: str, old: Case | None, new: Case | None, sample: Sample, after: SuiteRun) -> Judged:
    if old is None or new is None:
        return Judged(test, _one_sided(old, after), old, new, sample)
    verdict = _verdict(old.outcome, new.outcome, sample)
    return Judged(
        test,
        verdict,
        old,
        new,
        sample,
        encodes_bug=verdict is Verdict.REGRESSED and expects_the_fault(new),
        changed_failure=verdict is Verdict.STILL_FAILING and _differently(old, new),
    )


def _one_sided(old: Case | None, after: SuiteRun) -> Verdict:
    if old is None:
        return Verdict.NEW
    file = old.id.split("::", maxsplit=1)[0]
    broken = any(not problem.skipped and file.startswith(problem.id) for problem in after.problems)
    return Verdict.NOT_COLLECTED if broken else Verdict.GONE


def _verdict(old: Outcome, new: Outcome, sample: Sample) -> Verdict:
    """From the full runs, unless the samples of a side contradict one another."""
    if Outcome.NOT_RUN in {old, new}:
        return Verdict.NOT_RUN
    if _mixed(sample.before) or _mixed(sample.after):
        return Verdict.FLAKY
    match (old.red, new.red):
        case (True, True):
            return Verdict.TIMED_OUT if Outcome.TIMED_OUT in {old, new} else Verdict.STILL_FAILING
        case (True, False):
            return Verdict.FIXED if new.green else Verdict.SKIPPED
        case (False, True):
            return Verdict.REGRESSED
    if Outcome.SKIPPED in {old, new}:
        return Verdict.SKIPPED
    return Verdict.STILL_PASSING


def _mixed(outcomes: Sequence[Outcome]) -> bool:
    """Red once and not red another time. Ways of being red, or of being green, do not count as change."""
    return len({outcome.red for outcome in outcomes}) > 1


def expects_the_fault(case: Case) -> bool:
    """Whether a test that fails after the repair fails because it was written for the fault."""
    if "XPASS(strict)" in case.message or "[XPASS(strict)]" in case.text:
        return True
    if "DID NOT RAISE" in case.message and "Error" in case.message:  # pytest.raises
        return True
    return "AssertionError: TypeError not raised" in case.message  # unittest's assertRaises


def _differently(old: Case, new: Case) -> bool:
    first, second = (case.raised[0] if case.raised else None for case in (old, new))
    return old.outcome is not new.outcome or (first and first.type) != (second and second.type)


def _incomplete(before: SuiteRun, after: SuiteRun) -> str | None:
    reasons = [
        f"{side}: {run.incomplete}"
        for side, run in (("before", before), ("after", after))
        if run.incomplete is not None
    ]
    return "; ".join(reasons) or None
