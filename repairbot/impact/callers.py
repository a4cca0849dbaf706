"""Who uses a function: mentions of its name, looked for in the bytes of all files and resolved one by one."""

from __future__ import annotations

import ast
import re
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from repairbot.impact.mentions import Mention, Role, mention
from repairbot.model import Evidence, Origin
from repairbot.protocols import classes, fixtures
from repairbot.protocols.node_path import Spot
from repairbot.protocols.nodes import nodes_on
from repairbot.protocols.resolver import Resolver
from repairbot.protocols.scopes import Scope, place_of
from repairbot.protocols.values import Class, Function, Unknown, Value, Wrapped, Wrapping, alternatives
from repairbot.source.snapshot import Snapshot

MOST_FILES = 150
# What Python calls without anybody naming it: whoever makes or holds the object does.
_IMPLICIT = re.compile(r"__\w+__")


@dataclass(frozen=True, slots=True)
class Target:
    """What is looked for: a function, or with `name` what is stored under a name at the top of a module or class.

    `asked_by` are the names under which pytest hands the function's result to others; `through` is a class below the
    function's own, for one that Python calls without naming it.
    """

    scope: Scope
    name: str | None = None
    lines: frozenset[int] = frozenset()
    asked_by: tuple[str, ...] = ()
    through: Scope | None = None

    @property
    def key(self) -> tuple[ast.AST, str | None, ast.AST | None]:
        return self.scope.node, self.name, self.through.node if self.through else None

    @property
    def word(self) -> str:
        if self.name is not None:
            return self.name
        if self.of_class is not None:
            return getattr(self.of_class.node, "name", "")
        return getattr(self.scope.node, "name", "")

    @property
    def of_class(self) -> Scope | None:
        """The class whose objects run the function without anybody naming it."""
        if self.through is not None:
            return self.through
        parent = self.scope.parent
        own = getattr(self.scope.node, "name", "")
        return (
            parent
            if self.name is None and parent is not None and parent.is_class and _IMPLICIT.fullmatch(own)
            else None
        )

    @property
    def is_attribute(self) -> bool:
        """Whether only `x.name` can mean it from outside its own class."""
        around = self.scope if self.name is not None else self.scope.parent
        return around is not None and around.is_class and self.of_class is None


@dataclass(slots=True)
class Callers:
    """All uses of one target. `unfollowed` mentions could not be told; `unread` files were not looked at."""

    mentions: list[Mention] = field(default_factory=list)
    unfollowed: int = 0
    unread: int = 0
    out_of_time: bool = False


