"""The place where a target's code runs: its sandbox, pristine trees for it, a folder that keeps what comes out."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from repairbot.harness import inside
from repairbot.harness.sandbox.sandbox import Sandbox
from repairbot.harness.sandbox.values import Bind
from repairbot.process.run import USUAL, Ended, Limits, Progress


class Side(StrEnum):
    """Which of the two trees: without the change, or with it."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds that each phase may take; `ladder` is for all ways of installing together."""

    install: float = 600.0
    ladder: float = 1800.0
    collect: float = 180.0
    suite: float = 600.0
    test: float = 120.0


@dataclass(frozen=True, slots=True)
class Ran:
    """One command inside the sandbox: how it ended, and the folder that it could write to."""

    ended: Ended
    out: Path


@dataclass
class Bench:
    """`trees` gives a new pristine copy of one side, which is gone when the block ends; `folder` is private, and ours.

    Everything that target code may see is copied under `folder` first: without a file system of its own in the sandbox,
    what is bound is moved for the time of the run.
    """

    sandbox: Sandbox
    trees: Callable[[Side], AbstractContextManager[Path]]
    folder: Path
    patience: Patience = field(default_factory=Patience)
    watch: Callable[[str, Progress], None] | None = None
    _runs: int = 0

    def at(self, *parts: str) -> str:
        return self.sandbox.at(*parts)

    def tool(self, source: Path) -> Bind:
        """The folder `tools` with a copy of a program of ours."""
        place = self.folder / "tools" / source.name
        if not place.exists():
            place.parent.mkdir(exist_ok=True)
            shutil.copy2(source, place)
            place.chmod(0o755)
        return Bind(place.parent, self.at("tools"))

    def plugins(self) -> Bind:
        """What of ours runs on the target's Python, at `inside`."""
        place = self.folder / "inside"
        if not place.exists():
            shutil.copytree(Path(inside.__file__).parent, place, ignore=shutil.ignore_patterns("__pycache__"))
        return Bind(place, self.at("inside"))

    def run(
        self,
        what: str,
        argv: Sequence[str],
        tree: Path,
        *,
        binds: Sequence[Bind],
        seconds: float,
        env: Mapping[str, str],
        given: Mapping[str, str] | None = None,
        network: bool = False,
    ) -> Ran:
        """Run one command in `tree`. `given` are files it can read at `given`; what it writes to `out` is kept."""
        self._runs += 1
        place = self.folder / f"{self._runs:03}-{what.replace(' ', '-')}"
        for folder in ("given", "out"):
            (place / folder).mkdir(parents=True)
        for name, text in (given or {}).items():
            (place / "given" / name).write_text(text, encoding="utf-8")
        # bubblewrap enters the folder before it becomes the user that the folder is given to.
        tree.chmod(tree.stat().st_mode | 0o111)
        watch, told = self.watch, what
        ended = self.sandbox.run(
            argv,
            binds=[
                Bind(tree, self.at("repo"), writable=True),
                Bind(place / "given", self.at("given")),
                Bind(place / "out", self.at("out"), writable=True),
                *binds,
            ],
            cwd=self.at("repo"),
            output=place / "log",
            limits=Limits(seconds=seconds, memory_bytes=USUAL.memory_bytes, processes=USUAL.processes),
            network=network,
            env=env,
            watch=None if watch is None else lambda progress: watch(told, progress),
        )
        return Ran(ended, place / "out")
