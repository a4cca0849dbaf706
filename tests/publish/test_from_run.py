"""What `repairbot run` leaves is what `repairbot publish` takes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from repairbot import cli
from tests.publish.conftest import Bench
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