class Index:
    """Finds and keeps the callers of targets in one snapshot, until `deadline` on the monotonic clock."""

    def __init__(self, r: Resolver, snapshot: Snapshot, deadline: float) -> None:
        self._r = r
        self._snapshot = snapshot
        self._deadline = deadline
        self._known: dict[tuple[ast.AST, str | None, ast.AST | None], Callers] = {}

    def prepare(self, targets: Sequence[Target]) -> None:
        """Look for the words of many targets in one pass over the files."""
        self._snapshot.containing_any(sorted({word for target in targets for word in _words(target)}))

    def callers(self, target: Target) -> Callers:
        if target.key not in self._known:
            self._known[target.key] = self._found(target)
        return self._known[target.key]

    def _found(self, target: Target) -> Callers:
        found = Callers()
        if not target.word:
            return found
        marks = self._marks(target)
        for path in self._files(target, found):
            if time.monotonic() > self._deadline:
                found.out_of_time = True
                break
            module = self._r.module(self._snapshot.file(path))
            if isinstance(module, Scope):
                self._take(module, target, marks, found)
            else:
                found.unread += 1
        return found

    def _files(self, target: Target, found: Callers) -> Iterator[str]:
        own = target.scope.file.path
        yield own
        if _is_local(target):
            return
        holders = [path for path in self._snapshot.containing(target.word.encode()) if path != own]
        if target.asked_by:
            folder = own.rpartition("/")[0]
            near = [p for name in target.asked_by for p in self._snapshot.containing(name.encode())]
            holders = [p for p in dict.fromkeys(near) if p != own and p.startswith(f"{folder}/" if folder else "")]
        elif target.is_attribute:
            holders = self._likely_first(target, holders)
        pattern = re.compile(_pattern(target))
        taken = 0
        for path in holders:
            if taken >= MOST_FILES:
                found.unread += 1
            elif target.asked_by or self._may_use(path, pattern):
                taken += 1
                yield path

    def _likely_first(self, target: Target, paths: Iterable[str]) -> list[str]:
        """A method's name is often common: files that also name its class come first."""
        cls = target.scope if target.name is not None else target.scope.parent
        named = set(self._snapshot.containing(getattr(cls.node, "name", "").encode())) if cls is not None else set()
        return sorted(paths, key=lambda path: path not in named)

    def _may_use(self, path: str, pattern: re.Pattern[bytes]) -> bool:
        try:
            return pattern.search(self._snapshot.read(path)) is not None
        except OSError:
            return False

    def _take(self, module: Scope, target: Target, marks: frozenset[tuple[str, int]], found: Callers) -> None:
        if target.asked_by:
            found.mentions += _asking(self._r, module, target, marks)
        for spot, value in _spots(self._r, module, target):
            if _leads(value, marks) or (target.of_class and _is_class(self._r, value, target)):
                one = mention(spot)
                if _counts(one, target):
                    found.mentions.append(one)
            elif isinstance(spot.node, ast.Attribute) and _is_open(value):
                found.unfollowed += 1

    def _marks(self, target: Target) -> frozenset[tuple[str, int]]:
        """The lines by which a value's evidence is recognised: those of the definition, and of what it overrides."""
        path = target.scope.file.path
        if target.name is not None:
            return frozenset((path, line) for line in target.lines)
        found = {(path, line) for line in definition_lines(target.scope.node)}
        cls = target.scope.parent
        if cls is not None and cls.is_class:
            name = getattr(target.scope.node, "name", "")
            for base in classes.lineage(self._r, Class(cls))[1:]:
                if isinstance(base, Class) and base.scope.file.origin is Origin.SOURCE:
                    bindings = base.scope.flow.after.get(name, ())
                    lines = (line for one in bindings for line in definition_lines(one.node))
                    found |= {(base.scope.file.path, line) for line in lines}
        return frozenset(found)


def definition_lines(node: ast.AST) -> set[int]:
    """The lines at which evidence names a definition: its own and those of its decorators."""
    decorators = getattr(node, "decorator_list", ())
    return {one.lineno for one in decorators} | {getattr(node, "lineno", 1)}


def _words(target: Target) -> Iterator[bytes]:
    if not _is_local(target) and target.word:
        yield target.word.encode()
        yield from (name.encode() for name in target.asked_by)
        around = target.scope if target.name is not None else target.scope.parent
        if target.is_attribute and around is not None:
            yield getattr(around.node, "name", "").encode()


def _is_local(target: Target) -> bool:
    """Whether only code of the function around it can name it."""
    around = target.scope.parent
    return target.name is None and around is not None and not around.is_module and not around.is_class


def _pattern(target: Target) -> bytes:
    """What a file holds that can mean the target: an attribute, or an import of the name."""
    word = re.escape(target.word).encode()
    attribute = rb"\.\s*" + word + rb"\b"
    if target.is_attribute:
        return attribute
    imported = rb"\bimport\b(?:[^()\n]*\b" + word + rb"\b|[^()\n]*\([^()]*\b" + word + rb"\b|[ \t]*\*)"
    return attribute + rb"|" + imported


def _spots(r: Resolver, module: Scope, target: Target) -> Iterator[tuple[Spot, Value]]:
    names = _aliases(module, target.word)
    for node, ancestors in nodes_on(module.parsed, module.parsed.lines_with(*sorted(names))):
        match node:
            case ast.Name(id=name, ctx=ast.Load()) | ast.Attribute(attr=name, ctx=ast.Load()) if name in names:
                yield Spot(module, node, ancestors), r.ask(node, place_of(module, ancestors, node))[0]


