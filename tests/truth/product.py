"""The one door to the product: what `scan`, `explain` and `fix` say of a project, as values of the test."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from repairbot.model import Finding, Region, Safety, Undecided
from repairbot.rule import Doubt, Fault, Fine, Rule, Verdict
from repairbot.rules.registry import all_rules
from repairbot.scan.judge import screen_file
from repairbot.scan.pipeline import Derivation, Settings, derive, task_of
from repairbot.scan.pipeline import explain as explained_line
from repairbot.scan.queries import Inquiry
from repairbot.source.paths import root_of
from repairbot.source.snapshot import Snapshot
from tests.truth.running import Place

RULES: Mapping[str, Rule] = {rule.code: rule for rule in all_rules()}
COMPARED = frozenset(str(rule.construct) for rule in RULES.values())
"""The constructs that some rule is about."""


class Site(NamedTuple):
    """A place and the rule that speaks of it."""

    place: Place
    rule: str


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of one site. `verdict` is finding, undecided, works, or other (it fails by another mistake)."""

    verdict: str
    text: str
    safety: str | None = None


@dataclass(frozen=True, slots=True)
class Scan:
    """What a scan said, and what the project becomes when its safe fixes are written."""

    said: Mapping[Site, Said]
    changed: Mapping[str, bytes]
    crashes: Mapping[str, str]
    skipped: Mapping[str, str]


def offered(rule: str) -> str | None:
    """The construct that works for every object that a rule calls its own, if there is one."""
    construct = RULES[rule].offers
    return None if construct is None else str(construct)


def scan(root: Path, paths: Sequence[Path] = (), jobs: int = 1) -> Scan:
    """Scan as `repairbot scan PATHS` does; the project is found as it finds it."""
    chosen = tuple(paths) or (root,)
    found = derive(Settings(chosen, root_of(chosen), tuple(RULES), jobs=jobs))
    said = {_site(one): Said("undecided", one.reason) for one in found.undecided}
    said |= {_site(one): Said("finding", one.message, _safety(one)) for one in found.findings}
    return Scan(
        said,
        found.changed(_safe(found)),
        {crash.path: crash.traceback for crash in found.crashes},
        {one.path: one.reason for one in found.skipped},
    )


def evidence(root: Path, path: str, line: int) -> list[tuple[str, int]]:
    """The links of the findings that begin on a line, each as a path and a line."""
    found = derive(Settings((root,), root_of((root,)), tuple(RULES), jobs=1)).findings
    return [
        (link.path, link.line) for one in found if (one.path, one.region.line) == (path, line) for link in one.evidence
    ]


def explain(root: Path, paths: Iterable[str]) -> dict[Site, Said]:
    """What `repairbot explain` says of every site of some files, asked in this order with one memory."""
    snapshot = Snapshot.of((root,))
    inquiry = Inquiry(snapshot)
    rules = tuple(RULES.values())
    said = {}
    for path in paths:
        for judged in screen_file(inquiry, task_of(snapshot, path, rules), rules).judged:
            said[_at(path, judged.site.rule, judged.site.region)] = _of_verdict(judged.verdict)
    return said


def explain_line(root: Path, place: Place) -> dict[Site, Said]:
    """What `repairbot explain PATH:LINE` says of a place, by a scan of its own."""
    file = root / place.path
    found = explained_line(Settings((file,), root_of((file,)), tuple(RULES)), place.path, place.line)
    said = {
        _at(one.path, one.rule, one.region): Said(_fine(one.text) if one.verdict == "fine" else one.verdict, one.text)
        for one in found
    }
    return {site: one for site, one in said.items() if site.place == place}


def _of_verdict(verdict: Verdict) -> Said:
    match verdict:
        case Fault(message=text):
            return Said("finding", text)
        case Doubt(reason=text):
            return Said("undecided", text)
        case Fine(text=text):
            return Said(_fine(text), text)


def _fine(text: str) -> str:
    return "other" if "does not cover this mistake" in text else "works"


def _safe(found: Derivation) -> list[str]:
    return sorted({one.group for one in found.findings if one.group and one.safety is Safety.SAFE})


def _safety(finding: Finding) -> str:
    return finding.safety or finding.disposition


def _site(one: Finding | Undecided) -> Site:
    return _at(one.path, one.rule, one.region)


def _at(path: str, rule: str, region: Region) -> Site:
    # Every region ends where the expression of the object ends.
    return Site(Place(path, str(RULES[rule].construct), region.end_line, region.end_column), rule)
