"""The state behind the stand-in: people with tokens, repositories with real git, pull requests with all they carry."""

from __future__ import annotations

import os
import subprocess
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ZERO = "0" * 40
HOOK = """\
#!/bin/sh
while read old new ref; do
    if [ -f protected ] && [ -n "$(echo "$ref" | grep repairbot/)" ]; then
        echo "error: GH006: Protected branch update failed for $ref." >&2
        exit 1
    fi
    if [ -f no-workflows ]; then
        echo "refusing to allow a GitHub App to create or update workflow \\`.github/workflows/x.yml\\`" >&2
        exit 1
    fi
done
"""


class Refused(Exception):
    """What GitHub answers instead."""

    def __init__(self, status: int, message: str, errors: tuple[str, ...] = (), **headers: str) -> None:
        super().__init__(message)
        self.status, self.message, self.errors = status, message, errors
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


@dataclass
class Actor:
    """Who a token belongs to; an installation has no login of its own."""

    login: str
    pushes: set[str] = field(default_factory=set)
    installation: bool = False
    pulls: bool = True
    actions_setting: bool = True


@dataclass
class Pull:
    number: int
    author: str
    title: str
    body: str
    head_owner: str
    head: str
    base: str
    draft: bool
    state: str = "open"
    merged: bool = False
    labels: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    assignees: list[str] = field(default_factory=list)
    reviewers: list[str] = field(default_factory=list)
    teams: list[str] = field(default_factory=list)
    milestone: int | None = None
    sha: str = ""


@dataclass
class Repo:
    name: str
    path: Path
    private: bool = False
    archived: bool = False
    takes_pulls: bool = True
    takes_drafts: bool = True
    moved_to: str | None = None
    fork_of: str | None = None
    collaborators: set[str] = field(default_factory=set)
    milestones: dict[int, str] = field(default_factory=dict)
    pulls: dict[int, Pull] = field(default_factory=dict)

    @property
    def owner(self) -> str:
        return self.name.partition("/")[0]

    def git(self, *words: str, stdin: bytes = b"", **environ: str) -> str:
        env = {"PATH": os.environ["PATH"], "GIT_CONFIG_NOSYSTEM": "1", "HOME": str(self.path), **environ}
        identity = ["-c", "user.name=Server", "-c", "user.email=server@example.org", "-c", "safe.bareRepository=all"]
        done = subprocess.run(
            ["git", *identity, f"--git-dir={self.path}", *words], env=env, input=stdin, capture_output=True, check=False
        )
        if done.returncode:
            raise Refused(422, done.stderr.decode().strip() or "git failed")
        return done.stdout.decode("utf-8", "surrogateescape").strip()

    def branch(self, name: str) -> str | None:
        try:
            return self.git("rev-parse", "--verify", "--quiet", f"refs/heads/{name}^{{commit}}")
        except Refused:
            return None

    def branches(self) -> dict[str, str]:
        listed = self.git("for-each-ref", "--format=%(refname:strip=2) %(objectname)", "refs/heads").splitlines()
        return dict(line.split(" ") for line in listed)

    def pull(self, number: int) -> Pull:
        if number not in self.pulls:
            raise Refused(404, "Not Found")
        return self.pulls[number]


class World:
    """All of it. `lock` is held while anything is read or changed through the API."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.repos: dict[str, Repo] = {}
        self.tokens: dict[str, Actor] = {}
        self.apps: dict[str, str] = {}
        self.lock = threading.RLock()

    def add(self, name: str, source: Path | None = None, **facts: Any) -> Repo:
        path = self.folder / f"{name}.git"
        path.parent.mkdir(parents=True, exist_ok=True)
        words = ["clone", "--quiet", "--bare", str(source)] if source else ["init", "--quiet", "--bare"]
        subprocess.run(["git", *words, str(path)], check=True, capture_output=True)
        subprocess.run(["git", f"--git-dir={path}", "config", "uploadpack.allowAnySHA1InWant", "true"], check=True)
        subprocess.run(["git", f"--git-dir={path}", "config", "http.receivepack", "true"], check=True)
        (path / "hooks").mkdir(exist_ok=True)
        (path / "hooks/pre-receive").write_text(HOOK)
        (path / "hooks/pre-receive").chmod(0o755)
        repo = self.repos[name] = Repo(name, path, **facts)
        return repo

    def actor(self, token: str) -> Actor:
        if token not in self.tokens:
            raise Refused(401, "Bad credentials")
        return self.tokens[token]

    def repo(self, name: str, actor: Actor) -> Repo:
        found = next((repo for repo in self.repos.values() if repo.name.lower() == name.lower()), None)
        if found is None or (found.private and name not in actor.pushes):
            raise Refused(404, "Not Found")
        return found

    def settle(self) -> None:
        """A pull request whose branch is gone is closed; others follow their branch."""
        for repo in self.repos.values():
            for pull in repo.pulls.values():
                if pull.state == "open":
                    head = self.head_repo(repo, pull.head_owner)
                    sha = head.branch(pull.head) if head else None
                    pull.state, pull.sha = ("open", sha) if sha else ("closed", pull.sha)

    def head_repo(self, repo: Repo, owner: str) -> Repo | None:
        """The repository of this owner in the network of a repository."""
        if repo.owner == owner:
            return repo
        return next((one for one in self.repos.values() if one.fork_of == repo.name and one.owner == owner), None)
