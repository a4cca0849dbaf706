"""The modes that publish, against the stand-in for GitHub."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.action.conftest import Step
from tests.publish.conftest import TOKEN, Bench, bench
from tests.publish.proposals import NAME

__all__ = ["bench"]

Act = Callable[..., Step]
ADDRESS = f"http://x.invalid/{NAME}/pull/1"  # as the stand-in says


def around(bench: Bench, token: str = TOKEN) -> dict[str, str]:
    """What the runner and the step's `env` say of where GitHub is and who asks."""
    return {
        "GITHUB_API_URL": bench.standin.api,
        "GITHUB_SERVER_URL": bench.standin.url,
        "GITHUB_REPOSITORY": NAME,
        "GITHUB_TOKEN": token,
    }


def test_a_proposal_is_published_and_the_outputs_name_its_pull_request(bench: Bench, step: Act, tmp_path: Path) -> None:
    proposal = bench.propose()
    done = step(tmp_path, INPUT_MODE="publish", INPUT_PROPOSAL=str(proposal), **around(bench))
    assert done.code == 0, done.log + done.errors
    assert (done.outputs["pull-request-number"], done.outputs["pull-request-url"]) == ("1", ADDRESS)
    (pull,) = json.loads(done.outputs["pull-requests"])
    assert (pull["rule"], pull["outcome"]) == ("RB101", "created")
    assert done.outputs["proposal"] == str(proposal)
    assert int(done.outputs["fixed"]) > 0
    assert f"[#1]({ADDRESS})" in done.summary
    assert done.commands == []
    for said in (done.log, done.errors, done.summary, json.dumps(done.outputs)):
        assert TOKEN not in said


def test_a_token_that_is_not_accepted_ends_the_step_and_says_so(bench: Bench, step: Act, tmp_path: Path) -> None:
    proposal = bench.propose()
    done = step(tmp_path, INPUT_MODE="publish", INPUT_PROPOSAL=str(proposal), **around(bench, "wrong"))
    assert done.code not in {0, 1}
    assert done.summary == "### repairbot: not published\n\nThe log of the step says why.\n"
    assert done.outputs["evidence"].endswith("evidence.json")
    assert "pull-request-number" not in done.outputs
    assert bench.repo.pulls == {}


@pytest.mark.slow
def test_the_whole_job_in_one_step(bench: Bench, step: Act) -> None:
    done = step(
        bench.project.place,
        INPUT_MODE="run",
        INPUT_TRUST_REPO="true",
        REPAIRBOT_TEST_INSTALL_COMMAND="true",
        REPAIRBOT_PUBLISH_LABELS="automated, repairs",
        **around(bench),
    )
    assert done.code == 0, done.log + done.errors
    assert done.outputs["pull-request-number"] == "1"
    assert Path(done.outputs["sarif"]).is_file()
    assert set(bench.pull.labels) == {"automated", "repairs"}
    assert TOKEN not in done.log + done.errors
