"""The values of test runs: what one test did, and what one run of the suite amounts to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What became of one test; ERROR is a failure in setup or teardown, CRASHED a test that began and never ended."""

    PASSED = "passed"
    FAILED = "failed"
    ERROR = "error"
    SKIPPED = "skipped"
    XFAILED = "xfailed"
    XPASSED = "xpassed"
    CRASHED = "crashed"
    TIMED_OUT = "timed out"
    NOT_RUN = "not run"

    @property
    def green(self) -> bool:
        return self in {Outcome.PASSED, Outcome.XFAILED, Outcome.XPASSED}

    @property
    def red(self) -> bool:
        return self in {Outcome.FAILED, Outcome.ERROR, Outcome.CRASHED, Outcome.TIMED_OUT}


@dataclass(frozen=True, slots=True)
class Raised:
    """One exception of a failure and the innermost frame it was raised in; paths in the tree are relative to it."""

    type: str
    message: str
    path: str | None
    line: int | None


@dataclass(frozen=True, slots=True)
class Case:
    """One test in one run. `raised` holds the whole chain, the exception that ended the test first."""

    id: str
    outcome: Outcome
    seconds: float = 0.0
    message: str = ""
    text: str = ""
    raised: tuple[Raised, ...] = ()


@dataclass(frozen=True, slots=True)
class CollectProblem:
    """A module whose tests could not be collected, or that skips itself as a whole."""

    id: str
    skipped: bool
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A line of interest that a test executed; `test` is empty for what runs during import and collection."""

    test: str
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class SuiteRun:
    """One run of a target's tests, as the tests' own process reported it: hostile text, and a claim, not a fact.

    `incomplete` is the reason why the run cannot say that nothing else changed; None when every collected test came to
    its end. `exit` is pytest's own exit code, `ended` how the process ended, as a clause.
    """

    cases: tuple[Case, ...]
    problems: tuple[CollectProblem, ...]
    deselected: tuple[str, ...]
    hits: tuple[Hit, ...]
    python: str | None
    pytest: str | None
    plugins: tuple[str, ...]
    exit: int | None
    ended: str
    incomplete: str | None
    internal_errors: tuple[str, ...]
    stopped_by_time: bool
    seconds: float
    log: str

    @property
    def uncollected(self) -> tuple[str, ...]:
        """The files whose tests could not be collected."""
        return tuple(problem.id for problem in self.problems if not problem.skipped)

    @property
    def complete(self) -> bool:
        return self.incomplete is None
