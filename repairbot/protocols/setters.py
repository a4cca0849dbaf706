"""Who else can set this: what other code of the project puts on a class, its objects or a module."""

from __future__ import annotations

import ast
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from repairbot.protocols import attributes, classes
from repairbot.protocols.bindings import dotted
from repairbot.protocols.computed_names import may_be_computed
from repairbot.protocols.fixtures import is_test_file
from repairbot.protocols.joining import CYCLE, union
from repairbot.protocols.links import short, unknown
from repairbot.protocols.scopes import Scope
from repairbot.protocols.store_search import computed, computing, holds, indirect_of, stores_of, too_many
from repairbot.protocols.stores import Store, indirect
from repairbot.protocols.values import (
    Class,
    Function,
    Instance,
    Known,
    Module,
    Super,
    Unknown,
    Value,
    Wrapped,
    alternatives,
)
from repairbot.source.files import Missing, ModuleFile

if TYPE_CHECKING:
    from repairbot.protocols.resolver import Resolver

# What makes an object decides about its type arguments alone.
_MAKING = ("__init__",)


@dataclass(frozen=True, slots=True)
class Put:
    """What somebody else sets; `on_class` when on a class rather than on one of its objects."""

    value: Value
    on_class: bool


def on_class(r: Resolver, cls: Class, name: str, *, exact: bool) -> tuple[Put, ...]:
    """What is set as attribute `name` on the class, its bases or objects of it from outside of their methods."""
    if r.takes_literally or name in _MAKING or not (_anywhere(r, name) or _indirect_files(r, cls)):
        return ()
    plain = Class(cls.scope)
    found = (
        Put(_asked(r, (plain, name, exact, on), lambda on=on: _on_class(r, plain, name, exact, on)), on)  # type: ignore[misc]
        for on in (True, False)
    )
    return tuple(put for put in found if put.value not in (_NOBODY, CYCLE))


def on_module(r: Resolver, scope: Scope, name: str) -> Value | None:
    """What is set as `module.name` by anything but the statements of the module itself."""
    if r.takes_literally or not (_anywhere(r, name) or scope.module.reaches_its_names or _files_on_module(r, scope)):
        return None
    value = _asked(r, (scope, name), lambda: _on_module(r, scope, name))
    return None if value in (_NOBODY, CYCLE) else value


def _computes_on_module(r: Resolver, path: str, word: bytes, own: str) -> bool:
    """Whether a file sets computed names on what it calls as the module is called, or by `sys.modules`."""
    names = computed(r, path)
    if path == own and b"sys" in names:
        return True
    if not names or not holds(r, path, word):
        return False
    return bool(names - {b"self", b"cls"})


def on_function(r: Resolver, scope: Scope, *names: str) -> Unknown | None:
    """What else sets one of the names on a function, such as its defaults."""
    for name in names if not r.takes_literally else ():
        for store in stores_of(r, name, getattr(scope.node, "name", "")) if _anywhere(r, name) else ():
            if not store.undone and any(_is_function(one, scope, store) for one in alternatives(_receiver(r, store))):
                return unknown(store.module, store.node, f"`{name}` of a function is set")
    return None


def _is_function(value: Known | Unknown, scope: Scope, store: Store) -> bool:
    match value:
        case Function():
            return value.scope is scope
        case Wrapped(inner=inner):
            return any(_is_function(one, scope, store) for one in alternatives(inner))
        case Unknown():
            return value != CYCLE and _counts(store, value)
    return False


def _asked(r: Resolver, key: Hashable, find: Callable[[], Iterable[Value]]) -> Value:
    def compute() -> Value:
        found: list[Value] = []
        for value in find():
            found.append(value)
            if isinstance(value, Unknown) and value != CYCLE:
                return value  # more of them would not make it known
        return union(found) if found else _NOBODY

    return r.remembered(("set", key), compute)


_NOBODY = Unknown("nobody else sets it")


def _anywhere(r: Resolver, name: str) -> bool:
    word = name.encode()
    outlines = r.modules.outlines
    return word in outlines.setting or word in outlines.quoting


def _indirect_files(r: Resolver, cls: Class) -> tuple[str, ...]:
    """The files with indirect setting that hold one of the classes of the lineage, or name the class."""
    found = r.indirect_files.get(cls.scope)
    if found is None:
        lineage = [one for one in classes.lineage(r.literal, cls) if isinstance(one, Class) and classes.is_own(one)]
        own = {one.scope.file.path for one in lineage}
        word = cls.name.encode()
        found = tuple(
            path
            for path in computing(r)
            if path in own or (classes.is_own(cls) and _is_computed_for_others(r, path, word))
        )
        r.indirect_files[cls.scope] = found
    return found


def _is_computed_for_others(r: Resolver, path: str, word: bytes) -> bool:
    return bool(computed(r, path) - {b"self", b"cls"}) and holds(r, path, word)


def _on_class(r: Resolver, cls: Class, name: str, exact: bool, on_class: bool) -> Iterator[Value]:
    own = classes.is_own(cls)
    # Of what belongs to all classes, or is a library's, only who names the class sets it on that.
    near = None if own and not name.startswith("__") else cls.name
    if near is None and (many := too_many(r, name)) is not None:
        yield many
        return
    for store in stores_of(r, name, near):
        if on_class in _touched(r, store, cls, exact):
            yield _value(r, store, f"`{name}` is set at line {store.line} of `{store.module.file.path}`, too")
    for path in _indirect_files(r, cls) if name not in _AS_A_WHOLE else ():
        for store in indirect_of(r, path):
            if (
                store.name is None
                and on_class in _touched(r, store, cls, exact)
                and may_be_computed(r, store, name, _receiver(r, store))
            ):
                yield unknown(store.module, store.node, f"attributes of `{cls.name}` are set under computed names")


