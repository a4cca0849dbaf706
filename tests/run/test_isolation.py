from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.run.conftest import Bot

Repository = Callable[..., Path]

# The whole program, on a machine that has nothing better than the same user.
UNPROTECTED = """\
import sys
from repairbot import cli
from repairbot.harness.sandbox.probe import probe
from repairbot.harness.sandbox.values import Kind
from repairbot.run import experiment
experiment.probe = lambda: probe([Kind.SAME_USER])
sys.exit(cli.main())
"""


def ended(bot: Bot, target: Path, *words: str) -> subprocess.CompletedProcess[str]:
    (bot.home / "tmp").mkdir(exist_ok=True)
    out = ["--out", str(bot.home / "proposal")]
    return subprocess.run(
        [sys.executable, "-c", UNPROTECTED, "run", str(target), *out, *words],
        env=bot.environ(target),
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_isolation_nothing_of_the_target_runs_unless_it_is_trusted(bot: Bot, repository: Repository) -> None:
    """With no variable that looks like a credential: the files of a home hold them all the same."""
    trace = bot.home / "stolen"
    bot.extra = {"PIP_FIND_LINKS": str(bot.wheels), "UV_FIND_LINKS": str(bot.wheels)}
    spy = f"import pathlib\npathlib.Path({str(trace)!r}).write_text('here')\n"
    target = repository({"conftest.py": spy})
    job = ended(bot, target)
    assert (job.returncode, job.stdout) == (2, "")
    assert "nothing of this repository was run" in job.stderr
    assert not trace.exists()
    assert "Traceback" not in ended(bot, target, "--trust-repo").stderr
    assert trace.exists()
