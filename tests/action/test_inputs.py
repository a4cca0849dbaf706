from __future__ import annotations

from pathlib import Path

import pytest

from repairbot.action.inputs import MODES, Inputs, inputs
from repairbot.errors import UsageError

NOTHING = Inputs("dry-run", (), None, None, None, fail_on_findings=False, write_test=False, trust_repo=False)


def test_inputs_that_nobody_filled_in_mean_a_dry_run_of_the_checkout() -> None:
    names = ("MODE", "PATHS", "REPOSITORY", "SINCE", "PROPOSAL", "FAIL_ON_FINDINGS", "WRITE_TEST", "TRUST_REPO")
    assert inputs({}) == inputs({f"INPUT_{name}": "" for name in names}) == NOTHING


def test_each_input_is_read() -> None:
    given = inputs({"INPUT_MODE": "dry-run", "INPUT_PATHS": " src \n\ntests/a b\n-x\n", "INPUT_SINCE": "origin/main"})
    assert (given.paths, given.since) == (("src", "tests/a b", "-x"), "origin/main")
    given = inputs({"INPUT_MODE": "propose", "INPUT_REPOSITORY": "a/b", "INPUT_WRITE_TEST": "true"})
    assert (given.repository, given.write_test, given.trust_repo) == ("a/b", True, False)
    given = inputs({"INPUT_MODE": "publish", "INPUT_PROPOSAL": "in", "INPUT_FAIL_ON_FINDINGS": "TRUE"})
    assert (given.proposal, given.fail_on_findings) == (Path("in"), True)


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        ({"MODE": "scan"}, "input `mode`: 'scan' is none; write dry-run, propose, publish or run"),
        ({"FAIL_ON_FINDINGS": "yes"}, "input `fail-on-findings`: expected true or false, got 'yes'"),
        ({"MODE": "publish"}, "input `proposal`: the folder that mode `propose` left"),
        ({"MODE": "propose", "PROPOSAL": "x"}, "input `proposal`"),
        ({"REPOSITORY": "a/b"}, "input `repository`: a dry run looks at the checkout"),
        ({"MODE": "run", "SINCE": "main"}, "input `since`: only for mode `dry-run`"),
        ({"MODE": "propose", "PATHS": "a\nb"}, "input `paths`: mode `propose` works on one repository"),
        ({"MODE": "run", "PATHS": "a", "REPOSITORY": "a/b"}, "inputs `repository` and `paths`: give one of them"),
    ],
)
def test_what_does_not_go_together_is_told(environ: dict[str, str], said: str) -> None:
    with pytest.raises(UsageError) as raised:
        inputs({f"INPUT_{name}": value for name, value in environ.items()})
    assert str(raised.value).startswith(said)


def test_the_modes_are_those_of_the_manifest() -> None:
    manifest = (Path(__file__).parents[2] / "action.yml").read_text("utf-8")
    assert all(f"`{mode}`" in manifest for mode in MODES)