# Nobody means these when names are computed.
_AS_A_WHOLE = ("__class__", "__bases__", "__dict__")


def _touched(r: Resolver, store: Store, cls: Class, exact: bool) -> Iterator[bool]:
    """For each object that the store may set the name on and that concerns the class: whether that is a class."""
    if store.undone:
        return
    for one in alternatives(_receiver(r, store)):
        match one:
            case Instance(cls=other):
                if _concerns(r, other, cls, exact):
                    yield False
            case Class():
                if _concerns(r, one, cls, exact):
                    yield True
            case Super(receiver=Instance(cls=other)):
                if _concerns(r, other, cls, exact):
                    yield False
            case Unknown() if one != CYCLE and classes.is_own(cls) and _counts(store, one):
                yield True


def _concerns(r: Resolver, other: Class, cls: Class, exact: bool) -> bool:
    """Whether an object of class `other` (or one below) may be one of class `cls`, or share the name with those."""
    if _is_below(r, cls, other):
        return True
    if exact:
        return False
    return _is_below(r, other, cls) or any(_is_below(r, below, other) for below in r.below(cls))


def _is_below(r: Resolver, cls: Class, base: Class) -> bool:
    return any(isinstance(one, Class) and one.scope is base.scope for one in classes.lineage(r.literal, cls))


def _counts(store: Store, receiver: Unknown) -> bool:
    """Whether what could not be resolved may be an object of the project.

    It is none when it is imported from a library. In tests only what a function of their own is handed counts: what is
    set on a fixture or a mock that could not be seen through is set for that test.
    """
    if isinstance(store.receiver, str):
        return not is_test_file(store.module.file)
    written = dotted(store.receiver)
    if receiver.external and written and receiver.external.rpartition(".")[2] == written.rpartition(".")[2]:
        return False
    return not is_test_file(store.module.file) or _is_handed(store)


def _is_handed(store: Store) -> bool:
    assert not isinstance(store.receiver, str)
    root = store.receiver
    while isinstance(root, ast.Attribute):
        root = root.value
    node = store.place.scope.node
    if not isinstance(root, ast.Name) or not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return False
    if node.name.startswith("test") or any("fixture" in ast.unparse(one) for one in node.decorator_list):
        return False
    return root.id in {one.arg for one in [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]}


def _receiver(r: Resolver, store: Store) -> Value:
    """What the name is set on."""
    if store.receiver == "":
        return Module(store.module.file)
    if isinstance(store.receiver, str):
        return _named(r.literal, store.receiver, store.module.file)
    return r.literal.ask(store.receiver, store.place)[0]


def _named(r: Resolver, target: str, importer: ModuleFile) -> Value:
    """The object of a dotted name in a string: a module, or an attribute of one."""
    parts = target.split(".")
    for end in range(len(parts), 0, -1):
        file = r.modules.find(".".join(parts[:end]), importer)
        if isinstance(file, Missing):
            continue
        value: Value = Module(file)
        for part in parts[end:]:
            (value,) = alternatives(value) if len(alternatives(value)) == 1 else (Unknown("one of several objects"),)
            value = attributes.attribute(r, value, part)
        return value
    return Unknown(f"no module of `{target}` was found")


def _value(r: Resolver, store: Store, reason: str) -> Value:
    if store.value is None:
        return unknown(store.module, store.node, reason)
    value = r.value(store.value, store.place)
    if any(isinstance(one, Unknown) for one in alternatives(value)):
        return unknown(store.module, store.node, f"{reason}, to `{short(store.value)}`")
    return value


def _on_module(r: Resolver, scope: Scope, name: str) -> Iterator[Value]:
    if (many := too_many(r, name)) is not None:
        yield many
        return
    for store in stores_of(r, name):
        if any(_is_module(one, scope, store) for one in alternatives(_receiver(r, store))) and not store.undone:
            yield _value(r, store, f"`{name}` is set at line {store.line} of `{store.module.file.path}`, too")
    for store in _of_the_module(r, scope):
        if store.name not in (name, None) or store.undone:
            continue
        if any(_is_module(one, scope, store) for one in alternatives(_receiver(r, store))):
            if store.name is None and store.receiver != "" and not may_be_computed(r, store, name, _receiver(r, store)):
                continue
            yield unknown(store.module, store.node, f"`{name}` may be set by `{short(store.node)}`")


def _of_the_module(r: Resolver, scope: Scope) -> Iterator[Store]:
    """Indirect setting in the module itself, and of computed names in files that name it."""
    yield from indirect(scope) if scope.module.reaches_its_names else ()
    for path in _files_on_module(r, scope):
        yield from (one for one in indirect_of(r, path) if one.name is None)


def _files_on_module(r: Resolver, scope: Scope) -> tuple[str, ...]:
    """The files with indirect setting that are the module or name it."""
    found = r.indirect_files.get(scope)
    if found is None:
        word = scope.file.name.rpartition(".")[2].encode("utf-8", "surrogateescape")  # a file may be called anything
        found = tuple(path for path in computing(r) if _computes_on_module(r, path, word, scope.file.path))
        r.indirect_files[scope] = found
    return found


def _is_module(value: Known | Unknown, scope: Scope, store: Store) -> bool:
    match value:
        case Module(file=file):
            return file == scope.file
        case Instance(cls=Class(name="ModuleType")):
            return True
        case Unknown():
            return value != CYCLE and _counts(store, value)
    return False
