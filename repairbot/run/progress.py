"""How a job says what it is doing: phases with their seconds, sentences, and signs of life of what runs inside."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Protocol

from repairbot.evidence.observed import Phase
from repairbot.harness.environment.credentials import Redaction
from repairbot.process.run import Progress


class Telling(Protocol):
    """Who listens. What `watch` passes on was printed by target code."""

    def begins(self, phase: str) -> None: ...

    def ends(self, phase: str, seconds: float) -> None: ...

    def says(self, text: str) -> None: ...

    def watch(self, what: str, progress: Progress) -> None: ...


class Discreet:
    """Passes on what it hears, without the credentials that `redaction` knows."""

    def __init__(self, listener: Telling, redaction: Redaction) -> None:
        self._listener = listener
        self._redaction = redaction

    def begins(self, phase: str) -> None:
        self._listener.begins(phase)

    def ends(self, phase: str, seconds: float) -> None:
        self._listener.ends(phase, seconds)

    def says(self, text: str) -> None:
        self._listener.says(self._redaction.text(text))

    def watch(self, what: str, progress: Progress) -> None:
        self._listener.watch(what, replace(progress, last_line=self._redaction.cut(progress.last_line)))


class Clock:
    """Tells and records the phases of one job."""

    def __init__(self, telling: Telling) -> None:
        self.telling = telling
        self.phases: list[Phase] = []
        self._started = time.monotonic()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._started

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        self.telling.begins(name)
        started = time.monotonic()
        try:
            yield
        finally:
            seconds = time.monotonic() - started
            self.phases.append(Phase(name, round(seconds, 2)))
            self.telling.ends(name, seconds)
