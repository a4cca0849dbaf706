"""From the planted sites, what a tool said and what the fix wrote, to what became of every site and every line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from .planting import Site


class Fate(StrEnum):
    """What became of one planted site; every site has exactly one."""

    RESTORED = "restored"  # byte for byte as published
    REWRITTEN = "rewritten"  # repaired, but not to the published text
    UNSAFE = "unsafe"
    REFUSED = "refused"
    EXPECTED = "expected"
    UNDECIDED = "undecided"
    MISSED = "missed"
    LEGAL = "legal"  # the object has both protocols, and nothing was reported
    FALSE_ALARM = "false alarm"  # the object has both protocols, and it was reported


@dataclass(frozen=True, slots=True)
class Report:
    """What a scan said about one place: a disposition such as `fix` with its safety, or `undecided`."""

    disposition: str
    safety: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Outcome:
    site: Site
    fate: Fate
    reason: str | None


@dataclass(frozen=True, slots=True)
class FileCheck:
    """One file after the fix: which sites read as published, which still hold the bug, and the lines spoilt."""

    restored: frozenset[Site]
    left: frozenset[Site]
    damaged: tuple[int, ...]


def check_file(original: bytes, fixed: bytes, sites: Sequence[Site]) -> FileCheck:
    """Compare a fixed file with the published one, where each planted header may have stayed as it was planted."""
    ordered = sorted(sites, key=lambda site: site.start)
    return exact_check(original, fixed, ordered) or line_check(original, fixed, ordered)


def exact_check(original: bytes, fixed: bytes, sites: Sequence[Site]) -> FileCheck | None:
    """The answer when the file differs from the published one by nothing but planted headers."""
    restored: set[Site] = set()
    read = written = 0
    for site in sites:
        between = original[read : site.start]
        if not fixed.startswith(between, written):
            return None
        written += len(between)
        if fixed.startswith(site.original + b":", written):
            restored.add(site)
            written += len(site.original)
        elif fixed.startswith(site.planted + b":", written):
            written += len(site.planted)
        else:
            return None
        read = site.start + len(site.original)
    if fixed[written:] != original[read:]:
        return None
    return FileCheck(frozenset(restored), frozenset(sites) - restored, ())


def line_check(original: bytes, fixed: bytes, sites: Sequence[Site]) -> FileCheck:
    """The answer by aligned lines, when some line is neither as published nor a planted header."""
    before, after = original.split(b"\n"), fixed.split(b"\n")
    changed: dict[int, bytes] = {}
    damaged: set[int] = set()
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "replace" and i2 - i1 == j2 - j1:
            changed.update(zip(range(i1, i2), after[j1:j2], strict=True))
        elif tag != "equal":
            damaged.update(range(i1, max(i2, i1 + 1)))
    restored: set[Site] = set()
    left: set[Site] = set()
    for site in sites:
        lines = range(site.line - 1, site.end_line)
        if not damaged.isdisjoint(lines):
            continue
        planted = header_lines(before, site)
        if all(changed.get(line, before[line]) == planted[line - site.line + 1] for line in lines):
            left.add(site)
            for line in lines:
                changed.pop(line, None)
        elif changed.keys().isdisjoint(lines):
            restored.add(site)
    return FileCheck(frozenset(restored), frozenset(left), tuple(sorted(line + 1 for line in damaged | changed.keys())))


def header_lines(before: Sequence[bytes], site: Site) -> list[bytes]:
    """The lines of the header as planted."""
    text = b"\n".join(before[site.line - 1 : site.end_line])
    return text.replace(site.original, site.planted, 1).split(b"\n")


def fate_of(site: Site, report: Report | None, checks: Mapping[str, FileCheck], legal: bool) -> Outcome:
    """One site's fate: what the file says about a written fix outranks what the scan promised."""
    reason = report.reason if report else None
    undecided = report is not None and report.disposition == "undecided"
    if legal and (report is None or undecided):
        return Outcome(site, Fate.LEGAL, reason)
    if legal:
        return Outcome(site, Fate.FALSE_ALARM, reason)
    check = checks[site.path]
    if site in check.restored:
        return Outcome(site, Fate.RESTORED, reason)
    if site not in check.left:
        return Outcome(site, Fate.REWRITTEN, reason)
    if report is None:
        return Outcome(site, Fate.MISSED, None)
    if report.disposition == "fix":
        return Outcome(site, Fate.UNSAFE, reason)
    named = {"refuse": Fate.REFUSED, "expected": Fate.EXPECTED, "undecided": Fate.UNDECIDED}
    return Outcome(site, named[report.disposition], reason)


@dataclass(frozen=True, slots=True)
class Shares:
    """Restored of everything planted, and of what is neither legal, nor expected, nor refused by a named rule."""

    raw: float
    adjusted: float


def shares(fates: Mapping[Fate, int]) -> Shares:
    planted = sum(fates.values())
    apart = sum(fates.get(fate, 0) for fate in (Fate.LEGAL, Fate.REFUSED, Fate.EXPECTED))
    restored = fates.get(Fate.RESTORED, 0)
    return Shares(share(restored, planted), share(restored, planted - apart))


def share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def tally(outcomes: Iterable[Outcome]) -> Counter[Fate]:
    return Counter(outcome.fate for outcome in outcomes)


def reasons(outcomes: Iterable[Outcome], fate: Fate) -> Counter[str]:
    """The reasons for one fate, without the names in them."""
    found = (outcome.reason or "no reason given" for outcome in outcomes if outcome.fate is fate)
    return Counter(map(nameless, found))


def nameless(reason: str) -> str:
    """A reason without names, paths and line numbers, so that equal causes read the same."""
    return re.sub(r"`[^`]*`|\bin \S+\.py\b|\bline \d+|'[^']*'", "…", reason)


def hits(sites: Iterable[Site], lines: Mapping[str, frozenset[int]]) -> frozenset[Site]:
    """The sites a type checker named: a diagnostic on any line of the header counts."""
    return frozenset(
        site for site in sites if not lines.get(site.path, frozenset()).isdisjoint(range(site.line, site.end_line + 1))
    )
