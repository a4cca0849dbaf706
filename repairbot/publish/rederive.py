"""Has a commit of our clone scanned in a process of its own, which one file can hold up only for so long."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from repairbot.config.load import Config
from repairbot.errors import RepairbotError, UsageError
from repairbot.git.command import safe_environment
from repairbot.plain import decoded, encoded
from repairbot.process.own_python import module_command
from repairbot.process.run import MIB, Ended, Limits, Stopped, run
from repairbot.publish.rederived import Rederived
from repairbot.publish.rederiving import Answer, Job
from repairbot.rule import Rule

PATIENCE = Limits(seconds=1800.0, memory_bytes=4096 * MIB, processes=None)


class NotRederived(RepairbotError):
    """The scan of the base did not come to its end."""


@contextmanager
def rederived(
    clone: Path, commit: str, rules: Sequence[Rule], config: Config, limits: Limits = PATIENCE
) -> Iterator[Rederived]:
    """What `rules` find and repair in a commit, whatever is installed. Raises NotRederived, UsageError for a glob."""
    answer = _answer(clone, commit, rules, config, limits)
    yield Rederived(
        commit=commit,
        rules={rule.code: rule.slug for rule in rules},
        findings=answer.findings,
        groups=answer.groups,
        files={path: text.encode("latin-1") for path, text in answer.files.items()},
        statements=answer.statements,
        irregular=frozenset(answer.irregular),
    )


def _answer(clone: Path, commit: str, rules: Sequence[Rule], config: Config, limits: Limits) -> Answer:
    with tempfile.TemporaryDirectory(prefix="repairbot-") as name:
        folder = Path(name)
        job = Job(clone, commit, tuple(rule.code for rule in rules), config.exclude, config.jobs, folder / "answer")
        (folder / "job").write_text(json.dumps(encoded(job)), "ascii")
        command = module_command("repairbot.publish.rederiving", str(folder / "job"))
        ended = run(command, cwd=folder, env=safe_environment(), output=folder / "log", limits=limits)
        if not ended.ok or not job.answer.is_file():
            raise NotRederived(_why(ended, commit, limits))
        answer = decoded(Answer, json.loads(job.answer.read_text("ascii")))
    if answer.error is not None:
        raise UsageError(answer.error) if answer.is_usage else NotRederived(answer.error)
    return answer


def _why(ended: Ended, commit: str, limits: Limits) -> str:
    where = f"nothing is published: the scan of {commit[:12]}"
    match ended.stopped:
        case Stopped.TIME:
            return f"{where} took more than {limits.seconds:g} seconds; exclude the file that takes so long"
        case Stopped.MEMORY if limits.memory_bytes is not None:
            used = limits.memory_bytes // MIB
            return f"{where} took more than {used} MB of memory; exclude the file that takes so much"
    last = ended.tail().strip().splitlines()[-1:] or ["it said nothing"]
    return f"{where} broke off: {last[0][:300]}; please report it"
