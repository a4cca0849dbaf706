"""What a rule is: sites, judgement and plan; edits are data that only the engine carries out."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from repairbot.model import Evidence, Region, Safety
from repairbot.protocols.objects import Objects
from repairbot.protocols.scopes import Scope
from repairbot.protocols.uses import Uses
from repairbot.protocols.values import Chain, Function, Known, Unknown, Value
from repairbot.source.files import ModuleFile, Parsed


@dataclass(frozen=True, slots=True)
class Site:
    """A construct of one file that a rule looks at; the nodes belong to that file's parsed tree.

    `ancestors` are the nodes around `node`, outermost first, the module left out.
    """

    rule: str
    file: ModuleFile
    region: Region
    node: ast.AST = field(compare=False, repr=False)
    expression: ast.expr = field(compare=False, repr=False)
    ancestors: tuple[ast.AST, ...] = field(compare=False, repr=False, default=())


@dataclass(frozen=True, slots=True)
class Fault:
    """The object at a site lacks the protocol that the construct needs; `value` is what the object is known to be."""

    site: Site
    message: str
    value: Value
    evidence: Chain


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


Edit = Recast | Decorate


@dataclass(frozen=True, slots=True)
class Plan:
    """Edits that mend one fault; `reason` is set for everything but a safe plan."""

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
    def objects(self) -> Objects:
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


class Rule(Protocol):
    """One kind of mismatch. A rule reports and plans; it never edits.

    A file is parsed for a rule when `pattern` matches its bytes, it holds all `words`, and `narrowed` keeps it. The
    names that `narrowed` gives for it are the only ones `sites` need look at; None means all.
    """

    code: str
    slug: str
    summary: str
    words: tuple[bytes, ...]
    pattern: re.Pattern[bytes]

    def narrowed(self, candidates: Sequence[str], sources: Sources) -> Mapping[str, Names]:
        """The candidates that bytes alone do not rule out, for a rule whose construct is common."""
        ...

    def sites(self, parsed: Parsed, names: Names = None) -> Iterable[Site]: ...

    def judge(self, site: Site, value: Value, ask: Ask) -> Verdict: ...

    def plan(self, fault: Fault, ask: Ask) -> Plan | Refusal: ...
