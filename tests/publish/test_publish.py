from __future__ import annotations

from tests.publish.conftest import Bench
from tests.publish.proposals import BRANCH, MENDED


def test_a_proposal_becomes_one_pull_request_with_these_bytes(bench: Bench) -> None:
    said = bench.published(bench.propose())
    assert (said["outcome"], said["number"]) == ("created", 1)
    assert bench.pull.state == "open"
    assert (bench.pull.head, bench.pull.base, bench.pull.draft) == (BRANCH, "main", False)
    assert bench.show(BRANCH, "app/api.py") == MENDED
    assert bench.repo.git("diff", "--name-only", "main", BRANCH).split() == ["app/api.py", "app/jobs.py"]
    assert bench.repo.git("rev-parse", f"{BRANCH}~1") == bench.project.head


def test_publishing_the_same_again_changes_nothing(bench: Bench) -> None:
    proposal = bench.propose()
    bench.published(proposal)
    seen = len(bench.standin.requests)
    assert bench.published(proposal)["outcome"] == "unchanged"
    assert bench.asked(seen) == []
    assert [one for one in bench.standin.requests[seen:] if "receive-pack" in one] == []
