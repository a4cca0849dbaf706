from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from repairbot.constructs import Construct
from repairbot.harness.environment.environment import Environment
from repairbot.harness.environment.pythons import Interpreter
from repairbot.harness.proof import Claim, Definition, Proof, ProofState, answer_in, import_roots, judged, prove
from repairbot.harness.session import Bench
from repairbot.process.run import Ended

Making = Callable[..., Bench]

MODULE = """
import contextlib, functools, os, threading, time
from contextlib import asynccontextmanager

print("noise")
threading.Thread(target=time.sleep, args=(1000,)).start()

def ran():
    os.mkdir("ran")

@asynccontextmanager
async def session(url, *, retry, limit=1):
    ran()
    yield 1

async def plain(url):
    ran()
    yield 1

@functools.wraps(session)
def wrapped(*arguments, **named):
    ran()
    return session("", retry=1)

over_a_wrapper = asynccontextmanager(wrapped)

async def coroutine(): ran()

class Database:
    @asynccontextmanager
    async def method(self, name): yield
    @classmethod
    @asynccontextmanager
    async def of_class(cls): yield
    @staticmethod
    @asynccontextmanager
    async def static(): yield
    @property
    def attribute(self): ran()

class Pool:
    def __init__(self): ran()
    async def __aenter__(self): ran()
    async def __aexit__(self, *error): ran()

class Both(Pool):
    def __aiter__(self): ran()

class Meta(type):
    def __call__(cls): ran()
    def __getattr__(cls, name): ran()

class Odd(metaclass=Meta): pass
"""
ASYNC_FOR_ERROR = "TypeError: 'async for' requires an object with __aiter__ method, got "


@pytest.fixture(scope="module")
def bench(bench_for: Making) -> Bench:
    return bench_for(
        {"src/pkg/__init__.py": "", "src/pkg/db.py": MODULE, "broken.py": "raise SystemExit('no config')\n"}
    )


def claim(name: str, kind: str = "function", module: str = "pkg.db", path: str = "src/pkg/db.py") -> Claim:
    definition = Definition(module, name, "class" if kind == "class" else "function", path, 1)
    return Claim(definition, Construct.ASYNC_FOR, Construct.ASYNC_WITH)


@pytest.mark.parametrize(
    ("name", "kind", "got"),
    [
        ("session", "function", "_AsyncGeneratorContextManager"),
        ("Database.method", "function", "_AsyncGeneratorContextManager"),
        ("Database.of_class", "function", "_AsyncGeneratorContextManager"),
        ("Database.static", "function", "_AsyncGeneratorContextManager"),
        ("Pool", "class", "Pool"),
    ],
)
def test_the_real_object_shows_the_fault_and_its_body_never_runs(
    bench: Bench, environment: Environment, name: str, kind: str, got: str
) -> None:
    found = prove(claim(name, kind), bench, environment)
    assert (found.state, found.error, found.lacks) == (ProofState.PROVEN, ASYNC_FOR_ERROR + got, ("__aiter__",))
    assert found.from_type is (kind == "class")


@pytest.mark.parametrize(("name", "kind"), [("plain", "function"), ("Both", "class")])
def test_an_object_with_the_protocol_contradicts_the_finding(
    bench: Bench, environment: Environment, name: str, kind: str
) -> None:
    found = prove(claim(name, kind), bench, environment)
    assert found.state is ProofState.CONTRADICTED
    assert found.reason.endswith("which has __aiter__: `async for` is legal")


@pytest.mark.parametrize(
    ("name", "kind", "reason"),
    [
        ("wrapped", "function", "calling it would run the target's code"),
        ("over_a_wrapper", "function", "not a plain generator function"),
        ("coroutine", "function", "calling it would run the target's code"),
        ("Database.attribute", "function", "it is a property"),
        ("Odd", "class", "may give an object of another type"),
        ("missing", "function", "has no 'missing'"),
        ("Database.missing", "function", "class Database has no 'missing'"),
        ("session.inner", "function", "is not a class"),
    ],
)
def test_what_cannot_be_called_safely_is_not_called(
    bench: Bench, environment: Environment, name: str, kind: str, reason: str
) -> None:
    found = prove(claim(name, kind), bench, environment)
    assert found.state is ProofState.NOT_CALLED
    assert reason in found.reason


def test_a_generator_entered_like_a_manager_is_proven_with_the_decorator_as_repair(
    bench: Bench, environment: Environment
) -> None:
    definition = Definition("pkg.db", "plain", "function", "src/pkg/db.py", 1)
    found = prove(Claim(definition, Construct.ASYNC_WITH, Construct.ASYNC_WITH, decorate=True), bench, environment)
    assert found.state is ProofState.PROVEN
    assert "async_generator" in str(found.type)


