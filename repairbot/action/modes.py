"""What each mode of the Action does with the commands that there are, and what it tells the runner of it."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from repairbot.action.inputs import Inputs
from repairbot.action.runner import captured, harmless, write_outputs, write_summary
from repairbot.commands.arguments import parse
from repairbot.commands.crash import say_crashes
from repairbot.commands.output import write, write_file
from repairbot.commands.pages import rule_pages
from repairbot.commands.run import refuse_after_exposure
from repairbot.commands.scan import ScanOptions, exit_code, listing, surveyed
from repairbot.commands.version import version
from repairbot.evidence.document import EvidenceDocument
from repairbot.evidence.storing import read
from repairbot.process import tools
from repairbot.process.own_python import module_command
from repairbot.render import sarif
from repairbot.render.action_summary import published, scanned
from repairbot.render.annotations import text as annotated
from repairbot.render.document import scan_document, text
from repairbot.render.listing import Listing, counts, of_document
from repairbot.run.proposal import Proposal
from repairbot.source.paths import root_of


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a mode: its exit code, its outputs, and its summary in Markdown."""

    code: int
    outputs: Mapping[str, str] = field(default_factory=dict)
    summary: str = ""


def act(given: Inputs, environ: Mapping[str, str]) -> int:
    """Do what was asked, tell the runner, and give the exit code. Raises UsageError, and what the commands raise."""
    match given.mode:
        case "dry-run":
            done = _dry_run(given, environ)
        case "propose":
            done = _propose(given, environ)
        case "publish":
            assert given.proposal is not None
            done = _publish(given, given.proposal, environ)
        case _:
            done = _run(given, environ)
    write_outputs(done.outputs, environ)
    write_summary(done.summary, environ)
    return 0 if done.code == 1 and not given.fail_on_findings else done.code


def _dry_run(given: Inputs, environ: Mapping[str, str]) -> Done:
    options = [f"--since={given.since}"] if given.since else []
    asked = parse(["scan", *options, *_paths(given)]).options
    assert isinstance(asked, ScanOptions)
    found = surveyed(asked)
    listed = listing(found)
    folder = _folder(environ)
    evidence = folder / "scan.json"
    write_file(evidence, text(scan_document(found.report, version())))
    log = _written(listed, folder, _from_checkout(given, environ))
    say_crashes(found.derivation.crashes)
    unsafe = found.config.unsafe_fixes
    fixed = [one for one in listed.findings if one.disposition == "fix" and (unsafe or one.safety == "safe")]
    outputs = _figures(listed, len(fixed)) | {"evidence": str(evidence), "sarif": str(log)}
    return Done(exit_code(asked, found), outputs, scanned(listed, len(found.report.undecided)))


def _propose(given: Inputs, environ: Mapping[str, str]) -> Done:
    proposal = _folder(environ) / "proposal"
    options = [
        *([f"--repo={given.repository}"] if given.repository else []),
        *(["--write-test"] if given.write_test else []),
        *(["--trust-repo"] if given.trust_repo else []),
    ]
    call = parse(["run", "--out", str(proposal), *options, *_paths(given)])
    code, said = captured(lambda: call.command.run(call.options))
    harmless(said)
    document = read(proposal)
    listed = of_document(document, rule_pages())
    log = _written(listed, proposal.parent, None if given.repository else _from_checkout(given, environ))
    outputs = _evidence(document, listed, proposal) | {"sarif": str(log)}
    return Done(code, outputs, _summary_of(document))


def _publish(given: Inputs, proposal: Path, environ: Mapping[str, str]) -> Done:
    """In a process of its own, as `run --publish` does it; its progress and its errors go to the log as they come."""
    document = read(proposal)
    repository = [f"--repo={given.repository}"] if given.repository else []
    command = module_command("repairbot", "publish", str(proposal.absolute()), "--format=json")
    with tempfile.TemporaryFile() as held:
        code = tools.handed_over([*command, *repository], env=environ, output=held)
        held.seek(0)
        said = held.read().decode("utf-8", "replace")
    harmless(said)
    outputs = _evidence(document, of_document(document, ()), proposal)
    if not said.strip():
        return Done(code, outputs, "### repairbot: not published\n\nThe log of the step says why.\n")
    answer = json.loads(said)
    return Done(code, outputs | _pulls(answer), published(answer))


def _run(given: Inputs, environ: Mapping[str, str]) -> Done:
    proposed = _propose(given, environ)
    proposal = Path(proposed.outputs["proposal"])
    refuse_after_exposure(Proposal(proposal, read(proposal)), trust=given.trust_repo)
    done = _publish(given, proposal, environ)
    outputs = {**proposed.outputs, **done.outputs}
    return Done(max(proposed.code, done.code), outputs, f"{done.summary}\n{proposed.summary}")


def _paths(given: Inputs) -> list[str]:
    """No path is taken for an option."""
    return [f"./{path}" if path.startswith("-") else path for path in given.paths]


def _folder(environ: Mapping[str, str]) -> Path:
    """A new folder that lasts as long as the job."""
    return Path(tempfile.mkdtemp(prefix="repairbot-", dir=environ.get("RUNNER_TEMP") or None))


def _from_checkout(given: Inputs, environ: Mapping[str, str]) -> str | None:
    """From the checkout to the root that paths of findings start from; None where that lies elsewhere."""
    checkout = os.path.realpath(environ.get("GITHUB_WORKSPACE") or Path.cwd())
    below = os.path.relpath(root_of([Path(path) for path in given.paths]), checkout).replace(os.sep, "/")
    if below.split("/")[0] == "..":
        return None
    return "" if below == "." else f"{below}/"


def _written(listed: Listing, folder: Path, from_checkout: str | None) -> Path:
    """Write the SARIF log, and the annotations into the log of the step."""
    log = folder / "repairbot.sarif"
    write_file(log, sarif.text(listed))
    if from_checkout is not None:
        write(annotated(listed, from_checkout))
    return log


def _figures(listed: Listing, fixed: int) -> dict[str, str]:
    return {
        "findings": str(sum(map(counts, listed.findings))),
        "fixed": str(fixed),
        "refused": str(sum(one.disposition == "refuse" for one in listed.findings)),
    }


def _evidence(document: EvidenceDocument, listed: Listing, proposal: Path) -> dict[str, str]:
    fixed = sum(finding.applied for finding in document.findings)
    place = {"proposal": str(proposal), "evidence": str(proposal / "evidence.json")}
    return _figures(listed, fixed) | place


def _pulls(answer: Mapping[str, Any]) -> dict[str, str]:
    """The first pull request that is open is the one that has outputs of its own."""
    pulls = [pull for pull in answer["pulls"] if pull["number"] is not None]
    first = pulls[0] if pulls else {"number": "", "url": ""}
    return {
        "pull-request-number": str(first["number"]),
        "pull-request-url": str(first["url"]),
        "pull-requests": json.dumps(pulls),
    }


def _summary_of(document: EvidenceDocument) -> str:
    from repairbot.render.markdown import step_summary

    return step_summary(document)
