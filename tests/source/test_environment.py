from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from repairbot.errors import UsageError
from repairbot.model import Origin
from repairbot.source.environment import environment_at, read_environment
from repairbot.source.files import Missing, ModuleFile
from repairbot.source.libraries import Library, shipped_stubs, standard_library
from repairbot.source.snapshot import Snapshot
from tests.source.conftest import Write

SITE = "env/lib/python3.11/site-packages"


def found(root: Path, dotted: str, importer: str = "x.py", env: str = "env") -> str:
    snapshot = Snapshot.of([root], env=root / env)
    module = snapshot.find(dotted, snapshot.file(importer))
    if isinstance(module, Missing):
        return module.reason
    return module.path if module.origin is Origin.ENVIRONMENT else f"{module.origin}:{module.path}"


@pytest.mark.parametrize("site", [SITE, "env/Lib/site-packages", "env/lib/pypy3.10/site-packages"])
def test_the_site_packages_of_each_kind_of_environment_are_found(write: Write, site: str) -> None:
    root = write({"x.py": "", f"{site}/lib/__init__.py": ""})
    assert found(root, "lib") == "lib/__init__.py"
    assert found(root, "lib", env=site) == "lib/__init__.py"


def test_of_several_versions_the_one_in_pyvenv_cfg_is_read(write: Write) -> None:
    root = write({"x.py": "", "env/lib/python3.10/site-packages/old.py": "", f"{SITE}/new.py": ""})
    assert (found(root, "old"), found(root, "new")) == ("old.py", "new.py")
    write({"env/pyvenv.cfg": "home = /usr/bin\nVersion = 3.11.4\n"})
    assert found(root, "old").startswith("no module 'old' in the target, the environment, ")
    assert found(root, "new") == "new.py"


def test_the_systems_packages_are_read_only_when_the_environment_includes_them(write: Write, tmp_path: Path) -> None:
    base = tmp_path / "base/lib/python3.11/site-packages"
    base.mkdir(parents=True)
    (base / "shared.py").write_text("")
    root = write({"x.py": "", f"{SITE}/own.py": "", "env/pyvenv.cfg": f"home = {tmp_path}/base/bin\n"})
    assert found(root, "shared").startswith("no module")
    write({"env/pyvenv.cfg": f"home = {tmp_path}/base/bin\ninclude-system-site-packages = true\n"})
    assert found(root, "shared") == "shared.py"
    assert found(root, "own") == "own.py"


def test_a_dot_venv_in_the_root_is_read_without_being_asked_for(write: Write) -> None:
    root = write({"x.py": "", ".venv/lib/python3.11/site-packages/lib.py": ""})
    snapshot = Snapshot.of([root])
    assert snapshot.find("lib", snapshot.file("x.py")) == ModuleFile(
        "lib.py", Origin.ENVIRONMENT, "lib", is_package=False
    )


def test_an_empty_dot_venv_is_no_environment(write: Write) -> None:
    root = write({"x.py": "", ".venv/pyvenv.cfg": ""})
    assert Snapshot.of([root]).environment is None


def test_a_place_without_environment_says_what_to_name(write: Write) -> None:
    root = write({"x.py": ""})
    with pytest.raises(UsageError, match=r"--env .*/gone: no such directory; name a virtual environment's directory"):
        environment_at(root / "gone")
    with pytest.raises(UsageError, match=r"no site-packages in it; name the directory that holds pyvenv\.cfg"):
        environment_at(root)


def test_source_goes_before_stubs_and_stubs_stand_in_for_compiled_modules(write: Write) -> None:
    files = [
        "both.py",
        "both.pyi",
        "fast.pyi",
        "fast.cpython-311-x86_64-linux-gnu.so",
        "pkg/__init__.py",
        "pkg/__init__.pyi",
    ]
    files += ["typed/__init__.pyi", "pkg/_c.pyi", "dir.py", "dir/__init__.pyi"]
    root = write({"x.py": "", **{f"{SITE}/{path}": "" for path in files}})
    assert found(root, "both") == "both.py"
    assert found(root, "fast") == "fast.pyi"
    assert found(root, "pkg") == "pkg/__init__.py"
    assert found(root, "pkg._c") == "pkg/_c.pyi"
    assert found(root, "typed") == "typed/__init__.pyi"
    assert found(root, "dir") == "dir.py"


