"""The branch that is published to: fetched into a clone of ours, with its commit and the configuration in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from repairbot.config.keys import KEYS
from repairbot.config.load import Config, load
from repairbot.errors import UsageError
from repairbot.git import objects, push
from repairbot.git import repository as git_own
from repairbot.git.clone import NotCloned, explained
from repairbot.git.command import GitFailed

_KEYS = frozenset(
    key
    for key in KEYS
    if key.startswith(("publish.", "write-up."))
    or key in {"enabled", "select", "ignore", "exclude", "jobs", "unsafe-fixes"}
)
_SETTINGS = ("pyproject.toml", ".github/repairbot.toml")


@dataclass(frozen=True, slots=True)
class Base:
    branch: str
    commit: str
    config: Config
    clone: Path


@dataclass(frozen=True, slots=True)
class BaseSource:
    """Where a base is fetched from, into which folder of ours, and what is said of the configuration from outside."""

    url: str
    repository: str
    token: str
    folder: Path
    file: Path | None
    flags: Mapping[str, object]
    environ: Mapping[str, str]
    tell: Callable[[str], None]


def fetched(source: BaseSource, usual: str) -> Base:
    """Return the base that the flags, else its own configuration, else `usual` names. Raises UsageError, NotCloned."""
    first = load(source.folder, None, source.flags, source.environ, _KEYS).publish_base
    base = _at(source, first or usual, "first")
    wanted = base.config.publish_base
    return base if wanted in {None, base.branch} else _at(source, wanted or base.branch, "second")


def _at(source: BaseSource, branch: str, name: str) -> Base:
    clone = source.folder / f"{name}.git"
    commit = _commit(source, branch, clone)
    return Base(branch, commit, _config(source, clone, commit, source.folder / f"{name}-settings"), clone)


def _commit(source: BaseSource, branch: str, clone: Path) -> str:
    source.tell(f"fetching {branch} of {source.repository}")
    try:
        git_own.run(clone.parent, "check-ref-format", f"refs/heads/{branch}")
    except GitFailed:
        raise UsageError(
            f"{branch[:100]!r} is no name of a branch; give --base with the branch to publish to"
        ) from None
    said = push.fetch(source.url, clone, branch, source.token)
    if isinstance(said, str):
        return said
    if any("couldn't find remote ref" in line for line in said.complaints):
        raise UsageError(f"{source.repository} has no branch {branch!r}; give --base with the branch to publish to")
    raise NotCloned(f"{source.url} could not be fetched: {explained(said.complaints)}")


def _config(source: BaseSource, clone: Path, commit: str, folder: Path) -> Config:
    """Return the configuration that stands in a commit."""
    (folder / ".github").mkdir(parents=True)
    for entry in objects.entries(clone, commit):
        if entry.path in _SETTINGS and entry.is_file:
            (folder / entry.path).write_bytes(git_own.run(clone, "cat-file", "blob", entry.oid))
    try:
        return load(folder, source.file, source.flags, source.environ, _KEYS)
    except UsageError as error:
        raise UsageError(str(error).replace(f"{folder}/", f"{commit[:12]}:")) from None
