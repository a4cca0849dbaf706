"""The runner's side of a step: its files, its folders, its environment."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run, Tree, run, scrubbed, tree
from tests.git_traps import commit, git

__all__ = ["Checkout", "Run", "Step", "Tree", "run", "tree"]

ROOT = Path(__file__).parents[2]
TOOLS = os.environ.get("REPAIRBOT_NODE_TOOLS", "")
"""The folder in which `npm ci` was run with the package.json of this one; a lane of .ci/run makes it."""

UV = shutil.which("uv", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])) or ""

needs_node = pytest.mark.skipif(not TOOLS, reason="REPAIRBOT_NODE_TOOLS names no folder with the packages of npm")
needs_uv = pytest.mark.skipif(not UV, reason="uv is not installed")
# What reaching a package index may need.
_PASSED_ON = re.compile(r"(?i).*_proxy|SSL_CERT_(FILE|DIR)|UV_(?!PROJECT|PYTHON$).*|PIP_.*")


def passed_on() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if _PASSED_ON.fullmatch(name)}


def assignments(text: str) -> dict[str, str]:
    """A file of outputs as the runner reads it; what is none of its forms fails."""
    found = {}
    while text:
        match = re.match(r"([^=\n]+?)<<([^\n]+)\n(.*?)\n?\2\n", text, re.DOTALL)
        assert match, text
        found[match[1]] = match[3]
        text = text[match.end() :]
    return found


@dataclass(frozen=True)
class Step:
    """What one step left behind."""

    code: int
    log: str
    errors: str
    outputs: dict[str, str]
    summary: str

    @property
    def commands(self) -> list[str]:
        """The lines that the runner would take for commands of the program."""
        found, stopped = [], None
        for row in self.log.splitlines():
            if stopped is not None:
                stopped = None if row == f"::{stopped}::" else stopped
            elif row.startswith("::stop-commands::"):
                stopped = row.removeprefix("::stop-commands::")
            elif row.startswith("::") or "##[" in row:
                found.append(row)
        assert stopped is None
        return found


Checkout = Callable[[Mapping[str, str]], Path]


@pytest.fixture
def checkout(tree: Tree) -> Checkout:
    """A repository with one commit, which is what the workflow's checkout leaves."""

    def make(files: Mapping[str, str]) -> Path:
        place = tree(files)
        git(place, "init", "--quiet", "--initial-branch=main")
        commit(place, {})
        return place

    return make


@pytest.fixture
def step(tmp_path: Path) -> Callable[..., Step]:
    """Runs the Action's command as its last step does, with the environment that the step gives it."""

    def act(workspace: Path, **environ: str) -> Step:
        files = {name: tmp_path / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        for file in files.values():
            file.write_text("")
        (tmp_path / "runner temp").mkdir(exist_ok=True)
        around = {
            "GITHUB_WORKSPACE": str(workspace),
            "GITHUB_ACTIONS": "true",
            "RUNNER_TEMP": str(tmp_path / "runner temp"),
            **{name: str(file) for name, file in files.items()},
        }
        done = subprocess.run(
            [sys.executable, "-I", "-m", "repairbot.action"],
            cwd=workspace,
            env=scrubbed(tmp_path, **{**around, **environ}),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        outputs = assignments(files["GITHUB_OUTPUT"].read_text())
        return Step(done.returncode, done.stdout, done.stderr, outputs, files["GITHUB_STEP_SUMMARY"].read_text())

    return act


@pytest.fixture
def composite(tmp_path: Path) -> Callable[..., Any]:
    """Runs all steps of action.yml, installation included, with GitHub's own evaluator of expressions."""
    shutil.copyfile(Path(__file__).with_name("runner.mjs"), Path(TOOLS) / "runner.mjs")
    temp = tmp_path / "runner temp"
    temp.mkdir()
    # What the step before, which sets up uv, leaves on the PATH; and a Python that is no shim.
    bin_folder = tmp_path / "uv"
    bin_folder.mkdir()
    (bin_folder / "uv").symlink_to(UV)
    path = os.pathsep.join([str(bin_folder), f"{sys.base_prefix}/bin", os.environ["PATH"]])

    def act(action: Path, workspace: Path, **inputs: str) -> Any:
        around = {"GITHUB_WORKSPACE": str(workspace), "GITHUB_ACTIONS": "true", "RUNNER_TEMP": str(temp)}
        asked = {
            "action": str(action),
            "inputs": {name.replace("_", "-"): value for name, value in inputs.items()},
            "github": {"action_path": str(action), "workspace": str(workspace)},
            "runner": {"temp": str(temp)},
            "env": scrubbed(tmp_path, **passed_on(), **around) | {"PATH": path},
        }
        done = subprocess.run(
            ["node", Path(TOOLS) / "runner.mjs"],
            input=json.dumps(asked),
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return act
