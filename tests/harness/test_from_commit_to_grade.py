"""The parts together, as one job uses them: a repository in, the grade of its repair out."""

from __future__ import annotations

import json
import os
import subprocess
from datetime import date
from pathlib import Path

from repairbot.constructs import Construct
from repairbot.git.repository import Person
from repairbot.harness.environment.environment import Environment
from repairbot.harness.environment.installer import Supplies
from repairbot.harness.environment.prepare import CommitFacts, EnvironmentSettings, prepare
from repairbot.harness.grade import Level, Place, grade
from repairbot.harness.proof import Claim, Definition, ProofState, prove
from repairbot.harness.sandbox.sandbox import Sandbox
from repairbot.harness.session import Bench
from repairbot.harness.suite.import_graph import reaching
from repairbot.harness.suite.trial import Change, baseline, try_change
from repairbot.harness.workspace import opened
from repairbot.plain import encoded
from repairbot.source.snapshot import Snapshot

PERSON = Person("A", "a@example.org", "1700000000 +0000")
BUG = """from contextlib import asynccontextmanager

@asynccontextmanager
async def session():
    yield "open"

async def use():
    async for one in session():
        return one
"""
FIXED = BUG.replace("async for one in session():", "async with session() as one:")
FILES = {
    "src/pkg/__init__.py": "",
    "src/pkg/db.py": BUG,
    "tests/test_db.py": "import asyncio\nfrom pkg.db import use\ndef test_use(): assert asyncio.run(use()) == 'open'\n",
    "tests/test_other.py": "def test_other(): pass\n",
    "pytest.ini": "[pytest]\ntestpaths = tests\n",
}
LINE = {"src/pkg/db.py": frozenset({8})}


def repository(place: Path) -> Path:
    for name, text in FILES.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text, encoding="utf-8")
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    for words in (["init", "-q"], ["add", "."], [*identity, "commit", "-q", "-m", "first"]):
        subprocess.run(["git", *words], cwd=place, check=True)
    return place


def test_a_repaired_commit_is_proven_tested_and_graded(sandbox: Sandbox, supplies: Supplies, tmp_path: Path) -> None:
    target = repository(tmp_path / "target")
    (tmp_path / "runs").mkdir()
    with opened(target) as work:
        before = work.lay_out("before", work.source.commit)
        work.lay_out("after", work.commit({"src/pkg/db.py": FIXED.encode()}, "fix\n", PERSON, PERSON))
        bench = Bench(sandbox, work.fresh, tmp_path / "runs")
        store, today = tmp_path / "store", date(2026, 1, 1)
        environment = prepare(bench, target, store, supplies, os.environ, EnvironmentSettings(), CommitFacts(), today)
        assert isinstance(environment, Environment)
        definition = Definition("pkg.db", "session", "function", "src/pkg/db.py", 4)
        proof = prove(Claim(definition, Construct.ASYNC_FOR, Construct.ASYNC_WITH), bench, environment)
        change = Change(LINE, LINE, reaching(Snapshot.of([before]), LINE))
        trial = try_change(bench, baseline(bench, environment, supplies, change), change, reruns=1)
    place = Place("src/pkg/db.py", LINE["src/pkg/db.py"])
    graded = grade(place, place, trial.measured, proven=proof.state is ProofState.PROVEN)
    assert proof.state is ProofState.PROVEN
    assert (graded.level, graded.fixed, graded.executing) == (
        Level.A,
        ("tests/test_db.py::test_use",),
        ("tests/test_db.py::test_use",),
    )
    assert change.reaching == frozenset({"src/pkg/db.py", "tests/test_db.py"})
    assert [case.id for case in trial.after.cases] == ["tests/test_db.py::test_use", "tests/test_other.py::test_other"]
    json.dumps([encoded(value) for value in (environment, proof, trial, graded)])
