"""What may go into one pull request: checked groups and evidence in, one candidate for each rule out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from repairbot.evidence.document import EvidenceDocument
from repairbot.model import Finding
from repairbot.publish.branch import branch_of
from repairbot.publish.checking import Checked
from repairbot.publish.rederive import Rederived
from repairbot.publish.subset import digest, restricted_to
from repairbot.source.paths import shown

RETRY = "repairbot:retry"
REBUILD = "repairbot:rebuild"


@dataclass(frozen=True, slots=True)
class CandidateGroup:
    """Edits proposed whole or not at all: fingerprints of what they fix, each with a digest of the code there.

    `places` are what a person calls them, such as `app/api.py:12`.
    """

    name: str
    entries: Mapping[str, str]
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One rule on one base: what our own derivation allows of the proposal.

    `found` are all fingerprints that the base has now, `unseen` those of which the proposal does not speak. `draft`
    and `held` are reasons: to publish as a draft only, and not to publish at all. `blobs` says which blob each file
    becomes when some groups are applied.
    """

    rule: str
    slug: str
    base: str
    base_commit: str
    branch: str
    groups: tuple[CandidateGroup, ...]
    found: frozenset[str]
    evidence: str
    blobs: Callable[[frozenset[str]], Mapping[str, str]]
    draft: str | None = None
    held: str | None = None
    unseen: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()

    def entries(self, names: frozenset[str]) -> dict[str, str]:
        """Fingerprints and digests of some groups."""
        return {mark: code for group in self.chosen(names) for mark, code in sorted(group.entries.items())}

    def chosen(self, names: frozenset[str]) -> Iterable[CandidateGroup]:
        return (group for group in self.groups if group.name in names)

    def digest(self, names: frozenset[str]) -> str:
        """Equal when a pull request of these groups would say the same."""
        return hashlib.sha256("\n".join([self.evidence, *sorted(names)]).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Dressing:
    """What a new pull request is given once; later it is for people to change."""

    labels: tuple[str, ...] = ()
    reviewers: tuple[str, ...] = ()
    team_reviewers: tuple[str, ...] = ()
    assignees: tuple[str, ...] = ()
    milestone: str | None = None

    @property
    def empty(self) -> bool:
        return self == Dressing()


@dataclass(frozen=True, slots=True)
class Policy:
    """`email` is that of our commits; `max_new` is what is left of this run's allowance."""

    email: str
    dressing: Dressing = Dressing()
    max_open: int = 10
    max_new: int = 10


def candidates_of(
    document: EvidenceDocument,
    checked: Checked,
    ours: Rederived,
    repository: str,
    base: str,
    *,
    regressions: bool = False,
    draft: bool = False,
) -> tuple[Candidate, ...]:
    """One for each rule that looked, with or without groups.

    `regressions` allows tests that got worse, in a draft; `draft` asks for one in any case.
    """
    by_rule: dict[str, list[str]] = {code: [] for code in ours.rules}
    for name in checked.groups:
        by_rule[min(finding.rule for finding in ours.group(name))].append(name)
    worse = _regressions(document)
    return tuple(
        _candidate(
            document, ours, code, frozenset(names), repository, base, held=None if regressions else worse, draft=draft
        )
        for code, names in sorted(by_rule.items())
    )


def _candidate(
    document: EvidenceDocument,
    ours: Rederived,
    code: str,
    names: frozenset[str],
    repository: str,
    base: str,
    *,
    held: str | None,
    draft: bool,
) -> Candidate:
    slug = ours.rules[code]
    marks = [finding.fingerprint for finding in ours.findings if finding.group in names]
    return Candidate(
        rule=code,
        slug=slug,
        base=base,
        base_commit=ours.commit,
        branch=branch_of(slug, base),
        groups=tuple(_group(ours.group(name), name, ours) for name in sorted(names)),
        found=frozenset(finding.fingerprint for finding in ours.findings),
        evidence=digest(restricted_to(document, ours, code, names, repository, base)),
        blobs=_blobs_of(ours),
        draft=("`publish.draft` asks for one" if draft else _draft_only(document, marks)) if marks else None,
        held=held if names else None,
        unseen=frozenset(finding.fingerprint for finding in ours.findings)
        - {finding.fingerprint for finding in document.findings},
    )


def _group(findings: tuple[Finding, ...], name: str, ours: Rederived) -> CandidateGroup:
    entries = {finding.fingerprint: ours.code_at(finding) for finding in findings}
    places = tuple(f"{shown(finding.path)}:{finding.region.line}" for finding in findings)
    return CandidateGroup(name, entries, places)


def _blobs_of(ours: Rederived) -> Callable[[frozenset[str]], Mapping[str, str]]:
    @cache
    def blobs(groups: frozenset[str]) -> Mapping[str, str]:
        return {one.path: _blob(one.new) for one in ours.rewrites(groups)}

    return blobs


def _blob(content: bytes) -> str:
    """The name that git gives it; GitHub has repositories with SHA-1 alone."""
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


_WORSE = ("regressed", "gone", "not collected")
_PROVEN = frozenset("ABC")


def _regressions(document: EvidenceDocument) -> str | None:
    """A clause on tests that passed before the change and do not with it."""
    tests = document.runs.tests
    if tests is None:
        return None
    listed = sum(case.verdict in _WORSE for case in tests.cases)
    worse = max(listed, sum(tests.verdicts.get(verdict, 0) for verdict in _WORSE))
    if not worse:
        return None
    return f"{worse} {'test that ran' if worse == 1 else 'tests that ran'} before the change fail with it or are gone"


def _draft_only(document: EvidenceDocument, fingerprints: Collection[str]) -> str | None:
    """Why a person should look before it counts as ready, as a clause."""
    tests = document.runs.tests
    if document.runs.untested is not None or tests is None:
        return "the tests could not be run"
    if _regressions(document) is not None:
        return "tests got worse with the change"
    if tests.incomplete is not None or tests.before.incomplete is not None or tests.after.incomplete is not None:
        return "the test runs are not complete"
    proven = {grade.fingerprint for grade in document.runs.grades if grade.level in _PROVEN}
    missing = sum(fingerprint not in proven for fingerprint in fingerprints)
    if missing:
        return f"{missing} of {len(fingerprints)} repairs lack proof"
    return None
