"""A pull request from its first day to its last, with real git and a server that remembers."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from repairbot.evidence.document import EvidenceDocument
from repairbot.evidence.observed import RunEntry
from repairbot.publish import ledger as ledgers
from repairbot.publish.candidate import REBUILD, RETRY
from tests.publish.conftest import Bench
from tests.publish.proposals import API, BRANCH, DB, JOBS, MENDED, MIRROR, Change
from tests.publish.standin.server import Request

GONE = {
    "app/api.py": MENDED,
    "app/jobs.py": JOBS.replace("async for one in session():", "async with session() as one:"),
}


@pytest.fixture
def opened(bench: Bench) -> Bench:
    bench.published(bench.propose())
    return bench


def push_as_person(bench: Bench, path: str = "app/api.py") -> str:
    """A person's commit on our branch."""
    person = {
        "GIT_AUTHOR_NAME": "P",
        "GIT_AUTHOR_EMAIL": "p@x.org",
        "GIT_COMMITTER_NAME": "P",
        "GIT_COMMITTER_EMAIL": "p@x.org",
    }
    tree = bench.repo.git("rev-parse", f"{BRANCH}^{{tree}}")
    made = bench.repo.git("commit-tree", "-p", BRANCH, "-m", f"touch {path}", tree, stdin=b"", **person)
    bench.repo.git("update-ref", f"refs/heads/{BRANCH}", made)
    return made


def test_a_commit_names_rule_and_findings_and_its_author(opened: Bench) -> None:
    log = opened.repo.git("log", "-1", "--format=%an <%ae>|%cn <%ce>|%B", BRANCH)
    author, committer, message = log.split("|", 2)
    assert author == committer == "repairbot <repairbot@noreply.invalid>"
    assert message.startswith("Mend ")
    assert "\nRepairbot-Rule: RB101 async-for-context-manager\nRepairbot-Findings: " in message


def test_a_change_in_the_code_moves_branch_and_text(opened: Bench) -> None:
    opened.project.commit({"app/more.py": API.replace("users", "more")})
    said = opened.published(opened.propose())
    assert (said["outcome"], said["number"]) == ("updated", 1)
    assert opened.pull.title.endswith("in 3 files")
    assert "app/more.py" in opened.repo.git("diff", "--name-only", "main", BRANCH)


def test_a_base_that_moved_elsewhere_leaves_the_branch(opened: Bench) -> None:
    before = opened.repo.branch(BRANCH)
    opened.project.commit({"README.md": "hello\n"})
    assert opened.published(opened.propose())["outcome"] == "unchanged"
    assert opened.repo.branch(BRANCH) == before


def test_a_base_that_conflicts_has_the_branch_built_again(opened: Bench) -> None:
    base = opened.project.commit({"app/api.py": "import os\n" + API})
    assert opened.published(opened.propose())["outcome"] == "updated"
    assert opened.repo.git("rev-parse", f"{BRANCH}~1") == base
    assert opened.show(BRANCH, "app/api.py") == "import os\n" + MENDED


def test_findings_that_are_gone_close_it_with_a_word_and_drop_the_branch(opened: Bench) -> None:
    opened.project.commit(dict(GONE))
    assert opened.published(opened.propose())["outcome"] == "closed"
    assert opened.pull.state == "closed"
    assert "`main` no longer contains what this pull request fixes" in opened.pull.comments[0]
    assert opened.repo.branch(BRANCH) is None
    opened.project.commit({"app/api.py": API})
    assert opened.published(opened.propose())["number"] == 2


def test_a_part_that_is_gone_shrinks_it(opened: Bench) -> None:
    opened.project.commit({"app/api.py": MENDED})
    assert opened.published(opened.propose())["outcome"] == "updated"
    assert opened.pull.title.endswith("in app/jobs.py")
    assert opened.repo.git("diff", "--name-only", "main", BRANCH) == "app/jobs.py"


def test_a_persons_commit_is_left_alone_and_told_once(opened: Bench) -> None:
    theirs = push_as_person(opened)
    opened.project.commit({"app/more.py": API})
    opened.pull.comments += ["more than fit on one page"] * 150
    for _ in range(2):
        said = opened.published(opened.propose())
        assert said["outcome"] == "left alone"
        assert REBUILD in said["notes"][0]
    assert opened.repo.branch(BRANCH) == theirs
    assert len(opened.pull.comments) == 151
    opened.pull.labels.append(REBUILD)
    assert opened.published(opened.propose())["outcome"] == "updated"
    assert opened.pull.labels == []
    assert "app/more.py" in opened.repo.git("diff", "--name-only", "main", BRANCH)


