"""A unified diff as lines that say what they are, the Python in them coloured by what its words are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from pygments.lexers.python import PythonLexer
from pygments.token import Comment, Keyword, Name, Number, Operator, String

from repairbot.render.escape.visible import visible

_LONGEST = 400  # characters of a line, and
_MOST = 2000  # lines of a diff, that are worth colouring
_CLASSES = (
    (Comment, "comment"),
    (String, "string"),
    (Number, "number"),
    (Keyword, "keyword"),
    (Operator.Word, "keyword"),
    (Name.Decorator, "decorator"),
    (Name.Function, "function"),
    (Name.Class, "function"),
    (Name.Builtin, "builtin"),
)


@dataclass(frozen=True, slots=True)
class Word:
    """Text and what it is in Python; the class is empty for what has no colour."""

    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class DiffLine:
    """`kind` is `file`, `hunk`, `removed`, `added` or `same`; `sign` is what the line begins with."""

    kind: str
    sign: str
    words: tuple[Word, ...]


def diff_lines(diff: str) -> tuple[DiffLine, ...]:
    lines = [_line(raw.removesuffix("\r")) for raw in diff.removesuffix("\n").split("\n")]
    if len(lines) > _MOST:
        return tuple(lines)
    return tuple(one for block in _blocks(lines) for one in _coloured(block))


def _line(raw: str) -> DiffLine:
    for start, kind in (("diff ", "file"), ("--- ", "file"), ("+++ ", "file"), ("@@", "hunk"), ("\\", "hunk")):
        if raw.startswith(start):
            return DiffLine(kind, "", (Word(_shown(raw)),))
    kind = {"-": "removed", "+": "added"}.get(raw[:1], "same")
    return DiffLine(kind, raw[:1] or " ", (Word(_shown(raw[1:])),))


def _shown(text: str) -> str:
    return visible(text.replace("\t", "    "))


def _blocks(lines: Iterable[DiffLine]) -> Iterator[list[DiffLine]]:
    """Stretches of code, and of lines that are none."""
    return (list(block) for _, block in groupby(lines, key=lambda one: one.kind in {"file", "hunk"}))


def _coloured(block: Sequence[DiffLine]) -> Iterator[DiffLine]:
    """Each side is read as a whole, because a string may go over several lines."""
    if block[0].kind in {"file", "hunk"} or any(len(one.words[0].text) > _LONGEST for one in block):
        yield from block
        return
    sides = {
        side: iter(_words([one.words[0].text for one in block if one.kind != side])) for side in ("removed", "added")
    }
    for one in block:
        after = next(sides["removed"]) if one.kind != "removed" else ()
        before = next(sides["added"]) if one.kind != "added" else ()
        yield replace(one, words=after or before)


def _words(lines: Sequence[str]) -> list[tuple[Word, ...]]:
    """Where a side begins or ends within a string, nobody can tell which lines it holds: each is read by itself."""
    text = "\n".join(lines)
    if any(text.count(quotes) % 2 for quotes in ('"""', "'''")):
        return [words for line in lines for words in _read(line)]
    return _read(text)


def _read(text: str) -> list[tuple[Word, ...]]:
    done: list[list[Word]] = [[]]
    for kind, part in PythonLexer(stripnl=False, ensurenl=False).get_tokens(text):
        first, *rest = part.split("\n")
        named = next((name for token, name in _CLASSES if kind in token), "")
        done[-1].append(Word(first, named))
        done += ([Word(piece, named)] for piece in rest)
    return [tuple(word for word in line if word.text) for line in done]
