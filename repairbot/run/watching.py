"""The sites that are watched while the tests run without the change, and what they met, finding by finding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from repairbot.evidence.observed import WitnessEntry
from repairbot.harness.suite.runs import SuiteRun
from repairbot.harness.suite.watched import WatchedSite, watched
from repairbot.harness.witness import Witness, WitnessState, witness
from repairbot.model import Disposition, Finding, Undecided
from repairbot.protocols.values import Produced, alternatives
from repairbot.rule import Fault, Site
from repairbot.scan.commit import Survey

Sites = tuple[WatchedSite, ...]
Witnesses = Mapping[str, Witness]


def provable(found: Survey) -> list[Finding]:
    """The findings that what the code does can prove or contradict: all but those that mean to fail."""
    return [one for one in found.findings if one.disposition in {Disposition.FIX, Disposition.REFUSE}]


def sites_of(found: Survey) -> Sites:
    """Where findings and undecided places are, each once: the number of an observation is the place in here."""
    sites = [_site(found, one) for one in provable(found)]
    sites += [site for one in found.derivation.undecided if (site := _undecided(found, one)) is not None]
    return tuple(dict.fromkeys(one for site in sites if (one := watched(site)) is not None))


def witnesses(found: Survey, sites: Sites, run: SuiteRun) -> Witnesses:
    """By fingerprint, what the run saw of each finding that was watched."""
    numbers: dict[WatchedSite | None, int] = {site: number for number, site in enumerate(sites)}
    told = {}
    for finding in provable(found):
        site = watched(_site(found, finding))
        if site in numbers:
            fault, number = found.derivation.cases[finding.fingerprint].fault, numbers[site]
            seen = (one for one in run.seen if one.site == number)
            told[finding.fingerprint] = witness(seen, _expected(fault), executed=_executed(finding, run))
    return told


def ran_well(found: Survey, sites: Sites, run: SuiteRun, undecided: Undecided) -> bool:
    """Whether an undecided place was seen to run without an error, which no finding may be made of."""
    site = _undecided(found, undecided)
    wanted = watched(site) if site is not None else None
    seen = (one for one in run.seen if one.site < len(sites) and sites[one.site] == wanted)
    return witness(seen).state is WitnessState.CONTRADICTED


def _executed(finding: Finding, run: SuiteRun) -> bool:
    first, last = finding.region.line, finding.region.end_line
    return any(hit.path == finding.path and first <= hit.line <= last for hit in run.hits)


def entries(told: Witnesses) -> tuple[WitnessEntry, ...]:
    return tuple(
        WitnessEntry(mark, one.state.value, one.reason, one.raised, one.ran, one.types, one.error)
        for mark, one in told.items()
    )


def contradicted(told: Witnesses) -> Mapping[str, str]:
    """The findings that a run without the error contradicts, with what was seen as a sentence's beginning."""
    return {
        mark: f"{one.reason[:1].upper()}{one.reason[1:]}. An object that the tests put there by hand counts as well"
        for mark, one in told.items()
        if one.state is WitnessState.CONTRADICTED
    }


def _site(found: Survey, finding: Finding) -> Site:
    return found.derivation.cases[finding.fingerprint].fault.site


def _undecided(found: Survey, undecided: Undecided) -> Site | None:
    snapshot = found.derivation.snapshot
    parsed = snapshot.parsed(snapshot.file(undecided.path))
    rule = next(one for one in found.rules if one.code == undecided.rule)
    return next((site for site in rule.sites(parsed) if site.region == undecided.region), None)


def _expected(fault: Fault) -> frozenset[str]:
    """The names of the types that the finding speaks of, where it knows them to the letter: a subclass is as good."""
    kinds: Iterable[object] = list(alternatives(fault.value))
    names = {one.kind.value for one in kinds if isinstance(one, Produced)}
    return frozenset(names) if all(isinstance(one, Produced) for one in kinds) else frozenset()