def test_closed_by_a_person_means_no_until_the_code_changes_or_the_label_asks(opened: Bench) -> None:
    opened.pull.state = "closed"
    opened.repo.git("branch", "-D", BRANCH)
    said = opened.published(opened.propose())
    assert said["outcome"] == "declined"
    assert "app/api.py:5: declined: #1 was closed without merging" in said["notes"][0]
    opened.project.commit({"app/api.py": API.replace("return one", "return one + 1")})
    said = opened.published(opened.propose())
    assert (said["outcome"], said["number"]) == ("created", 2)
    assert opened.repo.git("diff", "--name-only", "main", BRANCH) == "app/api.py"
    opened.repo.pulls[1].labels.append(RETRY)
    assert opened.published(opened.propose())["outcome"] == "updated"
    assert opened.repo.git("diff", "--name-only", "main", BRANCH).split() == ["app/api.py", "app/jobs.py"]


def test_merged_is_nothing(opened: Bench) -> None:
    opened.project.commit(dict(GONE))
    opened.pull.state, opened.pull.merged = "closed", True
    assert opened.published(opened.propose())["outcome"] == "nothing to do"
    assert len(opened.repo.pulls) == 1


def test_what_a_person_wrote_around_our_text_is_kept(opened: Bench) -> None:
    opened.pull.body = "Please review by Friday.\n\n" + opened.pull.body.replace("\n", "\r\n") + "\n\nThanks!"
    opened.pull.title = "My title"
    opened.project.commit({"app/more.py": API})
    opened.published(opened.propose())
    assert opened.pull.body.startswith("Please review by Friday.\n\n<!-- repairbot:begin -->")
    assert "Thanks!" in opened.pull.body
    assert opened.pull.body.count("repairbot:begin") == 1
    assert opened.pull.title == "My title"
    assert ledgers.read(opened.pull.body) is not None


def untested(document: EvidenceDocument) -> EvidenceDocument:
    return replace(document, runs=replace(document.runs, tests=None, untested="nothing could be installed", grades=()))


def worse(document: EvidenceDocument) -> EvidenceDocument:
    tests = document.runs.tests
    assert tests is not None
    return replace(document, runs=replace(document.runs, tests=replace(tests, verdicts={"regressed": 1})))


def cut_off(document: EvidenceDocument) -> EvidenceDocument:
    tests = document.runs.tests
    assert tests is not None
    after: RunEntry = replace(tests.after, incomplete="it was stopped")
    return replace(document, runs=replace(document.runs, tests=replace(tests, after=after)))


@pytest.mark.parametrize(
    "change", [untested, cut_off, lambda document: replace(document, runs=replace(document.runs, grades=()))]
)
def test_what_is_not_proven_is_a_draft_until_it_is(bench: Bench, change: Change) -> None:
    drafts = []
    for one in (change, lambda document: document, change):
        bench.published(bench.propose(one))
        drafts.append(bench.pull.draft)
    assert drafts == [True, False, True]


def test_where_there_are_no_drafts_it_is_an_ordinary_one(bench: Bench) -> None:
    bench.repo.takes_drafts = False
    bench.published(bench.propose(untested))
    assert not bench.pull.draft
    assert bench.published(bench.propose(untested))["outcome"] == "unchanged"


def test_a_test_that_got_worse_is_not_published_unless_configured(bench: Bench) -> None:
    said = bench.published(bench.propose(worse))
    assert said["outcome"] == "held back"
    assert "1 test that ran before the change fail" in said["notes"][0]
    assert bench.repo.pulls == {}
    assert bench.repo.branch(BRANCH) is None
    bench.project.commit({".github/repairbot.toml": "publish.regressions = true\n"})
    assert bench.published(bench.propose(worse))["outcome"] == "created"
    assert bench.pull.draft


