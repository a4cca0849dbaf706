from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

HANDLER = "chat_backend/websocket_core/agent_handler.py"
BEFORE = "        async for db_session in get_request_scoped_db_session():"
AFTER = "        async with get_request_scoped_db_session() as db_session:"
REPRODUCTION = "tests/unit/test_session_dependency.py"
ERROR = "TypeError: 'async for' requires an object with __aiter__ method, got _AsyncGeneratorContextManager"
OF_THE_HANDLER = "tests/integration/test_agent_handler.py"
RED = {
    "tests/e2e/test_chat_journey.py::test_a_customer_logs_in_connects_asks_and_is_answered",
    f"{OF_THE_HANDLER}::test_the_triage_agent_starts_and_answers",
    f"{OF_THE_HANDLER}::test_question_answer_and_run_are_stored",
    f"{OF_THE_HANDLER}::test_a_conversation_can_be_continued",
    f"{OF_THE_HANDLER}::test_nobody_continues_somebody_elses_conversation",
    f"{OF_THE_HANDLER}::test_an_agent_that_fails_leaves_nothing_behind",
}


@dataclass(frozen=True)
class Outcomes:
    """The ids of the tests that passed and of those that failed, and all that pytest said."""

    passed: set[str]
    failed: set[str]
    said: str


Repairbot = Callable[..., str]
Scan = Callable[[], Any]
Suite = Callable[[], Outcomes]


def test_line_125_iterates_over_the_session(repository: Path) -> None:
    assert (repository / HANDLER).read_text(encoding="utf-8").splitlines()[124] == BEFORE


def test_the_scan_finds_the_forgotten_caller_and_the_reproduction(scan: Scan) -> None:
    report = scan()
    found = [(one["path"], one["line"], one["disposition"], one["safety"]) for one in report["findings"]]
    assert found == [(HANDLER, 125, "fix", "safe"), (REPRODUCTION, 13, "expected", None)]
    assert (report["undecided"], report["skipped"]) == ([], [])


def test_the_chain_leads_to_the_decorated_definition(scan: Scan) -> None:
    chain = scan()["findings"][0]["evidence"]
    assert [(link["path"], link["origin"]) for link in chain[:3]] == [
        (HANDLER, "source"),
        ("chat_backend/dependencies.py", "source"),
        ("chat_backend/dependencies.py", "source"),
    ]
    assert chain[1]["text"] == "`get_request_scoped_db_session` is decorated with `@asynccontextmanager`"


def sites(repository: Path) -> Iterator[str]:
    for path in sorted(repository.rglob("*.py")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if "async for" in line:
                yield f"{path.relative_to(repository).as_posix()}:{number}"


def test_every_near_miss_is_known_and_left_alone(repository: Path, scan: Scan, repairbot: Repairbot) -> None:
    found = {f"{one['path']}:{one['line']}" for one in scan()["findings"]}
    explained = [repairbot("explain", site) for site in sites(repository) if site not in found]
    plain = [text for text in explained if "RB101 finds nothing: `async_generator` can be iterated" in text]
    both = [text for text in explained if "RB101 finds nothing: an object of class `AnswerStream` can be" in text]
    assert (len(plain), len(both), len(explained)) == (2, 4, 6)


def test_the_stream_of_an_answer_has_both_protocols(repository: Path) -> None:
    triage = (repository / "chat_backend/agents/triage.py").read_text(encoding="utf-8")
    stream = triage.partition("class AnswerStream")[2].partition("\nclass ")[0]
    assert "def __aiter__" in stream
    assert "def __aenter__" in stream


def test_the_fix_changes_one_line_and_no_other(repository: Path, repairbot: Repairbot, git: Callable[..., str]) -> None:
    repairbot("fix", "--write")
    assert git("diff", "--numstat") == f"1\t1\t{HANDLER}\n"
    assert (repository / HANDLER).read_text(encoding="utf-8").splitlines()[124] == AFTER


def test_nothing_is_left_to_find_after_the_fix(repairbot: Repairbot, scan: Scan) -> None:
    repairbot("fix", "--write")
    assert [finding["disposition"] for finding in scan()["findings"]] == ["expected"]


@pytest.fixture
def suite(repository: Path, tmp_path: Path, clean: dict[str, str]) -> Suite:
    """The target's tests, run as its developers run them."""
    clean |= {name: value for name, value in os.environ.items() if name.startswith(("PIP_", "SSL_", "HTTPS_"))}
    python = str(tmp_path / "environment/bin/python")
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "environment"], check=True)
    install = [python, "-m", "pip", "install", "--quiet", "--editable", f"{repository}[test]"]
    installed = subprocess.run(install, env=clean, capture_output=True, text=True, check=False)
    if "No matching distribution" in installed.stderr:
        pytest.skip("the packages that the target needs cannot be had here")
    assert installed.returncode == 0, installed.stderr

    def run() -> Outcomes:
        command = [python, "-m", "pytest", "-rA", "--tb=short", "-p", "no:cacheprovider"]
        said = subprocess.run(command, cwd=repository, env=clean, capture_output=True, text=True, check=False).stdout
        summary = re.findall(r"^(PASSED|FAILED|ERROR) (tests/.+?)(?: - .*)?$", said, re.MULTILINE)
        passed, failed = ({name for word, name in summary if word == outcome} for outcome in ("PASSED", "FAILED"))
        assert len(passed) + len(failed) == len(summary) > 20
        return Outcomes(passed, failed, said)

    return run


@pytest.mark.slow
def test_the_tests_that_reach_the_line_are_red_from_the_flip_to_the_fix(
    suite: Suite, repairbot: Repairbot, git: Callable[..., str]
) -> None:
    git("checkout", "--quiet", "main~2")
    before_the_flip = suite()
    assert before_the_flip.failed == set()
    assert RED - before_the_flip.passed == {f"{OF_THE_HANDLER}::test_an_agent_that_fails_leaves_nothing_behind"}
    git("checkout", "--quiet", "main~1")
    assert suite().failed == RED
    git("checkout", "--quiet", "main")
    broken = suite()
    assert broken.failed == RED
    assert broken.said.count(f":125: in _start_agent\n{BEFORE[4:]}\nE   {ERROR}\n") == len(RED)
    repairbot("fix", "--write")
    repaired = suite()
    assert (repaired.passed, repaired.failed) == (broken.passed | RED, set())
