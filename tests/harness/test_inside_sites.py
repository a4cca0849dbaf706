"""What the watcher sees of a construct's object, on every Python of this machine."""

from __future__ import annotations

import ast
import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from repairbot.constructs import Construct, occurrences
from repairbot.harness.environment.pythons import Interpreter
from repairbot.harness.suite.watched import watched
from repairbot.model import Origin
from repairbot.rule import Site
from repairbot.source.files import ModuleFile, Parsed
from tests.harness.test_inside import BORROWED, EVERY, EVERY_WITH_PYTEST, INSIDE, borrowed, suite

__all__ = ["BORROWED", "borrowed"]  # the fixture is used by its name

LIB = """\
import contextlib, threading


@contextlib.asynccontextmanager
async def cm():
    yield "cm"


async def gen():
    yield "gen"


class Both:
    def __aiter__(self):
        return gen()


class Bad:
    def __aiter__(self):
        return 1


class Raises:
    def __aiter__(self):
        raise TypeError("'async for' requires an object with __aiter__ method, got Raises")


async def loop(make):
    async for one in make():
        return one


async def twice(make):
    async for one in make():
        pass
    async for one in make(
        # over
        # lines
    ):
        return one


async def comprehended(make):
    return [one for _ in [1] if one_of(make) async for one in make()]


def plain():
    return [1]


def one_of(make):
    return True


async def generated(make):
    async for one in make():
        yield one


async def entered(make):
    async with cm() as first, make() as second:
        return first, second


def with_plain(make):
    with make() as one:
        return one


def for_plain(make):
    return [one for one in make()]


async def awaited(make):
    return await make()


async def finally_(make):
    try:
        return 1
    finally:
        async for one in make():
            break


async def under_an_exception(make):
    try:
        raise ValueError
    except ValueError:
        async for one in make():
            return one


async def before_it_comes_to_it(make):
    async for one in make(missing):
        return one


async def gathered(make):
    return [one async for one in generated(make)]
"""
# What each Python of each age says of an object that does not fit is the business of `repairbot_sites` alone.
PROGRAM = """
import asyncio, sys
sys.path.insert(0, sys.argv[1])
import lib
try:
    made = lib.{function}(lib.{make})
    made = asyncio.run(made) if hasattr(made, "send") else made
    print("went on")
except Exception as error:
    print(type(error).__name__)
"""


