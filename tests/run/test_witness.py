"""What the tests saw at the line of a finding decides over it, whatever its text said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from repairbot.evidence.document import EvidenceDocument
from tests.run.conftest import Bot

Repository = Callable[..., Path]

PROVIDERS = """\
from contextlib import asynccontextmanager


@asynccontextmanager
async def cm():
    yield "cm"


async def gen():
    yield "gen"
"""
BOX = """\
from pkg.db import cm


class Box:
    def __init__(self):
        self.make = cm

    async def run(self):
        async for one in self.make():
            return one
"""
BARE: Mapping[str, str | None] = {
    "src/pkg/use.py": None,
    "tests/test_use.py": None,
    "tests/test_other.py": None,
    "src/pkg/db.py": PROVIDERS,
}
HEAD = "import asyncio\nimport pytest\nfrom pkg.box import Box\nfrom pkg.db import cm, gen\n"


def ran(bot: Bot, repository: Repository, files: Mapping[str, str | None], *words: str) -> EvidenceDocument:
    job = bot.run(repository({**BARE, **files}), *words)
    assert job.code in {0, 1}, job.stderr
    return job.document


INSTANCE = """
def test_it():
    box = Box()
    box.make = gen
    assert asyncio.run(box.run()) == "gen"
"""
CASES = {
    "an attribute set on the instance": INSTANCE,
    "a patch of the module": """
def test_it(monkeypatch):
    monkeypatch.setattr("pkg.box.cm", gen)
    assert asyncio.run(Box().run()) == "gen"
""",
    "a subclass that overrides": """
class Sub(Box):
    def __init__(self):
        super().__init__()
        setattr(self, "ma" + "ke", gen)
def test_it():
    assert asyncio.run(Sub().run()) == "gen"
""",
    "parametrised both ways": """
@pytest.mark.parametrize("make", [cm, gen])
def test_it(make):
    box = Box()
    vars(box)["make"] = make
    try:
        asyncio.run(box.run())
    except TypeError:
        assert make is cm
""",
    "in a thread": """
import threading
def test_it():
    box, got = Box(), []
    vars(box)["make"] = gen
    one = threading.Thread(target=lambda: got.append(asyncio.run(box.run())))
    one.start()
    one.join()
    assert got == ["gen"]
""",
    "in another process": """
import subprocess, sys
CODE = "import sys, asyncio; sys.path.insert(0, 'src'); from pkg.box import Box; from pkg.db import gen; " \\
    "box = Box(); vars(box)['make'] = gen; print(asyncio.run(box.run()))"
def test_it():
    assert subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True).stdout == "gen\\n"
""",
    "only in a failing test": """
def test_it():
    box = Box()
    vars(box)["make"] = gen
    assert asyncio.run(box.run()) == "cm"
""",
}


@pytest.mark.parametrize("test", CASES.values(), ids=CASES)
def test_a_line_that_ran_without_the_error_contradicts_the_finding(bot: Bot, repository: Repository, test: str) -> None:
    document = ran(bot, repository, {"src/pkg/box.py": BOX, "tests/test_box.py": HEAD + test})
    (finding,) = document.findings
    (seen,) = document.runs.witnesses
    assert (finding.disposition, finding.applied, finding.publishable) == ("withdrawn", False, False)
    assert finding.unpublished == "its line ran without the error in the tests"
    assert seen.state == "contradicted"
    assert all(name.startswith("tests/test_box.py::test_it") for name in seen.ran)
    assert "async_generator" in seen.types
    assert str(finding.reason).startswith("It ran without the error in 1 test (`tests/test_box.py::test_it")
    assert document.changes is None
