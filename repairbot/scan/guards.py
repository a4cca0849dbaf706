"""Run-time tests of an object's kind in the function around a site: its author knows that the object varies."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from repairbot.protocols.bindings import dotted
from repairbot.protocols.written import written
from repairbot.rule import Site

_TESTS = frozenset(
    {
        "hasattr",
        "isinstance",
        "isasyncgen",
        "isasyncgenfunction",
        "issubclass",
        "aiter",
        "iscoroutine",
        "isawaitable",
    }
)


@dataclass(slots=True)
class _Tested:
    """What one function tests, by the text of what is tested, in order; and the texts a name is assigned from."""

    tests: dict[str, ast.Call] = field(default_factory=dict)
    assigned: dict[str, set[str]] = field(default_factory=dict)
    behind: dict[str, ast.Call | None] = field(default_factory=dict)

    def first(self, expression: ast.expr) -> ast.Call | None:
        """Return the first test of the expression, of the function it calls, or of what its name was assigned from."""
        found = [self.tests[text] for text in _texts(expression) if text in self.tests]
        if isinstance(expression, ast.Name) and (call := self._behind(expression.id)) is not None:
            found.append(call)
        return min(found, key=_place, default=None)

    def _behind(self, name: str) -> ast.Call | None:
        """Return the first test of what a name was assigned from."""
        if name not in self.behind:
            found = [self.tests[text] for text in self.assigned.get(name, ()) if text in self.tests]
            self.behind[name] = min(found, key=_place, default=None)
        return self.behind[name]


class Guards:
    """Finds the tests that guard sites; every function is read once, however many sites it has."""

    def __init__(self) -> None:
        self._known: dict[ast.AST, _Tested] = {}

    def reason(self, site: Site) -> str | None:
        """Return why a test in the function around the site leaves its object open."""
        function = next(
            (node for node in reversed(site.ancestors) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)),
            None,
        )
        if function is None:
            return None
        tested = self._known.get(function)
        if tested is None:
            tested = self._known[function] = _read(function)
        call = tested.first(site.expression) if tested.tests else None
        if call is None:
            return None
        return f"`{written(call)}` at line {call.lineno} tests what kind of object it is"


def _read(function: ast.AST) -> _Tested:
    calls = [node for node in ast.walk(function) if isinstance(node, ast.Call) and node.args and _is_test(node)]
    tests: dict[str, ast.Call] = {}
    for call in sorted(calls, key=_place):
        tests.setdefault(written(call.args[0]), call)
    if not tests:
        return _Tested()
    assigned: dict[str, set[str]] = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    assigned.setdefault(target.id, set()).update(_texts(node.value))
    return _Tested(tests, assigned)


def _place(call: ast.Call) -> tuple[int, int]:
    return call.lineno, call.col_offset


def _is_test(call: ast.Call) -> bool:
    return (dotted(call.func) or "").rpartition(".")[2] in _TESTS


def _texts(expression: ast.expr) -> set[str]:
    """The expression and the function it calls."""
    found = {written(expression)}
    if isinstance(expression, ast.Call):
        found.add(written(expression.func))
    return found
