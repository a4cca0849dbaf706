"""What code does with an object under some names: the demands that tell an element from the thing it comes from."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from repairbot.repair.operations import Operation, need_of, of_operators
from repairbot.repair.steps import Demand, Handed, Iterate, Part, Promised, Step, Use, shown

_COLLECTS = {"add", "append", "appendleft", "extend", "insert", "put", "put_nowait", "setdefault", "update"}
_Path = tuple[ast.AST, ...]
_Function = ast.FunctionDef | ast.AsyncFunctionDef
_Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


def of_loop(loop: ast.For | ast.AsyncFor, ancestors: Sequence[ast.AST]) -> Use:
    """Return what a loop's body, and what follows the loop in its function, does with the loop's target."""

    def walked(walk: _Walk) -> Use:
        for block in (loop.body, loop.orelse, *_following(loop, ancestors)):
            walk.block(block)
        return walk.use

    return _with_parts(walked(_Walk(loop.target)), loop.target, walked)


def _with_parts(use: Use, target: ast.expr, walked: Callable[[_Walk], Use]) -> Use:
    """Return a use with what is done with each of the names that the target is unpacked into."""
    if not isinstance(target, ast.Tuple | ast.List) or any(isinstance(one, ast.Starred) for one in target.elts):
        return use
    demands, handed = list(use.demands), list(use.handed)
    for index, part in enumerate(target.elts):
        inner = walked(_Walk(part))
        demands += [replace(one, steps=(Part(index), *one.steps)) for one in inner.demands]
        handed += [replace(one, part=index) for one in inner.handed]
    return replace(use, demands=tuple(demands), handed=tuple(handed))


def of_comprehension(comprehension: ast.expr, clause: ast.comprehension) -> Use:
    """Return what a comprehension does with the target of one of its clauses."""
    generators = getattr(comprehension, "generators", [])
    parts = [getattr(comprehension, name, None) for name in ("elt", "key", "value")]
    later = generators[generators.index(clause) + 1 :]

    def walked(walk: _Walk) -> Use:
        for part in [*parts, *clause.ifs, *later]:
            if part is not None:
                walk.look(part, (comprehension,))
        return walk.use

    use = _with_parts(walked(_Walk(clause.target)), clause.target, walked)
    return replace(use, collects=True)


def of_parameter(function: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda, name: str) -> Use:
    """Return what a function does with one of its parameters."""
    return of_names(function.body if isinstance(function, _Function) else [ast.Expr(function.body)], {name})


def of_names(body: Sequence[ast.stmt], names: Iterable[str]) -> Use:
    """Return what some statements do with the object that stands under some names before them."""
    walk = _Walk(None, names)
    walk.block(body)
    return walk.use


def _following(node: ast.AST, ancestors: Sequence[ast.AST]) -> Iterator[list[ast.stmt]]:
    """Yield the statements that come after a statement in its function, block by block outwards."""
    child = node
    for parent in reversed(ancestors):
        if isinstance(parent, ast.match_case | ast.stmt | ast.ExceptHandler):
            for name in ("body", "orelse", "finalbody"):
                block = getattr(parent, name, None)
                if isinstance(block, list) and child in block:
                    yield block[block.index(child) + 1 :]
                    if isinstance(parent, ast.Try):
                        yield parent.finalbody if name != "finalbody" else []
        if isinstance(parent, _Function | ast.ClassDef | ast.Lambda):
            return
        child = parent


@dataclass
class _Walk:
    """Goes through statements in order and knows which names stand for the object at each of them."""

    target: ast.expr | None
    names: Iterable[str] = ()
    demands: list[Demand] = field(default_factory=list)
    handed: list[Handed] = field(default_factory=list)
    promised: list[Promised] = field(default_factory=list)
    collects: bool = False
    mentioned: bool = False
    alive: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.alive |= set(self.names)
        match self.target:
            case ast.Name(id=name):
                self.alive.add(name)
            case ast.Tuple() | ast.List() as parts:
                starred = any(isinstance(part, ast.Starred) for part in parts.elts)
                text = f"unpacking into `{shown(parts)}`"
                number = None if starred else len(parts.elts)
                self.demands.append(Demand((Iterate(is_async=False, number=number),), text, parts.lineno))
                self.mentioned = True
            case ast.Attribute() | ast.Subscript():
                self.mentioned = True

    @property
    def use(self) -> Use:
        demands = tuple(dict.fromkeys(self.demands))
        return Use(demands, tuple(self.handed), tuple(self.promised), self.collects, self.mentioned)

    def block(self, body: Iterable[ast.stmt]) -> None:
        for statement in body:
            if self.alive:
                self.statement(statement)

    def statement(self, node: ast.stmt) -> None:
        match node:
            case ast.If() | ast.While():
                self.look(node.test, (node,))
                self.apart(node.body, node.orelse)
            case ast.For() | ast.AsyncFor():
                self.look(node.iter, (node,))
                before = set(self.alive)
                self.rebound(node.target)
                self.apart(node.body, node.orelse)
                self.alive |= before
            case ast.With() | ast.AsyncWith():
                for item in node.items:
                    self.look(item, (node,))
                    self.rebound(item.optional_vars)
                self.block(node.body)
            case ast.Match():
                self.look(node.subject, (node,))
                for case in node.cases:
                    if case.guard is not None:
                        self.look(case.guard, (node,))
                self.apart(*(case.body for case in node.cases), [])
            case _ if isinstance(node, ast.Try) or type(node).__name__ == "TryStar":
                self.attempt(node)  # type: ignore[arg-type]  # ast.TryStar has the fields of ast.Try
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                self.look(node, ())
                self.alive.discard(node.name)
            case _:
                self.simple(node)

    def apart(self, *blocks: Iterable[ast.stmt]) -> None:
        """Blocks of which one runs: what is alive after any of them is alive after all."""
        before, after = set(self.alive), set[str]()
        for body in blocks:
            self.alive = set(before)
            self.block(body)
            after |= self.alive
        self.alive = after

    def attempt(self, node: ast.Try) -> None:
        before = set(self.alive)
        self.block(node.body)
        self.block(node.orelse)
        through = set(self.alive)
        for handler in node.handlers:
            self.alive = before | through
            self.block(handler.body)
            through |= self.alive
        self.alive = through
        self.block(node.finalbody)

    def simple(self, node: ast.stmt) -> None:
        self.look(node, ())
        match node:
            case ast.Assign(targets=targets, value=value):
                same = isinstance(value, ast.Name) and value.id in self.alive
                for target in targets:
                    self.rebound(target)
                    if same and isinstance(target, ast.Name):
                        self.alive.add(target.id)
            case ast.AnnAssign(target=target, value=value) if value is not None:
                self.rebound(target)
            case ast.AugAssign(target=ast.Name(id=name), op=operator, value=value) if name in self.alive:
                self.noted(of_operators(operator, value, in_place=True), node, node)
                self.alive.discard(name)
            case ast.Delete(targets=targets):
                for target in targets:
                    self.rebound(target)

    def rebound(self, target: ast.expr | None) -> None:
        for node in ast.walk(target) if target is not None else ():
            if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
                self.alive.discard(node.id)

    def look(self, node: ast.AST, around: _Path) -> None:
        """Note every mention in a statement or an expression, nested functions included."""
        for mention, path in _mentions(node, around, frozenset(self.alive)):
            self.mentioned = True
            self.mention(mention, path)

    def mention(self, node: ast.Name, path: _Path) -> None:
        steps: list[Step] = []
        current: ast.AST = node
        place = len(path)
        self.collects = self.collects or _collected(node, path)
        while place:
            parent = path[place - 1]
            match need_of(current, parent, path[: place - 1]):
                case Operation(steps=found, goes_on=goes_on) if found:
                    steps += found
                    if not goes_on:
                        self.noted(tuple(steps), parent, node)
                        return
                case None:
                    break
            current, place = parent, place - 1
        if steps:
            self.noted(tuple(steps), current, node)
        else:
            self.passed_on(node, path)

    def passed_on(self, node: ast.Name, path: _Path) -> None:
        match path[-1:]:
            case (ast.Call() as call,):
                self.handed.append(Handed(call, node))
            case (ast.keyword() as keyword,):
                match path[-2:-1]:
                    case (ast.Call() as call,):
                        self.handed.append(Handed(call, keyword.value))
            case (ast.Yield(),) | (ast.Return(),):
                if not any(isinstance(one, _Function | ast.Lambda) for one in path):
                    self.promised.append(Promised(node, is_yielded=isinstance(path[-1], ast.Yield)))
            case (ast.AnnAssign(annotation=annotation),):
                self.promised.append(Promised(node, is_yielded=False, annotation=annotation))

    def noted(self, steps: tuple[Step, ...], where: ast.AST, mention: ast.AST) -> None:
        if steps:
            self.demands.append(Demand(steps, f"`{shown(where)}`", getattr(mention, "lineno", 0)))


def _mentions(root: ast.AST, around: _Path, names: frozenset[str]) -> Iterator[tuple[ast.Name, _Path]]:
    stack: list[tuple[ast.AST, _Path, frozenset[str]]] = [(root, around, names)]
    while stack:
        node, path, alive = stack.pop()
        if isinstance(node, ast.Name):
            if node.id in alive and isinstance(node.ctx, ast.Load):
                yield node, path
            continue
        alive -= _own(node)
        if alive:
            inside = (*path, node)
            stack.extend((child, inside, alive) for child in reversed(list(ast.iter_child_nodes(node))))


def _own(node: ast.AST) -> frozenset[str]:
    """Return the names that a nested scope binds for itself."""
    match node:
        case ast.Lambda(args=arguments):
            return frozenset(each.arg for each in ast.walk(arguments) if isinstance(each, ast.arg))
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            outward = {name for one in ast.walk(node) if isinstance(one, ast.Nonlocal) for name in one.names}
            bound = {each.arg for each in ast.walk(node.args) if isinstance(each, ast.arg)}
            bound |= {
                one.id for one in ast.walk(node) if isinstance(one, ast.Name) and not isinstance(one.ctx, ast.Load)
            }
            return frozenset(bound - outward)
        case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            return frozenset(
                one.id
                for generator in node.generators
                for one in ast.walk(generator.target)
                if isinstance(one, ast.Name)
            )
    return frozenset()


def _collected(node: ast.AST, path: _Path) -> bool:
    """Whether the object, or something made of it without waiting, is yielded or gathered."""
    child: ast.AST = node
    for parent in reversed(path):
        match parent:
            case ast.Await() | ast.Lambda():
                return False
            case ast.Yield() | ast.YieldFrom() | ast.AugAssign():
                return True
            case ast.Call(func=ast.Attribute(attr=name)) if name in _COLLECTS and child is not parent.func:
                return True
            case ast.Assign(targets=[ast.Subscript()]) if child is parent.value:
                return True
            case ast.stmt():
                return False
        child = parent
    return False
