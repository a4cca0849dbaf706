"""What the tests saw at the line of a finding decides over it, whatever its text said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from repairbot.evidence.document import EvidenceDocument
from tests.run.conftest import Bot, Job

Repository = Callable[..., Path]
Files = Mapping[str, str | None]

PROVIDERS = """\
from contextlib import asynccontextmanager


@asynccontextmanager
async def cm():
    yield 1


async def gen():
    yield 2
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
ROWS = """\
from pkg.db import cm


async def rows():
    async for one in cm():
        yield one
"""
# What no text shows: the tests are to find it out. A finding that the text alone rules out needs no witness.
PUT = "setattr(owner, name, value)\n"
HEAD = """\
import asyncio, pathlib
import pytest
import pkg.box, pkg.rows
from pkg.box import Box
from pkg.rows import rows
from pkg.db import cm, gen
def put(owner, name, value):
    exec(pathlib.Path("tests/put.txt").read_text(), locals())
"""
BARE: Files = {
    "src/pkg/use.py": None,
    "tests/test_use.py": None,
    "tests/test_other.py": None,
    "src/pkg/db.py": PROVIDERS,
    "src/pkg/box.py": BOX,
    "src/pkg/rows.py": "async def rows(): yield 1\n",
    "tests/put.txt": PUT,
}


def ran(bot: Bot, repository: Repository, files: Files, *words: str) -> Job:
    job = bot.run(repository({**BARE, **files}), *words)
    assert job.code in {0, 1}, job.stderr
    return job


def document_of(bot: Bot, repository: Repository, files: Files, *words: str) -> EvidenceDocument:
    return ran(bot, repository, files, *words).document


CASES = {
    "an attribute of the instance": """
def test_it():
    box = Box()
    put(box, "make", gen)
    assert asyncio.run(box.run()) == 2
""",
    "a patch of the module": """
def test_it():
    put(pkg.box, "cm", gen)
    assert asyncio.run(Box().run()) == 2
""",
    "a subclass that overrides": """
def test_it():
    base = vars(pkg.box)["".join(("B", "ox"))]  # a class that the source does not name
    sub = type("Sub", (base,), {"__init__": lambda self: put(self, "make", gen)})
    assert asyncio.run(sub().run()) == 2
""",
    "a fixture that overrides": """
@pytest.fixture
def box(): return Box()
class TestIt:
    @pytest.fixture(autouse=True)
    def patched(self, box): put(box, "make", gen)
    def test_it(self, box): assert asyncio.run(box.run()) == 2
""",
    "parametrised both ways": """
@pytest.mark.parametrize("make", [cm, gen])
def test_it(make):
    box = Box()
    put(box, "make", make)
    try:
        asyncio.run(box.run())
    except TypeError:
        assert make is cm
""",
    "a thread": """
import threading
def test_it():
    box, got = Box(), []
    put(box, "make", gen)
    one = threading.Thread(target=lambda: got.append(asyncio.run(box.run())))
    one.start()
    one.join()
    assert got == [2]
""",
    "another process": """
import subprocess, sys
CODE = "import sys; sys.path.insert(0, 'tests'); sys.path.insert(0, 'src'); import test_box as t; " \\
    "box = t.Box(); t.put(box, 'make', t.gen); print(t.asyncio.run(box.run()))"
def test_it():
    ended = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True)
    assert ended.stdout == "gen\\n", ended.stderr
""",
    "a test that fails": """
def test_it():
    box = Box()
    put(box, "make", gen)
    assert asyncio.run(box.run()) == 1
""",
}


@pytest.mark.parametrize("test", CASES.values(), ids=CASES)
def test_a_line_that_ran_without_the_error_contradicts_the_finding(bot: Bot, repository: Repository, test: str) -> None:
    job = ran(bot, repository, {"tests/test_box.py": HEAD + test})
    (finding,) = job.document.findings
    (seen,) = job.document.runs.witnesses
    assert (finding.disposition, finding.applied, finding.publishable) == ("withdrawn", False, False)
    assert finding.unpublished == "its line ran without the error in the tests"
    assert seen.state == "contradicted"
    assert all(name.startswith("tests/test_box.py::") for name in seen.ran)
    assert "async_generator" in seen.types
    assert str(finding.reason).startswith("It ran without the error in 1 test (`tests/test_box.py::")
    assert job.document.changes is None
    assert "WITHDRAWN" in job.stdout
    body = (job.folder / "pull_request.md").read_text(encoding="utf-8")
    assert "> 1 finding withdrawn: while the tests ran, what the source seemed to say was contradicted at" in body


