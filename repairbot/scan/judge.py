"""The first pass: which sites of which files are faults, which are in doubt, and what they rest on."""

from __future__ import annotations

import ast
import traceback
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from repairbot.errors import RepairbotError
from repairbot.model import Skipped, Undecided
from repairbot.protocols.values import Function, Produced, Unknown, Value, Wrapped, alternatives
from repairbot.protocols.written import written
from repairbot.rule import Doubt, Names, Rule, Site, Verdict
from repairbot.scan.observed_error import fault
from repairbot.scan.queries import Inquiry
from repairbot.scan.runtime_overrides import patched
from repairbot.source.files import Parsed, Unparsed
from repairbot.source.stack import FOR_A_FILE, room

# Counted in questions of the resolver, each once for a file, whether the answer was kept from another file or not: so
# neither the machine nor the order of files decides which are left out.
MOST_QUESTIONS = 100_000


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
    """What became of one file; `undecided` are its doubts as they are reported."""

    path: str
    judged: tuple[Judged, ...] = ()
    undecided: tuple[Undecided, ...] = ()
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
    """Judge the sites of a file. What goes wrong inside is recorded and ends this file only."""
    path = task.path
    try:
        with room(FOR_A_FILE):
            parsed = inquiry.snapshot.parsed(inquiry.snapshot.file(path))
            judged = tuple(_judged(inquiry, parsed, dict(task.names), rules))
            return FileScreen(path, judged, tuple(_undecided(path, judged)))
    except Unparsed as unread:
        return FileScreen(path, skipped=unread.skipped)
    except RepairbotError:  # what it says holds for the whole run, not for this file
        raise
    except RecursionError:
        return FileScreen(path, skipped=Skipped(path, "too-deep", "nested too deeply to be followed"))
    except MemoryError:
        return FileScreen(path, skipped=Skipped(path, "too-large", "it takes more memory to follow than there is"))
    except Exception:  # noqa: BLE001 - a boundary of the program: a file that crashes us must not end the scan
        return FileScreen(path, crash=Crash(path, traceback.format_exc()))


def _judged(inquiry: Inquiry, parsed: Parsed, names: Mapping[str, Names], rules: Iterable[Rule]) -> Iterator[Judged]:
    paid: set[Hashable] = set()
    for rule in rules:
        if rule.code in names:
            for site in rule.sites(parsed, names[rule.code]):
                verdict = judge(inquiry, parsed, rule, site, paid)
                if len(paid) > MOST_QUESTIONS:
                    reason = f"it takes more than {MOST_QUESTIONS:,} steps to follow"
                    raise Unparsed(Skipped(parsed.file.path, "too-much", reason))
                if isinstance(verdict, Doubt):
                    verdict = fault(rule, site, verdict, inquiry.observed) or verdict
                yield Judged(site, verdict)


def _undecided(path: str, judged: Iterable[Judged]) -> Iterator[Undecided]:
    for one in judged:
        match one.verdict:
            case Doubt(reason=reason, evidence=evidence):
                site = one.site
                yield Undecided(site.rule, path, site.region, written(site.expression), reason, evidence)
            case _:
                continue


def judge(inquiry: Inquiry, parsed: Parsed, rule: Rule, site: Site, paid: set[Hashable] | None = None) -> Verdict:
    """The rule's verdict, turned into doubt where something may put another object here at run time.

    `paid` takes in the questions that it rests on.
    """
    inquiry.resolver.asked.clear()
    value, assumed = inquiry.resolve(site)
    verdict = rule.judge(site, value, inquiry)
    inquiry.resolver.charge(paid if paid is not None else set())
    if isinstance(verdict, Doubt):
        return verdict
    for reason in (patched(site, parsed, _names(site, value), inquiry.patches_of), inquiry.guards.reason(site)):
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
