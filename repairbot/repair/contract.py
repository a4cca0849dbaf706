"""What a rule is: sites, judgement and plan; edits are data that only the engine carries out."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from repairbot.model import Evidence, Region, Safety
from repairbot.protocols.values import Known, Value
from repairbot.source.files import ModuleFile, Parsed


@dataclass(frozen=True, slots=True)
class Site:
    """A construct of one file that a rule looks at; `node` and `expression` belong to that file's parsed tree."""

    rule: str
    file: ModuleFile
    region: Region
    node: ast.AST = field(compare=False, repr=False)
    expression: ast.expr = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Fault:
    """A site whose object lacks the protocol; `value` is what the object is known to be."""

    site: Site
    message: str
    value: Known
    evidence: tuple[Evidence, ...]


class Form(StrEnum):
    """What a recast makes of an `async for` statement or comprehension."""

    ENTER = "enter"  # async with E as T: body
    ENTER_THEN_ITERATE = "enter-then-iterate"  # async with E as name: / async for T in name: body


@dataclass(frozen=True, slots=True)
class Recast:
    """Give the construct at `region` of `path` another form. `name` is the entered object's name where the form needs one."""

    path: str
    region: Region
    form: Form
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Decorate:
    """Put decorator `name` of module `module` nearest to the function whose `def` (or `async`) stands at `line`, `column`."""

    path: str
    line: int
    column: int
    module: str
    name: str


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
    """The read-only, bounded questions a plan may ask."""

    def value_of(self, file: ModuleFile, expression: ast.expr) -> Value: ...


class Rule(Protocol):
    """One kind of mismatch. A rule reports and plans; it never edits."""

    code: str
    slug: str
    summary: str
    words: tuple[bytes, ...]  # a file without all of these is not parsed for this rule

    def sites(self, parsed: Parsed) -> Iterable[Site]: ...

    def judge(self, site: Site, value: Value, ask: Ask) -> Fault | None: ...

    def plan(self, fault: Fault, ask: Ask) -> Plan | Refusal: ...
