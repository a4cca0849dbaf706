"""The rows of `entry_points.toml`: how control enters a program, one row for each way a framework has."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("entry_points.toml")


@dataclass(frozen=True, slots=True)
class Row:
    """One way in. `libraries` are top-level packages; the names are the ends of dotted names inside them.

    A function matches by its decorator, by being passed to a `call` (by one of `keywords` where those are given), as
    one of `methods` of a class below one of `bases`, or in an attribute of a class named like one of `bases`.
    `place` is `main` for what runs as a program and `test` for what pytest collects by its name.
    `named`: the first text of the decorator or call is what it is called.
    `asked_by_name`: others get what it gives by naming it as a parameter, as pytest's fixtures are.
    """

    kind: str
    production: bool
    libraries: tuple[str, ...]
    decorator: tuple[str, ...] = ()
    call: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()
    place: str = ""
    named: bool = True
    asked_by_name: bool = False


@dataclass(frozen=True, slots=True)
class Example:
    """A module in which `broken` of the module `core` is reached through the row, and by which name it must be found;
    `file` is what the module is called."""

    row: Row
    text: str
    name: str
    file: str


@dataclass(frozen=True, slots=True)
class Rows:
    """All rows, by the last part of each name that they look for."""

    all: tuple[Row, ...]
    by_decorator: Mapping[str, tuple[Row, ...]]
    by_call: Mapping[str, tuple[Row, ...]]
    classes: tuple[Row, ...]
    by_place: Mapping[str, Row]


@cache
def rows() -> Rows:
    found = tuple(_row(entry) for entry in _entries())
    return Rows(
        all=found,
        by_decorator=_by_last_part((name, row) for row in found for name in row.decorator),
        by_call=_by_last_part((name, row) for row in found for name in row.call),
        classes=tuple(row for row in found if row.bases),
        by_place={row.place: row for row in found if row.place},
    )


def examples() -> list[Example]:
    """Every row's examples; a row without one is an error."""
    return [
        Example(_row(entry), example["text"], example["name"], example.get("file", "app.py"))
        for entry in _entries()
        for example in entry["examples"]
    ]


def _entries() -> list[dict[str, Any]]:
    return list(tomllib.loads(_FILE.read_text(encoding="utf-8"))["row"])


def _row(entry: Mapping[str, Any]) -> Row:
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in entry.items() if key != "examples"
    }
    return Row(**values)


def _by_last_part(pairs: Any) -> Mapping[str, tuple[Row, ...]]:
    found: defaultdict[str, dict[Row, None]] = defaultdict(dict)
    for name, row in pairs:
        found[name.rpartition(".")[2]][row] = None
    return {name: tuple(some) for name, some in found.items()}
