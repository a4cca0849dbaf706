"""The value of an expression at a place: lazy, remembered, bounded and safe against cycles."""

from __future__ import annotations

import ast
from collections.abc import Callable, Hashable
from functools import cached_property
from typing import Protocol

from repairbot.protocols import calls, classes, displays, names, subclasses, swallowing, type_expressions
from repairbot.protocols.attributes import attribute, decides_itself
from repairbot.protocols.bindings import Binding, dotted, in_order
from repairbot.protocols.frames import Frame
from repairbot.protocols.joining import CYCLE, each, union, without_nothing
from repairbot.protocols.nodes import is_async
from repairbot.protocols.reaching import UNBOUND
from repairbot.protocols.results import awaited
from repairbot.protocols.scopes import Place, Scope
from repairbot.protocols.stores import Store
from repairbot.protocols.values import AsyncElements, Class, Function, Nothing, Unknown, Value, alternatives
from repairbot.source.files import Missing, ModuleFile, Parsed, Unparsed
from repairbot.source.outline import Outlines
from repairbot.source.stack import FOR_A_PARSER, room

DEEPEST = 60
STEPS = 1_000
ROUNDS = 10

Assumption = tuple[Class, str]
# What an answer is remembered by, and how to find it.
Question = tuple[Hashable, Callable[[], Value]]


class Modules(Protocol):
    """What the resolver needs of a snapshot."""

    def parsed(self, file: ModuleFile) -> Parsed: ...

    def find(self, dotted: str, importer: ModuleFile) -> ModuleFile | Missing: ...

    def submodule(self, package: ModuleFile, name: str) -> ModuleFile | Missing: ...

    def parent(self, file: ModuleFile, levels: int) -> ModuleFile | Missing: ...

    def file(self, path: str) -> ModuleFile: ...

    def read(self, path: str) -> bytes: ...

    def containing(self, word: bytes) -> tuple[str, ...]: ...

    @property
    def outlines(self) -> Outlines: ...


