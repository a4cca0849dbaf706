from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from repairbot.demo import repository as demo
from repairbot.demo.repository import TARGET, make, target_files

HANDLER = "chat_backend/websocket_core/agent_handler.py"
LINE = "        async for db_session in get_request_scoped_db_session():"
SUBJECTS = [
    "Answer chat messages with a triage agent over a WebSocket",
    "Delete conversations that are older than 90 days",
    "Make the request-scoped session a context manager",
    "Say in a test that the session is not to be iterated",
]


def test_the_history_is_told_from_the_first_commit_to_the_last(git: Callable[..., str]) -> None:
    assert git("log", "--reverse", "--format=%s", "main").splitlines() == SUBJECTS
    assert git("log", "--format=%an <%ae> %aI", "-1", "main~1") == (
        "Grace Example <grace@chat.example> 2026-11-02T11:25:00+01:00\n"
    )


def test_the_same_commits_come_of_every_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = make(tmp_path / "one")
    home = tmp_path / "home"
    home.mkdir()
    settings = "[user]\n\tname = Somebody\n[core]\n\tautocrlf = true\n[init]\n\tdefaultBranch = trunk\n"
    (home / ".gitconfig").write_text(settings, encoding="utf-8")
    said = {"HOME": str(home), "TZ": "Asia/Tokyo", "GIT_AUTHOR_NAME": "Somebody", "GIT_COMMITTER_DATE": "2001-01-01"}
    for name, value in {**said, "GIT_DEFAULT_HASH": "sha256", "GIT_DIR": str(tmp_path)}.items():
        monkeypatch.setenv(name, value)
    before = os.umask(0o077)
    try:
        assert make(tmp_path / "deep" / "two") == first
    finally:
        os.umask(before)
    assert [path.name for path in home.iterdir()] == [".gitconfig"]
    assert (home / ".gitconfig").read_text(encoding="utf-8") == settings


def test_the_work_tree_is_what_the_last_commit_holds(git: Callable[..., str], repository: Path) -> None:
    assert git("status", "--porcelain", "--ignored") == ""
    assert git("fsck", "--strict", "--no-progress") == ""
    held = git("ls-tree", "-r", "--name-only", "main").splitlines()
    assert held == sorted(target_files())
    assert all((repository / path).read_bytes() == content for path, content in target_files().items())


def test_what_tools_left_in_the_target_is_not_part_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = target_files()
    shutil.copytree(TARGET, tmp_path / "target")
    for junk in ("chat_backend/__pycache__/db.cpython-311.pyc", ".ruff_cache/x", ".venv/lib/x.py", "chat.sqlite3"):
        (tmp_path / "target" / junk).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "target" / junk).touch()
    monkeypatch.setattr(demo, "TARGET", tmp_path / "target")
    assert target_files() == expected


def test_a_folder_that_exists_is_not_touched(tmp_path: Path) -> None:
    with pytest.raises(FileExistsError):
        make(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_one_commit_flipped_the_definition_and_left_the_line_as_it_was(git: Callable[..., str]) -> None:
    definition = "chat_backend/dependencies.py"
    assert git("log", "--format=%s", "-S@asynccontextmanager", "main", "--", definition).splitlines() == [SUBJECTS[2]]
    assert git("log", "--format=%s", "main", "--", HANDLER).splitlines() == [SUBJECTS[0]]
    for commit in ("main~3", "main~2", "main~1", "main"):
        assert git("show", f"{commit}:{HANDLER}").splitlines()[124] == LINE


@pytest.mark.parametrize(
    ("commit", "dispositions"), [("main~3", []), ("main~2", []), ("main~1", ["fix"]), ("main", ["fix", "expected"])]
)
def test_the_line_is_a_finding_since_the_flip(
    commit: str, dispositions: list[str], git: Callable[..., str], scan: Callable[[], Any]
) -> None:
    git("checkout", "--quiet", commit)
    assert [finding["disposition"] for finding in scan()["findings"]] == dispositions
