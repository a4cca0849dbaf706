"""The token is looked for wherever it could be left."""

from __future__ import annotations

import base64
import os
import tempfile
from pathlib import Path

import pytest

from repairbot.publish import execute
from repairbot.publish.credentials import Credentials, taken
from tests.publish.conftest import TOKEN, Bench
from tests.publish.standin.server import Request

SECRETS = (TOKEN.encode(), base64.b64encode(f"x-access-token:{TOKEN}".encode()))


def command_lines() -> list[bytes]:
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            found.append((process / "cmdline").read_bytes())
        except OSError:
            continue
    return found


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="needs a list of processes that can be read")
@pytest.mark.parametrize("mode", ["git", "api"])
def test_no_process_list_and_no_file_ever_holds_it(bench: Bench, mode: str) -> None:
    """Looked for at every request, when all that is written lies there and all that is started runs."""
    bench.project.commit({".github/repairbot.toml": f"publish.commit-mode = '{mode}'\n"})
    bench.monkeypatch.setattr(tempfile, "tempdir", str(bench.folder))
    looks: list[int] = []
    leaks: list[str] = []

    def look(request: Request) -> bool:
        looks.append(request.number)
        leaks.extend(f"a process: {line!r}" for line in command_lines() if any(one in line for one in SECRETS))
        for path in files(bench.folder):
            try:
                content = path.read_bytes()
            except OSError:
                continue
            if any(one in content for one in SECRETS):
                leaks.append(str(path))
        return False

    proposal = bench.propose()
    bench.standin.fault = look
    ended = bench.publish(proposal, "--verbose")
    assert ended.code == 0, ended.all
    assert len(looks) > 8
    assert any(SECRETS[1].decode() in heard for heard in bench.standin.heard), "git was given the token"
    assert leaks == []
    assert [path for path in bench.folder.iterdir() if path.name.startswith("repairbot-")] == []


def test_it_leaves_the_environment_before_anything_is_started(bench: Bench) -> None:
    assert bench.publish(bench.propose()).code == 0
    assert "GITHUB_TOKEN" not in os.environ


def test_a_crash_does_not_show_it(bench: Bench) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("a mistake of ours")

    proposal = bench.propose()
    bench.monkeypatch.setattr(execute.Executor, "_push", fail)
    ended = bench.publish(proposal)
    assert ended.code == 3
    assert "a mistake of ours" in ended.err
    assert TOKEN not in ended.all


def test_no_value_shows_it_when_printed() -> None:
    assert TOKEN not in repr(Credentials(TOKEN))
    assert TOKEN not in repr(taken({"GITHUB_TOKEN": TOKEN}))


def test_a_server_named_by_the_repository_gets_nothing(bench: Bench) -> None:
    """Only the environment says where GitHub is; no key of a configuration does."""
    bench.project.commit({".github/repairbot.toml": "publish.server = 'https://evil.example'\n"})
    ended = bench.publish(bench.propose())
    assert ended.code == 2
    assert "unknown key 'publish.server'" in ended.err


def test_a_server_that_is_not_there_is_one_sentence(bench: Bench) -> None:
    ended = bench.publish(bench.propose(), GITHUB_API_URL="http://127.0.0.1:1/api/v3")
    assert ended.code == 3
    assert "internal error" not in ended.err
    assert ended.err.strip().splitlines()[-1].endswith("publish the proposal again later")
    assert bench.waits[:3] == [1.0, 3.0, 9.0]
