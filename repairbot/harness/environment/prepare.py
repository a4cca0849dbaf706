"""From a target's tree to the environment for its tests in one step: kept from an earlier run, or made anew."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from repairbot.harness import leftovers, scratch
from repairbot.harness.environment.cache import keep, key_of, load
from repairbot.harness.environment.detect import detect
from repairbot.harness.environment.environment import Environment, NoEnvironment
from repairbot.harness.environment.fallbacks import rungs
from repairbot.harness.environment.installer import Supplies
from repairbot.harness.environment.provision import Wishes, provision
from repairbot.harness.environment.pythons import NoPython, chosen_python, present
from repairbot.harness.session import Bench, Side


@dataclass(frozen=True, slots=True)
class EnvironmentSettings:
    """What the user or the target's configuration says instead of what would be detected.

    `python` is a version or a path; `affected` asks only for the tests that can reach the change.
    """

    python: str | None = None
    install_command: str | None = None
    test_command: str | None = None
    network: bool = False
    affected: bool = False


@dataclass(frozen=True, slots=True)
class CommitFacts:
    """What is known of the commit besides its tree: when it was made, and the version that its tags say."""

    made: date | None = None
    version: str | None = None


def prepare(
    bench: Bench,
    target: Path,
    store: Path,
    supplies: Supplies,
    environ: Mapping[str, str],
    settings: EnvironmentSettings,
    commit: CommitFacts,
    today: date,
) -> Environment | NoEnvironment:
    """Find or make the environment. `target` is the user's own folder, from which no interpreter is taken.

    `store` keeps environments of this target between runs.
    """
    wishes = Wishes(settings.test_command, settings.network, commit.version)
    with bench.trees(Side.BEFORE) as tree:
        declared = detect(tree)
        interpreters = present(environ, target)
        choice = chosen_python(declared, interpreters, settings.python)
        if isinstance(choice, NoPython):
            return NoEnvironment(choice.reason)
        shell = settings.install_command
        others = interpreters if settings.python is None else ()
        ladder = rungs(declared, choice, others, shell=shell, committed=commit.made, today=today)
        key = key_of(tree, ladder, wishes, bench.sandbox)
    kept = load(store, key)
    if kept is not None:
        return kept
    store.mkdir(parents=True, exist_ok=True)
    folder = scratch.make("new-", store)
    with ExitStack() as undo:
        undo.callback(leftovers.remove, folder)
        found = provision(bench, declared, ladder, supplies, wishes, folder)
        if isinstance(found, Environment):
            found = kept = keep(store, key, found)
        elif found.untested is not None:
            kept = _instead(store, f"{key}-untested", found.untested)
            found = replace(found, untested=kept)
        if kept is not None and kept.folder.is_relative_to(folder):
            undo.pop_all()
    return found


def _instead(store: Path, key: str, environment: Environment) -> Environment:
    """Kept for this job alone: the next one tries again, and takes its place."""
    leftovers.remove(store / key)
    return keep(store, key, environment)
