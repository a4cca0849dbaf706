"""What `repairbot run` leaves is what `repairbot publish` takes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from repairbot import cli
from repairbot.evidence.storing import read
from tests.hostile_modules import plant
from tests.publish.conftest import TOKEN, Bench
from tests.publish.proposals import BRANCH, MENDED, NAME

pytestmark = pytest.mark.slow


def test_a_proposal_of_a_real_run_is_published(bench: Bench, tmp_path: Path) -> None:
    out = tmp_path / "from-run"
    assert cli.main(["run", str(bench.project.place), "--out", str(out), "--trust-repo", "-q"]) == 1
    bench.monkeypatch.setenv("HOME", str(tmp_path))
    assert bench.publish(out, "--repo", NAME).code == 0
    assert bench.show(BRANCH, "app/api.py") == MENDED
    assert bench.pull.draft, "there are no tests in it"
    assert "app/api.py" in bench.pull.body
    assert os.fspath(tmp_path) not in bench.pull.body


def test_one_call_clones_a_repository_tries_it_and_opens_its_pull_request(bench: Bench, tmp_path: Path) -> None:
    variables = {
        "GITHUB_TOKEN": TOKEN,
        "GITHUB_SERVER_URL": bench.standin.url,
        "GITHUB_API_URL": bench.standin.api,
        "HOME": str(tmp_path),
    }
    for name, value in variables.items():
        bench.monkeypatch.setenv(name, value)
    # A person runs this in a folder of anybody's: what lies there must not be imported by the process with the token.
    plant(hostile := tmp_path / "hostile", stolen := tmp_path / "STOLEN")
    bench.monkeypatch.chdir(hostile)
    bench.monkeypatch.setenv("PYTHONPATH", str(hostile))
    out = tmp_path / "from-run"
    assert cli.main(["run", "--repo", NAME, "--publish", "--out", str(out), "--trust-repo", "-q"]) == 1
    document = read(out)
    assert (document.target.repository, document.target.branch) == (NAME, "main")
    assert bench.show(BRANCH, "app/api.py") == MENDED
    assert bench.pull.draft
    assert not stolen.exists()
    assert not any(TOKEN.encode() in path.read_bytes() for path in out.rglob("*") if path.is_file())
