"""The rows of `iterating.toml`: how the entered objects of libraries are iterated."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("iterating.toml")
_KEYS = {"name", "read", "source", "from", "before", "opened", "names", "way"}
_PIECES = ("lines", "chunks", "items")


@dataclass(frozen=True, slots=True)
class WayRow:
    """One way of iterating an object; the head of `iterating.toml` says what each field means."""

    after: str
    pieces: str
    elements: str | None
    element_names: frozenset[str] | None
    bare: bool
    doubt: str | None
    example: str


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A class of a library: all public names of its objects, and how they are iterated.

    `imports`, `before` and `opened` are code that enters one, for the tests.
    """

    name: str
    read: str
    source: str
    imports: str
    before: str
    opened: str
    names: frozenset[str]
    ways: tuple[WayRow, ...]


@cache
def rows() -> dict[tuple[str, str], ClassRow]:
    """Return the rows by top package and class name."""
    found: dict[tuple[str, str], ClassRow] = {}
    for entry in tomllib.loads(_FILE.read_text(encoding="utf-8"))["class"]:
        row = _class(entry)
        package, _, name = row.name.rpartition(".")
        found[package, name] = row
    return found


def _class(entry: dict[str, Any]) -> ClassRow:
    if unknown := entry.keys() - _KEYS:
        raise ValueError(f"{_FILE.name}: {entry.get('name')} has unknown keys {sorted(unknown)}")
    return ClassRow(
        entry["name"],
        entry["read"],
        entry["source"],
        entry.get("from", ""),
        entry.get("before", ""),
        entry.get("opened", ""),
        frozenset(entry["names"]),
        tuple(_way(way) for way in entry.get("way", ())),
    )


def _way(entry: dict[str, Any]) -> WayRow:
    pieces = entry["pieces"]
    if pieces not in _PIECES:
        raise ValueError(f"{_FILE.name}: pieces is one of {_PIECES}, not {pieces!r}")
    names = entry.get("element_names")
    return WayRow(
        entry["after"],
        pieces,
        entry.get("elements"),
        None if names is None else frozenset(names),
        entry.get("bare", False),
        entry.get("doubt"),
        entry["example"],
    )
