"""Facts about the repositories the whole job is tried on, and about what is read from its evidence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from .jobs import Job, Place, all_jobs, evidence_of, git, planted, same_tree, site_at
from .jobs_read import row_of
from .jobs_table import jobs_table
from .planting import Site
from .sdists import BenchmarkError, pinned

SOURCE = "async def f():\n    async with g() as x:\n        print(x)\n"
PLACE = Place("m.py", 2, "async with g() as x")
JOB = Job("toy", "2026-01-02", (PLACE,), (), "")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    folder = tmp_path / "toy-1.0"
    folder.mkdir()
    (folder / "m.py").write_text(SOURCE)
    (folder / ".gitignore").write_text("ignored.txt\n")
    (folder / "ignored.txt").write_text("published all the same\n")
    return folder


def test_the_bug_is_a_commit_on_top_of_the_published_tree(tree: Path, tmp_path: Path) -> None:
    made = planted(tree, tmp_path / "toy", JOB, "1.0")
    assert (made.repository / "m.py").read_text() == SOURCE.replace("async with g() as x", "async for x in g()")
    assert git(made.repository, JOB, "diff", "--name-only", made.published, "HEAD") == "m.py"
    assert git(made.repository, JOB, "ls-tree", "--name-only", made.published).split() == [
        *(".gitignore", "ignored.txt", "m.py")
    ]
    assert git(made.repository, JOB, "describe", "--tags", made.published) == "1.0"


def test_the_same_tree_gives_the_same_commits(tree: Path, tmp_path: Path) -> None:
    commits = [
        git(planted(tree, tmp_path / name / "toy", JOB, "1.0").repository, JOB, "rev-parse", "HEAD") for name in "ab"
    ]
    assert commits[0] == commits[1]


@pytest.mark.parametrize(
    "place",
    [
        pytest.param(Place("m.py", 3, "async with g() as x"), id="on another line"),
        pytest.param(Place("m.py", 2, "async with h() as x"), id="with another header"),
        pytest.param(Place("n.py", 2, "async with g() as x"), id="in a file that is not there"),
    ],
)
def test_a_place_that_is_not_what_it_was_ends_the_run(tree: Path, place: Place) -> None:
    with pytest.raises(BenchmarkError, match=r"mend jobs\.toml"):
        site_at(tree, place)


def test_the_published_tree_is_told_from_one_with_another_byte(tree: Path, tmp_path: Path) -> None:
    made = planted(tree, tmp_path / "toy", JOB, "1.0")
    proposal = tmp_path / "proposal"
    proposal.mkdir()
    git(made.repository, JOB, "clone", "-q", "--bare", str(made.repository), str(proposal / "repository.git"))
    head = git(made.repository, JOB, "rev-parse", "HEAD")
    assert same_tree(JOB, made, proposal, {"changes": {"commit": made.published}})
    assert not same_tree(JOB, made, proposal, {"changes": {"commit": head}})
    assert not same_tree(JOB, made, proposal, {"changes": None})


def test_a_proposal_about_another_commit_is_not_read(tmp_path: Path) -> None:
    assert evidence_of(tmp_path, "c1") is None
    (tmp_path / "evidence.json").write_text('{"target": {"commit": "c1"}}')
    assert evidence_of(tmp_path, "c1") == {"target": {"commit": "c1"}}
    assert evidence_of(tmp_path, "c2") is None


def test_every_job_is_about_a_pinned_project_once() -> None:
    projects = [job.project for job in all_jobs()]
    assert sorted(projects) == sorted(sdist.name for sdist in pinned("jobs"))
    assert all(1 <= len(job.places) <= 2 for job in all_jobs())


def site(line: int) -> Site:
    return Site("m.py", line, 5, line, 0, b"async with g() as x", b"async for x in g()", (0, 0))


def evidence(**tests: Any) -> dict[str, Any]:
    """The document of a job that mended m.py:2, as far as the benchmark reads it."""
    finding = {"path": "m.py", "line": 2, "fingerprint": "f", "disposition": "fix", "safety": "safe", "reason": None}
    case = {"id": "t::a", "verdict": "fixed", "before": "failed", "after": "passed"}
    red = {"id": "t::b", "verdict": "still failing", "before": "failed", "after": "failed"}
    measured = {"before": {"outcomes": {"failed": 2}}, "after": {"outcomes": {"passed": 1, "failed": 1}}, "whole": True}
    measured |= {"incomplete": None, "verdicts": {"fixed": 1, "still failing": 1, "regressed": 0}, "cases": [case, red]}
    environment = {"recipe": "extra 'test'", "best_effort": False, "added": [], "python": "3.13.0"}
    return {
        "findings": [finding | {"applied": True, "basis": "source"}],
        "undecided": [{"path": "m.py", "line": 9, "reason": "parameter `p` has no declared type"}],
        "changes": {"commit": "c"},
        "runs": {
            "environment": environment,
            "tests": measured | tests,
            "isolation": {"level": "bubblewrap", "network": False},
            "untested": None,
            "proofs": [{"fingerprint": "f", "state": "proven"}],
            "lines": [{"fingerprint": "f", "before": ["t::a"], "after": ["t::a", "t::b"]}],
            "grades": [{"fingerprint": "f", "level": "A"}],
            "phases": [{"name": "scan", "seconds": 0.5}],
            "started": "2026-01-02T03:04:05+00:00",
            "seconds": 12.4,
        },
    }


def test_a_place_shows_what_the_evidence_says_of_it() -> None:
    (place,) = row_of(evidence(), [site(2)], same_tree=True)["places"]
    decided = {"place": "m.py:2", "disposition": "fix", "safety": "safe", "reason": "", "applied": True}
    assert place == decided | {"basis": "source", "proof": "proven", "executing": 2, "grade": "A"}


def test_a_planted_place_without_a_finding_is_undecided_or_missed() -> None:
    places = row_of(evidence(), [site(9), site(10)], same_tree=False)["places"]
    assert [place["disposition"] for place in places] == ["undecided", "missed"]


def test_a_finding_at_a_place_that_was_not_planted_is_counted_apart() -> None:
    assert row_of(evidence(), [site(9)], same_tree=True)["elsewhere"] == ["m.py:2"]


def test_a_job_ends_well_with_tests_that_were_red_as_published() -> None:
    row = row_of(evidence(), [site(2)], same_tree=True)
    assert (row["well"], row["red_after"]) == (True, ["t::b"])


@pytest.mark.parametrize(
    ("row", "same"),
    [
        pytest.param({"verdicts": {"fixed": 1, "regressed": 1}}, True, id="a test got worse"),
        pytest.param({"verdicts": {"fixed": 1, "gone": 1}}, True, id="a test is gone"),
        pytest.param({"incomplete": "after: it took too long"}, True, id="a run did not end"),
        pytest.param({}, False, id="a byte is not as published"),
    ],
)
def test_a_job_does_not_end_well_when(row: dict[str, Any], same: bool) -> None:
    assert row_of(evidence(**row), [site(2)], same_tree=same)["well"] is False


def test_a_job_does_not_end_well_where_a_place_is_not_proven() -> None:
    document = evidence()
    document["runs"]["proofs"] = []
    assert row_of(document, [site(2)], same_tree=True)["well"] is False


def test_a_job_without_an_environment_has_a_row() -> None:
    document = evidence()
    document["runs"] |= {"environment": None, "tests": None, "lines": [], "untested": "no Python suits"}
    row = row_of(document, [site(2)], same_tree=True) | {"name": "toy", "version": "1.0", "note": "needs a database"}
    table = jobs_table(published([row]))
    assert row["well"] is False
    assert "| toy 1.0 | none | - | - | - | - | proven | A | 1 of 1 | 12 |" in table
    assert "- toy: needs a database" in table


def test_the_table_counts_the_jobs_that_end_well() -> None:
    row = row_of(evidence(), [site(2)], same_tree=True) | {"name": "toy", "version": "1.0", "note": ""}
    table = jobs_table(published([row, row | {"well": False, "whole": False}]))
    cells = "extra 'test', 3.13.0 | 2 failed | 1 passed, 1 failed | 1 fixed, 1 still failing | 2 | proven | A | 1 of 1"
    assert f"| toy 1.0 | {cells} | 12 |" in table
    assert f"| toy 1.0 (affected tests) | {cells} | 12 |" in table
    assert "\n1 end with every planted line" in table


def published(projects: list[dict[str, Any]]) -> dict[str, Any]:
    facts = {"date": "2026-01-02", "python": "3.11.7", "machine": "a machine", "versions": {"repairbot": "0.1.0"}}
    return facts | {"projects": projects}
