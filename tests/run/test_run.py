from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.git_traps import commit, git, start
from tests.run.conftest import TEST, USE, Bot

Repository = Callable[..., Path]


def state(place: Path) -> dict[str, tuple[int, bytes]]:
    """Every byte, mode and link below a folder."""
    found = {}
    for path in sorted(place.rglob("*")):
        status = path.lstat()
        content = os.fsencode(path.readlink()) if path.is_symlink() else b""
        if path.is_file() and not path.is_symlink():
            content = path.read_bytes()
        found[str(path.relative_to(place))] = (status.st_mode, content)
    return found


def test_a_run_proves_repairs_tests_and_leaves_a_proposal_and_the_target_as_it_was(
    bot: Bot, repository: Repository, tmp_path: Path
) -> None:
    target = repository()
    (target / "src/pkg/use.py").write_text("x = 1\n", encoding="utf-8")  # not committed
    before = state(target)
    job = bot.run(target)
    assert job.code == 1, job.stderr
    assert state(target) == before

    document = job.document
    (finding,) = document.findings
    assert (finding.path, finding.line, finding.function) == ("src/pkg/use.py", 5, "use")
    assert (finding.disposition, finding.safety, finding.applied, finding.publishable) == ("fix", "safe", True, True)
    assert [proof.state for proof in document.runs.proofs] == ["proven"]
    assert [grade.level for grade in document.runs.grades] == ["A"]
    assert document.runs.tests is not None
    assert {case.id: case.verdict for case in document.runs.tests.cases} == {
        "tests/test_other.py::test_other": "still passing",
        "tests/test_use.py::test_use": "fixed",
    }
    assert [executed.after for executed in document.runs.lines] == [("tests/test_use.py::test_use",)]
    assert document.notes == (
        "1 Python file has uncommitted changes (src/pkg/use.py); the job worked on the commit and did not look at them",
    )

    patch = (job.folder / "changes.patch").read_bytes()
    assert document.changes is not None
    assert hashlib.sha256(patch).hexdigest() == document.changes.patch_sha256
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", str(target), str(clone))
    git(clone, "fetch", "--quiet", str(job.folder / "repository.git"), document.changes.branch)
    git(clone, "apply", str(job.folder / "changes.patch"))
    git(clone, "diff", "--exit-code", "FETCH_HEAD", "--", ".")
    assert (clone / "src/pkg/use.py").read_text(encoding="utf-8") == USE.replace(
        "async for one in session():", "async with session() as one:"
    )
    assert f"git fetch {job.folder}/repository.git {document.changes.branch}" in job.stdout
    assert all((job.folder / "logs" / str(log)).is_file() for log in (document.runs.tests.before.log,))


def test_the_same_commit_gives_the_same_proposal_but_for_what_was_observed(bot: Bot, repository: Repository) -> None:
    target = repository()
    first, again = bot.run(target).json, bot.run(target).json
    assert again["runs"]["environment"]["reused"] is True
    del first["runs"], again["runs"]
    assert again == first


def test_where_nothing_is_found_nothing_of_the_target_runs(bot: Bot, repository: Repository) -> None:
    job = bot.run(repository({"src/pkg/use.py": "async def use(): return 'open'\n"}))
    assert (job.code, job.stdout.splitlines()[-1]) == (0, f"Nothing to repair. The evidence is in {job.folder}")
    assert (job.document.findings, job.document.runs.isolation) == ((), None)


def test_a_finding_that_the_real_object_contradicts_is_withdrawn_and_not_repaired(
    bot: Bot, repository: Repository
) -> None:
    # Code that comes from a file of another kind is out of sight for whoever reads the source.
    start = "from pathlib import Path\nexec(Path(__file__).with_name('start.txt').read_text())\n"
    swap = "import contextlib\ncontextlib.asynccontextmanager = lambda function: function\n"
    job = bot.run(repository({"src/pkg/__init__.py": start, "src/pkg/start.txt": swap}))
    (finding,) = job.document.findings
    assert (finding.disposition, finding.applied, finding.unpublished) == (
        "withdrawn",
        False,
        "the real object contradicts it",
    )
    assert job.document.changes is None
    assert "WITHDRAWN" in job.stdout
    assert job.code == 0


def test_an_error_at_an_undecided_line_becomes_a_finding_that_is_repaired_and_not_published(
    bot: Bot, repository: Repository
) -> None:
    use = "async def use(factory):\n    async for one in factory():\n        return await one.get()\n"
    test = (
        "import asyncio, contextlib\nfrom pkg.use import use\n"
        "class One:\n    async def get(self): return 'open'\n"
        "@contextlib.asynccontextmanager\nasync def made():\n    yield One()\n"
        "def test_use(): assert asyncio.run(use(made)) == 'open'\n"
    )
    # What entering gives is not known of an object that only its error names, so that the fix is unsafe.
    job = bot.run(repository({"src/pkg/use.py": use, "tests/test_use.py": test}), "--unsafe-fixes")
    (finding,) = job.document.findings
    assert (finding.basis, finding.disposition, finding.applied, finding.publishable) == ("run", "fix", True, False)
    assert finding.evidence[-1].origin == "run"
    assert job.document.undecided == ()
    assert job.document.runs.tests is not None
    verdicts = {"fixed": 1, "still passing": 1}  # the whole suite, though the finding came of a part of it
    assert (job.document.runs.tests.verdicts, job.document.runs.tests.whole) == (verdicts, True)
    assert job.document.changes is not None
    assert [group.publishable for group in job.document.changes.groups] == [False]


