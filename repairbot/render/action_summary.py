"""What a step of the Action came to, as Markdown for its summary: pure functions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from repairbot.evidence.entries import Reported
from repairbot.render.escape.markdown import cell, cell_code, prose
from repairbot.render.escape.visible import capped
from repairbot.render.listing import Listing, counts, ranked
from repairbot.render.terminal.text import counted

_MOST_ROWS = 200


def scanned(listing: Listing, undecided: int) -> str:
    """The findings of a scan as a table, the most severe first."""
    found = [finding for finding in ranked(listing.findings) if counts(finding)]
    heading = f"### repairbot: {counted(len(found), 'finding') if found else 'nothing found'}"
    return "\n".join([heading, "", *_table(found), *_rest(listing, undecided)]).rstrip() + "\n"


def _table(found: list[Reported]) -> Iterator[str]:
    if not found:
        return
    yield "| place | rule | what is wrong | what to do |"
    yield "|---|---|---|---|"
    for finding in found[:_MOST_ROWS]:
        place = cell_code(f"{capped(finding.path, 200)}:{finding.line}:{finding.column}")
        yield f"| {place} | {finding.rule} | {cell(capped(finding.message, 300))} | {cell(_advice(finding))} |"
    if len(found) > _MOST_ROWS:
        yield f"\n{len(found) - _MOST_ROWS:,} more are in the SARIF log and in the evidence.\n"
    yield ""


def _advice(finding: Reported) -> str:
    reason = capped(finding.reason or "", 300)
    match finding.disposition, finding.safety:
        case "fix", "safe":
            return "`repairbot fix`"
        case "fix", _:
            return f"`repairbot fix --unsafe-fixes`, and review: {reason}"
        case _:
            return f"by hand: {reason}"


def _rest(listing: Listing, undecided: int) -> Iterator[str]:
    silent = (
        (listing.unchanged, "{} left out as unchanged", "finding"),
        (undecided, "{} undecided", "site"),
        (len(listing.skipped), "{} not scanned", "file"),
        (len(listing.crashed), "repairbot failed on {}", "file"),
    )
    said = [text.format(counted(count, noun)) for count, text, noun in silent if count]
    if said:
        yield f"{'; '.join(said)}."


def published(answer: Mapping[str, Any]) -> str:
    """What `publish --format json` answered."""
    lines = [f"### repairbot: published to {prose(str(answer['repository']))}", ""]
    for pull in answer["pulls"]:
        lines.append(f"- {pull['rule']} on {prose(str(answer['base']))}: {prose(str(pull['outcome']))}{_link(pull)}")
        lines += [f"  - {prose(str(note))}" for note in pull["notes"]]
    if not answer["pulls"]:
        lines.append("There was nothing to publish.")
    lines += ["", *(prose(str(note)) for note in answer["notes"])]
    return "\n".join(lines).rstrip() + "\n"


def _link(pull: Mapping[str, Any]) -> str:
    """The address comes from GitHub itself."""
    return "" if pull["number"] is None else f", [#{int(pull['number'])}]({pull['url']})"
