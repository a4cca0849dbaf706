"""What one commit's code leaves behind is not there for another's, whatever it wrote and wherever it wrote it."""

from __future__ import annotations

import os
import shutil
import tempfile
import textwrap
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest

from repairbot.harness import leftovers
from repairbot.harness.environment.cache import KEPT, keep, key_of
from repairbot.harness.environment.declared import Recipe
from repairbot.harness.environment.environment import Environment
from repairbot.harness.environment.fallbacks import Rung
from repairbot.harness.environment.installer import Supplies
from repairbot.harness.environment.prepare import CommitFacts, EnvironmentSettings, prepare
from repairbot.harness.environment.provision import Wishes
from repairbot.harness.environment.pythons import Interpreter, PythonChoice
from repairbot.harness.sandbox.sandbox import Sandbox
from repairbot.harness.sandbox.values import Bind, Kind
from repairbot.harness.session import Bench, Side
from repairbot.harness.suite.suite import Ask, run_suite
from tests.harness.conftest import write
from tests.harness.test_sandbox_attacks import level_of, python_for

Making = Callable[..., Bench]
Files = Mapping[str, str]

PROJECT = """\
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
[project]
name = "sample"
version = "1.0"
[project.optional-dependencies]
test = ["pytest"]
"""
# Writes a wheel with a whole record, and before that whatever `evil` does to the environment.
BACKEND = """
import os, sys, zipfile
from pathlib import Path

def evil():
    pass

def build_wheel(folder, config_settings=None, metadata_directory=None):
    evil()
    name = "sample-1.0-py3-none-any.whl"
    info = "sample-1.0.dist-info"
    files = {
        "sample.pth": os.getcwd() + "\\n",
        f"{info}/METADATA": "Metadata-Version: 2.1\\nName: sample\\nVersion: 1.0\\nProvides-Extra: test\\n"
            "Requires-Dist: pytest; extra == 'test'\\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
    }
    files[f"{info}/RECORD"] = "".join(f"{path},,\\n" for path in files) + f"{info}/RECORD,,\\n"
    with zipfile.ZipFile(os.path.join(folder, name), "w") as wheel:
        for path, text in files.items():
            wheel.writestr(path, text)
    return name

build_editable = build_wheel
"""
TESTS = "import os\ndef test_a():\n    assert os.environ.get('POISONED') is None\n"
CLEAN = {"pyproject.toml": PROJECT, "backend.py": BACKEND, "test_it.py": TESTS}
# Every environment that the code can find, by its variable and by looking around.
SITES = """
def sites():
    roots = {os.environ.get("VIRTUAL_ENV", ""), sys.prefix, "/box/venv"}
    return [site for root in roots if root for site in Path(root).glob("lib/python3*/site-packages")]
"""
PTH = """
for site in sites():
    try:
        (site / "zz.pth").write_text("import os; os.environ['POISONED'] = '1'\\n")
    except OSError:
        pass
"""


def backend_that(does: str) -> str:
    return BACKEND.replace("def evil():\n    pass", f"{SITES}\ndef evil():\n{textwrap.indent(does, '    ')}")


@pytest.fixture
def prepared(supplies: Supplies, interpreter: Interpreter, tmp_path: Path) -> Callable[[Bench], Environment]:
    """As `run` prepares: one store for all commits."""

    def make(bench: Bench) -> Environment:
        found = prepare(
            bench,
            Path("/nonexistent"),
            tmp_path / "environments",
            supplies,
            {"PATH": str(interpreter.path.parent)},
            EnvironmentSettings(),
            CommitFacts(),
            date(2026, 1, 1),
        )
        assert isinstance(found, Environment), found
        return found

    return make


