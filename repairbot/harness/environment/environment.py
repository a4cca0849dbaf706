"""The environment that a target's tests run in, and the record of every way that was tried to get it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from repairbot.harness.environment.pythons import Interpreter
from repairbot.harness.sandbox.sandbox import Sandbox
from repairbot.harness.sandbox.values import Bind
from repairbot.harness.suite.runs import CollectProblem

_SYSTEM_PATH = "/usr/local/bin:/usr/bin:/bin"


@dataclass(frozen=True, slots=True)
class Step:
    """One command of an attempt, as the sandbox ran it."""

    what: str
    command: tuple[str, ...]
    seconds: float
    ended: str
    ok: bool
    log: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """One rung of the ladder: what was tried, why, and what came of it as one sentence."""

    recipe: str
    why: str
    python: str
    steps: tuple[Step, ...]
    result: str
    collected: int
    works: bool


@dataclass(frozen=True, slots=True)
class Environment:
    """An environment in which the target's tests are collected.

    `folder` holds it on this machine: `venv`, and under `generated` the files that building left in the tree, which go
    into every pristine copy. `packages` is what is installed, `added` what we put in beyond the recipe. `files` are
    given to pytest when its defaults find nothing, `options` are further options of pytest that it needs here.
    """

    folder: Path
    interpreter: Interpreter
    python_why: str
    recipe: str
    why: str
    attempts: tuple[Attempt, ...] = ()
    packages: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    era: date | None = None  # packages are not newer than this
    generated: tuple[str, ...] = ()
    import_roots: tuple[str, ...] = ()
    variables: tuple[tuple[str, str], ...] = ()
    inifile: str | None = None  # the pytest configuration at the root
    files: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    plugins: tuple[str, ...] = ()
    limits_tests: bool = False  # the target sets a time limit for each test itself
    test_command: str | None = None
    network: bool = False
    collected: int = 0
    problems: tuple[CollectProblem, ...] = ()
    reused: bool = False

    @property
    def best_effort(self) -> bool:
        """The tests may behave differently from how they do for the target's developers."""
        return bool(self.added or self.options or self.files or self.problems)

    def has(self, plugin: str) -> bool:
        return plugin in {name.lower().replace("_", "-") for name in self.plugins}

    def binds(self, sandbox: Sandbox, *, writable: bool = False) -> tuple[Bind, ...]:
        return (
            Bind(self.folder / "venv", sandbox.at("venv"), writable=writable),
            Bind.same(self.interpreter.prefix),
        )

    def python_at(self, sandbox: Sandbox) -> str:
        return sandbox.at("venv", "bin", "python")

    def env(self, sandbox: Sandbox) -> Mapping[str, str]:
        """What every process in the environment gets; tests and tools expect its programs on the path."""
        venv = sandbox.at("venv")
        roots = [sandbox.at("repo", root) if root else sandbox.at("repo") for root in self.import_roots]
        return {
            **dict(self.variables),
            "PATH": f"{venv}/bin:{_SYSTEM_PATH}",
            "VIRTUAL_ENV": venv,
            "PYTHONPATH": ":".join([sandbox.at("inside"), *roots]),
            "PYTHONHASHSEED": "0",
            "PYTHONDONTWRITEBYTECODE": "1",
            "CI": "true",
            "TERM": "dumb",
            "NO_COLOR": "1",
            "COLUMNS": "200",
        }


@dataclass(frozen=True, slots=True)
class NoEnvironment:
    """No way led to tests that can be collected; `reason` is one sentence.

    `untested` is what was installed all the same, for whatever only imports the target.
    """

    reason: str
    attempts: tuple[Attempt, ...] = ()
    untested: Environment | None = None
