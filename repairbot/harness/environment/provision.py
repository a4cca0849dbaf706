"""Climbs the ladder: installs rung after rung inside the sandbox until the target's tests can be collected."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from repairbot.harness import leftovers
from repairbot.harness.environment import generated
from repairbot.harness.environment.declared import Declared
from repairbot.harness.environment.environment import Attempt, Environment, NoEnvironment, Step
from repairbot.harness.environment.fallbacks import Rung
from repairbot.harness.environment.installer import Supplies, brought_in, complaint, no_network, tail
from repairbot.harness.environment.installing import (
    Inner,
    InstallCommand,
    addition,
    creation,
    installations,
    nothing_to_install,
    told_version,
)
from repairbot.harness.environment.missing_packages import Remedy, missing_modules, remedy
from repairbot.harness.environment.packages import bare, bare_name, cleared, installed, pinned
from repairbot.harness.sandbox.relaying import IndexLink, index_link
from repairbot.harness.sandbox.values import Bind
from repairbot.harness.session import Bench, Side
from repairbot.harness.suite.report import how
from repairbot.harness.suite.runs import SuiteRun
from repairbot.harness.suite.suite import Ask, run_suite

MENDING_ROUNDS = 5
NO_TESTS = 5  # pytest's exit code
_OF_TESTS = re.compile(r"(\w+\.)*(unit)?tests?\.\w")
_BY_PACKAGES = re.compile(r"(ModuleNotFound|Import|Attribute|Type|Syntax)Error|Deprecat|RemovedIn")


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user or the target's configuration asks for instead of what was detected."""

    test_command: str | None = None
    network: bool = False
    version: str | None = None  # of the target, from its tags


@dataclass
class _Climb:
    """One rung while it is tried."""

    bench: Bench
    supplies: Supplies
    environment: Environment
    link: IndexLink | None
    steps: list[Step] = field(default_factory=list)
    run: SuiteRun | None = None  # the last collection

    @property
    def inner(self) -> Inner:
        uv = self.supplies.uv
        at = self.bench.at
        return Inner(
            str(self.environment.interpreter.path), at("venv"), at("cache"), at("tools", uv.name) if uv else None
        )


def provision(
    bench: Bench, declared: Declared, rungs: Sequence[Rung], supplies: Supplies, wishes: Wishes, folder: Path
) -> Environment | NoEnvironment:
    """The first rung on which every test file is collected; else the one that collected most; else the reason.

    The environment is made in a new folder below `folder`, an existing one.
    """
    with index_link(bench.sandbox, supplies.reach) as link:
        return _climbed(bench, declared, rungs, supplies, wishes, folder, link)


def _climbed(
    bench: Bench,
    declared: Declared,
    rungs: Sequence[Rung],
    supplies: Supplies,
    wishes: Wishes,
    folder: Path,
    link: IndexLink | None,
) -> Environment | NoEnvironment:
    attempts: list[Attempt] = []
    best: Environment | None = None
    untested: Environment | None = None
    until = time.monotonic() + bench.patience.ladder
    for number, rung in enumerate(rungs, 1):
        if time.monotonic() > until:
            break
        place = folder / f"rung-{number}"
        (place / "venv").mkdir(parents=True)
        climb = _Climb(bench, supplies, _empty(place, declared, rung, wishes), link)
        attempt = _try(climb, declared, rung, wishes)
        attempts.append(attempt)
        if climb.environment.collected > (best.collected if best is not None else 0):
            if best is not None:
                leftovers.remove(best.folder)
            best = climb.environment
        elif untested is None and climb.run is not None:
            untested = climb.environment
        else:
            leftovers.remove(place)
        if attempt.works or _hopeless(climb) or (climb.run is not None and _settled(climb.run)):
            break
    if best is None:
        return NoEnvironment(_reason(attempts), tuple(attempts), untested)
    if untested is not None:
        leftovers.remove(untested.folder)
    return replace(best, attempts=tuple(attempts))


def _reason(attempts: Sequence[Attempt]) -> str:
    if not attempts:
        return "nothing in the repository says how its tests are installed"
    last = attempts[0]
    more = f" ({len(attempts)} ways were tried)" if len(attempts) > 1 else ""
    return f"{last.recipe}: {last.result}{more}"


