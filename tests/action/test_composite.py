"""action.yml run step by step: GitHub's evaluator, the runner's bash, a real installation from the lock."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.action.conftest import ROOT, Tree, needs_node, needs_uv
from tests.cli.conftest import DB, REFUSED, SAFE
from tests.test_house_layout import repository_files

pytestmark = [needs_node, needs_uv, pytest.mark.slow, pytest.mark.xdist_group("composite")]


@pytest.fixture(scope="module")
def action(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The action as the runner downloads it: what is committed, in a folder with a space in its name."""
    folder = tmp_path_factory.mktemp("actions") / "our action"
    for path in repository_files():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / path, folder / path)
    return folder


def test_all_steps_run_and_the_outputs_come_out(action: Path, tree: Tree, composite: Callable[..., Any]) -> None:
    trap = "raise SystemExit('taken')\n"
    config = '[[tool.uv.index]]\nurl = "https://packages.invalid/simple"\ndefault = true\n'
    root = tree({"db.py": DB, "a.py": SAFE, "b.py": REFUSED, "json.py": trap, "pyproject.toml": config})
    done = composite(action, root, fail_on_findings="true", paths="a.py\nb.py")
    prepare, install, *rest = done["steps"]
    assert prepare["uses"].startswith("astral-sh/setup-uv@")
    assert prepare["with"]["cache-suffix"] == "repairbot-dry-run"
    assert (action / "repairbot/action/requirements.txt") == Path(prepare["with"]["cache-dependency-glob"])
    assert install["code"] == 0, install["stderr"]
    (run,) = rest
    assert run["code"] == 1, run["stderr"]
    assert {name: done["outputs"][name] for name in ("findings", "fixed", "refused")} == {
        "findings": "2",
        "fixed": "1",
        "refused": "1",
    }
    assert json.loads(Path(done["outputs"]["sarif"]).read_text("utf-8"))["version"] == "2.1.0"
    assert done["outputs"]["pull-request-number"] == ""
    assert run["summary"].startswith("### repairbot: 2 findings\n")
    assert run["stdout"].count("::error file=") == 2


def test_an_input_with_shell_in_it_stays_an_input(action: Path, tree: Tree, composite: Callable[..., Any]) -> None:
    root = tree({"db.py": DB, "a.py": SAFE})
    evil = '"; touch "$GITHUB_WORKSPACE/taken"; echo "$(touch $GITHUB_WORKSPACE/taken)'
    done = composite(action, root, rules=evil, paths=evil, since=evil)
    *_, run = done["steps"]
    assert run["code"] == 2
    assert not (root / "taken").exists()
