"""`repairbot publish`: a proposal becomes one pull request for each rule, or an existing one is kept up."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from repairbot.commands.output import say, write
from repairbot.commands.parser import Command, Options, Parser, add_common, add_templates
from repairbot.commands.version import version
from repairbot.github.values import Patience
from repairbot.publish import publish as line
from repairbot.publish.publish import PublishOrder, PublishReport
from repairbot.render.escape.visible import visible


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishOptions(Options):
    """What `publish` is asked."""

    proposal: Path
    repo: str | None = None
    templates: Path | None = None
    format: str = "text"


_DESCRIPTION = """\
Derives the edits of a proposal again from a clean clone, and opens or keeps up one pull request for each rule.
Runs no target code. The token comes from GITHUB_TOKEN, or from GITHUB_APP_ID and GITHUB_APP_PRIVATE_KEY.
The exit code is 0 when the wanted state holds."""


def parser() -> Parser:
    made = Parser(prog="repairbot publish", usage="repairbot publish PROPOSAL [options]", description=_DESCRIPTION)
    group = made.add_argument_group("arguments")
    group.add_argument("proposal", metavar="PROPOSAL", type=Path, help="the folder that `repairbot run` left")
    group = made.add_argument_group("options")
    group.add_argument(
        "--repo", metavar="OWNER/NAME", help="the repository (default: the workflow's, or the proposal's)"
    )
    group.add_argument("--base", metavar="BRANCH", help="the branch to publish to (default: the one it was made from)")
    add_templates(group)
    group.add_argument("--label", metavar="NAME", action="append", help="a label for new pull requests; repeatable")
    group.add_argument("--draft", action="store_const", const=True, help="open pull requests as drafts")
    group.add_argument(
        "--unsafe-fixes", action="store_const", const=True, help="also publish fixes that a person should review"
    )
    group.add_argument("--format", choices=("text", "json"), default="text", help="text (default) or json")
    add_common(made)
    return made


def publish(options: PublishOptions) -> int:
    """Publish, say what became of it, and give the exit code: 0 when the wanted state holds."""
    order = PublishOrder(
        options.proposal,
        options.repo,
        options.templates,
        options.config,
        options.flags,
        os.environ,
        _patience(options),
        _teller(options),
    )
    report = line.publish(order, version())
    _print(report, options.format)
    return 0 if report.holds else 2


def _patience(options: PublishOptions) -> Patience:
    return Patience(_teller(options))


def _teller(options: PublishOptions) -> Callable[[str], None]:
    return (lambda _text: None) if options.verbosity < 0 else lambda text: say(f"repairbot: {text}")


def _print(report: PublishReport, form: str) -> None:
    if form == "json":
        write(json.dumps(_as_json(report), indent=2) + "\n")
        return
    for one in report.done:
        where = f" #{one.pull.number} {one.pull.url}" if one.pull else ""
        write(f"{one.candidate.rule} on {visible(report.base)}: {one.outcome}{visible(where)}\n")
        for text in (*one.notes, *one.failures):
            write(f"  {visible(text)}\n")
    for text in report.notes:
        write(f"{visible(text)}\n")


def _as_json(report: PublishReport) -> dict[str, object]:
    return {
        "schema_version": 1,
        "repository": report.repository,
        "base": report.base,
        "pulls": [
            {
                "rule": one.candidate.rule,
                "branch": one.candidate.branch,
                "outcome": one.outcome,
                "number": one.pull.number if one.pull else None,
                "url": one.pull.url if one.pull else None,
                "notes": [*one.notes, *one.failures],
            }
            for one in report.done
        ],
        "notes": list(report.notes),
    }


COMMAND = Command(parser, PublishOptions, publish)