def _hopeless(climb: _Climb) -> bool:
    """Without a network no other rung will do better."""
    failed = next((step for step in climb.steps if not step.ok and step.what == "install"), None)
    cut_off = climb.link is not None and climb.link.cut_off
    return failed is not None and (cut_off or no_network(tail(failed.log)))


def _settled(run: SuiteRun) -> bool:
    """There are no tests, or what cannot be collected fails for a reason that other packages do not change."""
    broken = [problem for problem in run.problems if not problem.skipped]
    if not run.cases:
        return run.exit == NO_TESTS and not broken
    return not any(_by_packages(problem.text) for problem in broken)


def _by_packages(complaint: str) -> bool:
    """Whether other packages might mend it: a module that lies among the tests was left out of the tree."""
    missing = missing_modules(complaint)
    if missing and all(_OF_TESTS.match(name) for name in missing):
        return False
    return bool(_BY_PACKAGES.search(complaint))


def _empty(place: Path, declared: Declared, rung: Rung, wishes: Wishes) -> Environment:
    return Environment(
        folder=place,
        interpreter=rung.python.interpreter,
        python_why=rung.python.why,
        recipe=rung.name,
        why=rung.recipe.why,
        era=rung.era,
        inifile=declared.pytest.path,
        import_roots=rung.recipe.import_roots,
        variables=declared.variables,
        limits_tests=declared.pytest.limits_tests,
        test_command=wishes.test_command,
        network=wishes.network,
    )


def _try(climb: _Climb, declared: Declared, rung: Rung, wishes: Wishes) -> Attempt:
    with climb.bench.trees(Side.BEFORE) as tree:
        problem = _install(climb, declared, rung, tree, wishes)
        run = _collect(climb, tree) if problem is None else None
    version = ".".join(map(str, climb.environment.interpreter.version))
    found = len(run.cases) if run is not None else 0
    works = run is not None and _sound(run)
    result = climb.supplies.redaction.text(problem or (_collected(run) if run is not None else ""))
    return Attempt(rung.name, rung.recipe.why, version, tuple(climb.steps), result, found, works)


def _sound(run: SuiteRun) -> bool:
    return bool(run.cases) and not any(not problem.skipped for problem in run.problems) and run.exit == 0


def _collected(run: SuiteRun) -> str:
    if not run.cases and run.exit == NO_TESTS and not run.problems:
        return "no tests were collected"
    if not run.cases:
        said = next((problem.text for problem in run.problems if not problem.skipped), "") or tail(run.log)
        return f"no tests were collected: {complaint(said) or run.ended}"
    broken = sum(not problem.skipped for problem in run.problems)
    files = "file" if broken == 1 else "files"
    return f"{len(run.cases)} tests collected" + (f", {broken} {files} could not be" if broken else "")


def _install(climb: _Climb, declared: Declared, rung: Rung, tree: Path, wishes: Wishes) -> str | None:
    """Run the commands of the rung; the reason when one fails."""
    committed = generated.files_of(tree)
    told = told_version(declared.scm, declared.name, wishes.version)
    inner = climb.inner
    if rung.recipe.locked and inner.uv is None:
        return "uv.lock needs uv, which is not here: pip install uv"
    commands = [creation(inner)]
    if rung.shell is not None:
        commands.append(InstallCommand("install", ("/bin/sh", "-c", rung.shell), told.variables))
    elif not nothing_to_install(rung.recipe):
        commands += installations(rung.recipe, inner, rung.era, told)
    venv = climb.environment.folder / "venv"
    created, *others = commands
    if (problem := _step(climb, tree, created)) is not None:
        return problem
    before = bare(venv)
    for command in others:
        if (problem := _step(climb, tree, command)) is not None:
            return problem
    if rung.shell is None and (problem := cleared(venv, before)) is not None:
        return problem
    new = generated.files_of(tree) - committed
    store = climb.environment.folder / "generated"
    climb.environment = replace(climb.environment, generated=generated.keep(tree, new, store))
    wanted = ["pytest", *declared.pytest.plugins] if wishes.test_command is None else []
    return _add(climb, tree, wanted)


