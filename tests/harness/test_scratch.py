"""Folders of killed processes are removed at the next start, and nothing else is."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from repairbot.harness import scratch

CHILD = """
import sys, time
from pathlib import Path
from repairbot.harness import scratch
made = scratch.make("job-", Path(sys.argv[1]))
(made / "clone").mkdir()
(made / "clone" / "file").write_text("x")
(made / "out").symlink_to(sys.argv[2])
print(made, flush=True)
time.sleep(60)
"""


def started(place: Path, outside: Path) -> tuple[subprocess.Popen[str], Path]:
    command = [sys.executable, "-c", CHILD, str(place), str(outside)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    return child, Path(child.stdout.readline().strip())


def killed(place: Path, outside: Path) -> Path:
    child, made = started(place, outside)
    child.send_signal(signal.SIGKILL)
    child.wait()
    return made


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    folder = tmp_path / "outside"
    folder.mkdir()
    (folder / "mine").write_text("kept", encoding="utf-8")
    return folder


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "tmp"
    folder.mkdir()
    return folder


def test_what_a_killed_process_left_is_removed_at_the_next_start_and_no_link_is_followed(
    place: Path, outside: Path
) -> None:
    left = killed(place, outside)
    assert (left / "clone" / "file").is_file()
    new = scratch.make("job-", place)
    assert list(place.iterdir()) == [new]
    assert (outside / "mine").read_text(encoding="utf-8") == "kept"


def test_what_a_living_process_uses_stays(place: Path, outside: Path) -> None:
    child, made = started(place, outside)
    try:
        scratch.make("job-", place)
        assert (made / "clone" / "file").is_file()
    finally:
        child.kill()
        child.wait()


def test_a_later_process_of_the_same_number_does_not_keep_it(place: Path) -> None:
    mine = scratch.make("job-", place)
    pid, born, rest = mine.name.removeprefix("job-").split("-", 2)
    if born == "0":
        pytest.skip("this system does not say when a process started")
    earlier = place / f"job-{pid}-{int(born) - 1}-{rest}"
    earlier.mkdir()
    scratch.sweep("job-", place)
    assert list(place.iterdir()) == [mine]


def test_what_is_not_ours_by_name_kind_or_machine_stays(place: Path, outside: Path) -> None:
    name = killed(place, outside).name
    scratch.sweep("job-", place)
    mark = name.removeprefix("job-")
    (place / f"other-{mark}").mkdir()
    (place / f"job-x{mark}").mkdir()
    (place / f"job-old.{mark}").mkdir()
    pid, born, _, tail = mark.split("-", 3)
    (place / f"job-{pid}-{born}-00000000-{tail}").mkdir()
    (place / name).symlink_to(outside)
    (place / f"{name}x").write_text("a file", encoding="utf-8")
    before = sorted(place.iterdir())
    scratch.sweep("job-", place)
    assert sorted(place.iterdir()) == before
    assert (outside / "mine").is_file()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a folder of somebody else")
def test_a_folder_of_another_user_stays(place: Path, outside: Path) -> None:
    name = killed(place, outside).name
    scratch.sweep("job-", place)
    (place / name).mkdir()
    os.chown(place / name, 12345, 12345)
    scratch.sweep("job-", place)
    assert (place / name).is_dir()


def test_a_folder_that_is_done_with_is_gone(place: Path) -> None:
    with scratch.folder("job-", place) as made:
        assert made.stat().st_mode & 0o777 == 0o700
    assert list(place.iterdir()) == []


# What is made elsewhere: short-lived, without a repository in it, or on purpose for somebody to find later.
ELSEWHERE = {
    "action/modes.py",
    "commands/demo.py",
    "harness/sandbox/relaying.py",  # in the sandbox's own folder, and sockets want a short path
    "harness/scratch.py",
    "render/template_worker.py",
    "run/proposal.py",  # an earlier proposal, for a moment: nobody may sweep that away
    "stubs/generate/__main__.py",
}


def test_folders_that_a_killed_process_leaves_are_made_here() -> None:
    product = Path(scratch.__file__).parents[1]
    makers = {
        path.relative_to(product).as_posix()
        for path in product.rglob("*.py")
        if any(word in path.read_text(encoding="utf-8") for word in ("mkdtemp(", "TemporaryDirectory("))
    }
    assert makers == ELSEWHERE
