"""The part of a job that runs target code: proofs, the suite without and with the change, and what they amount to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from repairbot.config.load import Config
from repairbot.constructs import is_protocol_error
from repairbot.evidence import recording
from repairbot.evidence.observed import (
    Executed,
    GradeEntry,
    InstallAttempt,
    Isolation,
    ProofEntry,
    TestEnvironment,
    Tests,
    WrittenTest,
)
from repairbot.harness.against import Against
from repairbot.harness.environment.environment import Environment, NoEnvironment
from repairbot.harness.environment.installer import Supplies, about_withheld, supplies
from repairbot.harness.environment.prepare import EnvironmentSettings, prepare
from repairbot.harness.grade import Unmeasured
from repairbot.harness.obligations import claims_of
from repairbot.harness.proof import ProofState, prove
from repairbot.harness.sandbox.exposure import refuse_if_exposed
from repairbot.harness.sandbox.probe import probe
from repairbot.harness.sandbox.sandbox import Sandbox
from repairbot.harness.session import Bench, Patience
from repairbot.harness.suite.import_graph import reaching
from repairbot.harness.suite.trial import Baseline, Change, Trial, baseline, try_change
from repairbot.process.run import USUAL
from repairbot.run.branch import Branch, branched
from repairbot.run.coverage import change_of, executed, grade_entries, grades, lines_of, speaking_against
from repairbot.run.logs import Logs
from repairbot.run.order import Order
from repairbot.run.places import cache_for
from repairbot.run.progress import Clock
from repairbot.run.regression import regression
from repairbot.run.target import Opened
from repairbot.run.watching import Witnesses, contradicted, provable, ran_well, sites_of, witnesses
from repairbot.scan.commit import Survey, again, chosen_groups
from repairbot.scan.observed_error import ObservedError


@dataclass(frozen=True, slots=True)
class Results:
    """What came of it. `branch` is None where nothing is repaired.

    `withdrawn` are the fingerprints of findings that what the code did contradicts, each with the reason; `refused`
    those of true findings whose fix was tried and taken back.
    """

    survey: Survey
    branch: Branch | None
    withdrawn: Mapping[str, str]
    proofs: tuple[ProofEntry, ...] = ()
    isolation: Isolation | None = None
    environment: TestEnvironment | None = None
    attempts: tuple[InstallAttempt, ...] = ()
    untested: str | None = None
    tests: Tests | None = None
    lines: tuple[Executed, ...] = ()
    grades: tuple[GradeEntry, ...] = ()
    written_test: WrittenTest | None = None
    witnesses: Witnesses = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)
    against: Mapping[str, Against] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Laboratory:
    opened: Opened
    config: Config
    bench: Bench
    clock: Clock
    logs: Logs


def experiment(opened: Opened, found: Survey, config: Config, order: Order, clock: Clock, logs: Logs) -> Results:
    """Raises UsageError where nothing keeps target code from what the user can reach."""
    level = probe()
    refuse_if_exposed(level, order.environ, order.trust)
    folder = opened.work.folder
    for name in ("sandbox", "bench"):
        (folder / name).mkdir()
    sandbox = Sandbox(level, folder / "sandbox")
    patience = Patience(suite=float(config.test_seconds)) if config.test_seconds else Patience()
    bench = Bench(sandbox, opened.work.fresh, folder / "bench", patience, clock.telling.watch)
    laboratory = _Laboratory(opened, config, bench, clock, logs)
    with clock.phase("environment"):
        environment = _prepared(laboratory, order, cache_for(opened.identity, order.environ))
    in_force = recording.isolation(
        sandbox.in_force(USUAL, network=config.test_network),
        sandbox.in_force(USUAL, network=not level.kind.own_network),
    )
    if isinstance(environment, NoEnvironment):
        return _untried(laboratory, found, environment, in_force)
    return _tried(laboratory, found, environment, order, in_force)


def _prepared(laboratory: _Laboratory, order: Order, cache: Path) -> Environment | NoEnvironment:
    config, opened = laboratory.config, laboratory.opened
    if (said := about_withheld(order.environ)) is not None:
        laboratory.clock.telling.says(said)
    settings = EnvironmentSettings(
        config.test_python,
        config.test_install_command,
        config.test_command,
        config.test_network,
        config.test_selection == "affected",
    )
    return prepare(
        laboratory.bench,
        opened.outside,
        cache / "environments",
        _supplies(laboratory, order),
        order.environ,
        settings,
        opened.commit,
        date.today(),  # noqa: DTZ011 - the day where packages are released makes no difference
    )


def _untried(laboratory: _Laboratory, found: Survey, none: NoEnvironment, isolation: Isolation) -> Results:
    """Without tests: what can be shown by importing, where at least that is possible."""
    if none.untested is not None:
        with laboratory.clock.phase("proof"):
            proofs = _proofs(laboratory, found, none.untested)
    else:
        reason = "there is no environment to import it in"
        entries = (ProofEntry(one.fingerprint, ProofState.COULD_NOT_IMPORT.value, reason) for one in provable(found))
        proofs = tuple(entries)
    withdrawn = _withdrawn(proofs)
    branch = branched(laboratory.opened, found, _groups(found, withdrawn, laboratory.config))
    return Results(
        found,
        branch,
        withdrawn,
        proofs,
        isolation,
        recording.environment(none.untested) if none.untested is not None else None,
        recording.attempts(none.attempts, laboratory.logs.kept),
        none.reason,
        grades=grade_entries(grades(found, branch, Unmeasured(none.reason), proofs, {})),
    )


def _withdrawn(proofs: Iterable[ProofEntry]) -> Mapping[str, str]:
    return {one.fingerprint: one.reason for one in proofs if one.state == ProofState.CONTRADICTED.value}


def _tried(
    laboratory: _Laboratory, found: Survey, environment: Environment, order: Order, isolation: Isolation
) -> Results:
    config, clock, kept = laboratory.config, laboratory.clock, laboratory.logs.kept
    with clock.phase("proof"):
        proofs = _proofs(laboratory, found, environment)
    withdrawn = _withdrawn(proofs)
    groups = _groups(found, withdrawn, config)
    with clock.phase("tests before"):
        base = _baseline(laboratory, found, groups, environment, order)
    shown = _observed(found, base)
    if shown:
        with clock.phase("scan again"):
            found = again(found, shown)
        groups = _groups(found, withdrawn, config)
        known = {one.fingerprint for one in proofs}
        proofs += tuple(one for one in _proofs(laboratory, found, environment) if one.fingerprint not in known)
        if groups and not base.whole and config.test_selection != "affected":
            with clock.phase("all tests before"):
                base = _baseline(laboratory, found, groups, base.environment, order)
    told = witnesses(found, base.sites, base.run)
    withdrawn = {**contradicted(told), **withdrawn}
    results = Results(
        found,
        None,
        withdrawn,
        proofs,
        isolation,
        recording.environment(base.environment),
        recording.attempts(environment.attempts, kept),
        "nothing is repaired, so there is nothing to compare",
        witnesses=told,
    )
    return _compared(laboratory, results, base, order)


def _compared(laboratory: _Laboratory, results: Results, base: Baseline, order: Order) -> Results:
    """Try the fixes, and try again without those that a test speaks against, until none does."""
    found, clock, against = results.survey, laboratory.clock, dict[str, Against]()
    while True:
        refused = _refused(found, against)
        groups = _groups(found, {**results.withdrawn, **refused}, laboratory.config)
        branch = branched(laboratory.opened, found, groups)
        results = replace(results, branch=branch, refused=refused, against=against)
        if branch is None:
            tried = "every fix was tried and withdrawn, so there is nothing to compare"
            return replace(results, untested=tried) if against else results
        laboratory.opened.work.lay_out("after", branch.commit)
        with clock.phase("tests after"):
            trial = try_change(laboratory.bench, base, change_of(found, branch))
        bad = speaking_against(found, branch, trial)
        if not bad:
            return _finished(laboratory, results, base, trial, order)
        against = {**against, **bad}


def _refused(found: Survey, against: Mapping[str, Against]) -> Mapping[str, str]:
    """The reason for each finding without a fix now: its own, or that of another one of its group."""
    by_group = {one.group: against[one.fingerprint].reason for one in found.findings if one.fingerprint in against}
    return {
        one.fingerprint: against[one.fingerprint].reason if one.fingerprint in against else by_group[one.group]
        for one in found.findings
        if one.group is not None and one.group in by_group
    }


def _finished(laboratory: _Laboratory, results: Results, base: Baseline, trial: Trial, order: Order) -> Results:
    found, branch = results.survey, results.branch
    assert branch is not None
    written = None
    if order.write_test:
        with laboratory.clock.phase("regression test"):
            written = regression(laboratory.opened, found, branch, laboratory.bench, trial).written
    graded = grades(found, branch, trial.measured, results.proofs, results.witnesses)
    return replace(
        results,
        untested=None,
        tests=recording.tests(trial, laboratory.logs.kept),
        lines=executed(found, branch, base, trial, graded),
        grades=grade_entries(graded),
        written_test=written,
    )


def _groups(found: Survey, withdrawn: Mapping[str, str], config: Config) -> frozenset[str]:
    """The groups to apply: none with a finding that the real object contradicts."""
    doubted = {finding.group for finding in found.findings if finding.fingerprint in withdrawn}
    return chosen_groups(found.findings, unsafe=config.unsafe_fixes) - doubted


def _baseline(
    laboratory: _Laboratory, found: Survey, groups: Collection[str], environment: Environment, order: Order
) -> Baseline:
    """The suite without the change; where nothing is to be changed, only the tests that can reach an undecided site."""
    affected = laboratory.config.test_selection == "affected" or not groups
    sites = [(one.path, one.region) for one in found.findings]
    sites += [(one.path, one.region) for one in found.derivation.undecided]
    watched: dict[str, frozenset[int]] = {}
    for path, region in sites:
        watched[path] = watched.get(path, frozenset()) | frozenset(lines_of(region))
    edited = {edit.path for finding in found.findings if finding.group in groups for edit in finding.edits}
    snapshot = found.derivation.snapshot
    change = Change(watched, {}, reaching(snapshot, edited or watched), sites_of(found))
    own = _supplies(laboratory, order)
    return baseline(laboratory.bench, environment, own, change, affected=affected)


def _supplies(laboratory: _Laboratory, order: Order) -> Supplies:
    """Downloads are cached for this job alone: builds of one commit could leave something there for another."""
    downloads = laboratory.bench.folder / "downloads"
    downloads.mkdir(exist_ok=True)
    return supplies(order.environ, laboratory.opened.outside, downloads)


def _observed(found: Survey, base: Baseline) -> list[ObservedError]:
    """Protocol errors of the suite at lines that the text leaves undecided, unless they ran without one as well."""
    run = base.run
    undecided = {
        (one.path, line)
        for one in found.derivation.undecided
        if not ran_well(found, base.sites, run, one)
        for line in lines_of(one.region)
    }
    return [
        ObservedError(error.path, error.line, error.message, f"raised in the test `{case.id}`")
        for case in run.cases
        for error in case.raised
        if error.path is not None and error.line is not None and (error.path, error.line) in undecided
        if is_protocol_error(error.message)
    ]


def _proofs(laboratory: _Laboratory, found: Survey, environment: Environment) -> tuple[ProofEntry, ...]:
    entries = []
    for finding in provable(found):
        case = found.derivation.cases[finding.fingerprint]
        claims = claims_of(case.fault, case.proposal)
        entries.append(
            recording.proof(
                finding.fingerprint,
                claims
                if isinstance(claims, str)
                else tuple(prove(claim, laboratory.bench, environment) for claim in claims),
            )
        )
    return tuple(entries)