def test_the_report_of_an_attribute_that_a_test_sets_is_never_a_fix(bot: Bot, repository: Repository) -> None:
    test = "\ndef test_it():\n    box = Box()\n    box.make = gen\n    assert asyncio.run(box.run()) == 2\n"
    document = document_of(bot, repository, {"tests/test_box.py": HEAD + test})
    assert document.changes is None
    assert not any(one.applied or one.publishable for one in document.findings)


def test_a_line_in_a_generator_that_ran_without_the_error_contradicts_the_finding(
    bot: Bot, repository: Repository
) -> None:
    test = """
def test_it():
    put(pkg.rows, "cm", gen)
    async def collect(): return [one async for one in rows()]
    assert asyncio.run(collect()) == [2]
"""
    files = {"src/pkg/rows.py": ROWS, "src/pkg/box.py": "class Box: pass\n", "tests/test_rows.py": HEAD + test}
    document = document_of(bot, repository, files)
    assert [one.disposition for one in document.findings] == ["withdrawn"]


def test_a_line_that_raised_in_each_test_is_said_so_even_where_the_test_swallows_it(
    bot: Bot, repository: Repository
) -> None:
    test = """
def test_it():
    try: asyncio.run(Box().run())
    except TypeError: pass
"""
    document = document_of(bot, repository, {"tests/test_box.py": HEAD + test})
    (finding,), (seen,), (grade,) = document.findings, document.runs.witnesses, document.runs.grades
    assert (finding.applied, finding.publishable) == (True, True)
    assert (seen.state, seen.raised) == ("raised", ("tests/test_box.py::test_it",))
    assert seen.error is not None
    assert "'async for' requires an object with __aiter__ method" in seen.error
    assert (grade.level, grade.reason) == (
        "B",
        "1 test that passes executes the repaired line; none of the suite's 1 tests got worse.",
    )


def test_an_undecided_line_that_ran_well_in_another_test_becomes_no_finding(bot: Bot, repository: Repository) -> None:
    use = "async def use(make):\n    async for one in make():\n        return one\n"
    test = (
        "import asyncio\nimport pytest\nfrom pkg.use import use\nfrom pkg.db import cm, gen\n"
        "@pytest.mark.parametrize('make', [cm, gen])\ndef test_it(make): asyncio.run(use(make))\n"
    )
    files = {"src/pkg/use.py": use, "src/pkg/box.py": None, "src/pkg/rows.py": None, "tests/test_it.py": test}
    document = document_of(bot, repository, files)
    assert (document.findings, len(document.undecided)) == ((), 1)


# What is entered is not known from the text, so that the fix is an unsafe one, and asked for.
LINES = """\
class Response:
    def lines(self): return ["data: 1"]


def response():
    return globals()["Response"]()
"""
STREAM = """\
from contextlib import asynccontextmanager
from pkg.db import response


@asynccontextmanager
async def stream():
    yield response()
"""
CLIENT = """\
from pkg.stream import stream


async def tokens():
    found = []
    async for line in stream():
        if line.startswith("data: "):
            found.append(line)
    return found
"""
TEST = """\
import asyncio
from pkg.client import tokens
def test_tokens(): assert asyncio.run(tokens()) == ["data: 1"]
"""
RESPONSES: Files = {
    "src/pkg/box.py": None,
    "src/pkg/rows.py": None,
    "src/pkg/db.py": LINES,
    "src/pkg/stream.py": STREAM,
    "src/pkg/client.py": CLIENT,
    "tests/test_client.py": TEST,
}


