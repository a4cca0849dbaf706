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
    """One exception of a failure and the innermost frame it was raised in; paths in the tree are relative to it.

    `frames` are those of its traceback in the files that were watched, outermost first. `system`: it came from the
    operating system, as when a server is not there.
    """

    type: str
    message: str
    path: str | None
    line: int | None
    frames: tuple[tuple[str, int], ...] = ()
    system: bool = False


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


class Met(StrEnum):
    """What a watched construct did with the object that was there."""

    RAISED = "raised"  # the object lacks the protocol
    RAN = "ran"  # the object has it
    OTHER = "other"  # the construct itself raised something else
    LOCATED = "located"  # nothing yet: the construct was found in the code that runs
    UNWATCHED = "unwatched"  # of no site: a Python was started that cannot be watched


@dataclass(frozen=True, slots=True)
class Seen:
    """What the watched site of a number in the request met in one test, empty for import and collection.

    `type` is the full name of the object's type, `error` the text of the error; None where it is not known.
    """

    test: str
    site: int
    met: Met
    type: str | None = None
    error: str | None = None


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
    seen: tuple[Seen, ...] = ()

    @property
    def uncollected(self) -> tuple[str, ...]:
        """The files whose tests could not be collected."""
        return tuple(problem.id for problem in self.problems if not problem.skipped)

    @property
    def complete(self) -> bool:
        return self.incomplete is None