def test_a_backend_of_one_commit_leaves_nothing_for_the_next(
    bench_for: Making, prepared: Callable[[Bench], Environment]
) -> None:
    """The reproduction of the report: a module that no list of file names knows."""
    first = prepared(bench_for({**CLEAN, "backend.py": backend_that(PTH)}))
    bench = bench_for(CLEAN)
    second = prepared(bench)
    assert second.folder != first.folder
    assert not second.reused
    assert run_suite(bench, second, Side.BEFORE, Ask()).exit == 0
    again = prepared(bench_for(CLEAN))
    assert (again.folder, again.reused) == (second.folder, True)


@pytest.mark.parametrize("engine", ["uv", "pip"])
def test_what_a_build_wrote_outside_of_its_record_is_thrown_away(
    bench_for: Making,
    prepared: Callable[[Bench], Environment],
    supplies: Supplies,
    monkeypatch: pytest.MonkeyPatch,
    engine: str,
) -> None:
    if engine == "pip":
        monkeypatch.setattr(Supplies, "uv", None, raising=False)
    bench = bench_for({**CLEAN, "backend.py": backend_that(PTH)})
    found = prepared(bench)
    assert list(found.folder.glob("venv/lib/python3*/site-packages/zz.pth")) == []
    assert list(found.folder.glob("venv/lib/python3*/site-packages/sample.pth"))
    assert run_suite(bench, found, Side.BEFORE, Ask()).exit == 0


@pytest.mark.parametrize(
    "does",
    [
        "(site.parents[2] / 'bin' / 'git').write_text('#!/bin/sh\\n')",
        "(site / 'sitecustomize.py').write_text('x = 1\\n')",
        "(site / 'pytest.py').write_text('x = 1\\n')",
        "(site / 'zz').symlink_to('/')",
        "(site / '__pycache__').mkdir(exist_ok=True); (site / '__pycache__' / 'zz.cpython-311.pyc').write_text('x')",
        "(site / 'zz').mkdir(); (site / 'zz' / '__init__.py').write_text('x = 1\\n')",
    ],
)
def test_wherever_it_wrote_it(bench_for: Making, prepared: Callable[[Bench], Environment], does: str) -> None:
    clean = prepared(bench_for(CLEAN))
    evil = f"for site in sites():\n    try:\n        {does}\n    except OSError:\n        pass\n"
    found = prepared(bench_for({**CLEAN, "backend.py": backend_that(evil)}))
    assert names(found.folder / "venv") == names(clean.folder / "venv")


def names(venv: Path) -> set[str]:
    return {
        os.path.relpath(Path(folder, name), venv)
        for folder, folders, files in os.walk(venv)
        for name in (*files, *(one for one in folders if Path(folder, one).is_symlink()))
    }


@pytest.mark.parametrize("name", ["pyvenv.cfg", "bin/activate"])
def test_a_build_that_changes_the_environment_itself_spoils_it(
    bench_for: Making, prepared: Callable[[Bench], Environment], supplies: Supplies, name: str
) -> None:
    if supplies.uv is None:
        pytest.skip("uv is not installed")
    evil = f"""
for site in sites():
    try:
        path = site.parents[2] / {name!r}
        path.write_text(path.read_text() + "\\n# touched\\n")
    except OSError:
        pass
"""
    bench = bench_for({**CLEAN, "backend.py": backend_that(evil)})
    found = prepared(bench)
    assert any(f"changed the environment's own {name}" in one.result for one in found.attempts)
    assert "# touched" not in (found.folder / "venv" / name).read_text(encoding="utf-8")


# -- what decides the key


def key(tree: Path, sandbox: Sandbox, *recipes: Recipe, shell: str | None = None) -> str:
    rungs = tuple(
        Rung(one, PythonChoice(Interpreter(Path("/p"), Path("/"), (3, 12)), ""), shell=shell) for one in recipes
    )
    return key_of(tree, rungs, Wishes(), sandbox)


ALONE = Recipe("pytest alone", "", editable=False)
FROM_FILE = Recipe("a file", "", editable=False, files=("requirements.txt",))


