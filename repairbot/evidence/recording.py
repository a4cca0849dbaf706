"""What the target's runs came to, as entries of the evidence document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from repairbot.evidence.observed import (
    InstallAttempt,
    InstallStep,
    Isolation,
    ProofEntry,
    RejectedLevel,
    RunEntry,
    TestEntry,
    TestEnvironment,
    Tests,
)
from repairbot.harness.environment.environment import Attempt, Environment
from repairbot.harness.proof import Proof, ProofState
from repairbot.harness.sandbox.values import InForce
from repairbot.harness.suite.compare import Judged
from repairbot.harness.suite.runs import Outcome, SuiteRun
from repairbot.harness.suite.trial import Trial

Kept = Callable[[str], str | None]
"""The name under which a proposal keeps the log at a path of ours; None where it keeps none."""

_TELLING = 2000  # characters of a failure's message


def isolation(tests: InForce, installs: InForce) -> Isolation:
    return Isolation(
        level=tests.level.value,
        version=tests.version,
        uid=tests.uid,
        secrets_hidden=tests.secrets_hidden,
        network=tests.network,
        install_network=installs.network,
        rejected=tuple(RejectedLevel(one.kind.value, one.reason) for one in tests.rejected),
        left_open=tests.left_open,
        install_index_only=not installs.network,
    )


def environment(found: Environment) -> TestEnvironment:
    return TestEnvironment(
        recipe=found.recipe,
        why=found.why,
        python=_dotted(found.interpreter.version),
        python_why=found.python_why,
        packages=found.packages,
        added=found.added,
        packages_until=found.era.isoformat() if found.era else None,
        best_effort=found.best_effort,
        reused=found.reused,
        test_command=found.test_command,
    )


def _dotted(version: Iterable[int]) -> str:
    return ".".join(map(str, version))


def attempts(found: Iterable[Attempt], kept: Kept) -> tuple[InstallAttempt, ...]:
    return tuple(
        InstallAttempt(
            recipe=one.recipe,
            why=one.why,
            python=one.python,
            result=one.result,
            collected=one.collected,
            works=one.works,
            steps=tuple(
                InstallStep(step.what, step.command, step.seconds, step.ended, step.ok, kept(step.log))
                for step in one.steps
            ),
        )
        for one in found
    )


# What one object shows about a finding that rests on several: the first of these that any of them shows.
_WEAKEST = (ProofState.CONTRADICTED, ProofState.COULD_NOT_IMPORT, ProofState.NOT_CALLED, ProofState.PROVEN)


def proof(fingerprint: str, found: tuple[Proof, ...] | str) -> ProofEntry:
    """`found` are the proofs for every object that can be at the site, or why there are none."""
    if isinstance(found, str):
        return ProofEntry(fingerprint, ProofState.NOT_CALLED.value, found)
    one = min(found, key=lambda proof: _WEAKEST.index(proof.state))
    definition = one.claim.definition
    return ProofEntry(
        fingerprint=fingerprint,
        state=one.state.value,
        reason=one.reason,
        definition=f"{definition.module}:{definition.name}",
        type=one.type,
        has=one.has,
        lacks=one.lacks,
        error=one.error,
        from_type=one.from_type,
        python=one.python,
        repeat=one.repeat,
    )


def tests(trial: Trial, kept: Kept) -> Tests:
    comparison, base = trial.comparison, trial.baseline
    return Tests(
        before=run(base.run, kept),
        after=run(trial.after, kept),
        whole=base.whole,
        verdicts={verdict.value: count for verdict, count in comparison.count.items() if count},
        incomplete=comparison.incomplete,
        cases=tuple(_case(judged) for judged in comparison.judged),
        notes=base.notes,
    )


def run(found: SuiteRun, kept: Kept) -> RunEntry:
    counted = Counter(case.outcome for case in found.cases)
    return RunEntry(
        outcomes={outcome.value: counted[outcome] for outcome in Outcome if counted[outcome]},
        incomplete=found.incomplete,
        ended=found.ended,
        seconds=round(found.seconds, 2),
        python=found.python,
        pytest=found.pytest,
        log=kept(found.log),
    )


def _case(judged: Judged) -> TestEntry:
    before, after = judged.before, judged.after
    message = next((case.message for case in (before, after) if case is not None and case.outcome.red), "")
    return TestEntry(
        id=judged.id,
        verdict=judged.verdict.value,
        before=before.outcome.value if before else None,
        after=after.outcome.value if after else None,
        again_before=tuple(outcome.value for outcome in judged.sample.before[1:]),
        again_after=tuple(outcome.value for outcome in judged.sample.after[1:]),
        message=message[:_TELLING],
        expects_fault=judged.encodes_bug,
    )
