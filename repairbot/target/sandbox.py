"""Runs the target's code at one level of isolation: command, binds and limits in, how it ended out."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from repairbot.process import Ended, Limits, Progress
from repairbot.target.sandbox_values import Bind, InForce, Level


class Sandbox:
    """One place for many runs. `folder` is an existing private directory of ours, best on the workspace's file system.

    With a file system of its own, target code sees `/box`; without one the same names lie in `folder`, and what is
    bound is moved there for the time of the run. So always build inner paths with `at`.
    """

    def __init__(self, level: Level, folder: Path) -> None:
        self.level = level
        self.folder = folder

    def at(self, *parts: str) -> str:
        """The path of a name inside: `at("repo")` is the same for every run, whatever is bound there."""
        return os.path.join("/box" if self.level.kind.own_root else str(self.folder / "box"), *parts)

    def in_force(self, limits: Limits, network: bool = False) -> InForce:
        raise NotImplementedError

    def run(
        self,
        argv: Sequence[str],
        *,
        binds: Sequence[Bind],
        cwd: str,
        output: Path,
        limits: Limits = Limits(),
        network: bool = False,
        env: Mapping[str, str] = {},
        watch: Callable[[Progress], None] | None = None,
    ) -> Ended:
        """Run `argv`; `cwd` and all paths in it are inner paths, `output` (a new file, outside the binds) is ours.

        The environment is PATH, HOME, TMPDIR, USER, LOGNAME, LANG and what `env` adds or replaces, never ours.
        HOME and the temporary directory are new and empty for each run unless a bind is put at `at("home")`.
        """
        raise NotImplementedError