@pytest.mark.parametrize(
    ("recipe", "shell"),
    [
        (Recipe("editable", ""), None),
        (Recipe("locked", "", editable=False, locked=True), None),
        (Recipe("groups", "", editable=False, groups=("dev",), grouped=("pytest",)), None),
        (ALONE, "make install"),
        *(
            (Recipe("path", "", editable=False, requirements=(one,)), None)
            for one in (".", "./pkg", "pkg @ file:.", "-e .")
        ),
    ],
)
def test_where_code_of_the_target_may_run_every_byte_of_it_counts(
    sandbox: Sandbox, tmp_path: Path, recipe: Recipe, shell: str | None
) -> None:
    write(tmp_path, {"pyproject.toml": PROJECT, "a/b/c/d/e/f/deep.py": "x = 1\n", "data.bin": "1"})
    before = key(tmp_path, sandbox, ALONE, recipe, shell=shell)
    assert key(tmp_path, sandbox, ALONE, recipe, shell=shell) == before
    (tmp_path / "a/b/c/d/e/f/deep.py").write_text("x = 2\n", encoding="utf-8")
    changed = key(tmp_path, sandbox, ALONE, recipe, shell=shell)
    assert changed != before
    (tmp_path / "data.bin").chmod(0o755)
    assert key(tmp_path, sandbox, ALONE, recipe, shell=shell) != changed


@pytest.mark.parametrize(
    ("line", "counts"),
    [
        ("httpx", False),
        ("httpx[http2]>=0.27,<1 ; python_version > '3.8'  # a comment", False),
        ("--index-url https://pypi.org/simple", False),
        ("httpx==1.0 \\\n    --hash=sha256:abc \\\n    --hash=sha256:def", False),
        ("-r more/requirements.txt", False),
        ("-c constraints.txt", False),
        ("-e .", True),
        (".", True),
        ("./pkg", True),
        ("pkg/wheel.whl", True),
        ("pkg @ file:./pkg", True),
        ("pkg @ ./pkg", True),
        ("file:./pkg", True),
        ("--find-links wheels", True),
        ("--config-settings x=y", True),
        ("-r more/paths.txt", True),
        ("-r ../outside.txt", True),
        ("-r requirements.txt", True),
        ("-r missing.txt", True),
    ],
)
def test_a_requirements_file_counts_for_what_it_names(
    sandbox: Sandbox, tmp_path: Path, line: str, counts: bool
) -> None:
    files = {"requirements.txt": f"pytest\n{line}\n", "code.py": "x = 1\n", "constraints.txt": "httpx<1\n"}
    write(tmp_path, {**files, "more/requirements.txt": "httpx\n", "more/paths.txt": "httpx\n./pkg\n"})
    before = key(tmp_path, sandbox, FROM_FILE)
    (tmp_path / "code.py").write_text("x = 2\n", encoding="utf-8")
    assert (key(tmp_path, sandbox, FROM_FILE) != before) is counts


@pytest.mark.parametrize(
    "name", ["constraints.txt", "uv.toml", "deps/any.name", "more/requirements.txt", "a/b/c/d/e/f.txt"]
)
def test_whatever_an_installer_may_read_counts(sandbox: Sandbox, tmp_path: Path, name: str) -> None:
    write(tmp_path, {"requirements.txt": "pytest\n", name: "a\n"})
    before = key(tmp_path, sandbox, FROM_FILE)
    (tmp_path / name).write_text("b\n", encoding="utf-8")
    assert key(tmp_path, sandbox, FROM_FILE) != before


# -- while tests run


POISONING_CONFTEST = f"import os, sys\nfrom pathlib import Path\n{SITES}\n{PTH}"