@pytest.mark.parametrize(
    ("module", "path", "reason"),
    [
        ("broken", "broken.py", "importing broken raised SystemExit: no config"),
        ("pkg.nothing", "src/pkg/nothing.py", "No module named 'pkg.nothing'"),
    ],
)
def test_a_module_that_cannot_be_imported_says_why(
    bench: Bench, environment: Environment, module: str, path: str, reason: str
) -> None:
    found = prove(claim("session", module=module, path=path), bench, environment)
    assert found.state is ProofState.COULD_NOT_IMPORT
    assert reason in found.reason


def test_a_definition_outside_of_the_tree_is_reached_in_the_environment(bench: Bench, environment: Environment) -> None:
    definition = Definition("contextlib", "aclosing", "class")
    found = prove(Claim(definition, Construct.ASYNC_FOR, Construct.ASYNC_WITH), bench, environment)
    assert (found.state, found.error) == (ProofState.PROVEN, ASYNC_FOR_ERROR + "aclosing")


def test_the_command_that_repeats_a_proof_shows_the_same_error(
    bench: Bench, environment: Environment, interpreter: Interpreter, tmp_path: Path
) -> None:
    found = prove(claim("session"), bench, environment)
    quiet = MODULE.replace("threading.Thread", "threading.Timer(0, print) and (lambda **_: threading.Thread())\n#")
    (tmp_path / "pkg").mkdir()
    (tmp_path / "pkg" / "db.py").write_text(quiet, encoding="utf-8")
    command = str(found.repeat).replace("python", str(interpreter.path), 1)
    said = subprocess.run(["/bin/sh", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert said.stderr.strip().endswith(str(found.error))
    assert not (tmp_path / "ran").exists()


def test_the_command_that_repeats_the_proof_of_a_class_can_be_read(bench: Bench, environment: Environment) -> None:
    claim = Claim(Definition("contextlib", "aclosing", "class"), Construct.ASYNC_FOR, Construct.ASYNC_WITH)
    found = prove(claim, bench, environment)
    lacking = 'print([n for n in ["__aiter__"] if not hasattr(m.aclosing, n)])'
    assert found.repeat == f"python -c 'import contextlib as m; {lacking}'"


def answered(**more: object) -> Proof:
    answer = {
        "python": "3.12.1",
        "module_file": "/box/repo/src/pkg/db.py",
        "definition": ["/box/repo/src/pkg/db.py", 3],
        "type": "a.B",
        "has": [],
        "error": "TypeError: x",
        "repaired_has": ["__aenter__", "__aexit__"],
        "given": {"positional": [], "named": []},
    }
    return judged(claim("session"), {**answer, **more}, Ended(0, None, 1, None, Path()), "/box/repo")


def test_a_repair_whose_protocol_is_missing_too_contradicts_the_finding() -> None:
    found = answered(repaired_has=["__aenter__"], repaired_type="a.B")
    assert (found.state, found.reason) == (
        ProofState.CONTRADICTED,
        "`async with` would fail as well: a.B has no __aexit__",
    )


def test_an_object_that_comes_from_elsewhere_proves_nothing() -> None:
    other = answered(module_file="/box/venv/lib/python3.12/site-packages/pkg/db.py")
    assert (other.state, "not from the tree" in other.reason) == (ProofState.NOT_CALLED, True)
    rebound = answered(definition=["/box/repo/src/pkg/compat.py", 3])
    assert rebound.reason == "when it is imported, session leads to src/pkg/compat.py, not to src/pkg/db.py"


def test_a_probe_without_an_answer_says_how_it_ended() -> None:
    found = judged(claim("session"), {}, Ended(None, 11, 1, None, Path()), "/box/repo")
    assert (found.state, found.reason) == (
        ProofState.COULD_NOT_IMPORT,
        "importing pkg.db gave no answer: ended by signal 11",
    )


@pytest.mark.parametrize("data", [b"[1]", b"{", b"[" * 100_000, b" " * 2_000_000])
def test_an_answer_that_is_not_one_is_no_answer(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "answer.json").write_bytes(data)
    assert answer_in(tmp_path / "answer.json") == {}


@pytest.mark.parametrize(
    ("module", "path", "roots"),
    [
        ("pkg.db", "src/pkg/db.py", ("src", "")),
        ("pkg", "src/pkg/__init__.py", ("src", "")),
        ("db", "db.py", ("",)),
        ("service.db", "a/b/service/db.py", ("a/b", "")),
        ("other", "pkg/db.py", ("",)),
    ],
)
def test_the_import_root_follows_from_name_and_path(module: str, path: str, roots: tuple[str, ...]) -> None:
    assert import_roots(Definition(module, "x", "function", path)) == roots
