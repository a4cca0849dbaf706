"""Which bindings of a name can reach a statement of one scope."""

from __future__ import annotations

import ast
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property

from repairbot.protocols.bindings import Binding
from repairbot.protocols.reaching import UNBOUND, History, State, Swallows, flattened

STAR = "*"
# A name that no code can have: it is bound anew by whatever may run code that is not seen.
OTHER_CODE = "()"


def member_of(name: str) -> str:
    """A name that stands for the attribute `y` of anything, for `x.y`."""
    return name[name.rfind(".") :]


@dataclass
class Flow:
    """The result for one scope.

    `before` and `dead`: the time at each statement (by `id`), and at the jump that no path to it survives; `every`: all
    bindings of a name; `late`: those that may be made at any time; `checking`: those that only type checkers see;
    `globals` and `nonlocals`: the names declared so; `moments`: what other code ran last when an attribute was bound.
    """

    history: History = field(default_factory=History)
    before: dict[int, int] = field(default_factory=dict)
    dead: dict[int, int] = field(default_factory=dict)
    every: dict[str, dict[Binding, None]] = field(default_factory=dict)
    late: dict[str, list[Binding]] = field(default_factory=dict)
    checking: set[Binding] = field(default_factory=set)
    globals: set[str] = field(default_factory=set)
    nonlocals: set[str] = field(default_factory=set)
    returns: list[ast.Return] = field(default_factory=list)
    yields: list[tuple[ast.stmt | ast.expr, ast.Yield | ast.YieldFrom]] = field(default_factory=list)
    end: int = 0
    moments: dict[Binding, State | None] = field(default_factory=dict)

    def is_still(self, bindings: Collection[Binding], node: ast.AST, swallows: Swallows) -> bool:
        """Whether an attribute is, at a statement, what some bindings of it made it.

        It is not once other code ran, or something was bound to the same attribute of another name.
        """
        time = self.before.get(id(node))
        if time is None or not all(one in self.moments for one in bindings):
            return False
        called = self.history.at(OTHER_CODE, time)
        stored = {other for one in bindings for other in self.reaching(member_of(one.name), node, swallows)}
        return stored == {*bindings} and all(self.moments[one] is called for one in bindings)

    @property
    def outward(self) -> set[str]:
        return self.globals | self.nonlocals

    def reaching(self, name: str, node: ast.AST | None, swallows: Swallows) -> tuple[Binding, ...]:
        """The bindings that can reach a statement (None: the end of the scope), UNBOUND among them where none may."""
        time = self.end if node is None else self.before.get(id(node))
        if time is None:
            return ()
        state = self.history.at(name, time, self.dead.get(id(node), 0))
        return () if state is None or state is UNBOUND else flattened(state, swallows)

    @cached_property
    def after(self) -> dict[str, tuple[Binding, ...]]:
        """What may reach the end of the scope, whatever swallows exceptions."""
        found = {name: self.reaching(name, None, lambda _: True) for name in self.history.names()}
        return {name: bindings for name, bindings in found.items() if {*bindings} - {UNBOUND}}
