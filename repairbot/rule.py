"""What a rule is: sites, judgement and plan; edits are data that only the engine carries out."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from repairbot.constructs import Construct, occurrences
from repairbot.model import Evidence, Region, Safety
from repairbot.protocols.objects import ObjectFacts
from repairbot.protocols.scopes import Scope
from repairbot.protocols.uses import Uses
from repairbot.protocols.values import Chain, Function, Kind, Known, Unknown, Value
from repairbot.source.files import ModuleFile, Parsed


@dataclass(frozen=True, slots=True)
class Site:
    """A construct of one file that a rule looks at; the nodes belong to that file's parsed tree.

    `ancestors` are the nodes around `node`, outermost first, the module left out.
    """

    rule: str
    file: ModuleFile
    region: Region
    construct: Construct
    node: ast.AST = field(compare=False, repr=False)
    expression: ast.expr = field(compare=False, repr=False)
    ancestors: tuple[ast.AST, ...] = field(compare=False, repr=False, default=())


@dataclass(frozen=True, slots=True)
class Fault:
    """The object at a site lacks the protocol that the construct needs; `value` is what the object is known to be.

    `offers` is the construct that the object is made for, where it is made for another one.
    """

    site: Site
    message: str
    value: Value
    evidence: Chain
    offers: Construct | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """Whether the object has the protocol could not be told; the last link is the first unknown one."""

    reason: str
    evidence: Chain


@dataclass(frozen=True, slots=True)
class Fine:
    """The construct is right here (or not this rule's business); `text` says what the object is."""

    text: str
    evidence: Chain


Verdict = Fault | Doubt | Fine


class Form(StrEnum):
    """What a recast makes of an `async for` statement or comprehension."""

    ENTER = "enter"  # async with E as T: body
    ENTER_THEN_ITERATE = "enter-then-iterate"  # async with E as name: / async for T in name<after>: body


@dataclass(frozen=True, slots=True)
class Recast:
    """Give the construct at `region` of `path` another form.

    `name` is the entered object's name where the form needs one, `after` what follows the iterated object, such as
    `.aiter_lines()`; without `is_async` what was entered is iterated with a plain `for`. A `bare` one is only followed
    by `after`, and not entered: `async for T in E<after>: body`.
    """

    path: str
    region: Region
    form: Form
    name: str | None = None
    after: str = ""
    is_async: bool = True
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Decorate:
    """Put decorator `name` of `module` nearest to `function`, whose `def` (or `async`) stands at `line`, `column`."""

    path: str
    line: int
    column: int
    module: str
    name: str
    function: str = ""


@dataclass(frozen=True, slots=True)
class Toggle:
    """Put `async` in front of the `with` or `for` statement that starts at `line`, `column`."""

    path: str
    line: int
    column: int


Edit = Recast | Decorate | Toggle


@dataclass(frozen=True, slots=True)
class Plan:
    """Edits that fix one fault; `reason` is set for everything but a safe plan."""

    edits: tuple[Edit, ...]
    safety: Safety = Safety.SAFE
    reason: str | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """A true fault without a rewrite, and why, as one sentence."""

    reason: str
    evidence: tuple[Evidence, ...] = ()


class Ask(Protocol):
    """The read-only, bounded questions that a judgement or a plan may ask."""

    def value_of(self, site: Site, expression: ast.expr) -> Value:
        """The value of an expression that stands beside or inside the site's construct."""
        ...

    def has(self, value: Known | Unknown, dunder: str) -> bool | None:
        """Whether the object's type has a special method; None when that cannot be told."""
        ...

    def has_attribute(self, value: Known | Unknown, name: str) -> bool | None: ...

    def entered(self, value: Value) -> Value:
        """What `async with` binds."""
        ...

    def iterated(self, value: Value) -> Value:
        """An element of `async for`."""
        ...

    def yields_once(self, function: Function) -> bool:
        """Whether a generator function hands out exactly one resource."""
        ...

    @property
    def objects(self) -> ObjectFacts:
        """What objects offer to code that uses them."""
        ...

    def scope_of(self, site: Site) -> Scope:
        """The scope that the site's statement runs in."""
        ...

    def attested(self, function: Function) -> frozenset[str]:
        """The attributes that a context manager's own code, and code that enters it, reads of what it yields."""
        ...

    def why_unknown(self, value: Known | Unknown) -> Unknown: ...

    def uses_of(self, function: Function) -> Uses:
        """Every use of a function of the target that its name leads to."""
        ...


Names = frozenset[str] | None


class Sources(Protocol):
    """The bytes of the whole target."""

    @property
    def paths(self) -> tuple[str, ...]: ...

    def read(self, path: str) -> bytes: ...

    def containing(self, word: bytes) -> tuple[str, ...]: ...


Judge = Callable[[Site, Value, Ask], Verdict]
Planner = Callable[[Fault, Ask], Plan | Refusal]
Narrow = Callable[[Sequence[str], Sources], Mapping[str, Names]]


def every_candidate(candidates: Sequence[str], _: Sources) -> Mapping[str, Names]:
    """Keep all files, for a construct that is rare enough to look at every one."""
    return dict.fromkeys(candidates)


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of mismatch, as data: a rule reports and plans; it never edits.

    A file is parsed for a rule when its bytes may hold the construct and `narrow` keeps it; the names that `narrow`
    gives for it are the only ones whose calls are looked at (None means all). `offers` is the construct that its
    objects are made for; `seen_types` says what an object is whose class only an error message names.
    """

    code: str
    slug: str
    summary: str
    construct: Construct
    judge: Judge
    plan: Planner
    offers: Construct | None = None
    seen_types: Mapping[str, Kind] = field(default_factory=dict)
    narrow: Narrow = every_candidate

    def sites(self, parsed: Parsed, names: Names = None) -> Iterator[Site]:
        """Find the rule's construct by syntax alone."""
        for one in occurrences(parsed, self.construct):
            if names is None or _called(one.expression) in (None, *names):
                yield Site(self.code, parsed.file, one.region, self.construct, one.node, one.expression, one.ancestors)

    def seen(self, error: str) -> Kind | None:
        """Return what object an error message shows, where it is one that this rule is about."""
        for pattern in self.construct.facts.errors:
            match = pattern.search(error)
            if match and "type" in pattern.groupindex:
                return self.seen_types.get(match["type"])
        return None


def _called(expression: ast.expr) -> str | None:
    """Return the last name of what is called; None for a plain name, which any of the names may stand behind."""
    match expression:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return name
        case ast.Name():
            return None
    return ""
