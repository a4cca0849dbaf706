"""Which bindings of a name can reach a statement: one forward pass over the body of one scope."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from repairbot.protocols.bindings import Binding, ScopeNode, TypeParameter, parameters
from repairbot.protocols.nodes import spans
from repairbot.protocols.outcomes import static_truth, stub_truth, suppresses
from repairbot.protocols.reaching import Reaching, joined, merged, overlaid
from repairbot.protocols.statements import (
    bindings_of,
    captured,
    caught,
    entered,
    iterated,
    named,
    own_expressions,
    runs_other_code,
)

STAR = "*"
# What may bind a name or yield inside an expression: lines without these words need no look at their expressions.
TELLING_WORDS = (":=", "yield")


@dataclass(slots=True)
class Flow:
    """The result for one scope.

    `before`: what reaches each statement (by `id`); `after`: what reaches the end; `every`: all bindings of a name;
    `outward`: names declared `global` or `nonlocal`.
    """

    before: dict[int, Reaching] = field(default_factory=dict)
    after: Reaching = field(default_factory=dict)
    every: dict[str, dict[Binding, None]] = field(default_factory=dict)
    outward: set[str] = field(default_factory=set)
    returns: list[ast.Return] = field(default_factory=list)
    yields: list[tuple[ast.stmt, ast.Yield | ast.YieldFrom]] = field(default_factory=list)


def analyse(scope: ScopeNode, telling: Sequence[int], *, is_stub: bool = False) -> Flow:
    """The flow of one module, class, function or lambda body, without the scopes inside it.

    `telling` are the lines of its file with one of TELLING_WORDS. In a stub `sys.version_info` and `sys.platform` are
    taken to be those of STUB_VERSION on Linux, so that the same sources give the same answer on every machine.
    """
    walk = _Walk(telling, is_stub)
    start: Reaching = {}
    for parameter in getattr(scope, "type_params", ()):
        start = walk.bound(start, TypeParameter(parameter.name, parameter, getattr(parameter, "bound", None)))
    if isinstance(scope, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        for binding in parameters(scope):
            start = walk.bound(start, binding)
    if isinstance(scope, ast.Lambda):
        walk.flow.after = start
        return walk.flow
    end = walk.block(scope.body, start)
    walk.flow.after = merged([end, *walk.ended]) or {}
    return walk.flow


_WITH = (ast.With, ast.AsyncWith)


@dataclass(slots=True)
class _Loop:
    broken: list[Reaching | None] = field(default_factory=list)
    continued: list[Reaching | None] = field(default_factory=list)


class _Walk:
    def __init__(self, telling: Sequence[int], is_stub: bool) -> None:
        self.telling = telling
        self.is_stub = is_stub
        self.flow = Flow()
        self.ended: list[Reaching | None] = []
        self.loops: list[_Loop] = []
        self.raising: list[list[Reaching | None]] = []
        self.rehearsing = False
        self.made: dict[ast.AST, tuple[Binding, ...]] = {}
        self.owners: set[str] = set()

    def bound_by(
        self, state: Reaching, make: Callable[..., Iterable[Binding]], node: ast.AST, *around: ast.AST
    ) -> Reaching:
        """With what `make(node, *around)` binds, the same objects each time the walk comes by."""
        made = self.made.get(node)
        if made is None:
            made = self.made[node] = tuple(make(node, *around))
        for binding in made:
            state = self.bound(state, binding)
        return state

    def bound(self, state: Reaching, binding: Binding) -> Reaching:
        name = binding.name
        self.flow.every.setdefault(name, {})[binding] = None
        if name == STAR:
            return {**state, STAR: joined(state.get(STAR, ()), (binding,))}
        owner = name
        while (dot := owner.rfind(".")) > 0:
            owner = owner[:dot]
            self.owners.add(owner)
        if owner != name:
            # `x` and `y` may be one object: what was known of `y.a` is void once `x.a` is bound.
            last = name[name.rfind(".") :]
            state = {key: found for key, found in state.items() if not key.endswith(last)}
        if name not in self.owners:
            return {**state, name: (binding,)}
        # A new object behind `x` has other attributes than the old one: what was known of `x.y` is void.
        kept = {key: found for key, found in state.items() if not key.startswith(name + ".")}
        kept[name] = (binding,)
        return kept

    def block(self, body: list[ast.stmt], state: Reaching | None) -> Reaching | None:
        for statement in body:
            # Code that no path reaches still gets an answer: nothing is known of its names.
            here = state if state is not None else {}
            if self.telling and spans(statement, self.telling):
                here = self.headed(statement, here)
            self.flow.before[id(statement)] = here
            after = self.statement(statement, here if isinstance(statement, _WITH) else self.void(statement, here))
            if after is not None and isinstance(statement, _WITH):
                after = self.void(statement, after)
            state = after if state is not None else None
            for states in self.raising:
                states.append(state)
        return state

    def void(self, statement: ast.stmt, state: Reaching) -> Reaching:
        """The state without attributes, where the statement runs code that may set them."""
        if not self.owners or not any("." in name for name in state) or not runs_other_code(statement):
            return state
        return {name: found for name, found in state.items() if "." not in name}

    def headed(self, statement: ast.stmt, state: Reaching) -> Reaching:
        """Walruses of a statement's own expressions count as bound from its start; yields are noted on the way."""
        for node in own_expressions(statement):
            match node:
                case ast.NamedExpr():
                    state = self.bound_by(state, named, node, statement)
                case ast.Yield() | ast.YieldFrom() if not self.rehearsing:
                    self.flow.yields.append((statement, node))
        return state

    def statement(self, node: ast.stmt, state: Reaching) -> Reaching | None:
        match node:
            case ast.Expr():
                return state
            case ast.Return():
                if not self.rehearsing:
                    self.flow.returns.append(node)
                self.ended.append(state)
                return None
            case ast.Raise():
                for states in self.raising:
                    states.append(state)
                return None
            case ast.Break():
                if self.loops:
                    self.loops[-1].broken.append(state)
                return None
            case ast.Continue():
                if self.loops:
                    self.loops[-1].continued.append(state)
                return None
            case ast.If():
                return self.branch(node, state)
            case ast.For() | ast.AsyncFor() | ast.While():
                return self.loop(node, state)
            case ast.With() | ast.AsyncWith():
                return self.manager(node, state)
            case ast.Try():
                return self.attempt(node, state)
            case ast.Match():
                return self.cases(node, state)
            case ast.Global() | ast.Nonlocal():
                self.flow.outward.update(node.names)
                return state
            case _ if node.__class__.__name__ == "TryStar":
                return self.attempt(node, state)  # type: ignore[arg-type]  # ast.TryStar has the fields of ast.Try
        return self.bound_by(state, bindings_of, node)

    def branch(self, node: ast.If, state: Reaching) -> Reaching | None:
        if self.is_stub and (taken := stub_truth(node.test)) is not None:
            return self.block(node.body if taken else node.orelse, state)
        yes = self.block(node.body, state)
        no = self.block(node.orelse, state)
        match static_truth(node.test):
            case True:
                return overlaid(yes, no, state)
            case False:
                return overlaid(no, yes, state)
        return merged([yes, no])

    def loop(self, node: ast.For | ast.AsyncFor | ast.While, state: Reaching) -> Reaching | None:
        # A first turn finds what the body binds, a second one walks it with that; inside a rehearsal one turn will do,
        # or the cost would double with every level of nesting.
        rehearsing, self.rehearsing = self.rehearsing, True
        end, seen = self.turn(node, state)
        self.rehearsing = rehearsing
        head = self.void(node, merged([state, end]) or {})
        if not rehearsing:
            end, seen = self.turn(node, head)
            head = self.void(node, merged([head, end]) or {})
        endless = isinstance(node, ast.While) and isinstance(node.test, ast.Constant) and bool(node.test.value)
        done = None if endless else self.block(node.orelse, head)
        return merged([done, *seen.broken])

    def turn(self, node: ast.For | ast.AsyncFor | ast.While, head: Reaching) -> tuple[Reaching | None, _Loop]:
        inside = head
        if isinstance(node, ast.For | ast.AsyncFor):
            inside = self.bound_by(head, iterated, node)
        seen = _Loop()
        self.loops.append(seen)
        end = self.block(node.body, inside)
        self.loops.pop()
        return merged([end, *seen.continued]), seen

    def manager(self, node: ast.With | ast.AsyncWith, state: Reaching) -> Reaching | None:
        inside = state
        for item in node.items:
            self.flow.before[id(item.context_expr)] = inside
            inside = self.void(node, inside)
            inside = self.bound_by(inside, entered, item, node)
        if not suppresses(node):
            return self.block(node.body, inside)
        states: list[Reaching | None] = [inside]
        self.raising.append(states)
        end = self.block(node.body, inside)
        self.raising.pop()
        return merged([end, *states])

    def attempt(self, node: ast.Try, state: Reaching) -> Reaching | None:
        states: list[Reaching | None] = [state]
        self.raising.append(states)
        end = self.block(node.body, state)
        self.raising.pop()
        failed = merged(states) or {}
        done = [self.block(node.orelse, end) if node.orelse else end]
        done += [self.block(handler.body, self.bound_by(failed, caught, handler)) for handler in node.handlers]
        after = merged(done)
        if not node.finalbody:
            return after
        last = self.block(node.finalbody, merged([after, failed]) or {})
        if last is None or after is None:
            return None
        # Only what the paths that go on bring, plus what the final block itself binds.
        bound_last = {
            name: found for name, found in last.items() if not {*found} <= {*failed.get(name, ()), *after.get(name, ())}
        }
        return {**after, **bound_last}

    def cases(self, node: ast.Match, state: Reaching) -> Reaching | None:
        done: list[Reaching | None] = []
        total = False
        for case in node.cases:
            done.append(self.block(case.body, self.bound_by(state, captured, case)))
            total = total or (
                case.guard is None and isinstance(case.pattern, ast.MatchAs) and case.pattern.pattern is None
            )
        return merged(done if total else [*done, state])
