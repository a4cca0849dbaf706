from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from repairbot.process import run as process
from repairbot.process import tree
from repairbot.process.run import AT_ONCE, Ended, Graces, Limits, Progress, Stopped

PATH = {"PATH": "/usr/local/bin:/usr/bin:/bin"}
Shell = Callable[..., Ended]


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    def run(script: str, **options: object) -> Ended:
        given: dict[str, object] = {"cwd": tmp_path, "env": PATH, "output": tmp_path / "output", "graces": AT_ONCE}
        return process.run(["sh", "-c", script], **(given | options))  # type: ignore[arg-type]

    return run


@pytest.fixture
def marker() -> Iterator[str]:
    """Seconds that no other `sleep` on this machine sleeps; none may be left at the end."""
    seconds = f"{os.getpid() % 50000 + 1000}.{time.time_ns() % 10**9:09d}"
    yield seconds
    deadline = time.monotonic() + 2
    while (left := sleeping(seconds)) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert left == []


def sleeping(seconds: str) -> list[int]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if words[:2] == [b"sleep", seconds.encode()]:
            found.append(int(folder.name))
    return found


def waits_for(seconds: str) -> None:
    deadline = time.monotonic() + 5
    while not sleeping(seconds):
        assert time.monotonic() < deadline, "it never started"
        time.sleep(0.01)


