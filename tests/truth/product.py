"""The one door to the product: what `scan`, `explain` and `fix` say of a project, as values of the test."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from repairbot.model import Finding, Region, Safety, Undecided
from repairbot.rule import Doubt, Fault, Fine, Verdict
from repairbot.rules.registry import all_rules
from repairbot.scan.judge import every_name, screen_file
from repairbot.scan.pipeline import Derivation, Settings, derive
from repairbot.scan.pipeline import explain as explained_line
from repairbot.scan.queries import Inquiry
from repairbot.source.paths import root_of
from repairbot.source.snapshot import Snapshot
from tests.truth.running import Place

CONSTRUCTS = {"RB101": "async for", "RB102": "async with"}
"""Which construct each rule is about; the lines of the others are not compared."""

CODES = tuple(sorted(CONSTRUCTS))


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of one site. `verdict` is finding, undecided, works, or other (it fails by another mistake)."""

    verdict: str
    text: str
    safety: str | None = None


@dataclass(frozen=True, slots=True)
class Scan:
    """What a scan said, and what the project becomes when its safe fixes are written."""

    said: Mapping[Place, Said]
    changed: Mapping[str, bytes]
    crashes: Mapping[str, str]
    skipped: Mapping[str, str]


def scan(root: Path, paths: Sequence[Path] = (), jobs: int = 1) -> Scan:
    """Scan as `repairbot scan PATHS` does; the project is found as it finds it."""
    chosen = tuple(paths) or (root,)
    found = derive(Settings(chosen, root_of(chosen), CODES, jobs=jobs))
    said = {_place(one): Said("undecided", one.reason) for one in found.undecided}
    said |= {_place(one): Said("finding", one.message, _safety(one)) for one in found.findings}
    return Scan(
        said,
        found.changed(_safe(found)),
        {crash.path: crash.traceback for crash in found.crashes},
        {one.path: one.reason for one in found.skipped},
    )


def explain(root: Path, paths: Iterable[str]) -> dict[Place, Said]:
    """What `repairbot explain` says of every site of some files, asked in this order with one memory."""
    inquiry = Inquiry(Snapshot.of((root,)))
    rules = [rule for rule in all_rules() if rule.code in CODES]
    said = {}
    for path in paths:
        for judged in screen_file(inquiry, every_name(path, rules), rules).judged:
            site = judged.site
            place = _at(path, site.rule, site.region)
            said[place] = _of_verdict(judged.verdict)
    return said


def explain_line(root: Path, place: Place) -> Said | None:
    """What `repairbot explain PATH:LINE` says of a site, by a scan of its own."""
    file = root / place.path
    for one in explained_line(Settings((file,), root_of((file,)), CODES), place.path, place.line):
        if _at(one.path, one.rule, one.region) == place:
            return Said(_fine(one.text) if one.verdict == "fine" else one.verdict, one.text)
    return None


def _of_verdict(verdict: Verdict) -> Said:
    match verdict:
        case Fault(message=text):
            return Said("finding", text)
        case Doubt(reason=text):
            return Said("undecided", text)
        case Fine(text=text):
            return Said(_fine(text), text)


def _fine(text: str) -> str:
    return "other" if "another mistake" in text else "works"


def _safe(found: Derivation) -> list[str]:
    return sorted({one.group for one in found.findings if one.group and one.safety is Safety.SAFE})


def _safety(finding: Finding) -> str:
    return finding.safety or finding.disposition


def _place(one: Finding | Undecided) -> Place:
    return _at(one.path, one.rule, one.region)


def _at(path: str, rule: str, region: Region) -> Place:
    return Place(path, CONSTRUCTS[rule], region.end_line, region.end_column)
