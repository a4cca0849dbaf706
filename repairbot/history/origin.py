"""Since when a finding is broken: born so, or broken by a later change of the definition that decides it."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from repairbot.evidence.impact import History, Hop
from repairbot.history.past import UNSHALLOW, Blamed, Past, PastFailed
from repairbot.history.protocol_changes import latest_turn
from repairbot.model import Finding, Origin
from repairbot.protocols.node_path import Spot
from repairbot.protocols.scopes import Scope
from repairbot.scan.queries import Inquiry
from repairbot.source.paths import shown

_MOST_REWRITES = 10


@dataclass(frozen=True, slots=True)
class Places:
    """A finding, and where its construct stands in the tree (None where the file cannot be read)."""

    finding: Finding
    spot: Spot | None


@dataclass(frozen=True, slots=True)
class Definition:
    """What decides a finding: a function or class of the target by its file and qualified name."""

    path: str
    name: str


@dataclass(frozen=True, slots=True)
class _Judged:
    history: History
    definition: Definition | None


def histories(
    inquiry: Inquiry,
    places: Sequence[Places],
    repository: Path | None,
    commit: str | None,
    *,
    deadline: float,
    authors: bool = False,
) -> Mapping[str, History]:
    """The history of each finding by its fingerprint."""
    if repository is None or commit is None:
        missing = History("unknown", missing="there is no git history to read")
        return {one.finding.fingerprint: missing for one in places}
    past = Past(repository, commit, deadline)
    judged = {one.finding.fingerprint: _judged(inquiry, past, one, authors=authors) for one in places}
    return {one.finding.fingerprint: _with_stale(one, places, judged) for one in places}


def _with_stale(one: Places, places: Sequence[Places], judged: Mapping[str, _Judged]) -> History:
    """The history with the other findings that the same change of the same definition left behind."""
    own = judged[one.finding.fingerprint]
    if own.history.flip is None:
        return own.history
    others = [
        other
        for other in places
        if other is not one
        and judged[other.finding.fingerprint].definition == own.definition
        and judged[other.finding.fingerprint].history.flip == own.history.flip
    ]
    return replace(own.history, stale=tuple(_hop(other) for other in others))


def _hop(place: Places) -> Hop:
    name = place.spot.owner.qualified_name if place.spot else ""
    return Hop(shown(place.finding.path), place.finding.region.line, name)


def _judged(inquiry: Inquiry, past: Past, place: Places, *, authors: bool) -> _Judged:
    definition = _definition(inquiry, place.finding)
    try:
        written = _introduced(past, place)
        introduced = past.note(written.commit, authors=authors)
    except PastFailed as failure:
        return _Judged(History("unknown", missing=str(failure)), definition)
    if written.cut:
        text = f"the clone is shallow and its history ends at this commit; {UNSHALLOW}"
        return _Judged(History("unknown", introduced, missing=text), definition)
    if definition is None:
        text = "what decides it is defined outside this repository"
        return _Judged(History("unknown", introduced, missing=text), None)
    try:
        history = _broken(past, definition, written.commit, History("unknown", introduced), authors=authors)
    except PastFailed as failure:
        history = History("unknown", introduced, missing=str(failure))
    return _Judged(history, definition)


def _introduced(past: Past, place: Places) -> Blamed:
    """Who wrote the construct: rewriting its line around it, or moving it, does not count."""
    written = past.blame(place.finding.path, place.finding.region.line)
    for _ in range(_MOST_REWRITES):
        if written.before is None or place.spot is None:
            break
        commit, path = written.before
        data = past.file(commit, path)
        line = _line_before(data, place) if data is not None else None
        if line is None:
            break
        written = past.blame(path, line, commit)
    return written


def _line_before(data: bytes, place: Places) -> int | None:
    """Where the same construct over the same expression stood in the same function of an earlier version."""
    assert place.spot is not None
    try:
        tree = ast.parse(data)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    kind, wanted = type(place.spot.node), "".join(place.finding.expression.split())
    function = place.spot.owner.qualified_name.rpartition(".")[2]
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == function:
            for one in ast.walk(node):
                line = getattr(one, "lineno", None) or getattr(getattr(one, "iter", None), "lineno", None)
                if type(one) is kind and line is not None and wanted in _without_space(one):
                    return int(line)
    return None


def _without_space(node: ast.AST) -> str:
    headed = getattr(node, "iter", None) or node
    if isinstance(node, ast.With | ast.AsyncWith):
        headed = ast.Tuple([one.context_expr for one in node.items])
    return "".join(ast.unparse(headed).split())


def _definition(inquiry: Inquiry, finding: Finding) -> Definition | None:
    """The definition that the chain of evidence ends at, None where that is not in the target."""
    for link in reversed(finding.evidence):
        # A parameter stands on the line of its function, which does not decide what is passed.
        if link.origin is not Origin.SOURCE or link.text.startswith("parameter `"):
            continue
        module = inquiry.resolver.module(inquiry.snapshot.file(link.path))
        if isinstance(module, Scope) and (name := _defined_at(module, link.line)) is not None:
            return Definition(link.path, name)
    return None


def _defined_at(module: Scope, line: int) -> str | None:
    """The qualified name of the function or class with its `def`, `class` or a decorator on that line."""
    pending = [module]
    while pending:
        scope = pending.pop()
        for bindings in scope.flow.every.values():
            for one in bindings:
                node = one.node
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                    inner = scope.inside(node)
                    if line == node.lineno or line in {decorator.lineno for decorator in node.decorator_list}:
                        return inner.qualified_name
                    if node.lineno < line <= (node.end_lineno or 0):
                        pending.append(inner)
    return None


def _broken(past: Past, definition: Definition, written: str, history: History, *, authors: bool) -> History:
    """Which of the two came first: the caller, or the protocol that the definition has now."""
    turn = latest_turn(past, definition.path, definition.name)
    if turn.commit is None:
        return replace(history, missing=turn.text) if turn.text else replace(history, broken="born")
    if past.is_before(turn.commit, written):
        return replace(history, broken="born")
    if not turn.is_flip:
        return replace(history, missing=f"{turn.text} after the line was written, and what it was before is not known")
    text = turn.text
    if not past.is_before(written, turn.commit):
        text = f"{text} on another branch than the line, and a merge brought both together"
    return replace(history, broken="flip", flip=past.note(turn.commit, authors=authors), flip_text=text)
