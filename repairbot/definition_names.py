"""Under which names a project defines, imports or stores objects of one kind: an index that rules share.

A construct as common as `with` is only looked at where one of these names may stand behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from repairbot.rule import Names, Narrow, Sources

_HEADER = re.compile(rb"(?m)(?:^|[:;])[ \t]*with\b([^\n]*(?:\([ \t]*\r?\n[^\n]*)?)")
_CALLED = re.compile(rb"(\w++)\s*+\(")
_BARE = re.compile(rb"^[ \t(]*\w+[ \t]*(?:,|:|as\b|\))|,[ \t]*\w+[ \t]*(?:,|:|as\b|\))")
_RENAMED = re.compile(rb"\b(\w++)[ \t]++as[ \t]++(\w++)")
_STORED = re.compile(rb"(?m)^[ \t]*(?:\w+\.)*(\w++)(?:[ \t]*:[^=\n]+)?[ \t]*=(?!=)([^\n]*(?:\([ \t]*\r?\n[^\n]*)?)")
_DECORATED = re.compile(rb"(?m)^[ \t]*(?:@[^\n]*|[^\n]*\))[ \t\r]*\n[ \t]*async[ \t]+def[ \t]+(\w+)")
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
    headers = _HEADER.findall(data)
    names = known | _aliases(data, known)
    called = {name for header in headers for name in _CALLED.findall(header) if name in names}
    if called or (any(_BARE.search(header) for header in headers) and _stores(data, names)):
        return called
    return None


def _aliases(data: bytes, known: frozenset[bytes]) -> set[bytes]:
    """Return what the file calls them besides: `import make as opened`, `opened = make`."""
    found = {new for old, new in _RENAMED.findall(data) if old in known}
    return found | {name for name, text in _STORED.findall(data) if re.sub(rb".*\.", b"", text.strip()) in known}


def _stores(data: bytes, names: Iterable[bytes]) -> bool:
    known = frozenset(names)
    return any(not known.isdisjoint(_CALLED.findall(text)) for _, text in _STORED.findall(data))


def _defined(sources: Sources) -> Iterator[bytes]:
    """Find decorated async functions and classes with `__aenter__`; what they really are, the resolver says."""
    for path in sources.containing(b"async"):
        data = sources.read(path)
        yield from _DECORATED.findall(data)
        yield from _classes_with(data)


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
        yield from _DECORATED.findall(data)


def _stubs(folder: Traversable) -> Iterator[bytes]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _stubs(entry)
        elif entry.name.endswith(".pyi"):
            yield entry.read_bytes()
