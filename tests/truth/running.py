"""Start the probing program and ask it what projects do when they are run."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self


class Place(NamedTuple):
    """A site: the file, the construct, and where the expression of its object ends."""

    path: str
    construct: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Reach:
    """One object that came to a site, and which constructs it offers."""

    place: Place
    type: str
    offers: Mapping[str, bool]
    is_async_generator: bool

    @property
    def works(self) -> bool:
        return self.offers[self.place.construct]


@dataclass(frozen=True, slots=True)
class Run:
    """What one entry of a project did; the entry "" is the import of its modules."""

    entry: str
    log: tuple[str, ...]
    reaches: tuple[Reach, ...]
    error: tuple[str, str, str, int] | None


class Runner:
    """Use it with `with`: the process is started once and runs many projects, each in a fork of its own."""

    def __init__(self, seconds: int = 5) -> None:
        self._seconds = seconds

    def __enter__(self) -> Self:
        program = Path(__file__).with_name("probe.py")
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-W", "ignore", str(program)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()
        if self._process.stdout:
            self._process.stdout.close()

    def runs(self, root: Path, package: str, flags: Mapping[str, bool]) -> tuple[Run, ...]:
        """What a package of the project at `root` does with the flags set so."""
        task = {"root": str(root.resolve()), "package": package, "flags": dict(flags), "seconds": self._seconds}
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(task) + "\n")
        self._process.stdin.flush()
        return tuple(map(_run, json.loads(self._process.stdout.readline())))


def _run(found: dict[str, Any]) -> Run:
    error = found["error"]
    return Run(
        found["entry"], tuple(found["log"]), tuple(map(_reach, found["reaches"])), tuple(error) if error else None
    )


def _reach(found: list[Any]) -> Reach:
    *place, kind, offers, is_async_generator = found
    return Reach(Place(*place), kind, offers, is_async_generator)
