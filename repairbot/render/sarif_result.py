"""One finding as a result of SARIF 2.1.0: its place, its evidence as a code flow, its repair, why it is set aside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any
from urllib.parse import quote

from repairbot.evidence.entries import Edit, Link, ProposedFinding, Reported, Span
from repairbot.render.escape.visible import capped, visible
from repairbot.render.listing import counts, level

Json = dict[str, Any]

SOURCE_ROOT = "%SRCROOT%"
# Definitions outside of the target, and what their paths start from.
OTHER_ROOTS = {
    "stdlib": ("STDLIB", "The standard library's stubs, as typeshed has them"),
    "environment": ("ENVIRONMENT", "The packages installed in the target's virtual environment"),
    "stub": ("STUBS", "The stubs that ship with repairbot"),
}
_LINKS = 100  # of a chain; GitHub takes 1,000 locations a result
_MENTIONED = 5


def result(finding: Reported, rule_index: int | None, *, evidence: bool, fixes: bool) -> Json:
    """`evidence` and `fixes` say whether there is room for the code flow and for the replacements."""
    links = _kept(finding.evidence)
    made: Json = {
        "ruleId": finding.rule,
        **({} if rule_index is None else {"ruleIndex": rule_index}),
        "level": level(finding),
        "message": {"text": _message(finding, links if evidence else ())},
        "locations": [_place(finding)],
        "partialFingerprints": {"repairbotFingerprint/v1": finding.fingerprint},
        "properties": _properties(finding),
    }
    if evidence:
        made["relatedLocations"] = [_related(number, link) for number, link in _in_target(links)]
        made["codeFlows"] = [{"threadFlows": [{"locations": list(_flow(finding, links))}]}]
    if fixes and finding.edits:
        made["fixes"] = [{"description": {"text": _outcome(finding)}, "artifactChanges": _changes(finding.edits)}]
    if not counts(finding):
        made["suppressions"] = [_suppression(finding)]
    return made


def artifact(path: str, root: str | None = SOURCE_ROOT) -> Json:
    uri = quote(path.encode("utf-8", "backslashreplace"), safe="/")
    return {"uri": uri} if root is None else {"uri": uri, "uriBaseId": root}


def sentence(text: str) -> str:
    """Text of the target on one line, no part of it a link, ended like a sentence."""
    plain = capped(visible(text), 1000)
    if "](" in plain:
        plain = plain.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    return plain if plain.endswith((".", "!", "?")) else f"{plain}."


def _kept(links: Sequence[Link]) -> Sequence[Link]:
    """The first and the last of a chain that is too long to show."""
    return links if len(links) <= _LINKS else (*links[: _LINKS - 10], *links[-10:])


def _message(finding: Reported, links: Sequence[Link]) -> str:
    places = {f"{link.path}:{link.line}": number for number, link in _in_target(links)}
    shown = [f"[{_label(place)}]({number})" for place, number in places.items()][-_MENTIONED:]
    evidence = [f"Evidence: {', '.join(shown)}."] if shown else []
    return " ".join([sentence(finding.message), _outcome(finding), *evidence])


def _label(place: str) -> str:
    return capped(visible(place), 200).replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")


def _outcome(finding: Reported) -> str:
    reason = sentence(finding.reason or "No reason was given")
    match finding.disposition, finding.safety:
        case "fix", "safe":
            return "`repairbot fix` makes the change."
        case "fix", _:
            return f"`repairbot fix --unsafe-fixes` makes a change that a person should review: {reason}"
        case "refuse", _:
            return f"There is no automatic fix: {reason}"
        case "expected", _:
            return f"The code means to fail here: {reason}"
        case _:
            return f"Withdrawn: {reason}"


def _place(finding: Reported) -> Json:
    place: Json = {"physicalLocation": {"artifactLocation": artifact(finding.path), "region": _region(finding.span)}}
    if isinstance(finding, ProposedFinding) and finding.function:
        place["logicalLocations"] = [{"fullyQualifiedName": finding.function, "kind": "function"}]
    return place


def _region(span: Span) -> Json:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _properties(finding: Reported) -> Json:
    names = ("disposition", "safety", "reason", "expression", "group")
    return {name: value for name in names if (value := getattr(finding, name)) is not None}


def _in_target(links: Sequence[Link]) -> Iterator[tuple[int, Link]]:
    """The links that lead into the target, with their numbers from 1."""
    return ((number, link) for number, link in enumerate(links, 1) if link.origin == "source")


def _related(number: int, link: Link) -> Json:
    return {"id": number, **_linked(link)}


def _flow(finding: Reported, links: Sequence[Link]) -> Iterator[Json]:
    yield {"location": {**_place(finding), "message": {"text": sentence(finding.message)}}, "importance": "essential"}
    for link in links:
        yield {"location": _linked(link)}


def _linked(link: Link) -> Json:
    root = SOURCE_ROOT if link.origin == "source" else OTHER_ROOTS.get(link.origin, (None, ""))[0]
    place = {"artifactLocation": artifact(link.path, root), "region": {"startLine": link.line}}
    return {"physicalLocation": place, "message": {"text": sentence(link.text)}}


def _changes(edits: Sequence[Edit]) -> list[Json]:
    by_path = groupby(sorted(edits, key=lambda edit: (edit.path, edit.span.line, edit.span.column)), _path)
    return [
        {"artifactLocation": artifact(path), "replacements": [_replacement(edit) for edit in group]}
        for path, group in by_path
    ]


def _path(edit: Edit) -> str:
    return edit.path


def _replacement(edit: Edit) -> Json:
    made: Json = {"deletedRegion": _region(edit.span)}
    return {**made, "insertedContent": {"text": edit.replacement}} if edit.replacement else made


def _suppression(finding: Reported) -> Json:
    kind = "inSource" if finding.disposition == "expected" else "external"
    return {"kind": kind, "status": "accepted", "justification": _outcome(finding)}
