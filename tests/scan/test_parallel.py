from __future__ import annotations

import threading
from pathlib import Path

import pytest

from repairbot.rules.registry import all_rules
from repairbot.scan import parallel as module
from repairbot.scan.judge import Task
from repairbot.scan.pipeline import derived
from repairbot.source.snapshot import Snapshot

FILES = 40


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "db.py").write_text(
        "from contextlib import asynccontextmanager\n@asynccontextmanager\nasync def session():\n    yield object()\n"
    )
    for number in range(FILES):
        body = f"    async for x in session(): ...\n    async for y in a: {number}\n"
        (tmp_path / f"m{number:02}.py").write_text(f"from db import session\nasync def f(a):\n{body}")
    (tmp_path / "broken.py").write_text("async for x in (\n")
    return tmp_path


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_several_processes_come_to_what_one_comes_to(root: Path, method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_may_fork", lambda: method == "fork")
    alone, shared = (derived(Snapshot.of([root]), all_rules(), jobs) for jobs in (1, 3))
    assert len(alone.findings) == FILES
    assert shared.findings == alone.findings
    assert shared.undecided == alone.undecided
    assert [entry.path for entry in shared.skipped] == ["broken.py"]


def test_every_file_is_told_of_once_and_in_order(root: Path) -> None:
    told: list[tuple[int, int]] = []
    derived(Snapshot.of([root]), all_rules(), 2, lambda done, of: told.append((done, of)))
    assert told == [(number, FILES + 1) for number in range(1, FILES + 2)]


def test_a_process_with_another_thread_is_not_forked() -> None:
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert not module._may_fork()
    finally:
        done.set()
        thread.join()


def test_neighbours_are_screened_together_in_parts_of_about_the_same_size(root: Path) -> None:
    snapshot = Snapshot.of([root])
    tasks = [Task(path, ()) for path in snapshot.paths]
    batches = module._batches(snapshot, tasks, 4)
    assert [task for batch in batches for task in batch] == tasks
    assert [len(batch) for batch in batches] == pytest.approx([10, 10, 10, 12], abs=3)