def test_a_separate_stub_package_is_the_last_place(write: Write) -> None:
    files = ["lib/__init__.py", "lib-stubs/__init__.pyi", "lib-stubs/extra.pyi", "only-stubs/__init__.pyi"]
    root = write({"x.py": "", **{f"{SITE}/{path}": "" for path in files}})
    assert found(root, "lib") == "lib/__init__.py"
    assert found(root, "lib.extra") == "lib-stubs/extra.pyi"
    assert found(root, "only") == "only-stubs/__init__.pyi"


def test_a_compiled_module_without_stub_says_so(write: Write) -> None:
    root = write({"x.py": "", f"{SITE}/pkg/__init__.py": "", f"{SITE}/pkg/_c.cpython-311-x86_64-linux-gnu.so": b""})
    assert found(root, "pkg._c") == "module 'pkg._c' is compiled and has no stub"


def test_a_namespace_package_joins_its_portions(write: Write, tmp_path: Path) -> None:
    (tmp_path / "more/ns/two").mkdir(parents=True)
    (tmp_path / "more/ns/two/__init__.py").write_text("")
    root = write({"x.py": "", f"{SITE}/ns/one.py": "", f"{SITE}/more.pth": f"{tmp_path}/more\n"})
    snapshot = Snapshot.of([root], env=root / "env")
    package = snapshot.find("ns", snapshot.file("x.py"))
    assert package == ModuleFile("ns/", Origin.ENVIRONMENT, "ns", is_package=True)
    assert isinstance(package, ModuleFile)
    assert snapshot.parsed(package).tree.body == []
    paths = [getattr(snapshot.submodule(package, name), "path", None) for name in ("one", "two", "three")]
    assert paths == ["ns/one.py", "ns/two/__init__.py", None]


def test_two_files_with_the_same_path_in_the_library_are_told_apart(write: Write, tmp_path: Path) -> None:
    (tmp_path / "more/ns").mkdir(parents=True)
    (tmp_path / "more/ns/__init__.py").write_text("second = 2\n")
    library = Library(Origin.ENVIRONMENT, [str(tmp_path / "more")], (".py",), {"alias": str(write({}) / "ns")})
    write({"ns/__init__.py": "first = 1\n"})
    first, second = library.find(["alias"]), library.find(["ns"])
    assert first is not None
    assert second is not None
    assert first.path != second.path
    assert (library.read(first), library.read(second)) == (b"first = 1\n", b"second = 2\n")


def test_path_lines_are_followed_and_code_lines_are_not_run(write: Write, tmp_path: Path) -> None:
    (tmp_path / "linked").mkdir()
    (tmp_path / "linked/dep.py").write_text("")
    trace = tmp_path / "trace"
    lines = f"# comment\n\n{tmp_path}/linked\n/nowhere\nimport pathlib; pathlib.Path({str(trace)!r}).touch()\n"
    root = write({"x.py": "", f"{SITE}/a.pth": lines, f"{SITE}/b.pth": b"\xff\xfe\0"})
    assert found(root, "dep") == "dep.py"
    assert not trace.exists()


def test_path_lines_into_the_target_are_the_targets_own_source(write: Write) -> None:
    root = write({"odd/place/app.py": "", "y/x.py": "", f"{SITE}/app.py": ""})
    write({f"{SITE}/app.pth": f"{root}/odd/place\n"})
    assert found(root, "app", "y/x.py") == "source:odd/place/app.py"


