"""`python -m repairbot.action` as the last step of action.yml runs it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.action.conftest import ROOT, Checkout, Step
from tests.cli.conftest import BROKEN, DB, EXPECTED, FINE, REFUSED, SAFE, UNSAFE, Tree
from tests.git_traps import commit

Act = Callable[..., Step]
FILES = {"db.py": DB, "a.py": SAFE, "b.py": REFUSED, "test_c.py": EXPECTED, "d.py": UNSAFE, "e.py": BROKEN}


def test_a_dry_run_tells_the_runner_everything_and_succeeds(tree: Tree, step: Act) -> None:
    done = step(tree(FILES))
    assert done.code == 0, done.errors
    figures = {name: done.outputs[name] for name in ("findings", "fixed", "refused")}
    assert figures == {"findings": "3", "fixed": "1", "refused": "1"}
    log = json.loads(Path(done.outputs["sarif"]).read_text("utf-8"))
    Draft202012Validator(json.loads((ROOT / "tests/render/sarif/sarif-2.1.0.json").read_text("utf-8"))).validate(log)
    scan = json.loads(Path(done.outputs["evidence"]).read_text("utf-8"))
    Draft202012Validator(json.loads((ROOT / "repairbot/schemas/scan.schema.json").read_text("utf-8"))).validate(scan)
    assert [row.split(",")[0] for row in done.commands] == [
        "::error file=a.py", "::error file=b.py", "::error file=d.py", "::warning file=e.py",
    ]  # fmt: skip
    assert done.summary.startswith("### repairbot: 3 findings\n")
    assert "| `a.py:5:5` | RB101 |" in done.summary
    assert "1 file not scanned" in done.summary


def test_findings_fail_the_step_only_when_asked(tree: Tree, step: Act) -> None:
    root = tree({"db.py": DB, "a.py": SAFE})
    assert step(root, INPUT_FAIL_ON_FINDINGS="false").code == 0
    assert step(root, INPUT_FAIL_ON_FINDINGS="true").code == 1


def test_nothing_found_is_said(tree: Tree, step: Act) -> None:
    done = step(tree({"a.py": FINE}), INPUT_FAIL_ON_FINDINGS="true")
    assert (done.code, done.log) == (0, "")
    assert done.outputs["findings"] == "0"
    assert done.summary == "### repairbot: nothing found\n"


def test_inputs_that_are_keys_of_the_configuration_reach_it(tree: Tree, step: Act) -> None:
    root = tree(FILES)
    assert step(root, REPAIRBOT_SELECT="RB102").outputs["findings"] == "0"
    assert step(root, REPAIRBOT_UNSAFE_FIXES="true").outputs["fixed"] == "2"
    assert step(root, REPAIRBOT_SELECT="", REPAIRBOT_UNSAFE_FIXES="").outputs["fixed"] == "1"


def test_paths_choose_what_is_reported(tree: Tree, step: Act) -> None:
    root = tree({"db.py": DB, "one/a.py": SAFE, "two/a.py": SAFE, "-x/a.py": SAFE})
    assert step(root, INPUT_PATHS="one\n-x\n").outputs["findings"] == "2"


def test_annotations_start_from_the_checkout(tree: Tree, step: Act) -> None:
    root = tree({"service/pyproject.toml": "", "service/db.py": DB, "service/a.py": SAFE})
    (root / "pyproject.toml").unlink()
    (row,) = step(root, INPUT_PATHS="service").commands
    assert row.startswith("::error file=service/a.py,")


def test_what_lies_outside_of_the_checkout_is_not_annotated(tree: Tree, step: Act, tmp_path: Path) -> None:
    root = tree({"db.py": DB, "a.py": SAFE})
    (tmp_path / "checkout").mkdir()
    done = step(tmp_path / "checkout", INPUT_PATHS=str(root))
    assert done.outputs["findings"] == "1"
    assert done.log == ""


def test_since_narrows_a_dry_run(checkout: Checkout, step: Act) -> None:
    place = checkout({"db.py": DB, "a.py": SAFE})
    commit(place, {"b.py": SAFE})
    done = step(place, INPUT_SINCE="HEAD~1", INPUT_FAIL_ON_FINDINGS="true")
    assert (done.code, done.outputs["findings"]) == (1, "1")
    assert [row.split(",")[0] for row in done.commands] == ["::error file=b.py"]
    assert "1 finding left out as unchanged." in done.summary
    assert step(place, INPUT_SINCE="HEAD", INPUT_FAIL_ON_FINDINGS="true").code == 0


def test_hostile_names_forge_no_command(tree: Tree, step: Act) -> None:
    names = ("::error::forged.py", "a\n::error::forged.py", "##[error]forged.py", "%0A::warning::forged.py")
    done = step(tree({"db.py": DB, **dict.fromkeys(names, SAFE)}))
    assert done.outputs["findings"] == "4"
    assert len(done.commands) == 4
    for row in done.commands:
        assert row.startswith("::error file=")
        assert "\n" not in row
    assert "::error::forged" not in done.summary.replace("`", "").splitlines()


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        ({"INPUT_MODE": "everything"}, "input `mode`"),
        ({"INPUT_PATHS": "nowhere"}, "nowhere: no such file or directory"),
        ({"REPAIRBOT_SELECT": "RB999"}, "unknown rule 'RB999'"),
        ({"INPUT_SINCE": "nowhere\n::error::forged"}, "is not in a git repository"),
        ({"INPUT_MODE": "propose"}, "not in a git repository"),
    ],
)
def test_wrong_input_ends_the_step_with_one_sentence(tree: Tree, step: Act, environ: dict[str, str], said: str) -> None:
    done = step(tree({"a.py": FINE}), **environ)
    assert done.code == 2
    assert "repairbot: error: " in done.log + done.errors
    assert said in done.log + done.errors
    assert done.commands == []
    assert done.outputs == {}


def test_outside_of_a_workflow_it_says_what_it_is_for(tree: Tree, step: Act) -> None:
    done = step(tree({"a.py": FINE}), GITHUB_OUTPUT="")
    assert done.code == 2
    assert "GITHUB_OUTPUT is not set; this program is for GitHub Actions" in done.log


def test_no_module_of_the_target_stands_in_for_a_real_one(tree: Tree, step: Act) -> None:
    trap = "raise SystemExit('taken')\n"
    done = step(tree({"json.py": trap, "repairbot/__init__.py": trap, "sitecustomize.py": trap, "a.py": FINE}))
    assert done.code == 0, done.errors


@pytest.mark.slow
def test_a_proposal_leaves_its_folder_its_evidence_and_its_summary(checkout: Checkout, step: Act) -> None:
    place = checkout({"db.py": DB, "a.py": SAFE, "test_a.py": "def test_one():\n    assert True\n"})
    done = step(place, INPUT_MODE="propose", INPUT_TRUST_REPO="true", REPAIRBOT_TEST_INSTALL_COMMAND="true")
    assert done.code == 0, done.log + done.errors
    proposal = Path(done.outputs["proposal"])
    assert (done.outputs["findings"], done.outputs["fixed"], done.outputs["refused"]) == ("1", "1", "0")
    assert Path(done.outputs["evidence"]) == proposal / "evidence.json"
    assert json.loads((proposal / "evidence.json").read_text("utf-8"))["schema_version"] == 1
    assert json.loads(Path(done.outputs["sarif"]).read_text("utf-8"))["runs"][0]["results"][0]["fixes"]
    assert [row.split(",")[0] for row in done.commands] == ["::error file=a.py"]
    assert "a.py" in done.summary
