"""Tracebacks in what a program logged: text in, the frames and the error of each out. Hostile text, only ever read."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

_FRAME = re.compile(r'File "(?P<path>[^"\n]+)", line (?P<line>\d+)(?:, in (?P<function>[^\n]+))?')
_ERROR = re.compile(
    r"(?:^|[\s|])(?P<error>[A-Za-z_][\w.]*(?:Error|Exception|Warning|Interrupt|Exit|Group)\b(?:: .*)?)$"
)
_MARK = "Traceback (most recent call last)"
_DEEPEST = 20  # objects within objects of a JSON log


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame as Python printed it; `code` is the source line below it, empty when there was none."""

    path: str
    line: int
    function: str
    code: str


@dataclass(frozen=True, slots=True)
class Traceback:
    """An error, as `TypeError: …`, and its frames, the innermost last."""

    frames: tuple[Frame, ...]
    error: str


def tracebacks(log: str) -> list[Traceback]:
    """All tracebacks of a log: plain text, or JSON, whole or a document a line, with the text in any of its fields."""
    found = (one for text in _texts(log) for one in _in_text(text))
    return list(dict.fromkeys(found))


def _texts(log: str) -> Iterator[str]:
    plain = []
    whole = _json(log)
    if whole is not None:
        yield from _strings(whole)
        return
    for line in log.splitlines():
        value = _json(line)
        if value is None:
            plain.append(line)
        else:
            yield from _strings(value)
    yield "\n".join(plain)


def _json(text: str) -> object:
    """An object or array; None for anything else."""
    if not text.lstrip().startswith(("{", "[")):
        return None
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict | list) else None


def _strings(value: object, depth: int = 0) -> Iterator[str]:
    match value:
        case str() if _MARK in value:
            yield value
        case dict() if depth < _DEEPEST:
            for item in value.values():
                yield from _strings(item, depth + 1)
        case list() if depth < _DEEPEST:
            for item in value:
                yield from _strings(item, depth + 1)


def _in_text(text: str) -> Iterator[Traceback]:
    frames: list[Frame] = []
    lines = text.splitlines()
    for number, line in enumerate(lines):
        frame = _FRAME.search(line)
        if frame is not None:
            prefix = len(line[: frame.start()].rstrip())  # what a logger puts before each line
            code = lines[number + 1][prefix:].strip(" |\t") if number + 1 < len(lines) else ""
            code = "" if _FRAME.search(code) else code
            frames.append(Frame(frame["path"], int(frame["line"]), (frame["function"] or "").strip(), code))
            continue
        error = _ERROR.search(line)
        if error is not None and frames and not (frames[-1].code and line.endswith(frames[-1].code)):
            yield Traceback(tuple(frames), error["error"])
            frames = []
        elif _MARK in line:
            frames = []


def file_for(path: str, known: Collection[str]) -> str | None:
    """The file of the target that a path of another machine means: the one that shares the most of its end.

    None when no file has its name, or several share as much.
    """
    parts = path.replace("\\", "/").split("/")
    shared = {candidate: _shared(parts, candidate.split("/")) for candidate in known if candidate.endswith(parts[-1])}
    most = max(shared.values(), default=0)
    best = [candidate for candidate, count in shared.items() if count == most]
    return best[0] if most and len(best) == 1 else None


def _shared(parts: list[str], own: list[str]) -> int:
    count = 0
    for one, other in zip(reversed(parts), reversed(own), strict=False):
        if one != other:
            break
        count += 1
    # A file in a folder is only meant by a path that names the folder, too.
    return count if count > 1 or len(own) == 1 else 0