def test_labels_people_and_milestone_are_set_once(bench: Bench) -> None:
    bench.repo.collaborators = {"ann", "bob"}
    bench.repo.milestones = {4: "Next"}
    bench.project.commit(
        {
            ".github/repairbot.toml": "[publish]\nlabels = ['bug', 'bot: repair']\nreviewers = ['ann']\n"
            "team-reviewers = ['core']\nassignees = ['bob']\nmilestone = 'Next'\nauthor = 'Fixer <fixer@x.org>'\n"
        }
    )
    bench.published(bench.propose())
    pull = bench.pull
    assert (pull.labels, pull.reviewers, pull.teams) == (["bug", "bot: repair"], ["ann"], ["core"])
    assert (pull.assignees, pull.milestone) == (["bob"], 4)
    assert bench.repo.git("log", "-1", "--format=%an <%ae>", BRANCH) == "Fixer <fixer@x.org>"
    pull.labels.clear()
    assert bench.published(bench.propose())["outcome"] == "unchanged"
    assert pull.labels == []


def test_a_reviewer_who_is_none_is_said_and_the_rest_is_done(bench: Bench) -> None:
    bench.project.commit({".github/repairbot.toml": "publish.reviewers = ['nobody']\npublish.labels = ['bug']\n"})
    ended = bench.publish(bench.propose())
    assert ended.code == 2
    assert "Reviews may only be requested from collaborators" in ended.out
    assert bench.pull.labels == ["bug"]


def test_limits_hold(bench: Bench) -> None:
    bench.project.commit({".github/repairbot.toml": "publish.max-open = 1\n", "app/sum.py": MIRROR})
    ended = bench.publish(bench.propose())
    assert ended.code == 0
    assert "RB101 on main: created #1" in ended.out
    assert "RB102 on main: over the limit" in ended.out
    assert len(bench.repo.pulls) == 1


def test_two_rules_have_two_pull_requests(bench: Bench) -> None:
    bench.project.commit({"app/sum.py": MIRROR})
    ended = bench.publish(bench.propose())
    assert ended.code == 0, ended.all
    heads = sorted(pull.head for pull in bench.repo.pulls.values())
    assert heads == ["repairbot/async-for-context-manager/main", "repairbot/async-with-async-generator/main"]
    assert bench.repo.git("diff", "--name-only", "main", heads[1]) == "app/db.py"
    assert "app/sum.py" not in bench.repo.pulls[1].body


def test_an_opt_out_is_respected(bench: Bench) -> None:
    bench.project.commit({".github/repairbot.toml": "enabled = false\n"})
    ended = bench.publish(bench.propose())
    assert (ended.code, "has opted out" in ended.out) == (0, True)
    said = json.loads(bench.publish(bench.propose(), "--format", "json").out)
    assert (said["pulls"], len(said["notes"])) == ([], 1)
    assert bench.repo.pulls == {}
    assert set(bench.repo.branches()) == {"main"}


def test_another_base_has_a_branch_of_its_own(bench: Bench) -> None:
    bench.repo.git("branch", "release/1.x", "main")
    said = bench.published(bench.propose(), "--base", "release/1.x")
    assert said["branch"] == "repairbot/async-for-context-manager/release+2F1.x"
    assert bench.pull.base == "release/1.x"
    assert bench.published(bench.propose())["number"] == 2


def test_what_the_base_has_outrun_is_said_and_not_published(bench: Bench) -> None:
    proposal = bench.propose()
    bench.project.commit({"app/api.py": "import os\n" + API})
    ended = bench.publish(proposal)
    assert ended.code == 2
    assert "app/api.py:5: the base has changed there since the proposal was made" in ended.out
    assert bench.repo.git("diff", "--name-only", "main", BRANCH) == "app/jobs.py"


def test_what_rests_on_an_environment_is_not_published(bench: Bench) -> None:
    ended = bench.publish(bench.propose(env_groups=["app/jobs.py"]))
    assert ended.code == 0, ended.all
    assert "app/jobs.py:5: not published, it does not rest on source and shipped stubs alone" in ended.out
    assert bench.repo.git("diff", "--name-only", "main", BRANCH) == "app/api.py"


