"""The order in which Python evaluates the parts of an expression, where that decides what a name is."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Sequence

from repairbot.protocols.bindings import Assigned
from repairbot.protocols.reaching import Exit, History, Merge
from repairbot.protocols.statements import SCOPES, defaults, named

Step = ast.AST | Callable[[], None]
Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


class Evaluation:
    """Walks expressions that hold a `:=` or a `yield`.

    `before` gets the time at which each name in them is read, `yields` what they yield, `bind` each binding.
    """

    def __init__(
        self,
        history: History,
        before: dict[int, int],
        bind: Callable[[Assigned], None],
        yields: Callable[[ast.stmt | ast.expr, ast.Yield | ast.YieldFrom], None],
    ) -> None:
        self._history = history
        self._before = before
        self._bind = bind
        self._yields = yields
        # A generator expression may be run at any time after it was made.
        self.late: list[Assigned] = []

    def run(self, expressions: Iterable[ast.AST], owner: ast.stmt | ast.expr) -> None:
        """Evaluate some expressions of a statement (or of a lambda, whose body is then the owner)."""
        pending: list[Step] = [*reversed([*expressions])]
        while pending:
            step = pending.pop()
            if isinstance(step, ast.AST):
                pending.extend(reversed([*self._steps(step, owner)]))
            else:
                step()

    def condition(self, test: ast.expr, owner: ast.stmt) -> tuple[list[Exit], list[Exit]]:
        """Evaluate a test; the moments at which it has turned out true, and those at which it has turned out false."""
        negated = False
        while isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            test, negated = test.operand, not negated
        yes, no = self._decided(test, owner)
        return (no, yes) if negated else (yes, no)

    def _decided(self, test: ast.expr, owner: ast.stmt) -> tuple[list[Exit], list[Exit]]:
        match test:
            case ast.BoolOp(op=operator, values=parts):
                decided: list[Exit] = []
                start = self._history.now
                for part in parts:
                    yes, no = self.condition(part, owner)
                    on, off = (yes, no) if isinstance(operator, ast.And) else (no, yes)
                    decided += off
                    self._history.join(start, on)
                last = [Exit(self._history.now)]
                return (last, decided) if isinstance(operator, ast.And) else (decided, last)
        self.run([test], owner)
        now = [Exit(self._history.now)]
        return now, now

    def _steps(self, node: ast.AST, owner: ast.stmt | ast.expr) -> Sequence[Step] | Iterator[Step]:
        match node:
            case ast.NamedExpr(value=value):
                return [value, lambda: self._assign(node, owner)]
            case ast.Name():
                return [lambda: self._note(node)]
            case ast.Attribute(value=inner):
                return [inner, lambda: self._note(node)]
            case ast.BoolOp(values=[first, *rest]):
                return [first, *self._perhaps(rest)]
            case ast.Compare(left=left, comparators=[second, *rest]):
                return [left, second, *self._perhaps(rest)]
            case ast.IfExp(test=test, body=yes, orelse=no):
                return [test, *self._either(yes, no)]
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                return self._repeated(node, owner)
            case ast.Dict(keys=keys, values=values):
                return [one for pair in zip(keys, values, strict=True) for one in pair if one is not None]
            case ast.Lambda(args=arguments):
                return defaults(arguments)
            case ast.Yield() | ast.YieldFrom():
                return [*ast.iter_child_nodes(node), lambda: self._yields(owner, node)]
        return ast.iter_child_nodes(node)

    def _assign(self, node: ast.NamedExpr, owner: ast.stmt | ast.expr) -> None:
        for binding in named(node, owner):
            self._bind(binding)

    def _note(self, node: ast.expr) -> None:
        self._before[id(node)] = self._history.now

    def _perhaps(self, parts: Sequence[ast.expr]) -> Iterator[Step]:
        """Parts that are evaluated one after the other, any of which may be the last."""
        if not parts:
            return
        exits: list[Exit] = []

        def mark() -> None:
            exits.append(Exit(self._history.now))

        yield mark
        for part in parts:
            yield part
            yield mark
        yield lambda: self._history.join(exits[0].time, exits)

    def _either(self, yes: ast.expr, no: ast.expr) -> Iterator[Step]:
        exits: list[Exit] = []

        def mark() -> None:
            exits.append(Exit(self._history.now))

        yield mark
        yield yes
        yield mark
        yield lambda: self._history.join(exits[0].time, exits[:1])
        yield no
        yield mark
        yield lambda: self._history.join(exits[0].time, exits[1:])

    def _repeated(self, node: Comprehension, owner: ast.stmt | ast.expr) -> Iterator[Step]:
        """What a comprehension binds may be bound before any part of it, or not at all."""
        bound: dict[str, list[Assigned]] = {}
        inside = list(_inside(node))
        for one in inside:
            if isinstance(one, ast.NamedExpr):
                for binding in named(one, owner):
                    bound.setdefault(binding.name, []).append(binding)
                    if isinstance(node, ast.GeneratorExp):
                        self.late.append(binding)

        def bind() -> None:
            for name, bindings in bound.items():
                before = self._history.current(name)
                for binding in bindings:
                    self._bind(binding)
                self._history.set(name, Merge([before, *bindings]))

        yield bind
        for one in inside:
            if isinstance(one, ast.Name | ast.Attribute):
                yield lambda one=one: self._note(one)  # type: ignore[misc]


def _inside(node: Comprehension) -> Iterator[ast.AST]:
    pending: list[ast.AST] = [*ast.iter_child_nodes(node)]
    while pending:
        one = pending.pop()
        yield one
        if not isinstance(one, SCOPES):
            pending.extend(ast.iter_child_nodes(one))
