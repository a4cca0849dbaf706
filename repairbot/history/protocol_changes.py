"""The commit that gave a definition the protocol it has: a file and a qualified name in, the last change of it out."""

from __future__ import annotations

from dataclasses import dataclass

from repairbot.history.past import UNSHALLOW, Past, Version
from repairbot.history.protocols_then import State, change, state
from repairbot.source.paths import shown

_MOST_MOVES = 5


@dataclass(frozen=True, slots=True)
class Turn:
    """What happened, in one sentence. `is_flip`: the definition had another protocol before; else it was not there.

    Without `commit` there was no such change, or with `text` none that could be seen.
    """

    commit: str | None = None
    text: str = ""
    is_flip: bool = False


def latest_turn(past: Past, path: str, name: str, moves: int = 0) -> Turn:
    """The last change of the protocol of the definition `name` in `path`. Raises PastFailed."""
    merged: Turn | None = None
    last: Version | None = None
    for last in past.versions(path):
        before, after = _state(past, last.before, name), _state(past, last.after, name)
        if after is None:
            continue
        if before is None:
            if last.is_merge or last.commit in past.cut:
                continue
            return merged or _arrival(past, path, name, last.commit, after, moves)
        text = change(name, before, after)
        if text is not None:
            turn = Turn(last.commit, text, is_flip=True)
            if not last.is_merge:
                return turn
            merged = merged or turn
    if merged is None and last is not None and last.commit in past.cut:
        return Turn(text=f"the clone is shallow and does not reach back to where `{name}` came from; {UNSHALLOW}")
    return merged or Turn()


def _state(past: Past, oid: str | None, name: str) -> State | None:
    return state(past.blob(oid), name) if oid is not None else None


def _arrival(past: Past, path: str, name: str, commit: str, now: State, moves: int) -> Turn:
    """The definition came with this commit, perhaps from another file, where it may have been something else."""
    source = _left(past, path, name, commit)
    if source is None:
        return Turn(commit, f"`{name}` came to `{shown(path)}`")
    origin, then = source
    text = change(name, then, now)
    if text is not None:
        return Turn(commit, f"{text} when it moved from `{shown(origin)}` to `{shown(path)}`", is_flip=True)
    return latest_turn(past, origin, name, moves + 1) if moves < _MOST_MOVES else Turn()


def _left(past: Past, path: str, name: str, commit: str) -> tuple[str, State] | None:
    """The file that lost the definition in the same commit, and what it was there."""
    for version, other in past.changed(commit):
        if other == path or not other.endswith(".py"):
            continue
        then = _state(past, version.before, name)
        if then is not None and _state(past, version.after, name) is None:
            return other, then
    return None