def test_literal_mappings_of_editable_installs_are_followed(write: Write, tmp_path: Path) -> None:
    other = tmp_path / "other"
    (other / "lib/sub").mkdir(parents=True)
    for name in ("lib/__init__.py", "lib/sub/__init__.py", "single.py"):
        (other / name).write_text("")
    root = write({"x.py": "", "code/own/__init__.py": "", "rules/deep.py": "", "one.py": ""})
    mapping = {
        "lib": other / "lib",
        "renamed": other / "lib",
        "single": other / "single.py",
        "own": root / "code/own",
        "own.rules": root / "rules",
        "alone": root / "one.py",
        "bare": root / "one",
        "gone": tmp_path / "gone",
    }
    literal = {name: str(place) for name, place in mapping.items()}
    finder = f"import sys\nMAPPING: dict[str, str] = {literal!r}\nNAMESPACES = {{}}\n"
    write({f"{SITE}/__editable___own_1_0_finder.py": finder})
    answers = {name: found(root, name) for name in (*mapping, "lib.sub", "renamed.sub", "own.rules.deep", "alone.x")}
    assert answers.pop("gone").startswith("no module 'gone'")
    assert answers.pop("alone.x").startswith("no module 'alone.x'")
    assert answers == {
        "lib": "lib/__init__.py",
        "renamed": "lib/__init__.py",
        "single": "single.py",
        "own": "source:code/own/__init__.py",
        "own.rules": "source:rules/",
        "alone": "source:one.py",
        "bare": "source:one.py",
        "lib.sub": "lib/sub/__init__.py",
        "renamed.sub": "lib/sub/__init__.py",
        "own.rules.deep": "source:rules/deep.py",
    }


@pytest.mark.parametrize(
    "finder",
    [
        "MAPPING = {",
        "MAPPING = dict(a='/b')",
        "MAPPING = {**x, 'a': y, 1: '/b', 'c': 'relative'}",
        "OTHER = {'a': '/'}",
        "\0",
    ],
)
def test_mappings_that_are_not_literal_are_not_guessed(write: Write, finder: str) -> None:
    root = write({f"{SITE}/__editable___a_finder.py": finder})
    environment = read_environment(root / "env")
    assert environment is not None
    assert environment.mapped == {}


def test_a_hostile_environment_does_not_hold_up_the_scan(write: Write) -> None:
    root = write({"x.py": "", f"{SITE}/ok.py": ""})
    for name in ("pipe.pth", "__editable___a_finder.py", "lib.py"):
        os.mkfifo(root / SITE / name)
    (root / SITE / "loop").symlink_to(".")
    (root / SITE / "self.py").symlink_to("self.py")
    assert found(root, "ok") == "ok.py"
    assert found(root, "loop.loop.loop.ok") == "loop/loop/loop/ok.py"
    os.mkfifo(root / "env/pyvenv.cfg")
    assert found(root, "ok") == "ok.py"


def test_a_real_environment_with_an_editable_install_reads_like_python_imports(write: Write, tmp_path: Path) -> None:
    env = tmp_path / "real"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(env)], check=True)
    (site,) = env.glob("lib/python*/site-packages")
    root = write({"code/app.py": "", "x.py": ""})
    (site / "app.pth").write_text(f"{root}/code\n")
    (site / "dep.py").write_text("")
    snapshot = Snapshot.of([root], env=env)
    importer = snapshot.file("x.py")
    assert snapshot.find("app", importer) == snapshot.file("code/app.py")
    assert snapshot.find("dep", importer) == ModuleFile("dep.py", Origin.ENVIRONMENT, "dep", is_package=False)


def test_the_standard_library_leaves_out_what_a_newer_python_brought() -> None:
    library = standard_library()
    assert library.find(["contextlib"]) == ModuleFile("contextlib.pyi", Origin.STDLIB, "contextlib", is_package=False)
    assert library.find(["distutils", "core"]) is not None, "gone from Python 3.12, and targets are older"
    newer = library.find(["compression", "zstd"])  # Python 3.14
    assert (newer is not None) == (sys.version_info >= (3, 14))


def test_the_standard_library_is_found_without_importing_its_carrier() -> None:
    script = (
        "import sys; from repairbot.source.libraries import standard_library\n"
        "assert standard_library().find(['asyncio']); assert 'typeshed_client' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_the_shipped_stubs_are_read_from_the_package() -> None:
    (folder,) = shipped_stubs().folders
    assert (Path(folder) / "__init__.py").is_file()
