"""The straight line of `repairbot run`: target, scan, experiment, impact, document, proposal."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from repairbot.config.load import Config, granted, load
from repairbot.evidence.impact import Impact, Owner
from repairbot.harness.environment.credentials import redaction
from repairbot.harness.environment.installer import about_withheld
from repairbot.impact.impact_of import assess, check_journeys, owner_of
from repairbot.render.layout import layout
from repairbot.render.template_worker import checked, rendered
from repairbot.rules.registry import all_rules
from repairbot.run.experiment import Results, experiment
from repairbot.run.logs import Logs
from repairbot.run.order import Order
from repairbot.run.places import check_out, proposal_for
from repairbot.run.progress import Clock, Discreet, Telling
from repairbot.run.proposal import LOGS, Proposal, prepared, write
from repairbot.run.target import Opened, target_of
from repairbot.run.writing_up import discreet, document
from repairbot.scan.commit import Survey, chosen_groups, survey
from repairbot.scan.selection import chosen


def propose(order: Order, telling: Telling, version: str) -> Proposal:
    """Do the whole job. Raises UsageError, NotCloned, DiskFull, OutputError; the target is left as it was."""
    hidden = redaction(order.environ, [order.token or ""])
    clock = Clock(Discreet(telling, hidden))
    if order.templates is not None:
        checked(order.templates)
    with target_of(order, clock) as opened:
        out = _out(order, opened)
        config, refused = _configured(order, opened)
        shape = layout(config)
        with clock.phase("scan"):
            found = _surveyed(opened, config)
            check_journeys(config.impact_journeys, found.derivation.inquiry)
        with prepared(out) as folder:
            logs = Logs(folder / LOGS, hidden)
            results = _results(opened, found, config, order, clock, logs)
            impacts, owner = _impact(opened, results, config, order, clock)
            notes = (*refused, *_withheld(results, order))
            written = discreet(document(opened, config, results, impacts, owner, clock, version, notes), hidden)
            body = rendered("body", written, shape, order.templates)
            write(folder, written, results.branch, opened.work.own, body)
    return Proposal(out, written)


def _out(order: Order, opened: Opened) -> Path:
    if order.out is None:
        return proposal_for(opened.target.name, opened.target.commit, order.environ)
    check_out(order.out, opened.work.source)
    return order.out


def _configured(order: Order, opened: Opened) -> tuple[Config, tuple[str, ...]]:
    """Read it from the commit, not from the user's tree: so the same commit gives the same findings."""
    root = opened.work.lay_out("before", opened.work.source.commit)
    config = load(root, order.config, order.flags, order.environ)
    return (config, ()) if order.trust else granted(config)


def _withheld(results: Results, order: Order) -> tuple[str, ...]:
    """What a reader should know of an installation that had to do without some settings."""
    said = about_withheld(order.environ) if results.isolation is not None else None
    return () if said is None else (said,)


def _surveyed(opened: Opened, config: Config) -> Survey:
    work = opened.work
    rules = chosen(config, all_rules())
    return survey(work.own, work.source.commit, rules, config, opened.below, opened.outside)


def _results(opened: Opened, found: Survey, config: Config, order: Order, clock: Clock, logs: Logs) -> Results:
    if not chosen_groups(found.findings, unsafe=config.unsafe_fixes) and not found.derivation.undecided:
        return Results(found, None, {}, untested="nothing is repaired, so there is nothing to test")
    return experiment(opened, found, config, order, clock, logs)


def _impact(
    opened: Opened, results: Results, config: Config, order: Order, clock: Clock
) -> tuple[Mapping[str, Impact], Owner | None]:
    """Who reaches each finding and since when, and what the owner says that is worth. No target code runs."""
    found = results.survey
    if not found.findings:
        return {}, None
    with clock.phase("impact"):
        impacts = assess(
            found.derivation.inquiry,
            found.findings,
            opened.work.history,
            opened.target.commit,
            authors=order.authors,
            journeys=config.impact_journeys,
        )
    return impacts, owner_of(config.impact_journeys, found.findings, impacts)
