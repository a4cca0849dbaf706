"""Where the project sets a name: which files may, by their outlines, and then what is in their trees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from repairbot.protocols.fixtures import is_test_file
from repairbot.protocols.scopes import Scope
from repairbot.protocols.stores import Store, behind_a_dot, indirect, may_set
from repairbot.protocols.values import Unknown

if TYPE_CHECKING:
    from repairbot.protocols.resolver import Resolver

_INDIRECT = (b"setattr", b"__dict__", b"vars(", b"patch")
_COMPUTED = (
    re.compile(rb"setattr(?:__)?\(\s*(\w+)[^,]*,\s*(?![\"'])"),
    re.compile(rb"patch\.object\(\s*(\w+)[^,]*,\s*(?![\"'])"),
    re.compile(rb"vars\((\w+)[^)]*\)\s*(?:\.|\[\s*(?![\"']))"),
)
_HANDED_ON = re.compile(rb"setattr\s*[,)\]]")
_DICT = re.compile(rb"__dict__\s*(?:\.|\[\s*(?![\"'])|\|?=)")
_OWNER = re.compile(rb"(\w++)[\w.]*\.$")
# So many files with stores of one name are parsed; where there are more, it is not known.
MOST_FILES = 100


def stores_of(r: Resolver, name: str, near: str | None = None) -> Iterator[Store]:
    """Every place of the project that sets the name on something; only of files that hold `near`, if given."""
    outlines = r.modules.outlines
    word = name.encode()
    for path in outlines.setting.get(word, ()):
        if near is None or holds(r, path, near.encode("utf-8", "surrogateescape")):
            yield from _behind_a_dot(r, path, name)
    for path in outlines.quoting.get(word, ()):
        if near is None or holds(r, path, near.encode("utf-8", "surrogateescape")):
            yield from (one for one in indirect_of(r, path) if one.name == name)


def too_many(r: Resolver, name: str) -> Unknown | None:
    """Unknown where more files set a name than are looked into."""
    paths = [path for path in r.modules.outlines.setting.get(name.encode(), ()) if _may_set(r, path, name)]
    return (
        Unknown(f"`{name}` is set in {len(paths)} files, which are too many to look at") if paths[MOST_FILES:] else None
    )


def patches(r: Resolver, name: str) -> Iterator[Store]:
    """Every patch of a name in a test file that ends with its test."""
    for path in r.modules.outlines.quoting.get(name.encode(), ()):
        if is_test_file(r.modules.file(path)):
            yield from (one for one in indirect_of(r, path) if one.name == name and one.undone)


def _behind_a_dot(r: Resolver, path: str, name: str) -> tuple[Store, ...]:
    key = (path, name)
    found = r.stores.get(key)
    if found is None:
        found = ()
        if _may_set(r, path, name):
            module = r.module(r.modules.file(path))
            if isinstance(module, Scope):
                found = tuple(behind_a_dot(module, name))
        r.stores[key] = found
    return found


def _may_set(r: Resolver, path: str, name: str) -> bool:
    try:
        return may_set(r.modules.read(path), name)
    except OSError:
        return False


def indirect_of(r: Resolver, path: str) -> tuple[Store, ...]:
    key = (path, "")
    found = r.stores.get(key)
    if found is None:
        module = r.module(r.modules.file(path))
        found = r.stores[key] = indirect(module) if isinstance(module, Scope) else ()
    return found


def computing(r: Resolver) -> Iterator[str]:
    """The files that may set under computed names."""
    quoting = r.modules.outlines.quoting
    for path in dict.fromkeys(path for word in _INDIRECT for path in quoting.get(word, ())):
        if computed(r, path):
            yield path


def computed(r: Resolver, path: str) -> frozenset[bytes]:
    """The first names of what a file sets computed names on, as text."""
    found = r.computed.get(path)
    if found is None:
        try:
            data = r.modules.read(path)
        except OSError:
            data = b""
        names = {name for pattern in _COMPUTED for name in pattern.findall(data)}
        names |= {b"?"} if _HANDED_ON.search(data) else set()
        for match in _DICT.finditer(data):
            owner = _OWNER.search(data, max(0, match.start() - 80), match.start())
            names |= {owner[1]} if owner else set()
        found = r.computed[path] = frozenset(names)
    return found


def holds(r: Resolver, path: str, word: bytes) -> bool:
    try:
        return word in r.modules.read(path)
    except OSError:
        return False
