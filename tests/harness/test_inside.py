"""What runs on the target's own Python, on every Python of this machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from repairbot.harness import inside
from repairbot.harness.environment.pythons import OLDEST, Interpreter, present

INSIDE = Path(inside.__file__).parent
PYTHONS = [one for one in present(os.environ, Path("/nonexistent")) if one.version >= OLDEST]
# pytest is pure Python, and from 3.11 on it needs nothing that other versions do without.
WITH_PYTEST = [one for one in PYTHONS if one.version >= (3, 11)]
BORROWED = ("pytest", "_pytest", "py", "pluggy", "iniconfig", "packaging", "pygments")
EVERY = pytest.mark.parametrize("python", PYTHONS, ids=lambda one: ".".join(map(str, one.version)))
EVERY_WITH_PYTEST = pytest.mark.parametrize("python", WITH_PYTEST, ids=lambda one: ".".join(map(str, one.version)))

MODULE = """
import contextlib
@contextlib.asynccontextmanager
async def session(url, *, retry): yield
async def plain(): yield
@contextlib.contextmanager
def sync(): yield
"""


def probe(python: Interpreter, folder: Path, **request: object) -> dict[str, object]:
    (folder / "db.py").write_text(MODULE, encoding="utf-8")
    asked = {"roots": [str(folder)], "module": "db", "kind": "function", "construct": "async for", "decorate": False}
    (folder / "asked.json").write_text(json.dumps({**asked, **request}), encoding="utf-8")
    command = [python.path, INSIDE / "repairbot_probe.py", folder / "asked.json", folder / "answer.json"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    answer = json.loads((folder / "answer.json").read_text(encoding="utf-8"))
    assert isinstance(answer, dict)
    return answer


@EVERY
def test_the_plugins_compile(python: Interpreter, tmp_path: Path) -> None:
    for file in sorted(INSIDE.glob("*.py")):
        code = f"compile(open({str(file)!r}, encoding='utf-8').read(), 'x', 'exec')"
        subprocess.run([python.path, "-c", code], check=True, cwd=tmp_path)


@EVERY
@pytest.mark.parametrize(
    ("construct", "error"),
    [
        (
            "async for",
            "TypeError: 'async for' requires an object with __aiter__ method, got _AsyncGeneratorContextManager",
        ),
        ("for", "TypeError: '_AsyncGeneratorContextManager' object is not iterable"),
        ("await", "TypeError: object _AsyncGeneratorContextManager can't be used in 'await' expression"),
    ],
)
def test_the_error_of_each_construct_over_a_manager_is_exact(
    python: Interpreter, tmp_path: Path, construct: str, error: str
) -> None:
    answer = probe(python, tmp_path, name="session", construct=construct)
    assert answer["error"] == error
    assert answer["given"] == {"positional": ["url"], "named": ["retry"]}
    assert answer["repaired_has"] == ["__aenter__", "__aexit__"]


@EVERY
def test_a_generator_that_is_entered_fails_as_this_python_says(python: Interpreter, tmp_path: Path) -> None:
    answer = probe(python, tmp_path, name="plain", construct="async with", decorate=True)
    if python.version < (3, 11):
        assert answer["error"] == "AttributeError: __aenter__"
    else:
        text = "TypeError: 'async_generator' object does not support the asynchronous context manager protocol"
        assert answer["error"] == text
    assert answer["repaired_has"] == ["__aenter__", "__aexit__"]


@EVERY
def test_a_synchronous_manager_is_told_from_an_asynchronous_one(python: Interpreter, tmp_path: Path) -> None:
    assert probe(python, tmp_path, name="sync")["type"] == "contextlib._GeneratorContextManager"


@pytest.fixture(scope="module")
def borrowed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """pytest without the rest of the environment it is installed in."""
    folder = tmp_path_factory.mktemp("borrowed")
    for name in BORROWED:
        spec = find_spec(name)
        assert spec is not None
        assert spec.origin is not None
        source = Path(spec.origin)
        place = source.parent if source.name == "__init__.py" else source
        (folder / place.name).symlink_to(place)
    return folder


def suite(python: Interpreter, folder: Path, borrowed: Path, tests: str, **variables: str) -> list[dict[str, object]]:
    (folder / "test_it.py").write_text(tests, encoding="utf-8")
    env = {
        "PYTHONPATH": f"{INSIDE}:{borrowed}",
        "PYTHONDONTWRITEBYTECODE": "1",
        "REPAIRBOT_REPORT": str(folder / "report.jsonl"),
        **variables,
    }
    plugins = [word for name in ("report", "limit", "lines", "select") for word in ("-p", f"repairbot_{name}")]
    command = [str(python.path), "-m", "pytest", "-q", "-o", f"cache_dir={folder / 'cache'}", *plugins, "test_it.py"]
    subprocess.run(command, cwd=folder, env=env, check=False, stdout=subprocess.DEVNULL)
    return [json.loads(line) for line in (folder / "report.jsonl").read_text(encoding="utf-8").splitlines()]


@EVERY_WITH_PYTEST
def test_every_phase_is_reported_in_order(python: Interpreter, tmp_path: Path, borrowed: Path) -> None:
    records = suite(python, tmp_path, borrowed, "def test_a(): pass\ndef test_b(): 1 / 0\n")
    assert [(record["event"], record.get("when"), record.get("outcome")) for record in records] == [
        ("start", None, None),
        ("collected", None, None),
        ("begin", None, None),
        ("phase", "setup", "passed"),
        ("phase", "call", "passed"),
        ("phase", "teardown", "passed"),
        ("begin", None, None),
        ("phase", "setup", "passed"),
        ("phase", "call", "failed"),
        ("phase", "teardown", "passed"),
        ("end", None, None),
    ]
    assert records[0]["python"] == ".".join(map(str, python.version))


@EVERY_WITH_PYTEST
def test_lines_are_seen_in_functions_generators_threads_and_the_first_call(
    python: Interpreter, tmp_path: Path, borrowed: Path
) -> None:
    module = (
        "async def use():\n    return 2\n"
        "def generate():\n    yield 4\n    yield 5\n"
        "def threaded():\n    return 7\n"
        "def unused():\n    return 9\n"
        "AT_IMPORT = threaded()\n"
    )
    (tmp_path / "lib.py").write_text(module, encoding="utf-8")
    wanted = {str(tmp_path / "lib.py"): [2, 5, 7, 9]}
    (tmp_path / "lines.json").write_text(json.dumps(wanted), encoding="utf-8")
    tests = (
        "import asyncio, sys, threading, lib\n"
        "def test_use(): asyncio.run(lib.use())\n"
        "def test_again(): asyncio.run(lib.use())\n"
        "def test_generate(): list(lib.generate())\n"
        "def test_thread():\n    one = threading.Thread(target=lib.threaded)\n    one.start()\n    one.join()\n"
        "def test_none(): sys.settrace(None)\n"
        "def test_after_that(): lib.threaded()\n"
    )
    out = tmp_path / "hits.jsonl"
    suite(python, tmp_path, borrowed, tests, REPAIRBOT_LINES=str(tmp_path / "lines.json"), REPAIRBOT_LINES_OUT=str(out))
    hits = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [(record["id"].rpartition("::")[2], [line for _, line in record["hits"]]) for record in hits] == [
        ("", [7]),
        ("test_use", [2]),
        ("test_again", [2]),
        ("test_generate", [5]),
        ("test_thread", [7]),
        ("test_after_that", [7]),
    ]


@EVERY_WITH_PYTEST
def test_a_test_that_forks_reports_once(python: Interpreter, tmp_path: Path, borrowed: Path) -> None:
    forking = "import os\ndef test_a():\n    if os.fork(): os.wait()\ndef test_b(): pass\n"
    records = suite(python, tmp_path, borrowed, forking)
    assert [record["event"] for record in records].count("end") == 1


@EVERY_WITH_PYTEST
def test_members_of_exception_groups_are_in_the_chain(python: Interpreter, tmp_path: Path, borrowed: Path) -> None:
    tests = (
        "def test_a(): raise ExceptionGroup('g', [TypeError('inner'), ValueError('other')]) from KeyError('cause')\n"
    )
    errors = next(record["errors"] for record in suite(python, tmp_path, borrowed, tests) if record.get("errors"))
    assert isinstance(errors, list)
    assert [error["type"] for error in errors] == ["ExceptionGroup", "KeyError", "TypeError", "ValueError"]


@EVERY_WITH_PYTEST
def test_an_exception_that_cannot_be_printed_is_still_reported(
    python: Interpreter, tmp_path: Path, borrowed: Path
) -> None:
    tests = "class Bad(Exception):\n    def __str__(self): raise RuntimeError\ndef test_a(): raise Bad\n"
    records = suite(python, tmp_path, borrowed, tests)
    assert [record["outcome"] for record in records if record.get("when") == "call"] == ["failed"]


def test_the_python_of_these_tests_is_among_those_tried() -> None:
    assert sys.version_info[:2] in {one.version[:2] for one in WITH_PYTEST}
