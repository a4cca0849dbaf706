"""Which bindings of a name can reach a statement: one forward pass over the body of one scope."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from repairbot.protocols.bindings import (
    Assigned,
    Binding,
    Declared,
    Defined,
    Entered,
    Imported,
    Iterated,
    Opaque,
    ScopeNode,
    TypeParameter,
    parameters,
    targets,
)

Reaching = Mapping[str, frozenset[Binding]]
STAR = "*"
STUB_VERSION = (3, 13)


@dataclass(slots=True)
class Flow:
    """The result for one scope.

    `before`: what reaches each statement (by `id`); `after`: what reaches the end; `every`: all bindings of a name;
    `outward`: names declared `global` or `nonlocal`.
    """

    before: dict[int, Reaching] = field(default_factory=dict)
    after: Reaching = field(default_factory=dict)
    every: dict[str, frozenset[Binding]] = field(default_factory=dict)
    outward: set[str] = field(default_factory=set)
    returns: list[ast.Return] = field(default_factory=list)
    yields: list[tuple[ast.stmt, ast.Yield | ast.YieldFrom]] = field(default_factory=list)


def analyse(scope: ScopeNode, *, is_stub: bool = False) -> Flow:
    """The flow of one module, class, function or lambda body, without the scopes inside it.

    In a stub `sys.version_info` and `sys.platform` are taken to be those of STUB_VERSION on Linux, so that the same
    sources give the same answer on every machine.
    """
    walk = _Walk(is_stub)
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


def merged(states: Iterable[Reaching | None]) -> Reaching | None:
    """What can reach a point that several paths lead to; None stands for a path that does not arrive."""
    live = [state for state in states if state is not None]
    if not live:
        return None
    first, *rest = live
    if all(state is first for state in rest):
        return first
    result = dict(first)
    for state in rest:
        for name in result.keys() - state.keys():
            result[name] = result[name] | _UNBOUND
        for name, bindings in state.items():
            result[name] = result.get(name, _UNBOUND) | bindings
    return result


UNBOUND = Opaque("", ast.Pass(), "unbound")
_UNBOUND: frozenset[Binding] = frozenset({UNBOUND})
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


@dataclass(slots=True)
class _Loop:
    broken: list[Reaching | None] = field(default_factory=list)
    continued: list[Reaching | None] = field(default_factory=list)


class _Walk:
    def __init__(self, is_stub: bool) -> None:
        self.is_stub = is_stub
        self.flow = Flow()
        self.ended: list[Reaching | None] = []
        self.loops: list[_Loop] = []
        self.raising: list[list[Reaching | None]] = []
        self.rehearsing = False

    def bound(self, state: Reaching, binding: Binding) -> Reaching:
        name = binding.name
        self.flow.every[name] = self.flow.every.get(name, frozenset()) | {binding}
        if name == STAR:
            return {**state, STAR: state.get(STAR, frozenset()) | {binding}}
        # A new object behind `x` has other attributes than the old one: what was known of `x.y` is void.
        kept = {key: found for key, found in state.items() if not key.startswith(name + ".")}
        kept[name] = frozenset({binding})
        return kept

    def block(self, body: list[ast.stmt], state: Reaching | None) -> Reaching | None:
        for statement in body:
            # Code that no path reaches still gets an answer: nothing is known of its names.
            here = state if state is not None else {}
            here = self.headed(statement, here)
            self.flow.before[id(statement)] = here
            after = self.statement(statement, here)
            state = after if state is not None else None
            for states in self.raising:
                states.append(state)
        return state

    def headed(self, statement: ast.stmt, state: Reaching) -> Reaching:
        """Walruses of a statement's own expressions count as bound from its start; yields are noted on the way."""
        for node in _own_expressions(statement):
            match node:
                case ast.NamedExpr(target=ast.Name(id=name), value=value):
                    state = self.bound(state, Assigned(name, statement, value))
                case ast.Yield() | ast.YieldFrom() if not self.rehearsing:
                    self.flow.yields.append((statement, node))
        return state

    def statement(self, node: ast.stmt, state: Reaching) -> Reaching | None:
        match node:
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
            case _ if node.__class__.__name__ == "TryStar":
                return self.attempt(node, state)  # type: ignore[arg-type]  # ast.TryStar has the fields of ast.Try
        for binding in _simple(node):
            state = self.bound(state, binding)
        if isinstance(node, ast.Global | ast.Nonlocal):
            self.flow.outward.update(node.names)
        return state

    def branch(self, node: ast.If, state: Reaching) -> Reaching | None:
        if self.is_stub and (taken := _stub_truth(node.test)) is not None:
            return self.block(node.body if taken else node.orelse, state)
        yes = self.block(node.body, state)
        no = self.block(node.orelse, state)
        match _static_truth(node.test):
            case True:
                return _overlaid(yes, no, state)
            case False:
                return _overlaid(no, yes, state)
        return merged([yes, no])

    def loop(self, node: ast.For | ast.AsyncFor | ast.While, state: Reaching) -> Reaching | None:
        # A first turn finds what the body binds, a second one walks it with that; inside a rehearsal one turn will do,
        # or the cost would double with every level of nesting.
        rehearsing, self.rehearsing = self.rehearsing, True
        end, seen = self.turn(node, state)
        self.rehearsing = rehearsing
        head = merged([state, end]) or {}
        if not rehearsing:
            end, seen = self.turn(node, head)
            head = merged([head, end]) or {}
        endless = isinstance(node, ast.While) and isinstance(node.test, ast.Constant) and bool(node.test.value)
        done = None if endless else self.block(node.orelse, head)
        return merged([done, *seen.broken])

    def turn(self, node: ast.For | ast.AsyncFor | ast.While, head: Reaching) -> tuple[Reaching | None, _Loop]:
        inside = head
        if isinstance(node, ast.For | ast.AsyncFor):
            for name, path in targets(node.target):
                inside = self.bound(inside, Iterated(name, node, node.iter, path))
        seen = _Loop()
        self.loops.append(seen)
        end = self.block(node.body, inside)
        self.loops.pop()
        return merged([end, *seen.continued]), seen

    def manager(self, node: ast.With | ast.AsyncWith, state: Reaching) -> Reaching | None:
        inside = state
        for item in node.items:
            self.flow.before[id(item.context_expr)] = inside
            if item.optional_vars is not None:
                for name, path in targets(item.optional_vars):
                    inside = self.bound(inside, Entered(name, node, item.context_expr, path))
        if not _suppresses(node):
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
        for handler in node.handlers:
            caught = failed
            if handler.name:
                caught = self.bound(caught, Opaque(handler.name, handler, "an exception"))
            done.append(self.block(handler.body, caught))
        after = merged(done)
        if not node.finalbody:
            return after
        last = self.block(node.finalbody, merged([after, failed]) or {})
        if last is None or after is None:
            return None
        # Only what the paths that go on bring, plus what the final block itself binds.
        bound_last = {
            name: found
            for name, found in last.items()
            if not found <= failed.get(name, frozenset()) | after.get(name, frozenset())
        }
        return {**after, **bound_last}

    def cases(self, node: ast.Match, state: Reaching) -> Reaching | None:
        done: list[Reaching | None] = []
        total = False
        for case in node.cases:
            inside = state
            for part in ast.walk(case.pattern):
                name = getattr(part, "name", None) or getattr(part, "rest", None)
                if isinstance(name, str):
                    inside = self.bound(inside, Opaque(name, part, "a match pattern"))
            done.append(self.block(case.body, inside))
            total = total or (
                case.guard is None and isinstance(case.pattern, ast.MatchAs) and case.pattern.pattern is None
            )
        return merged(done if total else [*done, state])


