"""What is known of a test before the program runs: tests for type checkers, constants, versions of Python."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from repairbot.protocols.nodes import nodes_on
from repairbot.source.files import Parsed

STUB_VERSION = (3, 13)
# No Python older than this runs what is read: the first one that tests can be run on.
OLDEST_VERSION = (3, 9)
_TYPING = ("typing", "typing_extensions")


@dataclass(frozen=True)
class Tests:
    """The tests of one file; names count for what every binding of them in the file imports, never for how they
    sound."""

    parsed: Parsed

    def truth(self, test: ast.expr) -> bool | None:
        """What the test is when the program runs; None for what only running it tells."""
        negated = False
        while isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            test, negated = test.operand, not negated
        truth = None if isinstance(test, ast.Call) else self._plain(test)
        return truth if truth is None else truth is not negated

    def _plain(self, test: ast.expr) -> bool | None:
        if self.parsed.file.is_stub and (known := stub_truth(test)) is not None:
            return known
        match test:
            case ast.Constant(value=value):
                return bool(value)
            case ast.Name(id=name) if name in self._checking:
                return False
            case ast.Attribute(value=ast.Name(id=name), attr="TYPE_CHECKING") if name in self._typing:
                return False
            case ast.BoolOp(op=operator, values=parts):
                truths = [self.truth(part) for part in parts]
                decisive = isinstance(operator, ast.Or)
                if decisive in truths:
                    return decisive
                return None if None in truths else not decisive
            case ast.Compare(left=left, ops=[operator], comparators=[right]):
                return self._version(left, operator, right)
        return None

    def _version(self, left: ast.expr, operator: ast.cmpop, right: ast.expr) -> bool | None:
        """`sys.version_info >= (3, 6)` and its negation, where every version that counts gives one answer."""
        match left, right:
            case ast.Attribute(value=ast.Name(id=name), attr="version_info"), ast.Tuple(elts=parts):
                wanted = tuple(part.value for part in parts if isinstance(part, ast.Constant))
                whole = len(wanted) == len(parts) and all(type(part) is int for part in wanted)
                if name in self._sys and whole and wanted <= OLDEST_VERSION:
                    return {ast.GtE: True, ast.Lt: False}.get(type(operator))
        return None

    @cached_property
    def _checking(self) -> frozenset[str]:
        if "TYPE_CHECKING" not in self.parsed.text:
            return frozenset()
        return frozenset(_meaning(self.parsed, "TYPE_CHECKING", _TYPING))

    @cached_property
    def _typing(self) -> frozenset[str]:
        if "TYPE_CHECKING" not in self.parsed.text:
            return frozenset()
        return frozenset(name for module in _TYPING for name in _meaning(self.parsed, module, None))

    @cached_property
    def _sys(self) -> frozenset[str]:
        if "version_info" not in self.parsed.text:
            return frozenset()
        return frozenset(_meaning(self.parsed, "sys", None))


def _meaning(parsed: Parsed, wanted: str, modules: tuple[str, ...] | None) -> Iterator[str]:
    """The names that mean `wanted` of one of some modules (None: the module `wanted`) wherever the file binds them."""
    aliases = {wanted}
    for node, _ in nodes_on(parsed, parsed.lines_with(wanted)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            aliases |= {one.asname or one.name for one in node.names if _imports(node, one, wanted, modules)}
    for alias in aliases:
        bound = [*_bindings(parsed, alias)]
        if bound and all(one is not None and _imports(*one, wanted, modules) for one in bound):
            yield alias


def _imports(node: ast.Import | ast.ImportFrom, alias: ast.alias, wanted: str, modules: tuple[str, ...] | None) -> bool:
    if alias.name != wanted:
        return False
    if modules is None:
        return isinstance(node, ast.Import)
    return isinstance(node, ast.ImportFrom) and not node.level and node.module in modules


def _bindings(parsed: Parsed, name: str) -> Iterator[tuple[ast.Import | ast.ImportFrom, ast.alias] | None]:
    """Everything in a file that binds a name: the import, None for any other way."""
    for node, _ in nodes_on(parsed, parsed.lines_with(name)):
        match node:
            case ast.Import() | ast.ImportFrom():
                for alias in node.names:
                    if (alias.asname or alias.name) == name:
                        yield node, alias
            case ast.Name(id=other, ctx=ast.Store() | ast.Del()) | ast.arg(arg=other) if other == name:
                yield None
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef() | ast.ExceptHandler() | ast.MatchAs():
                if node.name == name:
                    yield None
            case ast.MatchStar(name=other) | ast.MatchMapping(rest=other) if other == name:
                yield None


def stub_truth(test: ast.expr) -> bool | None:
    """What a version or platform test of a stub comes to, None for any other test."""
    match test:
        case ast.BoolOp(op=operator, values=parts):
            truths = [stub_truth(part) for part in parts]
            if None in truths:
                return None
            return all(truths) if isinstance(operator, ast.And) else any(truths)
        case ast.Compare(left=ast.Attribute(attr="version_info"), ops=[operator], comparators=[ast.Tuple(elts=parts)]):
            wanted = tuple(part.value for part in parts if isinstance(part, ast.Constant))
            return wanted <= STUB_VERSION if isinstance(operator, ast.GtE) else wanted > STUB_VERSION
        case ast.Compare(left=ast.Attribute(attr="platform"), ops=[operator], comparators=[ast.Constant(value=name)]):
            return (name == "linux") == isinstance(operator, ast.Eq)
    return None