def sites(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Every construct of LIB as the watcher is asked about it, numbered in order of position."""
    (folder / "lib.py").write_text(LIB, encoding="utf-8")
    parsed = Parsed(ModuleFile("lib.py", Origin.SOURCE, "lib", is_package=False), LIB.encode(), LIB, ast.parse(LIB))
    found = []
    for construct in Construct:
        for one in occurrences(parsed, construct):
            site = Site("", parsed.file, one.region, construct, one.node, one.expression, one.ancestors)
            wanted = watched(site)
            assert wanted is not None
            found.append(wanted)
    found.sort(key=lambda one: one.expression)
    return {str(folder / "lib.py"): [{**one.asked(number)} for number, one in enumerate(found)]}


def line_of(text: str, after: str) -> int:
    return LIB[: LIB.index(text, LIB.index(after))].count("\n") + 1


def seen_by(folder: Path, asked: dict[str, list[dict[str, Any]]]) -> dict[tuple[int, str], set[tuple[str, str | None]]]:
    """By line and construct, what was seen: outcomes and types; what was only located is left out."""
    (every,) = asked.values()
    records = [json.loads(line) for line in (folder / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    found: dict[tuple[int, str], set[tuple[str, str | None]]] = {}
    for record in records:
        for number, outcome, kind, _ in record.get("sites", []):
            if outcome != "located":
                site = every[number]
                found.setdefault((site["expression"][0], site["construct"]), set()).add((outcome, kind))
    return found


def watching(folder: Path, asked: object) -> dict[str, str]:
    (folder / "sites.json").write_text(json.dumps(asked), encoding="utf-8")
    return {"REPAIRBOT_SITES": str(folder / "sites.json"), "REPAIRBOT_LINES_OUT": str(folder / "out.jsonl")}


def run(python: Interpreter, folder: Path, function: str, make: str) -> dict[tuple[int, str], set[str]]:
    """What one call of a function of LIB showed, without pytest."""
    asked = sites(folder)
    env = {**watching(folder, asked), "PYTHONPATH": str(INSIDE), "PYTHONDONTWRITEBYTECODE": "1"}
    program = PROGRAM.format(function=function, make=make)
    subprocess.run([python.path, "-c", program, folder], env=env, check=True, stdout=subprocess.DEVNULL)
    seen = seen_by(folder, asked)
    return {place: {outcome for outcome, _ in outcomes} for place, outcomes in seen.items()}


LOOPS = ("loop", "comprehended", "under_an_exception")


@EVERY
@pytest.mark.parametrize("function", LOOPS)
@pytest.mark.parametrize(
    ("make", "outcome"), [("cm", "raised"), ("gen", "ran"), ("Both", "ran"), ("Bad", "other"), ("one_of", None)]
)
def test_a_loop_over_each_kind_of_object_is_told_apart(
    python: Interpreter, tmp_path: Path, function: str, make: str, outcome: str | None
) -> None:
    line = line_of("async for one in make", f"def {function}(")
    seen = run(python, tmp_path, function, make)
    assert seen.get((line, "async for"), set()) == ({outcome} if outcome else set())


@EVERY
@pytest.mark.parametrize(
    ("function", "construct", "make", "outcome"),
    [
        ("entered", "async with", "gen", "raised"),
        ("entered", "async with", "cm", "ran"),
        ("with_plain", "with", "cm", "raised"),
        ("for_plain", "for", "cm", "raised"),
        ("for_plain", "for", "plain", "ran"),
        ("awaited", "await", "cm", "raised"),
        ("gathered", "async for", "cm", "raised"),
    ],
)
def test_every_construct_is_watched(
    python: Interpreter, tmp_path: Path, function: str, construct: str, make: str, outcome: str
) -> None:
    seen = run(python, tmp_path, function, make)
    where = "generated" if function == "gathered" else function
    word = {"entered": "async with", "with_plain": "with make", "awaited": "await make"}.get(
        function, "for one in make"
    )
    line = line_of(word, f"def {where}(")
    if function == "entered":  # both items stand on this line, and the first one always can be entered
        assert seen[(line, construct)] == {"ran", outcome}
    else:
        assert seen[(line, construct)] == {outcome}


@EVERY
def test_an_error_that_comes_before_or_out_of_the_object_says_nothing_of_it(
    python: Interpreter, tmp_path: Path
) -> None:
    assert run(python, tmp_path, "before_it_comes_to_it", "gen") == {}
    (tmp_path / "out.jsonl").unlink()
    assert run(python, tmp_path, "loop", "Raises") == {}


@EVERY
def test_two_loops_of_one_function_are_told_apart(python: Interpreter, tmp_path: Path) -> None:
    first, second = line_of("async for", "def twice("), line_of("async for one in make(\n", "def twice(")
    assert run(python, tmp_path, "twice", "gen") == {(first, "async for"): {"ran"}, (second, "async for"): {"ran"}}
    (tmp_path / "out.jsonl").unlink()
    assert run(python, tmp_path, "twice", "cm") == {(first, "async for"): {"raised"}}


@EVERY
def test_the_type_of_what_a_call_gave_is_known(python: Interpreter, tmp_path: Path) -> None:
    asked = sites(tmp_path)
    env = {**watching(tmp_path, asked), "PYTHONPATH": str(INSIDE), "PYTHONDONTWRITEBYTECODE": "1"}
    for make in ("gen", "Both"):
        program = PROGRAM.format(function="loop", make=make)
        subprocess.run([python.path, "-c", program, tmp_path], env=env, check=True, stdout=subprocess.DEVNULL)
    (kinds,) = seen_by(tmp_path, asked).values()
    assert kinds == {("ran", "async_generator"), ("ran", "lib.Both")}


TESTS = """
import asyncio, os, subprocess, sys, threading
import lib

def test_loop(): asyncio.run(lib.loop(lib.gen))
def test_raises():
    try: asyncio.run(lib.loop(lib.cm))
    except TypeError: pass
def test_new_loop():
    one = asyncio.new_event_loop()
    one.run_until_complete(lib.loop(lib.gen))
    one.close()
def test_thread():
    one = threading.Thread(target=lambda: asyncio.run(lib.loop(lib.gen)))
    one.start()
    one.join()
def test_fork():
    child = os.fork()
    if not child:
        asyncio.run(lib.loop(lib.gen))
        os._exit(0)
    os.waitpid(child, 0)
def test_process():
    code = "import asyncio, lib; asyncio.run(lib.loop(lib.gen))"
    subprocess.run([sys.executable, "-c", code], check=True)
def test_process_that_is_killed():
    code = "import asyncio, lib, os; asyncio.run(lib.loop(lib.gen)); os.kill(os.getpid(), 9)"
    subprocess.run([sys.executable, "-c", code])
def test_pytest_in_pytest(tmp_path):
    import pytest
    (tmp_path / "test_inner.py").write_text("def test_inner(): pass")
    pytest.main(["-q", str(tmp_path), "-p", "no:cacheprovider", "-p", "repairbot_lines"])
def test_after_that(): asyncio.run(lib.loop(lib.gen))
def test_nothing(): pass
"""


@EVERY_WITH_PYTEST
def test_each_test_is_told_what_it_met_in_its_threads_loops_and_processes(
    python: Interpreter, tmp_path: Path, borrowed: Path
) -> None:
    asked = sites(tmp_path)
    suite(python, tmp_path, borrowed, TESTS, **watching(tmp_path, asked))
    line = line_of("async for one in make", "def loop(")
    (every,) = asked.values()
    met: dict[str, set[str]] = {}
    for text in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(text)
        for number, outcome, *_ in record.get("sites", []):
            if every[number]["expression"][0] == line and outcome != "located":
                met.setdefault(record["id"].rpartition("::")[2], set()).add(outcome)
    assert met == {
        "test_loop": {"ran"},
        "test_raises": {"raised"},
        "test_new_loop": {"ran"},
        "test_thread": {"ran"},
        "test_fork": {"ran"},
        "test_process": {"ran"},
        "test_process_that_is_killed": {"ran"},
        "test_after_that": {"ran"},
    }


@EVERY
@pytest.mark.parametrize(
    ("call", "unwatched"),
    [
        ("subprocess.run([sys.executable, '-c', '0'])", False),
        ("subprocess.run([sys.executable, '-c', '0'], env=dict(os.environ))", False),
        ("subprocess.run([sys.executable, '-c', '0'], env={})", True),
        ("subprocess.run([sys.executable, '-Ic', '0'])", True),
        ("subprocess.run([sys.executable, '-u', '-E', '-c', '0'])", True),
        ("subprocess.run([sys.executable, '-c', '0', '-I'])", False),
        ("subprocess.run(['/bin/true'], env={})", False),
        ("subprocess.run('true', shell=True, env={})", False),
        ("os.waitpid(os.posix_spawn(sys.executable.encode(), [b'python', b'-c', b'0'], {}), 0)", True),
    ],
)
def test_a_python_that_cannot_be_watched_is_noted(
    python: Interpreter, tmp_path: Path, call: str, unwatched: bool
) -> None:
    env = {**watching(tmp_path, {}), "PYTHONPATH": str(INSIDE), "PYTHONDONTWRITEBYTECODE": "1", "PATH": "/usr/bin:/bin"}
    subprocess.run([python.path, "-c", f"import os, subprocess, sys\n{call}"], env=env, check=True)
    records = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert (
        [-1, "unwatched", None, None] in [site for one in records for site in json.loads(one)["sites"]]
    ) is unwatched


@EVERY
def test_the_environments_own_sitecustomize_still_runs(python: Interpreter, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text("print('the own one')\n", encoding="utf-8")
    env = {"PYTHONPATH": f"{INSIDE}{os.pathsep}{tmp_path}", "PYTHONDONTWRITEBYTECODE": "1"}
    ended = subprocess.run([python.path, "-c", ""], env=env, check=True, capture_output=True, text=True)
    assert (ended.stdout, ended.stderr) == ("the own one\n", "")


def test_the_watcher_knows_the_errors_that_the_constructs_know() -> None:
    """They are said twice, as the target's Python has no repairbot."""
    source = (INSIDE / "repairbot_sites.py").read_text(encoding="utf-8")
    errors = next(
        ast.literal_eval(node.value)
        for node in ast.parse(source).body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "ERRORS"
    )
    for construct in Construct:
        (text,) = errors[construct.value]
        whole = {"async for": f"{text}, got X", "await": f"object X {text}"}.get(construct.value, f"'X' {text}")
        assert any(pattern.search(f"TypeError: {whole}") for pattern in construct.facts.errors)