def _simple(node: ast.stmt) -> Iterator[Binding]:
    """The bindings of a statement without a body of its own flow."""
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            yield Defined(node.name, node)
        case ast.Assign(targets=many, value=value):
            for target in many:
                for name, path in targets(target):
                    yield Assigned(name, node, value, path)
        case ast.AnnAssign(target=target, annotation=annotation, value=None):
            for name, _ in targets(target):
                yield Declared(name, node, annotation)
        case ast.AnnAssign(target=target, annotation=annotation, value=ast.expr() as value):
            for name, path in targets(target):
                yield Assigned(name, node, value, path, annotation)
        case ast.AugAssign(target=target):
            for name, _ in targets(target):
                yield Opaque(name, node, "an augmented assignment")
        case ast.Delete(targets=many):
            for target in many:
                for name, _ in targets(target):
                    yield Opaque(name, node, "deleted")
        case ast.Import(names=names):
            for alias in names:
                if alias.asname:
                    yield Imported(alias.asname, node, alias.name, 0, None)
                else:
                    top = alias.name.split(".")[0]
                    yield Imported(top, node, top, 0, None, whole=False)
        case ast.ImportFrom(names=names, module=module, level=level):
            for alias in names:
                yield Imported(alias.asname or alias.name, node, module or "", level, alias.name)
        case _ if node.__class__.__name__ == "TypeAlias":
            yield Assigned(node.name.id, node, node.value)  # type: ignore[attr-defined]  # ast.TypeAlias, Python 3.12 on