@pytest.mark.parametrize("what", ["the finding", "its group"])
def test_what_the_proposal_calls_not_publishable_is_not_published(bench: Bench, what: str) -> None:
    why = "1 test that executes the repaired line fails with the change"

    def kept_back(document: EvidenceDocument) -> EvidenceDocument:
        changes = document.changes
        assert changes is not None
        if what == "its group":
            groups = (
                replace(one, publishable=False, unpublished=why) if "app/jobs.py" in one.files else one
                for one in changes.groups
            )
            return replace(document, changes=replace(changes, groups=tuple(groups)))
        findings = (
            replace(one, publishable=False, unpublished=why) if one.path == "app/jobs.py" else one
            for one in document.findings
        )
        return replace(document, findings=tuple(findings))

    ended = bench.publish(bench.propose(change=kept_back))
    assert ended.code == 0, ended.all
    assert f"app/jobs.py:5: not published, the proposal itself keeps it back: {why}" in ended.out
    assert bench.repo.git("diff", "--name-only", "main", BRANCH) == "app/api.py"


def test_an_ignore_comment_closes_it_like_any_repair(opened: Bench) -> None:
    muted = "session():  # repairbot: ignore[RB101]"
    opened.project.commit(
        {"app/api.py": API.replace("session():", muted), "app/jobs.py": JOBS.replace("session():", muted)}
    )
    assert opened.published(opened.propose())["outcome"] == "closed"


def test_a_definition_that_flips_back_closes_it(opened: Bench) -> None:
    opened.project.commit({"app/db.py": DB.replace("@asynccontextmanager\n", "")})
    assert opened.published(opened.propose())["outcome"] == "closed"


def test_two_runs_at_once_end_with_one_pull_request(bench: Bench, tmp_path: Path) -> None:
    """Both have looked before either writes."""
    barrier = threading.Barrier(2, timeout=20)
    looked: list[str] = []

    def meet(request: Request) -> bool:
        if request.verb == "GET" and "/pulls?" in request.path and "state=all" in request.path and len(looked) < 2:
            looked.append(request.path)
            barrier.wait()
        return False

    proposals = [
        bench.propose(),
        bench.propose(
            lambda document: replace(document, runs=replace(document.runs, started="2026-02-02T00:00:00+00:00"))
        ),
    ]
    bench.standin.fault = meet
    codes: list[int] = []
    results = [threading.Thread(target=lambda which=one: codes.append(run(bench, which))) for one in proposals]
    for thread in results:
        thread.start()
    for thread in results:
        thread.join()
    assert codes == [0, 0]
    assert bench.pull.state == "open"
    assert bench.show(BRANCH, "app/api.py") == MENDED


def run(bench: Bench, proposal: Path) -> int:
    """In a process of its own, as two jobs are."""
    import os
    import subprocess
    import sys

    from tests.publish.conftest import TOKEN

    env = {
        "PATH": os.environ["PATH"],
        "GITHUB_API_URL": bench.standin.api,
        "GITHUB_SERVER_URL": bench.standin.url,
        "GITHUB_TOKEN": TOKEN,
    }
    return subprocess.run(
        [sys.executable, "-m", "repairbot", "publish", str(proposal)], env=env, check=False
    ).returncode


@pytest.mark.parametrize("mode", ["git", "api"])
def test_a_person_who_pushes_while_we_look_is_not_overwritten(bench: Bench, mode: str) -> None:
    bench.project.commit({".github/repairbot.toml": f"publish.commit-mode = '{mode}'\n"})
    bench.published(bench.propose())
    bench.project.commit({"app/more.py": API})
    theirs: list[str] = []

    def be_faster(request: Request) -> bool:
        started = "service=git-receive-pack" in request.path or "graphql" in request.path
        if started and not theirs:
            theirs.append(push_as_person(bench))
        return False

    bench.standin.fault = be_faster
    said = bench.published(bench.propose())
    assert said["outcome"] == "left alone"
    assert bench.repo.branch(BRANCH) == theirs[0]
    assert len(bench.pull.comments) == 1


def test_a_person_who_opens_our_branch_first_is_not_overwritten(bench: Bench) -> None:
    theirs: list[str] = []

    def be_faster(request: Request) -> bool:
        if "service=git-receive-pack" in request.path and not theirs:
            bench.repo.git("branch", BRANCH, "main")
            theirs.append(push_as_person(bench))
        return False

    bench.standin.fault = be_faster
    said = bench.published(bench.propose())
    assert said["outcome"] == "left alone"
    assert bench.repo.branch(BRANCH) == theirs[0]
    assert bench.repo.pulls == {}