def _aliases(module: Scope, name: str) -> set[str]:
    """The name, and what imports of it in this file call it."""
    found = {name}
    renamed = re.compile(rf"\b{re.escape(name)}\s+as\b")
    for node, _ in nodes_on(module.parsed, module.parsed.lines_matching(renamed)):
        if isinstance(node, ast.ImportFrom):
            found |= {alias.asname for alias in node.names if alias.name == name and alias.asname}
    return found


def _leads(value: Value, marks: frozenset[tuple[str, int]]) -> bool:
    """Whether the definition is among what a value rests on; so it is also behind decorators that nobody can see
    through."""
    return any(is_marked(link, marks) for one in alternatives(value) for link in one.evidence)


def is_marked(link: Evidence, marks: frozenset[tuple[str, int]]) -> bool:
    return link.origin is Origin.SOURCE and (link.path, link.line) in marks


def _is_class(r: Resolver, value: Value, target: Target) -> bool:
    """Whether the value is the class, or one below it, whose objects run the target."""
    for one in alternatives(value):
        if isinstance(one, Class) and any(
            isinstance(base, Class) and base.scope is target.of_class for base in classes.lineage(r, one)
        ):
            return True
    return False


def _counts(one: Mention, target: Target) -> bool:
    """A class is also mentioned by annotations and checks, which make no object of it."""
    if one.owner.node is target.scope.node or one.role is Role.NOTHING:
        return False
    if target.of_class is None or one.called or one.role in (Role.BASE, Role.STORED):
        return True
    return bool(one.handed) and not any(_asks(call) for call, _ in one.handed)


def _asks(call: ast.Call) -> bool:
    """Whether a call only asks about a class: `isinstance`, `issubclass` and whatever else is called so, `cast`."""
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    return name.startswith("is") or name in ("cast", "hasattr", "getattr", "patch", "object", "raises", "type")


def _is_open(value: Value) -> bool:
    """Whether the object could be the target's own after all: unknown, or a promise that others keep.

    What a library holds is not.
    """
    for one in alternatives(value):
        match one:
            case Unknown(external=None) | Wrapped(wrapping=Wrapping.ABSTRACT):
                return True
            case Function(node=ast.FunctionDef(body=body) | ast.AsyncFunctionDef(body=body), scope=scope):
                if isinstance(body[-1], ast.Expr) and scope.file.origin is Origin.SOURCE and _is_ellipsis(body[-1]):
                    return True
    return False


def _is_ellipsis(statement: ast.Expr) -> bool:
    return isinstance(statement.value, ast.Constant) and statement.value.value is ...


def _asking(r: Resolver, module: Scope, target: Target, marks: frozenset[tuple[str, int]]) -> Iterator[Mention]:
    """Tests and fixtures of a module that name the fixture as a parameter."""
    for node, ancestors in nodes_on(module.parsed, module.parsed.lines_with(*sorted(target.asked_by))):
        if isinstance(node, ast.arg) and node.arg in target.asked_by:
            spot = Spot(module, node, ancestors)
            value = fixtures.fixture(r, node.arg, spot.owner)
            if value is not None and _leads(value, marks):
                yield Mention(spot, Role.RUN, spot.owner, node.lineno)
        elif isinstance(node, ast.Call) and _names_fixture(node, target):
            spot = Spot(module, node, ancestors)
            yield Mention(spot, Role.RUN, spot.owner, node.lineno)


def _names_fixture(call: ast.Call, target: Target) -> bool:
    """`usefixtures("name")`."""
    named = (one.value for one in call.args if isinstance(one, ast.Constant))
    return getattr(call.func, "attr", "") == "usefixtures" and not set(target.asked_by).isdisjoint(named)
