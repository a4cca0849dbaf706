"""What we derive ourselves from a commit of our clone, in a process of its own with limits: all that is published."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from repairbot.config.load import Config
from repairbot.errors import RepairbotError, UsageError
from repairbot.evidence.entries import Excerpt
from repairbot.git.command import safe_environment
from repairbot.harness import scratch
from repairbot.model import Finding, Skipped, TextEdit, Undecided
from repairbot.plain import decoded, encoded
from repairbot.process.own_python import module_command
from repairbot.process.run import MIB, Ended, Limits, Stopped, run
from repairbot.publish.rederiving import RederiveAnswer, RederiveJob
from repairbot.repair.diff import Rewrite, unified_diff
from repairbot.repair.engine import rewritten
from repairbot.rule import Rule

PATIENCE = Limits(seconds=1800.0, memory_bytes=4096 * MIB, processes=None)


@dataclass(frozen=True, slots=True)
class Rederived:
    """`findings` are all of the base that no comment ignores, `groups` the checked edits by the `group` of a finding.

    `rules` are codes with slugs of the rules that looked. `files` are the files of the base that some group changes.
    By fingerprint of a finding: `statements` are digests of the statements that hold them, `functions` what they are
    in, `excerpts` the lines around them. `irregular` are paths that are no ordinary file.
    """

    commit: str
    rules: Mapping[str, str]
    findings: tuple[Finding, ...]
    groups: Mapping[str, tuple[TextEdit, ...]]
    files: Mapping[str, bytes] = field(repr=False)
    statements: Mapping[str, str]
    functions: Mapping[str, str]
    excerpts: Mapping[str, Excerpt] = field(repr=False)
    undecided: tuple[Undecided, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    irregular: frozenset[str] = frozenset()

    def group(self, name: str) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.group == name)

    def before(self, path: str) -> bytes:
        return self.files[path]

    def changed(self, groups: Iterable[str]) -> dict[str, bytes]:
        """The new bytes of every file that some groups change."""
        by_path: dict[str, list[TextEdit]] = {}
        for edit in dict.fromkeys(edit for name in groups for edit in self.groups[name]):
            by_path.setdefault(edit.path, []).append(edit)
        return {path: rewritten(path, self.files[path], edits) for path, edits in sorted(by_path.items())}

    def rewrites(self, groups: Iterable[str]) -> tuple[Rewrite, ...]:
        """The files that some groups change, by path."""
        changed = self.changed(sorted(groups))
        return tuple(Rewrite(path, self.before(path), new) for path, new in sorted(changed.items()))

    def diff(self, groups: Iterable[str]) -> bytes:
        return unified_diff(self.rewrites(groups))

    def code_at(self, finding: Finding) -> str:
        """A digest of the statement that holds a finding; white space does not count."""
        return self.statements[finding.fingerprint]


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
        functions=answer.functions,
        excerpts=answer.excerpts,
        undecided=answer.undecided,
        skipped=answer.skipped,
        irregular=frozenset(answer.irregular),
    )


def _answer(clone: Path, commit: str, rules: Sequence[Rule], config: Config, limits: Limits) -> RederiveAnswer:
    with scratch.folder("repairbot-rederive-") as folder:
        job = RederiveJob(
            clone, commit, tuple(rule.code for rule in rules), config.exclude, config.jobs, folder / "answer"
        )
        (folder / "job").write_text(json.dumps(encoded(job)), "ascii")
        command = module_command("repairbot.publish.rederiving", str(folder / "job"))
        ended = run(command, cwd=folder, env=safe_environment(), output=folder / "log", limits=limits)
        if not ended.ok or not job.answer.is_file():
            raise NotRederived(_why(ended, commit, limits))
        answer = decoded(RederiveAnswer, json.loads(job.answer.read_text("ascii")))
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
