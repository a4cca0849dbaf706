"""The target of a job: a path or a name in, a workspace with what is known of the commit out."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from repairbot.errors import UsageError
from repairbot.evidence.document import Target
from repairbot.git import clone, repository
from repairbot.git.command import GitFailed
from repairbot.harness import leftovers, scratch
from repairbot.harness.environment.prepare import CommitFacts
from repairbot.harness.workspace import Workspace, opened
from repairbot.run.order import Order
from repairbot.run.progress import Clock

_VERSION = re.compile(r"[vV]?(\d+(?:\.\d+)*)(?:-(\d+)-g[0-9a-f]+)?")


@dataclass(frozen=True, slots=True)
class Opened:
    """`below` is the folder in the target that the user named, empty or with a final "/". `identity` names the target
    between runs, `outside` is the user's own folder, from which nothing is taken."""

    work: Workspace
    target: Target
    below: str
    identity: str
    outside: Path
    commit: CommitFacts


@contextmanager
def target_of(order: Order, clock: Clock) -> Iterator[Opened]:
    """Raises UsageError, NotCloned."""
    with ExitStack() as stack:
        path, identity = order.path, ""
        if order.repository is not None:
            identity = clone.address(order.repository, order.server)
            folder = scratch.make("repairbot-clone-")
            stack.callback(leftovers.remove, folder)
            path = folder / "clone.git"
            with clock.phase("clone"):
                clone.clone(identity, path, order.token, clock.telling.says)
        work = stack.enter_context(opened(path, trust=order.trust))
        root = work.source.root or work.source.git_dir
        yield Opened(
            work=work,
            target=_described(work, order, root),
            below=_below(order, work),
            identity=order.identity or identity or os.path.realpath(root),
            outside=Path(os.path.realpath(root)),
            commit=CommitFacts(_made(work).date(), _version(work)),
        )


def _described(work: Workspace, order: Order, root: Path) -> Target:
    source = work.source
    name = order.repository.rpartition("/")[2] if order.repository else root.name.removesuffix(".git") or "target"
    shown = name.encode("utf-8", "backslashreplace").decode("utf-8")
    return Target(shown, order.repository, source.commit, source.branch, _made(work).isoformat())


def _below(order: Order, work: Workspace) -> str:
    root = work.source.root
    if order.repository is not None or root is None:
        return ""
    inside = os.path.relpath(os.path.realpath(order.path), os.path.realpath(root)).replace(os.sep, "/")
    if inside == ".":
        return ""
    if not order.path.is_dir():
        raise UsageError(f"{order.path}: `run` takes a repository or a folder in one; name its folder")
    return f"{inside}/"


def _made(work: Workspace) -> datetime:
    line = repository.run(work.own, "log", "-1", "--format=%cI", work.source.commit).decode("ascii", "replace").strip()
    return datetime.fromisoformat(line)


def _version(work: Workspace) -> str | None:
    """What the tags before the commit say, as tools that make versions of them read it."""
    try:
        described = repository.run(
            work.history, "describe", "--tags", "--first-parent", "--match", "*[0-9]*", repository.BASE
        )
    except GitFailed:
        return None
    found = _VERSION.fullmatch(described.decode("utf-8", "replace").strip())
    if found is None:
        return None
    return found[1] if found[2] is None else f"{found[1]}.post{found[2]}"
