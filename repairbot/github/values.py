"""What GitHub is asked with and what it answers: frozen values, read from its JSON, and the ways in which it fails."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from repairbot.errors import RepairbotError

_FILES = 300  # that a comparison lists


class Rejected(Exception):
    """GitHub understood the call and said no. `accepted` are the permissions that would have done."""

    def __init__(self, what: str, status: int, message: str, accepted: str = "") -> None:
        super().__init__(f"GitHub would not {what}: {message} (status {status})")
        self.what = what
        self.status = status
        self.message = message
        self.accepted = accepted


class Unsure(Exception):
    """No answer came, or one of a broken server: what was asked for may have happened or not."""


class LimitReached(RepairbotError):
    """GitHub's limits ask for a longer wait than anybody should sit through."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where the API and git are; `label` is what to call it."""

    api: str = "https://api.github.com"
    web: str = "https://github.com"


@dataclass(frozen=True, slots=True)
class Repository:
    name: str
    node: str
    default_branch: str
    archived: bool
    disabled: bool
    takes_pulls: bool
    can_push: bool
    parent: str | None


@dataclass(frozen=True, slots=True)
class Pull:
    """A pull request as it is; `state` is `open`, `closed` (nobody merged it) or `merged`."""

    number: int
    node: str
    url: str
    title: str
    body: str
    state: str
    draft: bool
    labels: frozenset[str]
    head: str


@dataclass(frozen=True, slots=True)
class Commit:
    id: str
    author: str
    committer: str
    message: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a branch holds since it left its base: commits, and the blob of each file it edits by path ("" where it
    does something else to it).

    `files` is None and `whole` false where GitHub does not list all files or commits.
    """

    commits: tuple[Commit, ...]
    files: Mapping[str, str] | None
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Patience:
    """How waiting is done: `tell` says what for, and `rest` are the seconds that PyGithub leaves between two calls."""

    tell: Callable[[str], None]
    sleep: Callable[[float], None] = time.sleep
    between: float = 0.25
    between_writes: float = 1.0


def repository(said: Mapping[str, Any]) -> Repository:
    return Repository(
        name=said["full_name"],
        node=said["node_id"],
        default_branch=said["default_branch"],
        archived=said["archived"],
        disabled=said["disabled"],
        takes_pulls=said.get("has_pull_requests", True),
        can_push=said.get("permissions", {}).get("push", False),
        parent=said["parent"]["full_name"] if said.get("parent") else None,
    )


def comparison(said: Mapping[str, Any]) -> Comparison:
    commits = tuple(commit(one) for one in said["commits"])
    files = {one["filename"]: one["sha"] if one["status"] == "modified" else "" for one in said.get("files", ())}
    whole = said["total_commits"] == len(commits)
    return Comparison(commits, files if len(files) < _FILES else None, whole)


def commit(said: Mapping[str, Any]) -> Commit:
    commit = said["commit"]
    emails = [(commit[role] or {}).get("email") or "" for role in ("author", "committer")]
    return Commit(said["sha"], emails[0], emails[1], commit["message"])


def pull(said: Mapping[str, Any]) -> Pull:
    return Pull(
        number=said["number"],
        node=said["node_id"],
        url=said["html_url"],
        title=said["title"],
        body=said["body"] or "",
        state="merged" if said["merged_at"] else said["state"],
        draft=said.get("draft", False),
        labels=frozenset(label["name"] for label in said["labels"]),
        head=said["head"]["sha"],
    )