def _add(climb: _Climb, tree: Path, packages: Sequence[str]) -> str | None:
    """Install what is missing of `packages` and move nothing that is there."""
    venv = climb.environment.folder / "venv"
    have = installed(venv)
    names = {bare_name(entry) for entry in have}
    missing = [package for package in packages if bare_name(package) not in names]
    if missing:
        command = addition(missing, climb.bench.at("given", "constraints.txt"), climb.inner, climb.environment.era)
        before = bare(venv)
        problem = _step(climb, tree, command, {"constraints.txt": "\n".join(pinned(venv)) + "\n"})
        if problem is not None or (problem := cleared(venv, before)) is not None:
            return problem
    added = (*climb.environment.added, *missing)
    climb.environment = replace(climb.environment, packages=installed(venv), added=added)
    return None


def _step(climb: _Climb, tree: Path, command: InstallCommand, given: Mapping[str, str] | None = None) -> str | None:
    bench, supplies = climb.bench, climb.supplies
    binds = [*climb.environment.binds(bench.sandbox, writable=True)]
    binds.append(Bind(supplies.cache, bench.at("cache"), writable=True))
    if supplies.uv is not None:
        binds.append(bench.tool(supplies.uv))
    downloads, indexes = brought_in(supplies.downloads, bench.sandbox)
    binds += indexes
    env = {**climb.environment.env(bench.sandbox), **downloads, **command.env}
    # Ours are of no use to a build, and one that lists its path would find them.
    del env["PYTHONPATH"]
    argv = command.argv
    if climb.link is not None:
        binds += [climb.link.bind, bench.plugins()]
        forward = bench.at("inside", "repairbot_forward.py")
        argv = climb.link.through(str(climb.environment.interpreter.path), forward, argv)
    ran = bench.run(
        command.what,
        argv,
        tree,
        binds=binds,
        seconds=bench.patience.install,
        env=env,
        given=given,
        network=not bench.sandbox.level.kind.own_network,
    )
    ended = ran.ended
    log = str(ended.output)
    climb.steps.append(Step(command.what, command.argv, round(ended.seconds, 2), how(ended), ended.ok, log))
    if ended.ok:
        return None
    refused = climb.link.complaint() if climb.link is not None else ""
    why = complaint(supplies.redaction.cut(tail(log))) or how(ended)
    return f"could not {command.what}: {why}" + (f" ({supplies.redaction.cut(refused)})" if refused else "")


def _collect(climb: _Climb, tree: Path) -> SuiteRun:
    """Collect the tests, mending what is known how to mend, a few times."""
    tried: list[Remedy] = []
    run = _collect_once(climb)
    for _ in range(MENDING_ROUNDS):
        if _sound(run):
            break
        found = remedy(run, tail(run.log), tree, tried)
        if found is None or _add(climb, tree, found.packages) is not None:
            break
        tried.append(found)
        environment = climb.environment
        climb.environment = replace(
            environment, options=(*environment.options, *found.options), files=(*environment.files, *found.files)
        )
        run = _collect_once(climb)
    climb.environment = replace(climb.environment, collected=len(run.cases), problems=run.problems)
    climb.run = run
    return run


def _collect_once(climb: _Climb) -> SuiteRun:
    bench = climb.bench
    run = run_suite(bench, climb.environment, Side.BEFORE, Ask(collect_only=True, seconds=bench.patience.collect))
    ok = run.exit == 0
    argv = ("python", "-m", "pytest", "--collect-only")
    climb.steps.append(Step("collect", argv, round(run.seconds, 2), run.ended, ok, run.log))
    if run.plugins:
        climb.environment = replace(climb.environment, plugins=run.plugins)
    return run


def amend(bench: Bench, environment: Environment, supplies: Supplies, packages: Sequence[str]) -> Environment | None:
    """The same environment with more packages, None when they cannot be added; what was there keeps its version."""
    with index_link(bench.sandbox, supplies.reach) as link, bench.trees(Side.BEFORE) as tree:
        climb = _Climb(bench, supplies, environment, link)
        if _add(climb, tree, packages) is not None:
            return None
        _collect_once(climb)
    return climb.environment
