"""Terminals, pipes that close, interrupts, and our own mistakes."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import DB, FINE, SAFE, UNDECIDED, Tree, scrubbed

PROGRAM = [sys.executable, "-m", "repairbot"]


def on_a_terminal(*arguments: str, cwd: Path, home: Path, **environment: str) -> str:
    """What the program writes when its stdout and stderr are a terminal."""
    leader, follower = pty.openpty()
    environment = {"TERM": "xterm-256color", **environment}
    process = subprocess.Popen(
        [*PROGRAM, *arguments], cwd=cwd, env=scrubbed(home, **environment), stdout=follower, stderr=follower
    )
    os.close(follower)
    pieces = []
    try:
        while piece := os.read(leader, 65536):
            pieces.append(piece)
    except OSError:  # how Linux reports that the other end is gone
        pass
    os.close(leader)
    process.wait(60)
    return b"".join(pieces).decode()


def test_a_terminal_gets_colour(tree: Tree, tmp_path: Path) -> None:
    text = on_a_terminal("scan", cwd=tree({"db.py": DB, "a.py": SAFE}), home=tmp_path)
    assert "\x1b[1ma.py:5:5\x1b[0m: " in text


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_a_terminal_that_wants_none_gets_no_colour(tree: Tree, tmp_path: Path, environment: dict[str, str]) -> None:
    text = on_a_terminal("scan", cwd=tree({"db.py": DB, "a.py": SAFE}), home=tmp_path, **environment)
    assert "a.py:5:5: RB101" in text
    assert "\x1b" not in text


def test_an_empty_no_color_asks_for_nothing(tree: Tree, tmp_path: Path) -> None:
    assert "\x1b[" in on_a_terminal("scan", cwd=tree({"db.py": DB, "a.py": SAFE}), home=tmp_path, NO_COLOR="")


def test_a_terminal_shows_nothing_found_without_colour(tree: Tree, tmp_path: Path) -> None:
    assert on_a_terminal("scan", cwd=tree({"a.py": FINE}), home=tmp_path).startswith("Found nothing in 1 file")


def test_json_on_a_terminal_has_no_colour(tree: Tree, tmp_path: Path) -> None:
    text = on_a_terminal("scan", "--format", "json", cwd=tree({"db.py": DB, "a.py": SAFE}), home=tmp_path)
    assert "\x1b" not in text


def many(tree: Tree) -> Path:
    """A target whose report does not fit into a pipe."""
    return tree({f"m{number}.py": UNDECIDED for number in range(600)})


def test_a_reader_that_goes_away_is_no_error(tree: Tree, tmp_path: Path) -> None:
    command = f"{sys.executable} -m repairbot scan -v | head -n 1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", command], cwd=many(tree), env=scrubbed(tmp_path), capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert done.stdout.splitlines()[-1] == "0"


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_closed_streams_are_no_error(tree: Tree, tmp_path: Path, closed: str) -> None:
    command = f"{sys.executable} -m repairbot scan {closed}"
    root = tree({"db.py": DB, "a.py": SAFE})
    done = subprocess.run(["bash", "-c", command], cwd=root, env=scrubbed(tmp_path), capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_an_error_with_a_sentence(tree: Tree, tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*PROGRAM, "scan"], cwd=tree({}), env=scrubbed(tmp_path), stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 3
    assert done.stderr.startswith(b"repairbot: error: cannot write to stdout: No space left on device")


def test_an_interrupt_ends_the_program_with_130_and_no_traceback(tree: Tree, tmp_path: Path) -> None:
    process = subprocess.Popen(
        [*PROGRAM, "scan", "-v"],
        cwd=many(tree),
        env=scrubbed(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.read(1)  # the report is longer than the pipe: the program now waits for us
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (130, b"repairbot: interrupted\n")


BOOM = """\
import sys
import time
import repairbot.scan.pipeline
def boom(*_):
    raise ZeroDivisionError("ouch \\x1b[2J")
repairbot.scan.pipeline.derive = boom
from repairbot.cli import main
sys.exit(main(["scan"]))
"""


def test_our_own_mistake_ends_with_3_and_something_to_report(tree: Tree, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", BOOM], cwd=tree({}), env=scrubbed(tmp_path), capture_output=True, text=True, check=False
    )
    assert done.returncode == 3
    assert done.stdout == ""
    rows = done.stderr.splitlines()
    assert rows[0] == "repairbot: internal error"
    assert "Please report it" in rows[1]
    assert rows[2].startswith("repairbot 0.")
    assert rows[-1] == "ZeroDivisionError: ouch \\x1b[2J"


def test_an_interrupt_of_all_processes_of_a_parallel_scan_is_as_quiet(tree: Tree, tmp_path: Path) -> None:
    root = tree({f"m{number}.py": UNDECIDED * 20 for number in range(2000)})
    process = subprocess.Popen(
        [*PROGRAM, "scan", "-q", "--jobs", "2"],
        cwd=root,
        env=scrubbed(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    while process.poll() is None and not children.read_text(encoding="ascii"):
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)  # what a terminal does at Ctrl-C
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, b"", b"repairbot: interrupted\n")


CRASH = """\
import sys
from repairbot.rule import Rule
sites = Rule.sites
def crashing(rule, *given):
    if given[0].file.path == "bad.py":
        raise ZeroDivisionError("ouch")
    return sites(rule, *given)
Rule.sites = crashing
from repairbot.cli import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize("options", [["scan", "-q"], ["scan", "-q", "--exit-zero"], ["fix", "-q", "--write"]])
def test_a_file_that_crashes_us_ends_with_3_and_the_rest_is_reported(
    tree: Tree, tmp_path: Path, options: list[str]
) -> None:
    root = tree({"db.py": DB, "a.py": SAFE, "bad.py": SAFE})
    done = subprocess.run(
        [sys.executable, "-c", CRASH, *options],
        cwd=root,
        env=scrubbed(tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3
    assert "a.py" in done.stdout
    rows = done.stderr.splitlines()
    assert rows[0] == "repairbot: internal error while scanning bad.py"
    assert rows[-1] == "ZeroDivisionError: ouch"


def test_a_rule_s_page_is_laid_out_for_a_terminal(tree: Tree, tmp_path: Path) -> None:
    text = on_a_terminal("explain", "RB101", cwd=tree({}), home=tmp_path)
    assert "\x1b[1;4mRB101 async-for-context-manager\x1b[0m" in text
    assert "```" not in text
