"""What the LibCST process is asked and what it answers; plain data that travels as JSON."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """One construct of the statement: where its `async` stands (lines from 1, columns from 0, in the job's text).

    `iterate` asks for the entered object to be iterated under `name`, without `enter` for the object itself to be
    iterated, with `after` behind it; without `is_async` the inner loop is a plain `for`. Without `as_target` the target
    is not bound; `whole` says that a comprehension is all of an assigned, returned or awaited value, so it needs no
    parentheses.
    """

    line: int
    column: int
    iterate: bool
    name: str
    as_target: bool = True
    whole: bool = False
    after: str = ""
    is_async: bool = True
    enter: bool = True


@dataclass(frozen=True, slots=True)
class Job:
    """One statement, as complete physical lines, and what to rewrite in it."""

    text: str
    line_end: str
    indent: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The rewritten lines, or why there are none."""

    text: str | None
    refused: str | None
