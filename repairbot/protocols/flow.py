"""Which bindings of a name can reach a statement of one scope."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from functools import cached_property

from repairbot.protocols.bindings import Binding
from repairbot.protocols.reaching import UNBOUND, History, Swallows, flattened

STAR = "*"


@dataclass
class Flow:
    """The result for one scope.

    `before` and `dead`: the time at each statement (by `id`), and at the jump that no path to it survives; `every`: all
    bindings of a name; `late`: those that may be made at any time; `checking`: those that only type checkers see;
    `globals` and `nonlocals`: the names declared so.
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
