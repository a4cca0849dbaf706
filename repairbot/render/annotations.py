"""A listing as workflow commands of GitHub Actions: errors, warnings and notices that it shows at lines of a change.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from repairbot.evidence.entries import LeftOut, Reported
from repairbot.render.escape.visible import capped, visible
from repairbot.render.listing import Listing, level, ranked

MOST_OF_A_KIND = 10  # shown of one step; what is more is dropped without a word
_LONGEST = 1_000
_LINKS = 8
_NEWLINE = "\n"


def text(listing: Listing, folder: str = "") -> str:
    """The commands, one a line; `folder` leads from the checkout to the listing's root, and ends with "/"."""
    shown = {"error": 0, "warning": 0}
    lines = []
    for kind, command in _commands(listing, folder):
        if shown[kind] < MOST_OF_A_KIND:
            lines.append(command)
        shown[kind] += 1
    return "".join(f"{line}\n" for line in (*lines, *_rest(listing, shown)))


def _commands(listing: Listing, folder: str) -> Iterator[tuple[str, str]]:
    for path in listing.crashed:
        yield "error", _command("error", "repairbot failed on this file", file=folder + path, title="repairbot")
    for finding in ranked(listing.findings):
        if level(finding) != "note":
            yield level(finding), _finding(finding, folder)
    for file in listing.skipped:
        yield "warning", _skipped(file, folder)


def _finding(finding: Reported, folder: str) -> str:
    place: dict[str, str | int] = {"file": folder + finding.path, "line": finding.line, "endLine": finding.end_line}
    if finding.line == finding.end_line:  # a region of several lines has no columns there
        place |= {"col": finding.column, "endColumn": finding.end_column}
    said = [finding.message, *_chain(finding), _outcome(finding)]
    return _command(level(finding), *said, **place, title=f"repairbot {finding.rule}")


def _chain(finding: Reported) -> Iterator[str]:
    for number, link in enumerate(finding.evidence[:_LINKS], 1):
        yield f"{number}. {link.path}:{link.line} {capped(link.text, 200)}"


def _outcome(finding: Reported) -> str:
    match finding.disposition, finding.safety:
        case "fix", "safe":
            return "`repairbot fix` makes the change"
        case "fix", _:
            return f"`repairbot fix --unsafe-fixes` makes a change: {capped(finding.reason or '', 300)}"
        case _:
            return f"no automatic fix: {capped(finding.reason or '', 300)}"


def _skipped(file: LeftOut, folder: str) -> str:
    return _command("warning", f"not scanned ({file.kind}): {file.reason}", file=folder + file.path, title="repairbot")


def _rest(listing: Listing, shown: dict[str, int]) -> Iterator[str]:
    """One line for all that has no annotation of its own."""
    more = [(kind, count - MOST_OF_A_KIND) for kind, count in shown.items() if count > MOST_OF_A_KIND]
    said = [f"{count} more {kind}{'s' * (count != 1)}" for kind, count in more]
    noted = sum(level(finding) == "note" for finding in listing.findings)
    said += [f"{count} {what}" for count, what in _counts(listing, noted) if count]
    if more:
        yield _command("notice", f"Not shown here: {', '.join(said)}", title="repairbot")


def _counts(listing: Listing, noted: int) -> Sequence[tuple[int, str]]:
    return ((noted, "expected to fail or withdrawn"), (listing.undecided, "undecided"))


def _command(kind: str, *said: str, **properties: str | int) -> str:
    """No text of the target can end the command or begin another."""
    named = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{kind} {named}::{_data(capped(_NEWLINE.join(map(visible, said)), _LONGEST))}"


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(visible(value)).replace(":", "%3A").replace(",", "%2C")
