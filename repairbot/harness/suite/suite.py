"""Runs a target's tests once, on one side, in a pristine tree: what to run in, what each test did out."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field

from repairbot.harness.environment.environment import Environment
from repairbot.harness.environment.generated import put_back
from repairbot.harness.session import Bench, Side
from repairbot.harness.suite.report import read_run
from repairbot.harness.suite.runs import SuiteRun
from repairbot.harness.suite.watched import WatchedSite

FILES_LIMIT = 100


@dataclass(frozen=True, slots=True)
class Ask:
    """Which tests to run and what to watch. Paths are relative to the tree.

    `only` names tests, `only_files` test files, `first_files` those to begin with; `lines` are watched for who
    executes them, `sites` for what object each meets.
    """

    collect_only: bool = False
    only: tuple[str, ...] | None = None
    only_files: frozenset[str] | None = None
    first_files: frozenset[str] = frozenset()
    lines: Mapping[str, frozenset[int]] = field(default_factory=dict)
    sites: tuple[WatchedSite, ...] = ()
    seconds: float = 600.0


def run_suite(bench: Bench, environment: Environment, side: Side, ask: Ask) -> SuiteRun:
    """One run of the tests in a new copy of one side's tree."""
    what = "collect" if ask.collect_only else f"tests {side}"
    with bench.trees(side) as tree:
        put_back(environment.folder / "generated", environment.generated, tree)
        ran = bench.run(
            what,
            command(bench, environment, ask),
            tree,
            binds=[*environment.binds(bench.sandbox), bench.plugins()],
            seconds=ask.seconds,
            env=_env(bench, environment, ask),
            given=_given(bench, ask),
            network=environment.network,
        )
    lines = ran.out / "lines.jsonl" if ask.lines or ask.sites else None
    return read_run(ran.out / "report.jsonl", lines, bench.at("repo"), ran.ended)


def command(bench: Bench, environment: Environment, ask: Ask) -> list[str]:
    """pytest itself, or the target's own command, which passes our options on to pytest through the environment."""
    if environment.test_command is not None:
        return ["/bin/sh", "-c", environment.test_command]
    python = environment.python_at(bench.sandbox)
    return [python, "-m", "pytest", *options(bench, environment, ask), *(_files(bench, environment, ask))]


def _files(bench: Bench, environment: Environment, ask: Ask) -> list[str]:
    """For a few tests, only their files: the rest need not be collected. Safe where the configuration can be named."""
    if environment.files or environment.inifile is None or ask.only is None:
        return list(environment.files)
    files = sorted({test.split("::", maxsplit=1)[0] for test in ask.only})
    if len(files) > FILES_LIMIT or any(file.startswith("-") for file in files):
        return []
    root = bench.at("repo")
    return ["-c", f"{root}/{environment.inifile}", "--rootdir", root, *files]


def options(bench: Bench, environment: Environment, ask: Ask) -> list[str]:
    words = ["-p", "repairbot_report", "-p", "repairbot_limit", "-p", "repairbot_select", "-p", "repairbot_lines"]
    # Not `-p no:cacheprovider`: a target that gives --cache-clear could not start.
    words += ["-o", f"cache_dir={bench.at('out', 'cache')}", "--continue-on-collection-errors", "--maxfail=0"]
    words += ["-q", "--tb=short", "-p", "no:randomly", *environment.options]
    if environment.has("pytest-xdist"):
        words.append("-n0")
    if environment.has("pytest-cov"):
        words.append("--no-cov")
    if environment.has("pytest-timeout") and not environment.limits_tests:
        words.append(f"--timeout={bench.patience.test:g}")
    return [*words, "--collect-only"] if ask.collect_only else words


def _env(bench: Bench, environment: Environment, ask: Ask) -> dict[str, str]:
    env = {
        **environment.env(bench.sandbox),
        "REPAIRBOT_REPORT": bench.at("out", "report.jsonl"),
        "REPAIRBOT_SELECT": bench.at("given", "select.json"),
    }
    if not environment.has("pytest-timeout"):
        env["REPAIRBOT_TEST_SECONDS"] = f"{bench.patience.test:g}"
    if ask.lines or ask.sites:
        env["REPAIRBOT_LINES"] = bench.at("given", "lines.json")
        env["REPAIRBOT_SITES"] = bench.at("given", "sites.json")
        env["REPAIRBOT_LINES_OUT"] = bench.at("out", "lines.jsonl")
    if environment.test_command is not None:
        env["PYTEST_ADDOPTS"] = shlex.join(options(bench, environment, ask))
        env["TOX_OVERRIDE"] = "testenv.pass_env+=PYTEST_ADDOPTS,PYTHONPATH,REPAIRBOT_*"
    return env


def _given(bench: Bench, ask: Ask) -> dict[str, str]:
    def inner(paths: frozenset[str]) -> list[str]:
        return [bench.at("repo", path) for path in sorted(paths)]

    select = {
        "only": None if ask.only is None else list(ask.only),
        "only_files": None if ask.only_files is None else inner(ask.only_files),
        "first_files": inner(ask.first_files),
    }
    lines = {bench.at("repo", path): sorted(numbers) for path, numbers in ask.lines.items()}
    sites: dict[str, list[object]] = {}
    for number, site in enumerate(ask.sites):
        sites.setdefault(bench.at("repo", site.path), []).append(site.asked(number))
    return {"select.json": json.dumps(select), "lines.json": json.dumps(lines), "sites.json": json.dumps(sites)}
