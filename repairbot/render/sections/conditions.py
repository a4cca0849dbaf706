"""How it was run: what a reader must know to weigh the evidence. No configuration leaves it out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from repairbot.evidence.document import EvidenceDocument
from repairbot.evidence.observed import Isolation, TestEnvironment
from repairbot.render.detail import Detail, Listed, first
from repairbot.render.sections.tests import baseline
from repairbot.render.terminal.text import counted
from repairbot.render.wording import day, listed, quoted


@dataclass(frozen=True, slots=True)
class Condition:
    name: str
    text: str


def conditions(document: EvidenceDocument, detail: Detail) -> Listed[Condition]:
    """The few that count come first, and are kept at every level of detail."""
    return first(max(5, detail.environment), _conditions(document))


def _conditions(document: EvidenceDocument) -> Iterator[Condition]:
    runs = document.runs
    yield Condition("tests", _tests(document))
    yield Condition("environment", _environment(runs.environment))
    yield Condition("python", _python(runs.environment))
    yield Condition("isolation", _isolation(runs.isolation))
    yield Condition("network", _network(runs.isolation))
    target, tool = document.target, document.tool
    when = f", {day(target.committed)}" if target.committed else ""
    yield Condition("commit", f"{quoted(target.commit)}{when}")
    unsafe = ", with unsafe fixes" if document.asked.unsafe_fixes else ""
    yield Condition("looked for", f"{listed([quoted(rule) for rule in document.asked.rules])}{unsafe}")
    yield Condition("made by", f"{tool.name} {tool.version} on {day(runs.started)}, in {runs.seconds:,g} seconds")
    for note in document.notes:
        yield Condition("note", note)


def _tests(document: EvidenceDocument) -> str:
    runs = document.runs
    if runs.tests is None:
        return f"not run: {runs.untested or 'no reason was recorded'}"
    return f"{baseline(runs.tests)}; outcomes are as reported by the project's tests"


def _environment(environment: TestEnvironment | None) -> str:
    if environment is None:
        return "none was made"
    said = [f"{environment.recipe} ({environment.why})", counted(len(environment.packages), "package")]
    if environment.added:
        said.append(f"added: {listed([quoted(one) for one in environment.added[:5]])}")
    if environment.packages_until:
        said.append(f"packages as of {day(environment.packages_until)}")
    if environment.best_effort:
        said.append("best effort: tests may behave differently here than for the project's developers")
    if environment.test_command:
        said.append(f"tests run with {quoted(environment.test_command)}")
    return "; ".join(said)


def _python(environment: TestEnvironment | None) -> str:
    return f"{environment.python} ({environment.python_why})" if environment else "none was chosen"


def _isolation(isolation: Isolation | None) -> str:
    if isolation is None:
        return "no code of the project was run"
    version = f" {isolation.version}" if isolation.version else ""
    hidden = "hidden" if isolation.secrets_hidden else "NOT hidden"
    rejected = "".join(f"; not {one.level}: {one.reason}" for one in isolation.rejected)
    opened = f"; in reach of the project's code: {', '.join(isolation.left_open)}" if isolation.left_open else ""
    return f"{isolation.level}{version}, user id {isolation.uid}, private files and secrets {hidden}{opened}{rejected}"


def _network(isolation: Isolation | None) -> str:
    if isolation is None:
        return "not used by the project's code"
    installing = "the package index alone" if isolation.install_index_only else _switch(isolation.install_network)
    return f"{_switch(isolation.network)} for tests, {installing} for the installation"


def _switch(on: bool) -> str:
    return "on" if on else "off"