def test_tests_that_cannot_run_leave_a_proposal_that_says_so(bot: Bot, repository: Repository) -> None:
    job = bot.run(repository(), "--install-command", "echo no wheels today; exit 3")
    runs = job.document.runs
    assert (job.code, runs.tests) == (1, None)
    assert runs.untested is not None
    assert "could not install" in runs.untested
    assert [(grade.level, proof.state) for grade, proof in zip(runs.grades, runs.proofs, strict=True)] == [
        ("E", "could not import")
    ]
    log = job.folder / "logs" / str(runs.attempts[0].steps[-1].log)
    assert log.read_text(encoding="utf-8") == "no wheels today\n"


def test_without_any_tests_the_real_object_is_asked_all_the_same(bot: Bot, repository: Repository) -> None:
    job = bot.run(repository({"tests/test_use.py": None, "tests/test_other.py": None}))
    runs = job.document.runs
    assert runs.untested is not None
    assert "no tests were collected" in runs.untested
    assert [(proof.state, grade.level) for proof, grade in zip(runs.proofs, runs.grades, strict=True)] == [
        ("proven", "D")
    ]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_leaves_nothing_behind(bot: Bot, repository: Repository, number: signal.Signals) -> None:
    target = repository(
        {"tests/test_other.py": "import time\ndef test_other():\n    print('here')\n    time.sleep(600)\n"}
    )
    with bot.start(target) as process:
        assert process.stderr is not None
        while "tests before" not in (line := process.stderr.readline()):
            assert line, "it ended before the tests"
        time.sleep(1)
        process.send_signal(number)
        process.communicate(timeout=60)
    assert process.returncode == 130
    assert list((bot.home / "tmp").iterdir()) == []
    assert sorted(path.name for path in bot.home.iterdir()) == ["cache", "tmp"]


UNITTEST = """\
import asyncio, unittest
from pkg.use import use
class Use(unittest.TestCase):
    def test_use(self): self.assertEqual(asyncio.run(use()), 'open')
"""


@pytest.mark.parametrize(
    ("test", "said"),
    [(TEST, "import pytest"), (UNITTEST, "class UseEntersSession(unittest.TestCase):")],
    ids=["pytest", "unittest"],
)
def test_a_regression_test_in_the_style_of_the_others_is_added_when_it_tells_the_sides_apart(
    bot: Bot, repository: Repository, test: str, said: str
) -> None:
    job = bot.run(repository({"tests/test_use.py": test, "tests/test_other.py": None}), "--write-test")
    written = job.document.runs.written_test
    assert written is not None
    assert (written.added, written.path) == (True, "tests/test_use_enters_session.py")
    assert said in written.text
    assert job.document.changes is not None
    branch = f"refs/heads/{job.document.changes.branch}"
    assert git(job.folder / "repository.git", "show", f"{branch}:{written.path}").strip() == written.text.strip()


def test_no_regression_test_is_added_for_a_line_in_a_test(bot: Bot, repository: Repository) -> None:
    test = (
        "import asyncio\nfrom pkg.db import session\n"
        "async def use():\n    async for one in session():\n        return one\n"
        "def test_use(): assert asyncio.run(use()) == 'open'\n"
    )
    job = bot.run(repository({"tests/test_use.py": test, "src/pkg/use.py": None}), "--write-test")
    written = job.document.runs.written_test
    assert written is not None
    assert (written.added, written.reason) == (False, "the repaired line is in a test itself")


def refused(bot: Bot, target: Path, *words: str) -> str:
    job = bot.run(target, *words)
    assert (job.code, job.stdout) == (2, ""), job.stderr
    return job.stderr


def test_what_is_no_repository_with_a_commit_is_refused_in_one_sentence(bot: Bot, tmp_path: Path) -> None:
    (tmp_path / "plain").mkdir()
    assert "not in a git repository" in refused(bot, tmp_path / "plain")
    assert "HEAD names no commit" in refused(bot, start(tmp_path / "unborn"))


def test_a_proposal_never_lies_in_the_target_or_takes_the_place_of_other_things(
    bot: Bot, repository: Repository, tmp_path: Path
) -> None:
    target = repository()
    command = [*("-m", "repairbot", "run", str(target), "--out")]

    def said(out: Path) -> str:
        ended = subprocess.run(
            [sys.executable, *command, str(out)], env=bot.environ(target), capture_output=True, text=True, check=False
        )
        assert ended.returncode == 2
        return ended.stderr

    assert "that lies in the repository" in said(target / "proposal")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.txt").write_text("x", encoding="utf-8")
    assert "that directory holds other things" in said(tmp_path / "full")
    assert (tmp_path / "full" / "thesis.txt").exists()
    assert "there is no directory" in said(tmp_path / "none" / "proposal")


def test_a_token_in_the_environment_never_reaches_the_tests(bot: Bot, repository: Repository) -> None:
    spy = (
        "import os, pathlib\ndef test_other():\n"
        "    seen = [dict(os.environ)]\n"
        "    for place in pathlib.Path('/proc').glob('[0-9]*/environ'):\n"
        "        try: seen.append(place.read_bytes())\n"
        "        except OSError: pass\n"
        "    assert 'ghs_hidden' not in repr(seen)\n"
    )
    bot.extra = {"GITHUB_TOKEN": "ghs_hidden"}
    job = bot.run(repository({"tests/test_other.py": spy}))
    assert job.document.runs.tests is not None
    assert job.document.runs.tests.verdicts == {"fixed": 1, "still passing": 1}
    assert "ghs_hidden" not in json.dumps(job.json)


def test_only_a_folder_that_is_named_is_reported(bot: Bot, repository: Repository) -> None:
    target = repository({"other/bad.py": USE.replace("pkg.db", "src.pkg.db")})
    commit(target, {"unrelated.py": "x = 1\n"})
    job = bot.run(target, "other")
    assert {finding.path for finding in job.document.findings} == {"other/bad.py"}
