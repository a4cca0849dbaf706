"""Globs as in a .gitignore file, matched in time that grows with the path and not with the number of stars."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from repairbot.errors import UsageError

# The pieces of the regular expressions that pathspec makes of globs: `*`, `/**/`, and what stands for one character.
_STAR = "[^/]*"
_FOLDERS = "(?:/.+)?/"
_PIECE = re.compile(r"\[\^/\]\*|\(\?:/\.\+\)\?/|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.", re.DOTALL)
_FRAME = re.compile(
    r"(?P<head>\^(?:\(\?:\.\+/\)\?)?)(?P<body>.*?)(?P<tail>\(\?:\(\?P<ps_d>/\)\|\$\)|\(\?P<ps_d>/\)|/)", re.DOTALL
)


def excluder(globs: Sequence[str]) -> Callable[[str], bool]:
    """Whether `globs`, written as in a .gitignore file, match a path; a directory's path ends in "/".

    Raises UsageError.
    """
    if not globs:
        return _nothing
    # Slow to import, and most scans exclude nothing.
    from pathspec import GitIgnoreSpec
    from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

    class Linear(GitIgnoreSpecPattern):
        @classmethod
        def pattern_to_regex(cls, pattern):  # type: ignore[no-untyped-def]
            regex, include = super().pattern_to_regex(pattern)
            return (regex if regex is None else linear(regex)), include

    try:
        return GitIgnoreSpec.from_lines(globs, Linear, backend="simple").match_file
    except ValueError as error:
        raise UsageError(f"exclude: {error}; write globs as in a .gitignore file, for example 'vendor/'") from None


def _nothing(_path: str) -> bool:
    return False


def linear(regex: str) -> str:
    """Return a regular expression that matches the same without trying several places for any star but the last.

    What stands between two stars may always be taken where it comes first: a later place only leaves less for the rest.
    """
    framed = _FRAME.fullmatch(regex)
    if framed is None:
        return regex
    first, *others = _parted(_PIECE.findall(framed["body"]), _FOLDERS)
    between = "".join(f"(?>(?:/.+?)??/{_segments(other)}(?=/))" for other in others[:-1])
    last = f"{_FOLDERS}{_segments(others[-1])}" if others else ""
    return framed["head"] + _segments(first) + between + last + framed["tail"]


def _segments(pieces: Sequence[str]) -> str:
    return "/".join(_segment(segment) for segment in _parted(pieces, "/"))


def _segment(pieces: Sequence[str]) -> str:
    first, *others = ("".join(part) for part in _parted(pieces, _STAR))
    if not others:
        return first
    between = "".join(f"(?>{_STAR}?{part})" for part in others[:-1] if part)
    return f"{first}{between}{_STAR}{others[-1]}"


def _parted(pieces: Sequence[str], separator: str) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for piece in pieces:
        if piece == separator:
            parts.append([])
        else:
            parts[-1].append(piece)
    return parts
