"""The process that LibCST runs in may crash, hang or be ended; the program never does."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from repairbot.repair.cst.request import Job, Place
from repairbot.repair.cst.worker import CstWorker
from repairbot.repair.refused import Refused
from tests.repair.conftest import Bench

LOOP = "    async for x in cm():\n        break\n"
ENTERED = "    async with cm() as x:\n        pass\n"


def job(text: str) -> Job:
    return Job(text, "\n", "    ", (Place(1, 4, iterate=False, name=""),))


def alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and was not waited for counts as well."""
    return Path(f"/proc/{pid}").exists()


def test_one_process_serves_many_jobs(worker: CstWorker) -> None:
    assert worker.rewritten(job(LOOP)) == ENTERED
    first = worker.pid
    assert worker.rewritten(job(LOOP)) == ENTERED
    assert worker.pid == first


def test_no_process_is_started_without_a_job() -> None:
    with CstWorker() as worker:
        assert worker.pid is None


def test_the_process_is_ended_and_waited_for() -> None:
    with CstWorker() as worker:
        worker.rewritten(job(LOOP))
        pid = worker.pid
        assert pid is not None
        assert alive(pid)
    assert not alive(pid)


def test_the_process_is_ended_when_the_program_is_interrupted() -> None:
    pids: list[int | None] = []

    def run() -> None:
        with CstWorker() as worker:
            worker.rewritten(job(LOOP))
            pids.append(worker.pid)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run()
    [pid] = pids
    assert pid is not None
    assert not alive(pid)


def test_an_interrupt_for_the_whole_group_leaves_the_process_to_the_program() -> None:
    with CstWorker() as worker:
        worker.rewritten(job(LOOP))
        assert worker.pid is not None
        os.kill(worker.pid, signal.SIGINT)
        assert worker.rewritten(job(LOOP)) == ENTERED


def test_a_crash_refuses_the_statement_and_the_next_one_gets_a_new_process() -> None:
    nested = f"    async for x in {'(' * 5000}cm{')' * 5000}:\n        break\n"
    with CstWorker() as worker:
        with pytest.raises(Refused, match=r"LibCST crashed on the statement \(exit status -\d+\)"):
            worker.rewritten(job(nested))
        assert worker.rewritten(job(LOOP)) == ENTERED


def test_a_process_that_was_killed_is_replaced() -> None:
    with CstWorker() as worker:
        worker.rewritten(job(LOOP))
        assert worker.pid is not None
        os.kill(worker.pid, signal.SIGKILL)
        with pytest.raises(Refused, match="LibCST crashed on the statement"):
            worker.rewritten(job(LOOP))
        assert worker.rewritten(job(LOOP)) == ENTERED


def test_a_statement_that_takes_too_long_is_refused() -> None:
    long = f"    async for x in {'+'.join(['a'] * 8000)}:\n        break\n"
    with CstWorker(seconds=0.2) as worker:
        started = time.monotonic()
        with pytest.raises(Refused, match=r"LibCST did not finish the statement in 0\.2 seconds"):
            worker.rewritten(job(long))
        assert time.monotonic() - started < 10


def test_a_statement_that_libcst_does_not_parse_is_refused(worker: CstWorker) -> None:
    with pytest.raises(Refused, match="LibCST does not parse the statement"):
        worker.rewritten(job("    async for x in (:\n"))


def test_a_construct_that_is_not_where_it_should_be_is_refused(worker: CstWorker) -> None:
    with pytest.raises(Refused, match="LibCST does not find the construct where `ast` does"):
        worker.rewritten(job("     async for x in cm():\n        break\n".replace("        ", "         ")))


def test_modules_of_the_current_directory_are_not_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("json", "libcst", "typing"):
        (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with CstWorker() as worker:
        assert worker.rewritten(job(LOOP)) == ENTERED
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("terms", [300, 700])
def test_a_long_sum_in_a_rewritten_body_is_no_hindrance(bench: Bench, terms: int) -> None:
    text = f"async def f():\n    async {{}}:\n        use({' + '.join(['a'] * terms)}){{}}\n"
    assert bench.recast(text.format("for x in cm()", "; break")) == text.format("with cm() as x", "")


def test_a_body_that_nests_too_deeply_is_refused(bench: Bench) -> None:
    text = f"async def f():\n    async for x in cm():\n        use(a{'.b' * 1500})\n        break\n"
    # Which process gives up first depends on the Python that runs them.
    assert bench.recast(text).startswith("refused: the statement nests too deeply")
