"""What was observed while the target's code ran: isolation, environment, proofs, tests, who executes what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RejectedLevel:
    """A level of isolation that was not to be had, and why."""

    level: str
    reason: str


@dataclass(frozen=True, slots=True)
class Isolation:
    """What was in force while code of the target ran; `network` and `install_network` say whether there was one.

    `install_index_only`: installations reached the package index alone, not a network. `left_open` are clauses: what
    the level was seen to leave in reach besides private files and secrets.
    """

    level: str
    version: str | None
    uid: int
    secrets_hidden: bool
    network: bool
    install_network: bool
    rejected: tuple[RejectedLevel, ...]
    left_open: tuple[str, ...] = ()
    install_index_only: bool = False


@dataclass(frozen=True, slots=True)
class InstallStep:
    """One command of an attempt; `log` is the name of a file below the proposal's `logs`."""

    what: str
    command: tuple[str, ...]
    seconds: float
    ended: str
    ok: bool
    log: str | None


@dataclass(frozen=True, slots=True)
class InstallAttempt:
    recipe: str
    why: str
    python: str
    result: str
    collected: int
    works: bool
    steps: tuple[InstallStep, ...]


@dataclass(frozen=True, slots=True)
class TestEnvironment:
    """How the target's tests could be run; `added` are packages beyond what its recipe asks for."""

    recipe: str
    why: str
    python: str
    python_why: str
    packages: tuple[str, ...]
    added: tuple[str, ...]
    packages_until: str | None
    best_effort: bool
    reused: bool
    test_command: str | None


@dataclass(frozen=True, slots=True)
class ProofEntry:
    """What the real object said about one finding. `repeat` is a command that shows the same in the target's own
    environment. `definition` is `module:qualified name`."""

    fingerprint: str
    state: str
    reason: str
    definition: str | None = None
    type: str | None = None
    has: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    error: str | None = None
    from_type: bool = False
    python: str | None = None
    repeat: str | None = None


@dataclass(frozen=True, slots=True)
class WitnessEntry:
    """What the line of one finding met while the tests ran without the change; tests by id, "" for their import.

    `state` is `raised` (the error, each time), `contradicted` (it `ran` without the error at least once), `not reached`
    or `not watched`. `types` are those of the objects that were there.
    """

    fingerprint: str
    state: str
    reason: str
    raised: tuple[str, ...] = ()
    ran: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    error: str | None = None


@dataclass(frozen=True, slots=True)
class WithdrawnFix:
    """A fix that was tried and taken back: a test fails with `error` inside the repaired statement, at a line of the
    changed file. `tests` are all that do."""

    fingerprint: str
    reason: str
    test: str
    error: str
    path: str
    line: int
    tests: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RunEntry:
    """One run of the suite; `outcomes` counts tests by outcome, `incomplete` is why it says nothing of the rest."""

    outcomes: Mapping[str, int]
    incomplete: str | None
    ended: str
    seconds: float
    python: str | None
    pytest: str | None
    log: str | None


@dataclass(frozen=True, slots=True)
class TestEntry:
    """One test, by its identity. The outcomes are those of the full runs; `again` those of the re-runs of each side.

    `message` is what it failed with before the change, or with the change where it did not fail before.
    """

    id: str
    verdict: str
    before: str | None
    after: str | None
    again_before: tuple[str, ...] = ()
    again_after: tuple[str, ...] = ()
    message: str = ""
    expects_fault: bool = False


@dataclass(frozen=True, slots=True)
class Tests:
    """Both runs, as the target's own tests reported them. `whole`: all tests were asked for.

    `verdicts` counts all tests; `cases` are all that ran on either side.
    """

    before: RunEntry
    after: RunEntry
    whole: bool
    verdicts: Mapping[str, int]
    incomplete: str | None
    cases: tuple[TestEntry, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Executed:
    """Which tests execute the lines of one fix on each side; None where that side was not watched.

    `unknown`: why nobody knows that no test does, as a clause; None where a test does, or all were seen to their end.
    """

    fingerprint: str
    before: tuple[str, ...] | None
    after: tuple[str, ...] | None
    unknown: str | None = None


@dataclass(frozen=True, slots=True)
class GradeEntry:
    """How much the evidence for one fix amounts to: `level` A to E, with the sentence that says why.

    `still_failing` are tests that execute the line, or raised the error there, and fail with the change. `against` is
    why the fix must not be published, as a clause.
    """

    fingerprint: str
    level: str
    reason: str
    fixed: tuple[str, ...] = ()
    executing: tuple[str, ...] = ()
    still_failing: tuple[str, ...] = ()
    against: str | None = None


@dataclass(frozen=True, slots=True)
class WrittenTest:
    """A regression test for the branch; `added` only if it failed before the change and passed with it."""

    path: str
    added: bool
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Phase:
    name: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Runs:
    """`started` is in ISO 8601. `untested` says why the tests were not run; None when they were."""

    started: str
    seconds: float
    phases: tuple[Phase, ...] = ()
    isolation: Isolation | None = None
    environment: TestEnvironment | None = None
    attempts: tuple[InstallAttempt, ...] = ()
    untested: str | None = None
    proofs: tuple[ProofEntry, ...] = ()
    tests: Tests | None = None
    lines: tuple[Executed, ...] = ()
    grades: tuple[GradeEntry, ...] = ()
    written_test: WrittenTest | None = None
    witnesses: tuple[WitnessEntry, ...] = ()
    withdrawn_fixes: tuple[WithdrawnFix, ...] = ()