def _own_expressions(statement: ast.stmt) -> Iterator[ast.AST]:
    """Every expression node of a statement that runs in its own scope, bodies of compound statements left out."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return
    stack: list[ast.AST] = [
        child
        for child in ast.iter_child_nodes(statement)
        if not isinstance(child, ast.stmt | ast.ExceptHandler | ast.match_case)
    ]
    while stack:
        node = stack.pop()
        yield node
        if not isinstance(node, _SCOPES):
            stack.extend(ast.iter_child_nodes(node))


def _static_truth(test: ast.expr) -> bool | None:
    """True for `TYPE_CHECKING`, False for its negation, None for what is decided at run time."""
    match test:
        case ast.Name(id="TYPE_CHECKING") | ast.Attribute(attr="TYPE_CHECKING"):
            return True
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            truth = _static_truth(inner)
            return None if truth is None else not truth
    return None


def _stub_truth(test: ast.expr) -> bool | None:
    """What a version or platform test of a stub comes to, None for any other test."""
    match test:
        case ast.BoolOp(op=operator, values=parts):
            truths = [_stub_truth(part) for part in parts]
            if None in truths:
                return None
            return all(truths) if isinstance(operator, ast.And) else any(truths)
        case ast.Compare(left=ast.Attribute(attr="version_info"), ops=[operator], comparators=[ast.Tuple(elts=parts)]):
            wanted = tuple(part.value for part in parts if isinstance(part, ast.Constant))
            return wanted <= STUB_VERSION if isinstance(operator, ast.GtE) else wanted > STUB_VERSION
        case ast.Compare(left=ast.Attribute(attr="platform"), ops=[operator], comparators=[ast.Constant(value=name)]):
            return (name == "linux") == isinstance(operator, ast.Eq)
    return None


def _overlaid(checking: Reaching | None, running: Reaching | None, before: Reaching) -> Reaching | None:
    """What is bound for type checkers only counts where the running program binds nothing."""
    if checking is None:
        return running
    if running is None:
        return checking
    bound_running = {name: found for name, found in running.items() if before.get(name) != found}
    return {**checking, **bound_running}


def _suppresses(node: ast.With | ast.AsyncWith) -> bool:
    """Whether the block may end early without an exception leaving it."""
    for item in node.items:
        match item.context_expr:
            case ast.Call(func=ast.Name(id="suppress") | ast.Attribute(attr="suppress" | "raises" | "assertRaises")):
                return True
    return False
