"""Checked groups become one offer for each rule."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from functools import cache

from repairbot.evidence.document import EvidenceDocument
from repairbot.model import Finding
from repairbot.publish import gate
from repairbot.publish.branch import branch_of
from repairbot.publish.candidate import Offer, OfferedGroup
from repairbot.publish.checking import Checked
from repairbot.publish.rederived import Rederived
from repairbot.publish.subset import digest, narrowed
from repairbot.source.paths import shown


def offers(
    document: EvidenceDocument,
    checked: Checked,
    ours: Rederived,
    repository: str,
    base: str,
    *,
    regressions: bool = False,
    draft: bool = False,
) -> tuple[Offer, ...]:
    """One for each rule that looked, with or without groups.

    `regressions` allows tests that got worse, in a draft; `draft` asks for one in any case.
    """
    by_rule: dict[str, list[str]] = {code: [] for code in ours.rules}
    for name in checked.groups:
        by_rule[min(finding.rule for finding in ours.group(name))].append(name)
    worse = gate.regressions(document)
    return tuple(
        _offer(
            document, ours, code, frozenset(names), repository, base, held=None if regressions else worse, draft=draft
        )
        for code, names in sorted(by_rule.items())
    )


def _offer(
    document: EvidenceDocument,
    ours: Rederived,
    code: str,
    names: frozenset[str],
    repository: str,
    base: str,
    *,
    held: str | None,
    draft: bool,
) -> Offer:
    slug = ours.rules[code]
    marks = [finding.fingerprint for finding in ours.findings if finding.group in names]
    return Offer(
        rule=code,
        slug=slug,
        base=base,
        base_commit=ours.commit,
        branch=branch_of(slug, base),
        groups=tuple(_group(ours.group(name), name, ours) for name in sorted(names)),
        found=frozenset(finding.fingerprint for finding in ours.findings),
        evidence=digest(narrowed(document, ours, code, names, repository, base)),
        blobs=_blobs_of(ours),
        draft=("`publish.draft` asks for one" if draft else gate.draft(document, marks)) if marks else None,
        held=held if names else None,
        unseen=frozenset(finding.fingerprint for finding in ours.findings)
        - {finding.fingerprint for finding in document.findings},
    )


def _group(findings: tuple[Finding, ...], name: str, ours: Rederived) -> OfferedGroup:
    entries = {finding.fingerprint: ours.code_at(finding) for finding in findings}
    places = tuple(f"{shown(finding.path)}:{finding.region.line}" for finding in findings)
    return OfferedGroup(name, entries, places)


def _blobs_of(ours: Rederived) -> Callable[[frozenset[str]], Mapping[str, str]]:
    @cache
    def blobs(groups: frozenset[str]) -> Mapping[str, str]:
        return {one.path: _blob(one.new) for one in ours.rewrites(groups)}

    return blobs


def _blob(content: bytes) -> str:
    """The name that git gives it; GitHub has repositories with SHA-1 alone."""
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()
