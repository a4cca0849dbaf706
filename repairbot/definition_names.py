"""Under which names a project defines, imports or stores objects of one kind: an index that rules share.

A construct as common as `with` is only looked at where one of these names may stand behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from repairbot.rule import Names, Narrow, Sources

# Patterns begin with a literal, which `re` looks for many times faster than for the start of a line.
_HEADER = re.compile(rb"with\b([^\n]*(?:\([ \t]*\r?\n[^\n]*)?)")
_CALLED = re.compile(rb"(\w++)\s*+\(")
_BARE = re.compile(rb"(?:^[ \t(]*|,[ \t]*)(\w++)[ \t]*+(?=,|:|as\b|\))")
_REST = rb"[ \t]*+(?::[^=\n]+)?=(?!=)([^\n]*(?:\([ \t]*\r?\n[^\n]*)?)"
_FUNCTION = re.compile(rb"async[ \t]+def[ \t]+(\w+)")
_CLASS = re.compile(rb"(?m)^[ \t]*class[ \t]+(\w+)")
_ENTER = re.compile(rb"\b__aenter__\b")


def entering_async_managers() -> Narrow:
    """Return what keeps the files in which a `with` may enter an async context manager, and the names it calls."""
    return _narrow


def _narrow(candidates: Sequence[str], sources: Sources) -> Mapping[str, Names]:
    if not candidates:
        return {}
    known = frozenset(_defined(sources)) | _of_libraries()
    kept: dict[str, Names] = {}
    for path in candidates:
        names = _entered(sources.read(path), known)
        if names is not None:
            kept[path] = frozenset(name.decode() for name in names)
    return kept


def _entered(data: bytes, known: frozenset[bytes]) -> set[bytes] | None:
    """Return the names that a file calls where it enters something; None where none of its names is of the kind."""
    headers = list(_headers(data))
    called = {name for header in headers for name in _CALLED.findall(header)}
    wanted = {name for name in called if name in known or _means(data, name, known)}
    if wanted:
        return wanted
    bare = {name for header in headers for name in _BARE.findall(header)}
    return set() if any(_holds(data, name, known) for name in bare) else None


def _headers(data: bytes) -> Iterator[bytes]:
    """Find what stands behind the word in each `with` that begins a line."""
    for match in _HEADER.finditer(data):
        if not data[data.rfind(b"\n", 0, match.start()) + 1 : match.start()].strip():
            yield match[1]


def _means(data: bytes, name: bytes, known: frozenset[bytes]) -> bool:
    """Whether a file gives one of the names this name besides: `import make as opened`, `opened = make`."""
    if b" as " + name in data:
        renamed = re.search(rb"\b(\w++)[ \t]++as[ \t]++" + name + rb"\b", data)
        if renamed and renamed[1] in known:
            return True
    return any(text.strip().rpartition(b".")[2] in known for text in _stored(data, name))


def _holds(data: bytes, name: bytes, known: frozenset[bytes]) -> bool:
    """Whether a file binds a name to what a call of one of the names gives."""
    return any(
        called in known or _means(data, called, known)
        for text in _stored(data, name)
        for called in _CALLED.findall(text)
    )


def _stored(data: bytes, name: bytes) -> list[bytes]:
    """Find what a file binds a name to, as text."""
    if name + b" =" not in data and name + b"=" not in data and name + b":" not in data:
        return []
    found: list[bytes] = re.findall(rb"\b" + name + rb"\b" + _REST, data)
    return found


def _defined(sources: Sources) -> Iterator[bytes]:
    """Find decorated async functions and classes with `__aenter__`; what they really are, the resolver says."""
    for path in sources.containing(b"async"):
        data = sources.read(path)
        yield from _decorated(data)
        yield from _classes_with(data)


def _decorated(data: bytes) -> Iterator[bytes]:
    """Find async functions below a line that is, or ends, a decorator."""
    for match in _FUNCTION.finditer(data):
        before = data[max(0, match.start() - 500) : match.start()].rstrip()
        above = before.rpartition(b"\n")[2].strip()
        if above.startswith(b"@") or above.endswith(b")"):
            yield match[1]


def _classes_with(data: bytes) -> Iterator[bytes]:
    """Find the last class before each `__aenter__`."""
    if b"__aenter__" not in data:
        return
    heads = [(match.start(), match[1]) for match in _CLASS.finditer(data)]
    for match in _ENTER.finditer(data):
        before = [name for start, name in heads if start < match.start()]
        if before:
            yield before[-1]


@cache
def _of_libraries() -> frozenset[bytes]:
    """Return the classes and decorated functions of the shipped stubs that can be entered with `async with`."""
    return frozenset(name for data in _stubs(resources.files("repairbot.stubs")) for name in _offered(data))


def _offered(data: bytes) -> Iterator[bytes]:
    yield from _classes_with(data)
    if b"contextmanager" in data:
        yield from _decorated(data)


def _stubs(folder: Traversable) -> Iterator[bytes]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _stubs(entry)
        elif entry.name.endswith(".pyi"):
            yield entry.read_bytes()
