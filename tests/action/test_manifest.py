"""action.yml and the workflows as text; lanes of .ci/run give them to the programs that read them."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MANIFEST = (ROOT / "action.yml").read_text("utf-8")
INPUTS, OUTPUTS, RUNS = re.split(r"^(?:outputs|runs):\n", MANIFEST.partition("inputs:\n")[2], flags=re.MULTILINE)
WORKFLOWS = sorted((ROOT / ".github").rglob("*.yml"))
OURS = re.compile(r"OWNER/repairbot(?:/\.github/workflows/repairbot\.yml)?@0{40} # v\d")


def names(section: str) -> set[str]:
    return set(re.findall(r"^  ([\w-]+):$", section, re.MULTILINE))


def scripts(text: str) -> list[str]:
    """What stands under each `run:`."""
    blocks = re.findall(r"^( *)(?:- )?run: *(?:[|>]-?\n((?:\1 +.*\n|\n)+)|(.*))", text, re.MULTILINE)
    return [block or line for _, block, line in blocks]


def test_every_input_reaches_the_command_or_a_step() -> None:
    assert names(INPUTS) == set(re.findall(r"\$\{\{ inputs\.([\w-]+) \}\}", RUNS))


def test_every_output_is_the_output_of_that_name_of_the_one_command() -> None:
    assert names(OUTPUTS) == set(re.findall(r"value: \$\{\{ steps\.repairbot\.outputs\.([\w-]+) \}\}", OUTPUTS))


def test_no_input_is_called_required_because_nothing_enforces_it() -> None:
    assert "required:" not in MANIFEST


@pytest.mark.parametrize("file", [ROOT / "action.yml", *WORKFLOWS], ids=lambda file: file.name)
def test_no_script_holds_an_expression(file: Path) -> None:
    found = scripts(file.read_text("utf-8"))
    assert not any("${{" in script for script in found)


def test_scripts_are_found_at_all() -> None:
    assert len(scripts(MANIFEST)) == 2
    assert "uv venv" in scripts(MANIFEST)[0]


@pytest.mark.parametrize("file", [ROOT / "action.yml", *WORKFLOWS], ids=lambda file: file.name)
def test_every_action_is_pinned_with_its_tag_beside_it(file: Path) -> None:
    for used in re.findall(r"uses: (.*)", file.read_text("utf-8")):
        assert used == "$/." or OURS.match(used) or re.fullmatch(r"[\w.-]+(/[\w.-]+)+@[0-9a-f]{40} # v[\d.]+", used)


def test_one_action_is_pinned_to_one_commit_everywhere() -> None:
    pins: dict[str, set[str]] = {}
    for file in (ROOT / "action.yml", *WORKFLOWS):
        for name, pin in re.findall(r"uses: ([\w./-]+)@(.*)", file.read_text("utf-8")):
            pins.setdefault(name, set()).add(pin)
    assert {name: pin for name, pin in pins.items() if len(pin) > 1} == {}


def test_the_job_that_runs_target_code_is_given_no_secret() -> None:
    text = (ROOT / ".github/workflows/repairbot.yml").read_text("utf-8")
    propose, publish = re.split(r"^  publish:\n", text.partition("\n  propose:\n")[2], flags=re.MULTILINE)
    assert "secrets." not in propose
    assert "token" not in propose.replace("a token", "")
    assert re.findall(r"^      ([\w-]+): (?:read|write)", propose, re.MULTILINE) == ["contents"]
    assert "contents: read" in propose
    assert "actions/checkout" not in publish


def test_what_is_installed_is_what_the_lock_says() -> None:
    text = (ROOT / "repairbot/action/requirements.txt").read_text("utf-8")
    locked = {package["name"]: package for package in tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))["package"]}
    wanted = re.findall(r"^([\w.-]+)==(\S+).*\\\n((?:    --hash=.*\n)+)", text, re.MULTILINE)
    assert len(wanted) == len(re.findall(r"^[\w.-]+==", text, re.MULTILINE)) > 20
    for name, version, hashes in wanted:
        package = locked[name]
        assert version == package["version"], name
        files = {file["hash"] for file in (*package.get("wheels", ()), package.get("sdist", {})) if "hash" in file}
        assert set(re.findall(r"--hash=(\S+?)(?: |$)", hashes.replace("\\\n", "\n"), re.MULTILINE)) == files, name


def test_every_run_time_dependency_is_installed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    text = (ROOT / "repairbot/action/requirements.txt").read_text("utf-8")
    needed = [*project["dependencies"], "setuptools"]
    missing = [name for name in needed if not re.search(rf"^{re.split('[^a-z0-9-]', name)[0]}==", text, re.MULTILINE)]
    assert missing == []


def test_the_uv_that_is_set_up_is_the_locked_one() -> None:
    text = (ROOT / "repairbot/action/requirements.txt").read_text("utf-8")
    locked = re.search(r"^uv==(\S+)", text, re.MULTILINE)
    assert locked is not None
    assert f"version: {locked[1]}\n" in MANIFEST
