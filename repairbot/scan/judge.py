"""The first pass: which sites of which files are faults, which are in doubt, and what they rest on."""

from __future__ import annotations

import ast
import traceback
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from repairbot.errors import RepairbotError
from repairbot.model import Skipped
from repairbot.protocols.values import Function, Produced, Unknown, Value, Wrapped, alternatives
from repairbot.rule import Doubt, Names, Rule, Site, Verdict
from repairbot.scan.observed_error import fault
from repairbot.scan.queries import Inquiry
from repairbot.scan.runtime_overrides import guarded, patched
from repairbot.source.files import Parsed, Unparsed


@dataclass(frozen=True, slots=True)
class Judged:
    """One site with its verdict."""

    site: Site
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Crash:
    """A file that a mistake of ours stopped at."""

    path: str
    traceback: str


@dataclass(frozen=True, slots=True)
class FileScreen:
    """What became of one file."""

    path: str
    judged: tuple[Judged, ...] = ()
    skipped: Skipped | None = None
    crash: Crash | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """A file, and for each rule (by code) that looks at it the names to look for."""

    path: str
    names: tuple[tuple[str, Names], ...]


def every_name(path: str, rules: Iterable[Rule]) -> Task:
    return Task(path, tuple((rule.code, None) for rule in rules))


def screen_file(inquiry: Inquiry, task: Task, rules: Sequence[Rule]) -> FileScreen:
    """Judge the sites of a file. A crash inside is recorded and ends this file only."""
    path = task.path
    try:
        parsed = inquiry.snapshot.parsed(inquiry.snapshot.file(path))
        return FileScreen(path, tuple(_judged(inquiry, parsed, dict(task.names), rules)))
    except Unparsed as unread:
        return FileScreen(path, skipped=unread.skipped)
    except RepairbotError:  # what it says holds for the whole run, not for this file
        raise
    except Exception:  # noqa: BLE001 - a boundary of the program: a file that crashes us must not end the scan
        return FileScreen(path, crash=Crash(path, traceback.format_exc()))


def _judged(inquiry: Inquiry, parsed: Parsed, names: Mapping[str, Names], rules: Iterable[Rule]) -> Iterator[Judged]:
    for rule in rules:
        if rule.code in names:
            for site in rule.sites(parsed, names[rule.code]):
                verdict = judge(inquiry, parsed, rule, site)
                if isinstance(verdict, Doubt):
                    verdict = fault(rule, site, verdict, inquiry.observed) or verdict
                yield Judged(site, verdict)


def judge(inquiry: Inquiry, parsed: Parsed, rule: Rule, site: Site) -> Verdict:
    """The rule's verdict, turned into doubt where something may put another object here at run time."""
    value, assumed = inquiry.resolve(site)
    verdict = rule.judge(site, value, inquiry)
    if isinstance(verdict, Doubt):
        return verdict
    for reason in (patched(site, parsed, _names(site, value), inquiry.patches_of), guarded(site)):
        if reason is not None:
            return Doubt(reason, verdict.evidence)
    for cls, name in sorted(assumed | inquiry.resolver.assumptions, key=lambda one: (one[0].name, one[1])):
        against = inquiry.contradiction(cls, name)
        if against is not None:
            return Doubt(against.reason, verdict.evidence + against.evidence)
    return verdict


def _names(site: Site, value: Value) -> frozenset[str]:
    """Every name that leads to the object: those written at the site, and those of the definitions."""
    found = {node.id for node in ast.walk(site.expression) if isinstance(node, ast.Name)}
    found |= {node.attr for node in ast.walk(site.expression) if isinstance(node, ast.Attribute)}
    for one in alternatives(value):
        found |= _defined(one)
    return frozenset(found - {"self", "cls"})


def _defined(value: Value) -> set[str]:
    match value:
        case Produced(function=function):
            return {function.name}
        case Function(name=name):
            return {name}
        case Wrapped(inner=inner) if not isinstance(inner, Unknown):
            return set().union(*(_defined(one) for one in alternatives(inner)))
    return set()
