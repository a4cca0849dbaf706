"""Comments that keep findings back: `# noqa`, `# noqa: RB101` and `# repairbot: ignore[RB101]`."""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from repairbot.model import Finding, Region, Undecided

MARKER = b"repairbot:"
"""A file without these bytes has no ignore comment of ours."""

_IGNORE = re.compile(r"#\s*repairbot:\s*ignore\b(?:\s*\[(?P<names>[^\]]*)\])?", re.IGNORECASE)
_NOQA = re.compile(r"#\s*noqa(?![\w-])(?P<listed>\s*:(?P<names>(?:[\s,]*[A-Z]+[0-9]+\b)*))?", re.IGNORECASE)


class RuleName(Protocol):
    """What a comment can call a rule."""

    @property
    def code(self) -> str: ...

    @property
    def slug(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Ignore:
    """One comment that asks for silence on its line; `names` is None when it asks for all rules."""

    line: int
    text: str
    names: tuple[str, ...] | None
    ours: bool

    def covers(self, rule: RuleName) -> bool:
        if self.names is None:
            return True
        if self.ours:
            return any(_called(rule, name) for name in self.names)
        return any(rule.code.startswith(name.upper()) for name in self.names)  # flake8 takes prefixes here


@dataclass(frozen=True, slots=True)
class Ignored:
    """A finding and the comment that keeps it back."""

    finding: Finding
    by: Ignore


@dataclass(frozen=True, slots=True)
class Unused:
    """An ignore comment of ours that kept nothing back, and why, as one clause."""

    path: str
    ignore: Ignore
    reason: str


@dataclass(frozen=True, slots=True)
class Sifted:
    """The findings that stay, those that comments keep back, and the comments of ours that kept nothing back."""

    kept: tuple[Finding, ...]
    ignored: tuple[Ignored, ...]
    unused: tuple[Unused, ...]


def ignores(text: str) -> tuple[Ignore, ...]:
    """The ignore comments of a file; what looks like one inside a string is none."""
    return tuple(found for line, comment in _comments(text) for found in _parsed(line, comment))


def _comments(text: str) -> Iterator[tuple[int, str]]:
    # `tokenize` ends lines only at a line feed; the parser that numbered the findings' lines also at a lone return.
    lines = io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n"))
    try:
        for token in tokenize.generate_tokens(lines.readline):
            if token.type == tokenize.COMMENT:
                yield token.start[0], token.string
    except (tokenize.TokenError, SyntaxError):
        return  # the file does not parse, so it has no findings either


def _parsed(line: int, comment: str) -> Iterator[Ignore]:
    for match in _IGNORE.finditer(comment):
        yield Ignore(line, match[0].strip(), _names(match["names"] or ""), ours=True)
    for match in _NOQA.finditer(comment):
        yield Ignore(line, match[0].strip(), _names(match["names"]) if match["listed"] else None, ours=False)


def _names(listed: str) -> tuple[str, ...]:
    return tuple(name for name in re.split(r"[\s,]+", listed) if name)


IgnoresOf = Callable[[str], tuple[Ignore, ...]]
"""The ignore comments of a file of the target, by its path."""


def sift(
    findings: Iterable[Finding],
    undecided: Collection[Undecided],
    marked: Iterable[str],
    ignores_of: IgnoresOf,
    ran: Collection[RuleName],
    known: Collection[RuleName],
) -> Sifted:
    """Take out what comments ignore.

    `marked` are the files that may hold an ignore comment of ours, `ran` the rules that looked, `known` all rules.
    """
    names = {rule.code: rule for rule in ran}
    kept: list[Finding] = []
    ignored: list[Ignored] = []
    used: set[tuple[str, Ignore]] = set()
    for finding in findings:
        by = covering(finding.region, names[finding.rule], ignores_of(finding.path))
        used.update((finding.path, comment) for comment in by)
        if by:
            ignored.append(Ignored(finding, by[0]))
        else:
            kept.append(finding)
    idle = ((path, comment) for path in sorted(marked) for comment in ignores_of(path) if comment.ours)
    unused = (_unused(path, comment, undecided, names, known) for path, comment in idle if (path, comment) not in used)
    return Sifted(tuple(kept), tuple(ignored), tuple(entry for entry in unused if entry is not None))


def covering(region: Region, rule: RuleName, comments: Iterable[Ignore]) -> list[Ignore]:
    """The comments on a physical line of `region` that are about `rule`."""
    return [comment for comment in comments if _on(comment, region) and comment.covers(rule)]


def _on(comment: Ignore, region: Region) -> bool:
    return region.line <= comment.line <= region.end_line


def _unused(
    path: str, comment: Ignore, undecided: Iterable[Undecided], ran: dict[str, RuleName], known: Collection[RuleName]
) -> Unused | None:
    """What to say of a comment of ours that kept nothing back; nothing when its rule was unsure or did not look."""
    names = comment.names or ()
    strange = [name for name in names if not any(_called(rule, name) for rule in known)]
    if not names:
        return Unused(path, comment, "it names no rule; write `# repairbot: ignore[RB101]`")
    if strange:
        return Unused(path, comment, f"there is no rule {strange[0]!r}; `repairbot rules` lists them")
    if not all(any(_called(rule, name) for rule in ran.values()) for name in names):
        return None
    if any(site.path == path and _on(comment, site.region) and comment.covers(ran[site.rule]) for site in undecided):
        return None
    return Unused(path, comment, "nothing is found on its line")


def _called(rule: RuleName, name: str) -> bool:
    return name.lower() in (rule.code.lower(), rule.slug)