class Resolver:
    """Answers for one snapshot; every answer is kept.

    `assumed` collects, for the query under way, attributes that were looked up on an object that may be of a subclass
    of the target: the answer holds only if no subclass gives another one. A scope in it stands for a function one of
    whose parameters was asked for without being given.

    `asked` collects the questions that were put, kept answers included, to tell what an answer costs.
    """

    def __init__(self, modules: Modules, above: Resolver | None = None) -> None:
        """`above`: the resolver that asks this one what code means as written, whoever else sets what it names."""
        self.modules = modules
        self.takes_literally = above is not None
        self.assumed: set[Assumption | Scope] = set()
        self.asked: list[Hashable] = []
        # What `__all__` of a module holds; None when it has none.
        self.listed: dict[Scope, frozenset[str] | Unknown | None] = {}
        self.lineages: dict[Class, tuple[tuple[Class | Unknown, ...], list[Hashable]]] = {}
        self.stores: dict[tuple[str, str], tuple[Store, ...]] = {}
        self.computed: dict[str, frozenset[bytes]] = {}
        self.indirect_files: dict[Scope, tuple[str, ...]] = {}
        self._derived: dict[Scope, tuple[Class, ...]] = {}
        self._memo: dict[Hashable, tuple[Value, frozenset[Assumption | Scope]]] = {}
        self._provisional: dict[Hashable, tuple[Value, frozenset[Assumption | Scope]]] = {}
        self._below: dict[Hashable, tuple[Hashable, ...]] = {}
        self._busy: set[Hashable] = set()
        self._cyclic: set[Hashable] = set()
        self.scopes: dict[ModuleFile, Scope | Unknown] = above.scopes if above else {}
        self.attributes: dict[Scope, dict[str, list[tuple[Binding, Scope]]]] = above.attributes if above else {}
        self._frames: dict[Frame, Frame] = {}
        self._alive: list[ast.AST] = []
        self._steps = 0
        self._spent = 0
        self._cut: Question | None = None

    @cached_property
    def literal(self) -> Resolver:
        """What finds out whom some code sets a name on. It does not ask in turn who else sets what leads there, so that
        the cost has an end, and its answers are none that an `ask` of this one may rest on."""
        return self if self.takes_literally else Resolver(self.modules, self)

    def ask(self, expression: ast.expr, place: Place) -> tuple[Value, frozenset[Assumption]]:
        """The value of an expression and what it rests on, with a budget of its own.

        Where it runs out, nothing of what was remembered counts, and the question it ran out at is answered first:
        else the answer would depend on what happened to be asked before.
        """
        question = self._question(expression, place)
        value = self._afresh(question)
        if self._cut is not None:
            remembered, self._memo = self._memo, {}
            before, self._spent = self._spent, 0
            value = self._in_rounds(question)
            self._memo = remembered
            # What the rounds found is not kept, so every such question is paid for by itself.
            self.asked += (("rounds", question[0], number) for number in range(self._spent))
            self._spent = before
        return value, self.assumptions

    def _in_rounds(self, question: Question) -> Value:
        pending = [question]
        for _ in range(ROUNDS):
            value = self._afresh(pending[-1])
            if self._cut is not None:
                pending.append(self._cut)
            elif len(pending) == 1:
                return value
            else:
                pending.pop()
        return self._afresh(question)

    def _afresh(self, question: Question) -> Value:
        self.assumed, self._steps, self._cut = set(), 0, None
        # An error may have left a question half asked.
        self._busy.clear()
        self._cyclic.clear()
        self._provisional.clear()
        value = self.remembered(*question)
        self._spent += self._steps
        return value

    def charge(self, paid: set[Hashable]) -> None:
        """Add to `paid` all questions that those put since the last charge rest on, whoever put them first."""
        waiting, self.asked = self.asked, []
        while waiting:
            key = waiting.pop()
            if key not in paid:
                paid.add(key)
                waiting.extend(self._below.get(key, ()))

    @property
    def assumptions(self) -> frozenset[Assumption]:
        """What the answers since the last `ask` rest on."""
        return frozenset(one for one in self.assumed if not isinstance(one, Scope))

    @property
    def is_cut(self) -> bool:
        """Whether a limit was met in the answer under way, so that it is not to be kept."""
        return self._cut is not None

    def refresh(self) -> None:
        """Begin a question that is put without `ask`: it has a budget of its own, too."""
        if not self._busy:
            self._steps, self._cut = 0, None

    def value(self, expression: ast.expr, place: Place) -> Value:
        """The value of an expression where it stands."""
        return self.remembered(*self._question(expression, place))

    def _question(self, expression: ast.expr, place: Place) -> Question:
        if id(expression) in place.scope.flow.before:
            place = Place(place.scope, expression, place.frame, place.comprehensions)
        return (id(expression), place), lambda: self._evaluate(expression, place)

    def remembered(self, key: Hashable, compute: Callable[[], Value]) -> Value:
        """Compute once; a question inside its own answer is CYCLE, and answers that saw it are kept only until that
        question is answered: asked from elsewhere they would miss what the cycle brings."""
        self.asked.append(key)
        if (known := self._memo.get(key) or self._provisional.get(key)) is not None:
            value, assumed = known
            self.assumed |= assumed
            return value
        if key in self._busy:
            self._cyclic.add(key)
            return CYCLE
        self._steps += 1
        if len(self._busy) > DEEPEST or self._steps > STEPS:
            self._cut = self._cut or (key, compute)
            return Unknown("the chain of definitions is too long to follow")
        outside, self.assumed = self.assumed, set()
        cut, self._cut = self._cut, None
        before, self.asked = self.asked, []
        self._busy.add(key)
        try:
            value = compute()
        finally:
            self._busy.discard(key)
            below, self.asked = self.asked, before
            inside, self.assumed = self.assumed, outside | self.assumed
        self._cyclic.discard(key)
        if self._cut is None:
            (self._provisional if self._cyclic else self._memo)[key] = value, frozenset(inside)
            self._below[key] = tuple(dict.fromkeys(below))
        self._cut = cut or self._cut
        if not self._cyclic:
            self._provisional.clear()
        return value

    def _evaluate(self, node: ast.expr, place: Place) -> Value:
        match node:
            case ast.Name(id=name):
                return names.lookup(self, name, place, node)
            case ast.Attribute(value=base, attr=attr):
                return self._attribute(node, base, attr, place)
            case ast.Call():
                return calls.called(self, node, place)
            case ast.Await(value=inner):
                return awaited(self, self.value(inner, place))
            case ast.NamedExpr(value=inner):
                return self.value(inner, place)
            case ast.IfExp(body=yes, orelse=no):
                return union([self.value(yes, place), self.value(no, place)])
            case ast.BoolOp(op=operator, values=parts):
                return self._either(operator, parts, place)
            case ast.Subscript():
                return type_expressions.subscripted(self, node, place)
            case ast.Lambda():
                return Function(place.scope.inside(node), frame=place.frame)
            case ast.Constant(value=None):
                return Nothing()
            case ast.GeneratorExp() if is_async(node):
                return AsyncElements(self.value(node.elt, place.under(*node.generators)))
        return displays.displayed(self, node, place)

    def _attribute(self, node: ast.Attribute, base: ast.expr, attr: str, place: Place) -> Value:
        narrowed = self._narrowed(node, place)
        if narrowed is not None:
            return narrowed
        return each(without_nothing(self.value(base, place)), lambda one: attribute(self, one, attr))

    def _narrowed(self, node: ast.Attribute, place: Place) -> Value | None:
        """What this function itself assigned to `self.x` on every path here, if it did."""
        name = dotted(node)
        if name is None or place.statement is None:
            return None
        swallows = swallowing.in_scope(self, place.scope)
        reaching = place.scope.flow.reaching(name, place.statement, swallows)
        if not reaching or UNBOUND in reaching:
            return None
        if not place.scope.flow.is_still(reaching, place.statement, swallows):
            return None
        value = union(names.bound(self, one, place.scope, place.frame) for one in in_order(reaching))
        if any(isinstance(one, Unknown) for one in alternatives(value)):
            return None
        owners = alternatives(self.value(node.value, place))
        return None if any(decides_itself(self, one, node.attr) for one in owners) else value

    def _either(self, operator: ast.boolop, parts: list[ast.expr], place: Place) -> Value:
        values = [self.value(part, place) for part in parts]
        if isinstance(operator, ast.Or):
            # `x or y`: None on the left never is the result.
            left = [without_nothing(value) for value in values[:-1]]
            return union([*(value for value in left if not isinstance(value, Nothing)), values[-1]])
        return union(values)

    def module(self, file: ModuleFile) -> Scope | Unknown:
        """The scope of a module, or why it cannot be read."""
        found = self.scopes.get(file)
        if found is None:
            try:
                parsed = self.modules.parsed(file)
                found = Scope(parsed.tree, parsed, None)
            except Unparsed as unread:
                found = Unknown(f"`{file.path}` could not be read: {unread.skipped.reason}")
            self.scopes[file] = found
        return found

    def quoted(self, text: str) -> ast.expr | None:
        """The expression of a quoted annotation."""
        try:
            with room(FOR_A_PARSER):
                expression = ast.parse(text.strip(), mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None
        # Answers are kept by the identity of nodes: a node that goes away could lend its identity to another.
        self._alive.append(expression)
        return expression

    def annotated(self, expression: ast.expr, place: Place) -> Value:
        """An object of the annotated type."""
        return self.remembered(
            ("type", id(expression), place), lambda: type_expressions.instance(self, expression, place)
        )

    def assigned(self, scope: Scope) -> dict[str, list[tuple[Binding, Scope]]]:
        """What the methods of a class assign to attributes of the object."""
        found = self.attributes.get(scope)
        if found is None:
            found = self.attributes[scope] = classes.assigned_attributes(scope)
        return found

    def below(self, cls: Class) -> tuple[Class, ...]:
        """The classes of the target that derive from a class, however far below."""
        found = self._derived.get(cls.scope)
        if found is None:
            found = self._derived[cls.scope] = subclasses.below(self.literal, cls)
        return found

    def interned(self, frame: Frame) -> Frame:
        """The one frame of all equal ones, so that comparing frames seldom looks inside them."""
        return self._frames.setdefault(frame, frame)

    def needs_arguments(self, function: Scope, compute: Callable[[], Value]) -> tuple[Value, bool]:
        """A value, and whether a parameter of the function that nobody gave was asked for on the way."""
        outside, self.assumed = self.assumed, set()
        value = compute()
        inside, self.assumed = self.assumed, outside | self.assumed
        return value, function in inside

    def lack(self, function: Scope) -> None:
        self.assumed.add(function)

    def assume(self, cls: Class, name: str) -> None:
        self.assumed.add((cls, name))
