"""From faults to findings: what each is called, whether it is meant, and what its plan came to."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from repairbot.model import Disposition, Evidence, Finding, Safety
from repairbot.protocols.scopes import Scope, place_of
from repairbot.protocols.written import written
from repairbot.repair.engine import Mended, Mismatch, Outcome
from repairbot.rule import Fault, Plan, Refusal, Rule, Site
from repairbot.scan.expected import expected, swallowed
from repairbot.scan.queries import Inquiry


@dataclass(frozen=True, slots=True)
class Case:
    """A fault with what is to be done about it; `wanted` is why the code means to fail."""

    fault: Fault
    proposal: Plan | Refusal | None
    wanted: str | None = None


def case(inquiry: Inquiry, rule: Rule, fault: Fault) -> Case:
    """Ask the rule for its plan, unless the code means to fail here."""
    wanted = expected(fault.site)
    if wanted is not None and wanted.certainly:
        return Case(fault, None, wanted.reason)
    proposal = rule.plan(fault, inquiry)
    if wanted is not None and isinstance(proposal, Plan) and proposal.safety is Safety.SAFE:
        proposal = replace(proposal, safety=Safety.UNSAFE, reason=wanted.reason)
    return Case(fault, proposal)


def mismatch(inquiry: Inquiry, site: Site) -> Mismatch:
    return Mismatch(site.rule, site.file.path, compact(inquiry, site))


def compact(inquiry: Inquiry, site: Site) -> str:
    """The site's expression as written, without white space."""
    parsed = inquiry.snapshot.parsed(site.file)
    return "".join(parsed.segment(site.expression).split())


def finding(one: Case, outcome: Outcome | None, fingerprint: str) -> Finding:
    """The finding of a case; `outcome` is None where nothing was planned."""
    fault, site = one.fault, one.fault.site
    common = Finding(
        rule=site.rule,
        path=site.file.path,
        region=site.region,
        message=fault.message,
        expression=written(site.expression),
        disposition=Disposition.REFUSE,
        safety=None,
        reason=None,
        fingerprint=fingerprint,
        group=None,
        edits=(),
        evidence=_evidence(one),
    )
    match outcome, one.proposal:
        case Mended() as mended, Plan():
            return replace(
                common,
                disposition=Disposition.FIX,
                safety=mended.safety,
                reason=mended.reason,
                group=mended.group,
                edits=mended.edits,
            )
        case Refusal(reason=reason), _:
            return replace(common, reason=reason)
        case _, Refusal(reason=reason):
            return replace(common, reason=reason)
    return replace(common, disposition=Disposition.EXPECTED, reason=one.wanted)


def _evidence(one: Case) -> tuple[Evidence, ...]:
    chain = list(one.fault.evidence)
    if one.proposal is not None:
        chain += one.proposal.evidence
    silenced = swallowed(one.fault.site)
    if silenced is not None:
        site = one.fault.site
        chain.append(Evidence(site.file.path, silenced.line, silenced.text, site.file.origin))
    return tuple(dict.fromkeys(chain))


def fingerprints(inquiry: Inquiry, sites: Iterable[Site]) -> list[str]:
    """For each site, in order of position, a name that outlives moved lines."""
    seen: Counter[tuple[str, ...]] = Counter()
    found = []
    for site in sites:
        identity = (site.rule, site.file.path, around(inquiry, site), compact(inquiry, site))
        text = "\0".join((*identity, str(seen[identity])))
        seen[identity] += 1
        found.append(hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest())
    return found


def around(inquiry: Inquiry, site: Site) -> str:
    """The qualified name of the function or class that the site is in; empty at the top of a module."""
    module = inquiry.resolver.module(site.file)
    assert isinstance(module, Scope)  # the site was found in its tree
    return place_of(module, site.ancestors, site.node).scope.qualified_name


def ordered(cases: Sequence[Case]) -> list[Case]:
    return sorted(cases, key=lambda one: (one.fault.site.file.path, one.fault.site.region, one.fault.site.rule))
