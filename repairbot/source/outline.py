"""What a file may set, subclass or rename, from its bytes alone: an index of every source file, made in one pass."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from repairbot.source.tree import Tree

# Each pattern begins with a letter or a dot, which makes `re` about as fast as a search for that byte. They find too
# much rather than too little: what is really there is read from the trees of the few files that hold a name asked for.
_SET = re.compile(rb"\.(\w++)[ \t]*+(?:[-+*/%@&|^<>]{0,3}=(?!=)|[,)\]:\r\n;#\\]|in\b|(?<=__dict__)[\[.])")
_HEADER = re.compile(rb"class[ \t]++\w++[^\n(:]*+\(([^:#]*+)")
_MADE = (re.compile(rb"type\([^()]*+\(([^()]*+)"), re.compile(rb"_class\([^()]*+\(([^()]*+)"))
# Bases that are no plain names: starred, called, or taken out of something.
_ODD = re.compile(rb"[*(\"'\d]")
_RENAMED = re.compile(rb"as[ \t](?=[ \t]*\w)")
_ASSIGNED = re.compile(rb"= (?:\w++\.)*+(\w++)(?:\[[^\n=]*\])?[ \t]*+(?:\r?\n|#|;|$)")
_WORD = re.compile(rb"\w++")
_NAMED = re.compile(rb"\w++(?=[\"']|[ \t]?=[^=])")
_WORD_BEFORE = re.compile(rb"(\w++)[ \t\\\r\n]++$")
# Ways of setting something whose name does not stand behind a dot, and how far behind them it may stand.
_INDIRECT = (b"setattr", b"patch", b"vars(", b"__dict__")
_REACH = 300
_RENAMED_WORD = re.compile(rb"patch as (\w++)")


@dataclass(frozen=True, slots=True)
class Outline:
    """One file. All names are as they are written: what they mean is for the resolver to find out.

    `sets`: names that may be set behind a dot; `quoted`: words near what sets by a string or a keyword; `bases`: words
    among the bases of classes; `renamed`: names that may get another one; `odd`: whether a base is no plain name.
    """

    sets: frozenset[bytes]
    quoted: frozenset[bytes]
    bases: frozenset[bytes]
    renamed: frozenset[bytes]
    odd: bool


def outline(data: bytes) -> Outline:
    """The outline of one file."""
    sets = frozenset(_SET.findall(data))
    headers = _HEADER.findall(data)
    bases = [*headers, *(made for pattern in _MADE for made in pattern.findall(data))]
    return Outline(
        sets,
        frozenset(_near(data, _INDIRECT if b"__dict__" in sets else _INDIRECT[:-1])),
        frozenset(_WORD.findall(b" ".join(bases))),
        frozenset(_ASSIGNED.findall(data)).union(_renamed(data)),
        any(_ODD.search(one) for one in headers),
    )


def _near(data: bytes, words: Iterable[bytes]) -> Iterable[bytes]:
    for word in (*words, *_RENAMED_WORD.findall(data)) if b"patch as " in data else words:
        place = data.find(word)
        while place >= 0:
            if word == b"patch" and data[place - 1 : place].isalpha():  # `dispatch`; `monkeypatch` sets by `setattr`
                place = data.find(word, place + len(word))
                continue
            end, following = place + _REACH, data.find(word, place + len(word))
            while 0 <= following < end:
                end, following = following + _REACH, data.find(word, following + len(word))
            yield word
            yield from _NAMED.findall(data, place, end)
            place = following


def _renamed(data: bytes) -> Iterable[bytes]:
    for match in _RENAMED.finditer(data):
        before = _WORD_BEFORE.search(data, max(0, match.start() - 80), match.start())
        if before:
            yield before[1]


class Outlines:
    """The outlines of all source files of a project, and which of them hold a name."""

    def __init__(self, by_path: Mapping[str, Outline]) -> None:
        self.by_path = by_path

    def changed(self, changes: Mapping[str, bytes]) -> Outlines:
        """The same project with some files replaced or added."""
        return Outlines({**self.by_path, **{path: outline(data) for path, data in changes.items()}})

    @cached_property
    def setting(self) -> Mapping[bytes, Sequence[str]]:
        """The files that may set a name behind a dot."""
        return self._inverted(lambda one: one.sets)

    @cached_property
    def quoting(self) -> Mapping[bytes, Sequence[str]]:
        """The files that may set a name by a string or a keyword; those that set any by a word such as `setattr`."""
        return self._inverted(lambda one: one.quoted)

    @cached_property
    def subclassing(self) -> Mapping[bytes, Sequence[str]]:
        """The files with a class whose bases mention a name."""
        return self._inverted(lambda one: one.bases)

    @cached_property
    def renaming(self) -> Mapping[bytes, Sequence[str]]:
        """The files that may give a name another one."""
        return self._inverted(lambda one: one.renamed)

    def prepare(self) -> None:
        """Make all that is remembered, before processes that share it are forked."""
        for made in (self.setting, self.quoting, self.subclassing, self.renaming, self.odd, self.beside):
            len(made)

    @cached_property
    def odd(self) -> Sequence[str]:
        """The files with a class that has a base that is no plain name."""
        return [path for path, one in self.by_path.items() if one.odd]

    @cached_property
    def beside(self) -> Mapping[str, Sequence[str]]:
        """The files of each folder."""
        found: dict[str, list[str]] = {}
        for path in self.by_path:
            found.setdefault(path.rpartition("/")[0], []).append(path)
        return found

    def _inverted(self, names: Callable[[Outline], Iterable[bytes]]) -> Mapping[bytes, Sequence[str]]:
        found: dict[bytes, list[str]] = {}
        for path, one in self.by_path.items():
            for name in names(one):
                found.setdefault(name, []).append(path)
        return found


def outlines(tree: Tree, paths: Iterable[str]) -> Outlines:
    """The outlines of some files. One that cannot be read has none."""
    found = {}
    for path in paths:
        try:
            found[path] = outline(tree.read(path))
        except OSError:
            continue
    return Outlines(found)
