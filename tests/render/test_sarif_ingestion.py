"""Our logs, judged by Microsoft's validator with its rules for GitHub's ingestion."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from repairbot.render.listing import Listing, of_document
from repairbot.render.sarif import text
from tests.evidence.documents import DOCUMENT
from tests.render.listings import ALL, RULES, SKIPPED, hostile, listing

TOOLS = os.environ.get("REPAIRBOT_NODE_TOOLS", "")
PROGRAM = Path(TOOLS) / "node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not TOOLS, reason="REPAIRBOT_NODE_TOOLS names no folder with the packages of npm"),
]


def complaints(log: str, folder: Path) -> Counter[tuple[str, str]]:
    """Level and rule of each. The program ends with 0 whatever it found."""
    (folder / "log.sarif").write_text(log, encoding="utf-8")
    program = shutil.copy(PROGRAM, folder / "multitool") if not os.access(PROGRAM, os.X_OK) else PROGRAM
    Path(program).chmod(0o755)
    command = [program, "validate", "log.sarif", "--rule-kind", "Sarif;Ghas", "--output", "judged.sarif"]
    more = ["--log", "ForceOverwrite", "--level", "Error;Warning;Note"]
    env = {"PATH": os.environ["PATH"], "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1", "HOME": str(folder)}
    ended = subprocess.run([*command, *more], cwd=folder, env=env, capture_output=True, text=True, check=False)
    assert (folder / "judged.sarif").is_file(), ended.stdout + ended.stderr
    (run,) = json.loads((folder / "judged.sarif").read_text("utf-8-sig"))["runs"]
    rules = run["tool"]["driver"].get("rules", [])
    return Counter(
        (one.get("level", "warning"), one.get("ruleId") or rules[one["ruleIndex"]]["id"]) for one in run["results"]
    )


@pytest.mark.parametrize(
    "given",
    [
        listing(),
        listing(*ALL, skipped=(SKIPPED,), undecided=3, crashed=("pkg/bad.py",), root="file:///somewhere/else"),
        listing(*hostile()),
        of_document(DOCUMENT, RULES),
    ],
    ids=["nothing", "everything", "hostile", "evidence document"],
)
def test_the_validator_finds_no_error(given: Listing, tmp_path: Path) -> None:
    found = complaints(text(given), tmp_path)
    assert {rule for level, rule in found if level == "error"} == set(), found


def test_the_validator_finds_what_is_wrong(tmp_path: Path) -> None:
    log = json.loads(text(listing(*ALL)))
    log["runs"][0]["results"][0]["locations"] = []
    assert any(level == "error" for level, _ in complaints(json.dumps(log), tmp_path))