def test_the_environment_is_exactly_what_is_given(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", "secret")
    given = PATH | {"A": "1\n2", "B": ""}
    ended = process.run(["env"], cwd="/", env=given, output=shell("true").output)
    assert sorted(ended.tail().splitlines()) == ["2", "A=1", "B=", f"PATH={PATH['PATH']}"]


def test_the_supervisor_has_no_environment_so_nothing_is_preloaded_into_it(shell: Shell) -> None:
    ended = shell("wc -c < /proc/$PPID/environ", env=PATH | {"LD_PRELOAD": "", "X": "1"})
    assert ended.tail().strip() == "0"


def test_only_the_three_standard_files_are_open(shell: Shell) -> None:
    with Path(__file__).open("rb") as stream:
        os.set_inheritable(stream.fileno(), True)
        ended = shell("ls /proc/self/fd")
    assert ended.tail().split() == ["0", "1", "2", "3"]  # 3 is the folder that ls reads


def test_no_signal_is_ignored_and_new_files_have_the_usual_mode(shell: Shell, tmp_path: Path) -> None:
    old = os.umask(0o077)
    try:
        ended = process.run(
            ["grep", "SigIgn", "/proc/self/status"], cwd="/", env=PATH, output=shell("touch new").output
        )
    finally:
        os.umask(old)
    glibc_own = 0b11 << 31  # 32 and 33, which no program can set
    assert int(ended.tail().split()[1], 16) & ~glibc_own == 0
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o644


def test_standard_input_is_empty(shell: Shell) -> None:
    assert shell("cat; echo end").tail() == "end\n"


def test_output_and_error_come_together_in_the_file(shell: Shell, tmp_path: Path) -> None:
    shell("echo one; echo two >&2; echo three")
    assert (tmp_path / "output").read_text() == "one\ntwo\nthree\n"


def test_an_output_path_that_is_a_link_is_refused(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match="symbolic links"):
        shell("echo hi", output=tmp_path / "link")
    assert not (tmp_path / "elsewhere").exists()


def test_a_status_and_a_signal_are_told_apart(shell: Shell) -> None:
    assert (shell("exit 137").returncode, shell("exit 137").signal) == (137, None)
    ended = shell("kill -SEGV $$")
    assert (ended.returncode, ended.signal, ended.ok) == (None, signal.SIGSEGV, False)


@pytest.mark.parametrize(("command", "status"), [("no-such-program", 127), ("/etc/passwd", 126)])
def test_a_program_that_cannot_be_started_is_a_status_and_a_sentence(tmp_path: Path, command: str, status: int) -> None:
    ended = process.run([command], cwd=tmp_path, env=PATH, output=tmp_path / "output")
    assert ended.returncode == status
    assert ended.tail().startswith(f"cannot start {command!r}: ")


def test_a_timeout_interrupts_first_so_that_a_summary_can_be_written(shell: Shell, marker: str) -> None:
    script = f'trap "echo summary; exit 2" INT; sleep {marker} & wait'
    ended = shell(script, limits=Limits(seconds=0.4), graces=Graces(5, 5))
    assert (ended.timed_out, ended.returncode, ended.tail()) == (True, 2, "summary\n")
    assert ended.seconds < 4


def test_a_program_that_ignores_polite_signals_is_killed(shell: Shell, marker: str) -> None:
    started = time.monotonic()
    ended = shell(f'trap "" INT TERM; sleep {marker}', limits=Limits(seconds=0.3), graces=Graces(0.2, 0.2))
    assert (ended.stopped, ended.signal) == (Stopped.TIME, signal.SIGKILL)
    assert 0.7 <= time.monotonic() - started < 5


def test_a_flood_of_output_is_stopped_and_cut(shell: Shell) -> None:
    ended = shell("yes", limits=Limits(output_bytes=100_000))
    assert (ended.output_capped, ended.output.stat().st_size) == (True, 100_000)


def test_a_flood_that_ends_by_itself_is_cut_too(shell: Shell) -> None:
    ended = shell("head -c 300000 /dev/zero", limits=Limits(output_bytes=100_000))
    assert (ended.output_capped, ended.output.stat().st_size) == (True, 100_000)


def test_memory_counts_for_all_processes_together(shell: Shell) -> None:
    hungry = f"{shlex.quote(sys.executable)} -c 'x = bytearray(60 << 20); import time; time.sleep(30)'"
    ended = shell(f"{hungry} & {hungry} & wait", limits=Limits(seconds=20, memory_bytes=100 << 20))
    assert ended.stopped is Stopped.MEMORY


def test_processes_are_counted(shell: Shell, marker: str) -> None:
    script = f"for i in 1 2 3 4 5 6 7 8 9 10; do sleep {marker} & done; wait"
    assert shell(script, limits=Limits(seconds=20, processes=6)).stopped is Stopped.PROCESSES


def test_a_disk_that_runs_full_ends_the_run(shell: Shell, marker: str) -> None:
    ended = shell(f"sleep {marker}", limits=Limits(seconds=20, disk_free_bytes=1 << 60))
    assert ended.stopped is Stopped.DISK


@pytest.mark.skipif(tree.memory_left() is None, reason="this kernel does not say how much memory is left")
def test_a_machine_that_runs_out_of_memory_ends_the_run(shell: Shell, marker: str) -> None:
    ended = shell(f"sleep {marker}", limits=Limits(seconds=20, memory_free_bytes=1 << 60))
    assert ended.stopped is Stopped.MEMORY


def test_a_file_cannot_grow_past_the_limit(shell: Shell, tmp_path: Path) -> None:
    shell("head -c 300000 /dev/zero > big", limits=Limits(file_bytes=100_000))
    assert (tmp_path / "big").stat().st_size == 100_000


def test_a_crash_leaves_no_core_file(shell: Shell, tmp_path: Path) -> None:
    assert shell("ulimit -c unlimited; kill -ABRT $$").signal == signal.SIGABRT
    assert sorted(path.name for path in tmp_path.iterdir()) == ["output"]


def test_a_daemon_that_left_session_and_parent_is_killed_when_the_run_ends(shell: Shell, marker: str) -> None:
    ended = shell(f"(setsid sh -c 'sleep {marker} & exec sleep {marker}' &); sleep 0.2; echo done")
    assert (ended.returncode, ended.tail()) == (0, "done\n")
    assert sleeping(marker) == []


def test_a_daemon_that_left_session_and_parent_is_killed_on_a_timeout(shell: Shell, marker: str) -> None:
    shell(f"(setsid sleep {marker} &); sleep {marker}", limits=Limits(seconds=0.4))
    assert sleeping(marker) == []


def test_what_kills_its_supervisor_does_not_outlive_the_run(shell: Shell, marker: str) -> None:
    ended = shell(f"(setsid sleep {marker} &); sleep 1; kill -KILL $PPID; sleep {marker}")
    assert (ended.signal, ended.ok) == (signal.SIGKILL, False)


def test_an_interrupt_kills_everything_and_goes_on_up(shell: Shell, marker: str) -> None:
    def interrupt(_: Progress) -> None:
        waits_for(marker)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        shell(f"trap '' INT TERM; (setsid sleep {marker} &); sleep {marker}", watch=interrupt)
    assert sleeping(marker) == []


def test_progress_gives_the_last_line_without_control_characters(shell: Shell) -> None:
    seen: list[Progress] = []
    shell("printf 'one\\n50%%\\r\\033[31mtwo \\342\\200\\256x\\n\\n'; sleep 0.4", watch=seen.append)
    assert seen[-1].last_line == "[31mtwo x"
    assert 0 < seen[0].seconds < seen[-1].seconds


@pytest.mark.skipif(os.getuid() != 0, reason="only root can change users")
def test_another_identity_has_no_groups_and_no_capabilities(shell: Shell) -> None:
    identity = process.Identity(uid=64990, no_new_privileges=True)
    lines = shell("id; grep -E '^(Cap|NoNewPrivs)' /proc/self/status", identity=identity, cwd="/").tail().splitlines()
    assert lines[0] == "uid=64990 gid=64990 groups=64990"
    assert {line.split()[1].strip("0") for line in lines[1:]} == {"", "1"}
    assert lines[-1] == "NoNewPrivs:\t1"


@pytest.mark.skipif(os.getuid() != 0, reason="only root can change users")
def test_a_fork_bomb_of_another_identity_is_bounded_by_the_kernel_and_swept(shell: Shell) -> None:
    bomb = "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass\n"
    ended = process.run(
        ["/usr/bin/env", "python3", "-c", bomb],
        cwd="/",
        env=PATH,
        output=shell("true").output,
        limits=Limits(seconds=1.0, processes=60),
        graces=AT_ONCE,
        identity=process.Identity(uid=64989),
    )
    assert ended.stopped is Stopped.TIME
    assert 64989 not in tree.user_ids()


def test_a_process_that_left_its_session_after_it_was_seen_is_still_killed(marker: str) -> None:
    script = f"(sleep 0.3; exec setsid sleep {marker}) & wait"
    with subprocess.Popen(["sh", "-c", script], start_new_session=True) as child:
        time.sleep(0.1)
        seen = tree.use_of(child.pid).members
        waits_for(marker)
        tree.kill(seen)
    deadline = time.monotonic() + 5  # a killed process stays listed until the kernel has taken it down
    while sleeping(marker) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert sleeping(marker) == []
