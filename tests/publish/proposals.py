"""Proposals as `repairbot run` leaves them, made from a commit of a repository."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from repairbot.commands.version import version
from repairbot.config.load import Config
from repairbot.evidence.changes import ChangedFile, Changes, Group
from repairbot.evidence.document import Asked, EvidenceDocument, Target, Tool
from repairbot.evidence.entries import ProposedFinding, Reported, left_out, reported, unclear
from repairbot.evidence.storing import text
from repairbot.git import repository as git_own
from repairbot.git import source as git_source
from repairbot.publish.rederive import Rederived
from repairbot.rules.registry import all_rules
from tests.evidence.documents import DOCUMENT, RUNS
from tests.git_traps import commit, git, start
from tests.publish.remembered import rederived

DB = """\
from contextlib import asynccontextmanager


@asynccontextmanager
async def session():
    yield 1


async def numbers():
    yield 1
"""
API = """\
from app.db import session


async def users():
    async for one in session():
        return one
"""
JOBS = API.replace("users", "nightly")
MIRROR = """\
from app.db import numbers


async def total():
    async with numbers() as one:
        return one
"""
FILES = {"app/__init__.py": "", "app/db.py": DB, "app/api.py": API, "app/jobs.py": JOBS}
MENDED = API.replace("async for one in session():", "async with session() as one:")
NAME = "octo/chat"
BRANCH = "repairbot/async-for-context-manager/main"


@dataclass(frozen=True)
class Project:
    """The owner's own checkout, and a way to bring it to the server."""

    place: Path
    server: Path

    def commit(self, files: dict[str, str | None], message: str = "change") -> str:
        """Files that are None are removed; the commit is on the server's main branch."""
        for name in [name for name, content in files.items() if content is None]:
            (self.place / name).unlink()
        made = commit(self.place, {name: content for name, content in files.items() if content is not None}, message)
        git(self.place, "push", "--quiet", str(self.server), "HEAD:refs/heads/main")
        return made

    @property
    def head(self) -> str:
        return git(self.place, "rev-parse", "HEAD")


def project(folder: Path, server: Path, files: dict[str, str] = FILES) -> Project:
    place = start(folder)
    commit(place, files)
    return Project(place, server)


Change = Callable[[EvidenceDocument], EvidenceDocument]


def propose(
    place: Path,
    folder: Path,
    *,
    change: Change = lambda document: document,
    env_groups: Sequence[str] = (),
    repository: str | None = NAME,
) -> Path:
    """A proposal for the HEAD of a checkout; `env_groups` name files whose groups rest on an environment."""
    source = git_source.find(place)
    own = folder / "own.git"
    folder.mkdir(parents=True)
    git_own.borrow_history(source, own)
    with rederived(own, source.commit, all_rules(), Config()) as ours:
        document = change(_document(ours, source.commit, env_groups, repository))
        groups = {finding.group for finding in ours.findings if finding.group}
        patch = ours.diff(groups)
    (folder / "changes.patch").write_bytes(patch)
    (folder / "evidence.json").write_text(text(document), encoding="utf-8")
    return folder


def _document(ours: Rederived, commit_id: str, env: Sequence[str], repository: str | None) -> EvidenceDocument:
    findings = [_finding(one, env) for one in ours.findings]
    names = sorted({finding.group for finding in ours.findings if finding.group})
    rewrites = ours.rewrites(names)
    diff = ours.diff(names)
    changes = Changes(
        branch=BRANCH,
        commit="d" * 40,
        message="Enter instead of iterating\n",
        patch_sha256=hashlib.sha256(diff).hexdigest(),
        diff=diff.decode(),
        files=tuple(ChangedFile(one.path, _sha256(one.old), _sha256(one.new)) for one in rewrites),
        groups=tuple(_group(name, ours, env) for name in names),
    )
    marks = [finding.fingerprint for finding in findings if finding.applied]
    runs = replace(
        RUNS,
        proofs=tuple(replace(RUNS.proofs[0], fingerprint=mark) for mark in marks),
        grades=tuple(replace(RUNS.grades[0], fingerprint=mark) for mark in marks),
        lines=(),
    )
    return replace(
        DOCUMENT,
        tool=Tool("repairbot", version()),
        target=Target("chat", repository, commit_id, "main", "2026-01-01T00:00:00+00:00"),
        asked=Asked(tuple(rule.code for rule in all_rules()), (), unsafe_fixes=False, env=False),
        findings=tuple(findings),
        undecided=tuple(map(unclear, ours.undecided)),
        skipped=tuple(map(left_out, ours.skipped)),
        changes=changes if names else None,
        owner=None,
        notes=(),
        runs=runs,
    )


def _finding(finding: Any, env: Sequence[str]) -> ProposedFinding:
    facts = reported(finding)
    basis = "environment" if finding.path in env else "source"
    known = {field.name: getattr(facts, field.name) for field in fields(Reported)}
    return ProposedFinding(**known, basis=basis, applied=finding.group is not None, publishable=basis == "source")


def _group(name: str, ours: Rederived, env: Sequence[str]) -> Group:
    found = ours.group(name)
    paths = tuple(sorted({edit.path for finding in found for edit in finding.edits}))
    rests = not set(paths) & set(env)
    marks = tuple(finding.fingerprint for finding in found)
    return Group(name, marks, paths, rests, None if rests else "it rests on an environment")


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
