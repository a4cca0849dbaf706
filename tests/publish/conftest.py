"""One repository on a stand-in for GitHub, its owner's checkout, and the program to publish with."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from repairbot import cli
from repairbot.github import client
from repairbot.github.values import Patience
from tests.publish import proposals, remembered
from tests.publish.proposals import NAME, Change, Project
from tests.publish.standin.server import Standin, standing
from tests.publish.standin.world import Actor, Pull, Repo, World

TOKEN = "ghp_" + "s3cr3t" * 6
READER = "ghp_" + "r34d3r" * 6
ACTIONS = "ghs_" + "4ct10n" * 6

_SLEEP = time.sleep


@dataclass
class Ended:
    code: int
    out: str
    err: str

    @property
    def all(self) -> str:
        return self.out + self.err


@dataclass
class Bench:
    """Everything a test of publishing needs. `waits` are the seconds that the program would have slept."""

    standin: Standin
    repo: Repo
    project: Project
    folder: Path
    capsys: pytest.CaptureFixture[str]
    monkeypatch: pytest.MonkeyPatch
    waits: list[float] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    @property
    def world(self) -> World:
        return self.standin.world

    def propose(self, change: Change = lambda document: document, **options: Any) -> Path:
        folder = self.folder / f"proposal{len(list(self.folder.glob('proposal*')))}"
        return proposals.propose(self.project.place, folder, change=change, **options)

    def publish(self, proposal: Path, *words: str, token: str | None = TOKEN, **environ: str) -> Ended:
        """`repairbot publish` in this process."""
        for name in ("GITHUB_TOKEN", "GH_TOKEN", "GITHUB_REPOSITORY", "GITHUB_APP_ID", "GITHUB_APP_PRIVATE_KEY"):
            self.monkeypatch.delenv(name, raising=False)
        variables = {"GITHUB_API_URL": self.standin.api, "GITHUB_SERVER_URL": self.standin.url, **environ}
        for name, value in (variables | ({"GITHUB_TOKEN": token} if token else {})).items():
            self.monkeypatch.setenv(name, value)
        self.capsys.readouterr()
        code = cli.main(["publish", str(proposal), *words])
        said = self.capsys.readouterr()
        self.said.append(said.out + said.err)
        return Ended(code, said.out, said.err)

    def published(self, proposal: Path, *words: str, **environ: str) -> dict[str, Any]:
        """What JSON says of the first rule."""
        ended = self.publish(proposal, "--format", "json", *words, **environ)
        assert ended.code == 0, ended.all
        found: dict[str, Any] = json.loads(ended.out)["pulls"][0]
        return found

    @property
    def pull(self) -> Pull:
        """The only pull request there is."""
        (pull,) = self.repo.pulls.values()
        self.world.settle()
        return pull

    def show(self, branch: str, path: str) -> str:
        return self.repo.git("show", f"refs/heads/{branch}:{path}") + "\n"

    def asked(self, since: int = 0) -> list[str]:
        """What changed something on the server, without git's own talk."""
        return [one for one in self.standin.requests[since:] if not one.startswith("GET") and ".git/" not in one]


def _slept(waits: list[float], seconds: float) -> None:
    """Only note it, except where Python itself waits for a process by looking again and again."""
    if sys._getframe(2).f_globals.get("__name__") == "subprocess":
        _SLEEP(seconds)
    else:
        waits.append(seconds)


@pytest.fixture
def bench(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    world = World(tmp_path / "server")
    owner = proposals.project(tmp_path / "user/repository", tmp_path / f"server/{NAME}.git")
    repo = world.add(NAME, owner.place)
    world.tokens = {
        TOKEN: Actor("bot", {NAME}),
        READER: Actor("reader"),
        ACTIONS: Actor("github-actions[bot]", {NAME}, installation=True),
    }
    with standing(world) as standin:
        made = Bench(standin, repo, owner, tmp_path, capsys, monkeypatch)
        monkeypatch.setattr(time, "sleep", lambda seconds: _slept(made.waits, seconds))
        monkeypatch.setattr(
            "repairbot.commands.publish._patience",
            lambda arguments: Patience(_tell, made.waits.append, between=0.0, between_writes=0.0),
        )
        monkeypatch.setattr("repairbot.publish.publish.rederived", remembered.rederived)
        monkeypatch.setattr(client, "_TIMEOUT", 2)
        yield made
    assert standin.complaints == []
    for text in made.said:
        assert not any(token in text for token in world.tokens)


def _tell(text: str) -> None:
    from repairbot.commands.output import say

    say(f"repairbot: {text}")
