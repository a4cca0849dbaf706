"""One forward pass over the body of a scope that notes how each path changes what names are bound to."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from repairbot.protocols.bindings import Binding, Opaque, ScopeNode, TypeParameter, parameters
from repairbot.protocols.evaluation import Evaluation
from repairbot.protocols.flow import OTHER_CODE, STAR, Flow, member_of
from repairbot.protocols.made import Made
from repairbot.protocols.nodes import spans
from repairbot.protocols.reaching import UNBOUND, Block, Exit, Merge, merged
from repairbot.protocols.statements import (
    annotated_with,
    bindings_of,
    captured,
    caught,
    entered,
    iterated,
    own_expressions,
    runs_other_code,
)

# What may bind a name or yield inside an expression: lines without these words need no look at their expressions.
TELLING_WORDS = (":=", "yield")

Loop = ast.For | ast.AsyncFor | ast.While
# Whether the end of a statement is reached: a block, when it is reached only if that swallows an exception.
Ends = bool | Block


def analyse(scope: ScopeNode, telling: Sequence[int], truth: Callable[[ast.expr], bool | None]) -> Flow:
    """The flow of one module, class, function or lambda body, without the scopes inside it.

    `telling` are the lines of its file with one of TELLING_WORDS, `truth` says what a test comes to when the program
    runs, if that is known before.
    """
    walk = _Walk(telling, truth)
    for parameter in getattr(scope, "type_params", ()):
        walk.bind(TypeParameter(parameter.name, parameter, getattr(parameter, "bound", None)))
    if isinstance(scope, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        for binding in parameters(scope):
            walk.bind(binding)
    if isinstance(scope, ast.Lambda):
        if telling and spans(scope.body, telling):
            walk.evaluation.run([scope.body], scope.body)
    else:
        walk.body(scope.body)
    walk.flow.end = walk.history.now
    for late in walk.evaluation.late:
        walk.flow.late.setdefault(late.name, []).append(late)
    return walk.flow


@dataclass(slots=True)
class _Jumps:
    """The moments at which a loop is left or begun again from within."""

    broken: list[Exit] = field(default_factory=list)
    continued: list[Exit] = field(default_factory=list)


class _Walk:
    def __init__(self, telling: Sequence[int], truth: Callable[[ast.expr], bool | None]) -> None:
        self.telling = telling
        self.truth = truth
        self.flow = Flow()
        self.history = self.flow.history
        self.ended: list[Exit] = []
        self.loops: list[_Jumps] = []
        self.floor: int | None = None
        self.checking = False
        self.has_attributes = False
        self.made = Made(telling)
        self.evaluation = Evaluation(self.history, self.flow.before, self.bind, self._yields)

    def bind(self, binding: Binding) -> None:
        self.flow.every.setdefault(binding.name, {})[binding] = None
        if self.checking:
            self.flow.checking.add(binding)
        if binding.name == STAR:
            before = self.history.current(STAR)
            self.history.set(STAR, binding if before is UNBOUND else merged([before, binding]))
        else:
            self.history.bind(binding.name, binding)
            if "." in binding.name:
                self.history.set(member_of(binding.name), binding)
                self.flow.moments[binding] = self.history.at(OTHER_CODE, self.history.now)
                self.has_attributes = True

    def _run_other_code(self, node: ast.AST) -> None:
        """Note that attributes may be something else from here on."""
        if self.has_attributes and runs_other_code(node):
            self.history.set(OTHER_CODE, Opaque(OTHER_CODE, node, "other code"))

    def _yields(self, owner: ast.stmt | ast.expr, node: ast.Yield | ast.YieldFrom) -> None:
        self.flow.yields.append((owner, node))

    def bind_all(self, make: Callable[..., Iterable[Binding]], node: ast.AST, *around: ast.AST) -> None:
        for binding in self.made.of(make, node, *around):
            self.bind(binding)

    def body(self, statements: list[ast.stmt]) -> None:
        exits = [*self._exits(self.block(statements)), *self.ended]
        if exits:
            self.history.join(0, exits)
        else:
            # Nothing comes to the end, but functions may be called on the way.
            self.history.spread(0)

    def _exits(self, ends: Ends) -> list[Exit]:
        """The moment now as an exit, if it is reached."""
        if isinstance(ends, bool):
            return [Exit(self.history.now)] if ends else []
        return [Exit(self.history.now, ends)]

    def _here(self, node: ast.AST) -> None:
        self.flow.before[id(node)] = self.history.now
        if self.floor is not None:
            self.flow.dead[id(node)] = self.floor

    def block(self, statements: list[ast.stmt], *, reached: bool = True) -> Ends:
        outside = self.floor
        if not reached:
            self.floor = self.history.now if self.floor is None else self.floor
        ends: Ends = reached
        for statement in statements:
            self._here(statement)
            if not isinstance(statement, ast.With | ast.AsyncWith):
                self._run_other_code(statement)
            after = self.statement(statement)
            if isinstance(statement, ast.With | ast.AsyncWith):
                self._run_other_code(statement)
            if ends is not False and after is not True:
                # Only the first block on the way that has to swallow is kept: the others could only rule out more.
                ends = after if ends is True or after is False else ends
            if ends is False and self.floor is None:
                # Code that no path reaches still gets an answer: nothing is known of its names.
                self.floor = self.history.now
        self.floor = outside
        return ends

    def evaluate(self, statement: ast.stmt) -> None:
        if self.telling and spans(statement, self.telling):
            expressions = own_expressions(statement)
            if any(spans(one, self.telling) for one in expressions):
                self.evaluation.run(expressions, statement)
            annotated = [one for one in annotated_with(statement) if spans(one, self.telling)]
            if annotated:
                start = self.history.now
                self.evaluation.run(annotated, statement)
                self.history.join(start, [Exit(start), Exit(self.history.now)])

    def evaluated(self, node: ast.Expr) -> bool:
        self.evaluate(node)
        return True

    def condition(self, node: ast.If | ast.While) -> tuple[list[Exit], list[Exit]]:
        if self.telling and spans(node.test, self.telling):
            return self.evaluation.condition(node.test, node)
        now = [Exit(self.history.now)]
        return now, now

    def statement(self, node: ast.stmt) -> Ends:
        compound = _COMPOUND.get(type(node))
        if compound is not None:
            return compound(self, node)
        if self.telling:
            self.evaluate(node)
        match node:
            case ast.Return():
                self.flow.returns.append(node)
                self._jump(self.ended)
                return False
            case ast.Raise():
                return False
            case ast.Break() | ast.Continue():
                if self.loops:
                    self._jump(self.loops[-1].broken if isinstance(node, ast.Break) else self.loops[-1].continued)
                return False
        self.bind_all(bindings_of, node)
        return True

    def declared(self, node: ast.Global | ast.Nonlocal) -> bool:
        (self.flow.globals if isinstance(node, ast.Global) else self.flow.nonlocals).update(node.names)
        return True

    def _jump(self, exits: list[Exit]) -> None:
        if self.floor is None:
            exits.append(Exit(self.history.now))

    def asserted(self, node: ast.Assert) -> bool:
        """An assertion is not evaluated at all under `python -O`."""
        start = self.history.now
        self.evaluate(node)
        self.history.join(start, [Exit(start), Exit(self.history.now)])
        return True

    def branch(self, node: ast.If) -> Ends:
        truth = self.truth(node.test)
        if truth is not None:
            return self.decided(node, node.body if truth else node.orelse, node.orelse if truth else node.body)
        start = self.history.now
        yes, no = self.condition(node)
        self.history.join(start, yes)
        exits = self._exits(self.block(node.body))
        self.history.join(start, no)
        exits += self._exits(self.block(node.orelse))
        return self._meet(start, exits)

    def _meet(self, start: int, exits: Sequence[Exit]) -> Ends:
        self.history.join(start, exits)
        guards = {one.block for one in exits}
        return bool(exits) and (len(guards) > 1 or guards.pop() or True)

    def decided(self, node: ast.If, taken: list[ast.stmt], other: list[ast.stmt]) -> Ends:
        """A test that comes out one way: what the other way binds counts only where the program binds nothing."""
        start = self.history.now
        outside, self.checking = self.checking, True
        self.block(other)
        self.checking = outside
        bound = {name: self.history.current(name) for name in self.history.changed(start)}
        self.history.join(start, [Exit(start)])
        self.evaluate(node)
        ends = self.block(taken)
        for name, state in bound.items():
            if self.history.current(name) is UNBOUND:
                self.history.set(name, state)
        return ends

    def loop(self, node: Loop) -> Ends:
        start = self.history.now
        if not isinstance(node, ast.While):
            self.evaluate(node)
        # What a turn leaves is not known before it is walked: its head can be anything that comes later.
        heads = {name: Merge([self.history.current(name)]) for name in self._rebound(node)}
        for name, head in heads.items():
            self.history.set(name, head)
        begun = self.history.now
        self._here(node) if isinstance(node, ast.While) else self.bind_all(iterated, node)
        yes, no = self.condition(node) if isinstance(node, ast.While) else ([Exit(self.history.now)], [Exit(begun)])
        self.history.join(begun, yes)
        self.loops.append(_Jumps())
        back = self._exits(self.block(node.body))
        jumps = self.loops.pop()
        back += jumps.continued
        for name, head in heads.items():
            head.parts.extend(self.history.states_at(name, begun, back))
        endless = isinstance(node, ast.While) and self.truth(node.test) is True
        exits = [] if endless else no
        self.history.join(start, exits)
        exits = self._exits(self.block(node.orelse)) if exits else []
        return self._meet(start, [*exits, *jumps.broken])

    def _rebound(self, node: Loop) -> list[str]:
        """The names that a loop may bind, and what is known of their attributes."""
        found = self.made.names_inside(node)
        members = [one for name in found for one in self.history.members(name)]
        last = [member_of(name) for name in found if "." in name]
        return list(dict.fromkeys([*found, *members, *last, *([OTHER_CODE] if self.has_attributes else [])]))

    def manager(self, node: Block) -> Ends:
        start = self.history.now
        for item in node.items:
            self._here(item.context_expr)
            self._run_other_code(node)
            if self.telling and spans(item.context_expr, self.telling):
                self.evaluation.run([item.context_expr], node)
            self.bind_all(entered, item, node)
            if item is node.items[0]:
                start = self.history.now
        ends = self.block(node.body)
        for name in self.history.changed(start):
            kept = [self.history.current(name)] if ends is not False else []
            during = Merge(self.history.states_between(name, start, self.history.now), node)
            self.history.set(name, Merge([*kept, during]))
        return ends if ends is not False else node

    def attempt(self, node: ast.Try) -> Ends:
        start = self.history.now
        jumps = self.loops[-1] if self.loops else _Jumps()
        broken, continued = len(jumps.broken), len(jumps.continued)
        ends = self.block(node.body)
        raised = self.history.now
        exits: list[Exit] = []
        if ends is not False:
            after = self.block(node.orelse)
            exits += self._exits(after if ends is True or after is False else ends)
        for handler in node.handlers:
            self.history.spread(start, raised)
            self.bind_all(caught, handler)
            after = self.block(handler.body)
            if handler.name:
                self.history.set(handler.name, UNBOUND)
            exits += self._exits(after)
        if not node.finalbody:
            return self._meet(start, exits)
        self.history.spread(start)
        begun = self.history.now
        finished = self.block(node.finalbody)
        # A jump out of the block passes through here, too.
        for some, before in ((jumps.broken, broken), (jumps.continued, continued)):
            passing = len(some) > before
            some[before:] = self._exits(finished) if passing else []
        if finished is False or not exits:
            return False
        return self._after_final(start, begun, exits)

    def _after_final(self, start: int, begun: int, exits: Sequence[Exit]) -> Ends:
        """Of what the final block does not bind only what the paths that go on bring."""
        bound = set(self.history.changed(begun))
        for name in self.history.changed(start):
            if name not in bound:
                self.history.set(name, merged(self.history.states_at(name, start, exits)))
        return True

    def cases(self, node: ast.Match) -> Ends:
        start = self.history.now
        self.evaluate(node)
        exits: list[Exit] = []
        failed = [Exit(self.history.now)]
        for case in node.cases:
            self.history.join(start, failed)
            here = self.history.now
            self.bind_all(captured, case)
            yes = [Exit(self.history.now)]
            # A pattern that fails may have bound some of its names.
            failed = [Exit(here), *yes]
            if case.guard is not None:
                self.evaluation.run([case.guard], node)
                yes = [Exit(self.history.now)]
                failed += yes
            exits += self._exits(self.block(case.body))
            if case.guard is None and isinstance(case.pattern, ast.MatchAs) and case.pattern.pattern is None:
                failed = []
        return self._meet(start, [*exits, *failed])


_COMPOUND: dict[type[ast.AST], Callable[[_Walk, Any], Ends]] = {
    ast.If: _Walk.branch,
    ast.For: _Walk.loop,
    ast.AsyncFor: _Walk.loop,
    ast.While: _Walk.loop,
    ast.With: _Walk.manager,
    ast.AsyncWith: _Walk.manager,
    ast.Try: _Walk.attempt,
    ast.TryStar: _Walk.attempt,
    ast.Match: _Walk.cases,
    ast.Assert: _Walk.asserted,
    ast.Global: _Walk.declared,
    ast.Nonlocal: _Walk.declared,
    ast.Expr: _Walk.evaluated,
}
