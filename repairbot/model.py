"""The values every stage passes on: places, evidence, findings and what became of each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Origin(StrEnum):
    """Where a definition was read."""

    SOURCE = "source"
    STDLIB = "stdlib"
    ENVIRONMENT = "environment"
    STUB = "stub"
    RUN = "run"  # seen when the code ran


class Disposition(StrEnum):
    """What becomes of a finding (docs: design section 2)."""

    FIX = "fix"
    REFUSE = "refuse"
    EXPECTED = "expected"
    WITHDRAWN = "withdrawn"


class Safety(StrEnum):
    """Whether a fix is applied by default."""

    SAFE = "safe"
    UNSAFE = "unsafe"


@dataclass(frozen=True, slots=True, order=True)
class Region:
    """A stretch of one file: lines and columns count from 1, columns in code points, the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """One link of the chain from an expression to the definition that decides it."""

    path: str
    line: int
    text: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class TextEdit:
    """A replacement of one region of the unmodified file."""

    path: str
    region: Region
    replacement: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A place where a construct is used on an object that lacks the protocol it needs."""

    rule: str
    path: str
    region: Region
    message: str
    expression: str
    disposition: Disposition
    safety: Safety | None
    reason: str | None
    fingerprint: str
    group: str | None
    edits: tuple[TextEdit, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Undecided:
    """A site whose object could not be resolved; the last link of its evidence is the first Unknown."""

    rule: str
    path: str
    region: Region
    expression: str
    reason: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was not scanned; kind is a short stable word such as `syntax-error` or `not-utf-8`."""

    path: str
    kind: str
    reason: str