def test_a_test_that_then_fails_inside_the_fixed_statement_withdraws_the_fix(bot: Bot, repository: Repository) -> None:
    job = ran(bot, repository, RESPONSES, "--unsafe-fixes")
    (finding,), (taken_back,) = job.document.findings, job.document.runs.withdrawn_fixes
    error = "AttributeError: 'Response' object has no attribute 'startswith'"
    assert (finding.disposition, finding.applied, finding.edits) == ("refuse", False, ())
    assert (
        finding.reason
        == taken_back.reason
        == (
            "the fix was tried and withdrawn: with it the test `tests/test_client.py::test_tokens` fails inside the "
            f"repaired statement, at src/pkg/client.py:7, with {error}"
        )
    )
    assert (taken_back.error, taken_back.tests) == (error, ("tests/test_client.py::test_tokens",))
    assert job.document.changes is None
    assert job.document.runs.untested == "every fix was tried and withdrawn, so there is nothing to compare"
    assert job.code == 1
    body = (job.folder / "pull_request.md").read_text(encoding="utf-8")
    assert "> 1 fix withdrawn, at" in body


def test_the_other_fixes_are_tried_again_without_one_that_was_withdrawn(bot: Bot, repository: Repository) -> None:
    good = {"src/pkg/db.py": LINES + PROVIDERS, "src/pkg/box.py": BOX}
    test = "import asyncio\nfrom pkg.box import Box\ndef test_box(): assert asyncio.run(Box().run()) == 1\n"
    document = document_of(bot, repository, {**RESPONSES, **good, "tests/test_box.py": test}, "--unsafe-fixes")
    fates = {one.path: (one.disposition, one.applied) for one in document.findings}
    assert fates == {"src/pkg/box.py": ("fix", True), "src/pkg/client.py": ("refuse", False)}
    assert [grade.level for grade in document.runs.grades] == ["A"]
    assert document.runs.tests is not None
    assert document.runs.tests.verdicts == {"fixed": 1, "still failing": 1}
    assert document.changes is not None
    assert "client.py" not in document.changes.diff


def test_a_test_that_failed_at_the_line_and_still_fails_keeps_the_fix_from_being_published(
    bot: Bot, repository: Repository
) -> None:
    test = "\ndef test_it(): assert asyncio.run(Box().run()) == 'something else'\n"
    job = ran(bot, repository, {"tests/test_box.py": HEAD + test})
    (finding,), (grade,) = job.document.findings, job.document.runs.grades
    assert (finding.applied, finding.publishable) == (True, False)
    assert finding.unpublished == grade.against == "1 test that executes the repaired line fails with the change"
    assert (grade.level, grade.still_failing) == ("D", ("tests/test_box.py::test_it",))
    assert job.document.changes is not None
    assert [group.publishable for group in job.document.changes.groups] == [False]
    assert "fixed on the branch, not to be published: 1 test that executes the repaired line fails" in job.stdout


def test_a_suite_whose_tests_fail_before_the_line_is_not_said_never_to_execute_it(
    bot: Bot, repository: Repository
) -> None:
    test = "\ndef test_it():\n    raise ConnectionError('no server')\n    asyncio.run(Box().run())\n"
    green = "".join(f"def test_{number}(): pass\n" for number in range(3))
    job = ran(bot, repository, {"tests/test_box.py": HEAD + test, "tests/test_green.py": green})
    (grade,), (executed,) = job.document.runs.grades, job.document.runs.lines
    said = "1 test fails before it gets there (1 with ConnectionError)"
    assert (grade.level, executed.after, executed.unknown) == ("D", (), said)
    assert f"not known whether a test executes this line: {said}" in job.stdout
    body = (job.folder / "pull_request.md").read_text(encoding="utf-8")
    assert "not known whether a test executes" in body
    assert "never executes" not in body


def test_a_suite_that_passes_and_does_not_reach_the_line_is_said_never_to_execute_it(
    bot: Bot, repository: Repository
) -> None:
    job = ran(bot, repository, {"tests/test_green.py": "def test_it(): pass\n"})
    (grade,), (executed,) = job.document.runs.grades, job.document.runs.lines
    assert (grade.level, executed.after, executed.unknown) == ("C", (), None)
    assert "Your suite never executes" in (job.folder / "pull_request.md").read_text(encoding="utf-8")