def test_tests_of_one_commit_leave_nothing_for_the_next_that_shares_its_environment(
    bench_for: Making, prepared: Callable[[Bench], Environment]
) -> None:
    """Only Python files differ, and none is run by an installation: the environment is the same, and nobody's."""
    files = {"requirements.txt": "pytest\n", "test_it.py": TESTS}
    bench = bench_for({**files, "conftest.py": POISONING_CONFTEST})
    first = prepared(bench)
    run_suite(bench, first, Side.BEFORE, Ask())
    bench = bench_for({**files, "conftest.py": ""})
    second = prepared(bench)
    assert (second.folder, second.reused) == (first.folder, True)
    assert run_suite(bench, second, Side.BEFORE, Ask()).exit == 0
    assert list(second.folder.glob("venv/lib/python3*/site-packages/zz.pth")) == []


WRITER = """
import os, sys
done = []
for folder, _, files in os.walk(sys.argv[1]):
    for name in [os.path.join(folder, "new"), *(os.path.join(folder, file) for file in files)]:
        try:
            open(name, "a").close()
            done.append(name)
        except OSError:
            pass
        for change in (lambda: os.chmod(name, 0o666), lambda: os.unlink(name)):
            try:
                change()
                done.append(name)
            except OSError:
                pass
print(done)
raise SystemExit(bool(done))
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """Not pytest's own, through which no other user may pass."""
    path = Path(tempfile.mkdtemp(prefix="repairbot-test-"))
    path.chmod(0o711)
    yield path
    leftovers.remove(path)


@pytest.mark.parametrize("kind", [Kind.BUBBLEWRAP, Kind.NAMESPACES, Kind.OTHER_USER])
def test_an_environment_is_read_only_while_tests_run_at_every_level(kind: Kind, folder: Path) -> None:
    """It was theirs while packages were installed, with modes of their own choice."""
    (folder / "place").mkdir()
    sandbox = Sandbox(level_of(kind), folder / "place")
    venv, tools = folder / "venv", folder / "tools"
    write(venv, {"lib/site-packages/a.py": "x = 1\n", "bin/tool": "#!/bin/sh\n"})
    write(tools, {"writer.py": WRITER})
    python = python_for(sandbox, folder)
    shown = [*map(Bind.same, python.prefixes), Bind(tools, sandbox.at("tools"))]

    def run(argv: list[str], *, writable: bool) -> tuple[bool, str]:
        binds = [*shown, Bind(venv, sandbox.at("venv"), writable=writable)]
        ended = sandbox.run(argv, binds=binds, cwd=sandbox.at(), output=folder / "output")
        return ended.ok, ended.tail()

    open_all = "chmod -R 777 $1; chmod 6777 $1/bin/tool; ln $1/bin/tool $1/bin/second; mkfifo $1/pipe; touch $1/mine"
    ok, said = run(["/bin/sh", "-c", open_all, "sh", sandbox.at("venv")], writable=True)
    assert ok, said
    ok, said = run([str(python.program), "-I", sandbox.at("tools", "writer.py"), sandbox.at("venv")], writable=False)
    assert ok, said
    assert "[]" in said
    assert (venv / "lib/site-packages/a.py").read_text(encoding="utf-8") == "x = 1\n"
    ok, said = run(["/bin/sh", "-c", "touch $1/again && rm $1/mine", "sh", sandbox.at("venv")], writable=True)
    assert ok, said


def test_old_environments_are_forgotten_but_for_a_few_and_those_in_use(
    environment: Environment, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    for number in range(KEPT + 3):
        own = tmp_path / f"own{number}"
        (own / "venv" / "bin").mkdir(parents=True)
        from dataclasses import replace

        kept = keep(store, f"k{number}", replace(environment, folder=own))
        assert kept.folder == store / f"k{number}"
        if number != 1:  # that one was used a moment ago
            long_ago = 1_000_000_000 + number
            os.utime(kept.folder / "environment.json", (long_ago, long_ago))
    left = {path.name for path in store.iterdir()}
    assert left == {"k1", f"k{KEPT}", f"k{KEPT + 1}", f"k{KEPT + 2}"}
    shutil.rmtree(store)
