"""Whether control enters a program at a function: by a decorator, its class, its name or who it is handed to."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase

from repairbot.evidence.impact import Hop
from repairbot.impact.dotted_names import goes_by, imports, lineage_names, names_of, written
from repairbot.impact.entry_rows import Row, rows
from repairbot.impact.mentions import Mention
from repairbot.impact.scripts import Scripts
from repairbot.protocols.fixtures import is_test_file
from repairbot.protocols.resolver import Resolver
from repairbot.protocols.scopes import Place, Scope, place_of
from repairbot.protocols.values import Class
from repairbot.source.paths import shown

_LONGEST = 200  # a name may be any text of the target
_VERBS = ("get", "post", "put", "patch", "delete", "head", "options", "trace")


@dataclass(frozen=True, slots=True)
class Root:
    """A way in: what it is and what it is called."""

    kind: str
    name: str
    production: bool
    declared: Hop | None
    row: Row


class Roots:
    """Answers for one snapshot."""

    def __init__(self, r: Resolver, scripts: Scripts) -> None:
        self._r = r
        self._scripts = scripts

    def of(self, function: Scope) -> list[Root]:
        """The ways into a function by how and where it is defined."""
        node = function.node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            return []
        found = [*self._decorated(function, node), *self._by_class(function, node)]
        if is_collected(function):
            found.append(self._root(rows().by_place["test"], function, "", None))
        program = rows().by_place["main"]
        found += [self._root(program, function, script, None) for script in self._scripts.of(self._r, function)]
        return list({(one.kind, one.name): one for one in found}.values())

    def handed(self, mention: Mention, function: Scope) -> list[Root]:
        """The ways into a function by what it is passed to."""
        spot = mention.spot
        for call, keyword in mention.handed:
            ancestors = spot.ancestors[: spot.ancestors.index(call)]
            place = place_of(spot.module, ancestors, call)
            for row in self._matching(call.func, place, rows().by_call, "call"):
                if row.keywords and keyword not in row.keywords:
                    continue
                declared = Hop(shown(spot.module.file.path), call.lineno, mention.owner.qualified_name)
                return [self._root(row, function, _given_name(call, written(call.func)), declared)]
        return self._listed(mention, function)

    def _listed(self, mention: Mention, function: Scope) -> list[Root]:
        """By an attribute of a class that a framework reads."""
        cls = mention.owner.node
        if mention.name is None or not isinstance(cls, ast.ClassDef):
            return []
        declared = Hop(shown(mention.spot.module.file.path), mention.line, mention.owner.qualified_name)
        return [
            self._root(row, function, "", declared)
            for row in rows().classes
            if mention.name in row.attributes and _fits(cls.name, row.bases)
        ]

    def at_top(self, mention: Mention) -> Root | None:
        """The way in for what a module does by itself, None where that is only its import."""
        file = mention.spot.module.file
        if not (_is_guarded(mention.spot.ancestors) or file.path.endswith("__main__.py")):
            return None
        row = rows().by_place["main"]
        name = file.name.removesuffix(".__main__")
        hop = Hop(shown(file.path), mention.line, "")
        return Root(row.kind, f"python -m {shown(name)}", row.production and not is_test_file(file), hop, row)

    def _decorated(self, function: Scope, node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[Root]:
        outside = Place(function.parent or function, node)
        for decorator in node.decorator_list:
            called = decorator.func if isinstance(decorator, ast.Call) else decorator
            for row in self._matching(called, outside, rows().by_decorator, "decorator"):
                name = _given_name(decorator, written(called)) if isinstance(decorator, ast.Call) else ""
                declared = Hop(shown(function.file.path), decorator.lineno, "")
                yield self._root(row, function, name, declared)

    def _matching(self, called: ast.expr, place: Place, by_name: object, which: str) -> list[Row]:
        assert isinstance(by_name, dict)
        text = written(called)
        candidates: Iterable[Row] = by_name.get(text.rpartition(".")[2], ())
        if isinstance(called, ast.Name) and not candidates:
            names = names_of(self._r, called, place)  # it may be imported under another name
            candidates = [row for name in names for row in by_name.get(name.rpartition(".")[2], ())]
        elif candidates:
            names = names_of(self._r, called, place)
        for row in candidates:
            endings = getattr(row, which)
            if goes_by(names, row.libraries, endings) or (not names and _is_written_so(place, text, row, endings)):
                return [row]
        return []

    def _by_class(self, function: Scope, node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[Root]:
        cls = function.parent
        if cls is None or not cls.is_class:
            return
        wanted = [row for row in rows().classes if row.methods and _fits(node.name, row.methods)]
        if not wanted or not cls.node.bases:  # type: ignore[union-attr]  # a class
            return
        names = list(lineage_names(self._r, Class(cls)))
        for row in wanted:
            tops = [name for name in names if name.partition(".")[0] in row.libraries]
            if any(_fits(name.rpartition(".")[2], row.bases) for name in tops):
                yield self._root(row, function, "", None)
                return

    def _root(self, row: Row, function: Scope, name: str, declared: Hop | None) -> Root:
        verb = name if name.endswith(" ") else ""
        own = function.qualified_name if row.production else _test_id(function)
        called = " ".join(name.split()) if row.named and name.strip() and not verb else f"{verb}{own}"
        return Root(row.kind, called[:_LONGEST], row.production and not is_test_file(function.file), declared, row)


def is_collected(function: Scope) -> bool:
    """Whether pytest takes the function for a test by its name and place."""
    name = getattr(function.node, "name", "")
    around = function.parent
    if not name.startswith("test") or around is None or not is_test_file(function.file):
        return False
    return around.is_module or (around.is_class and getattr(around.node, "name", "").startswith("Test"))


def _test_id(function: Scope) -> str:
    return f"{shown(function.file.path)}::{function.qualified_name.replace('.', '::')}"


def _is_written_so(place: Place, text: str, row: Row, endings: Iterable[str]) -> bool:
    """Of an object that nobody can tell: whether it is written as one of the row's, in a file that imports a library
    of it. Only calls of attributes count: a bare name that is nowhere bound says nothing."""
    if "." not in text or not imports(place.scope.module) & set(row.libraries):
        return False
    return any(text.endswith(f".{ending}") for ending in endings)


def _fits(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)


def _is_guarded(ancestors: Iterable[ast.AST]) -> bool:
    """Whether it stands under `if __name__ == "__main__"`."""
    for one in ancestors:
        match one:
            case ast.If(
                test=ast.Compare(
                    left=ast.Name(id="__name__"), ops=[ast.Eq()], comparators=[ast.Constant(value="__main__")]
                )
            ):
                return True
    return False


def _given_name(call: ast.Call, text: str) -> str:
    """What a decorator or a registering call says the way in is called: `GET /items`, a topic, a command; only a verb
    with a space after it where no path is given."""
    strings = [one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    strings += [
        str(one.value.value)
        for one in call.keywords
        if one.arg in ("path", "rule", "uri", "name", "route", "event") and isinstance(one.value, ast.Constant)
    ]
    last = text.rpartition(".")[2].removeprefix("add_")
    verbs = [last.upper()] if last in _VERBS else _methods(call)
    if strings and strings[0].lower() in _VERBS and strings[1:]:
        verbs = [strings.pop(0).upper()]
    verb = ", ".join(verbs) + " " if verbs else ""
    return verb + "".join(strings[:1])


def _methods(call: ast.Call) -> list[str]:
    for keyword in call.keywords:
        if keyword.arg == "methods" and isinstance(keyword.value, ast.List | ast.Tuple | ast.Set):
            return [
                one.value for one in keyword.value.elts if isinstance(one, ast.Constant) and isinstance(one.value, str)
            ]
    return []
