"""Which file a name leads to: one fact a test, each on real files through a Snapshot."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from repairbot.model import Origin
from repairbot.source.files import Missing, ModuleFile
from repairbot.source.snapshot import Snapshot
from tests.source.conftest import Files, Snap, Write

SITE = ".venv/lib/python3.11/site-packages"


def lead(snapshot: Snapshot, importer: str, dotted: str) -> str:
    """Where the import leads: a path, with its origin unless that is the target; or why it leads nowhere."""
    found = snapshot.find(dotted, snapshot.file(importer))
    if isinstance(found, Missing):
        return found.reason
    return found.path if found.origin is Origin.SOURCE else f"{found.origin}:{found.path}"


def test_a_module_is_found_from_above_the_topmost_package_of_its_importer(snap: Snap) -> None:
    files = {"deep/down/app/__init__.py": "", "deep/down/app/api/__init__.py": "", "deep/down/app/api/views.py": ""}
    snapshot = snap({**files, "deep/down/app/db.py": "", "app/db.py": ""})
    assert lead(snapshot, "deep/down/app/api/views.py", "app.db") == "deep/down/app/db.py"
    assert lead(snapshot, "deep/down/app/api/views.py", "app.api") == "deep/down/app/api/__init__.py"


def test_two_services_with_the_same_names_each_see_their_own(snap: Snap) -> None:
    services: Files = {
        f"services/{name}/{path}": ""
        for name in ("a", "b")
        for path in ("app/__init__.py", "app/db.py", "main.py", "db.py", "tests/test_db.py")
    }
    snapshot = snap(services)
    for name in ("a", "b"):
        for importer in ("main.py", "app/db.py", "tests/test_db.py"):
            assert lead(snapshot, f"services/{name}/{importer}", "app.db") == f"services/{name}/app/db.py"
            assert lead(snapshot, f"services/{name}/{importer}", "db") == f"services/{name}/db.py"


def test_every_directory_above_and_its_src_are_looked_in(snap: Snap) -> None:
    snapshot = snap({"src/app/__init__.py": "", "lib/util.py": "", "lib/sub/tests/unit/test_x.py": "", "top.py": ""})
    assert lead(snapshot, "lib/sub/tests/unit/test_x.py", "app") == "src/app/__init__.py"
    assert lead(snapshot, "lib/sub/tests/unit/test_x.py", "util") == "lib/util.py"
    assert lead(snapshot, "lib/sub/tests/unit/test_x.py", "top") == "top.py"


def test_a_file_under_src_sees_the_tests_and_the_tests_see_src(snap: Snap) -> None:
    snapshot = snap({"src/app/__init__.py": "", "src/app/db.py": "", "tests/__init__.py": "", "tests/test_db.py": ""})
    assert lead(snapshot, "tests/test_db.py", "app.db") == "src/app/db.py"
    assert lead(snapshot, "tests/test_db.py", "tests.test_db") == "tests/test_db.py"


def test_a_package_goes_before_a_module_and_a_module_before_a_bare_directory(snap: Snap) -> None:
    snapshot = snap({"x.py": "", "a/__init__.py": "", "a.py": "", "b.py": "", "b/inner.py": ""})
    assert lead(snapshot, "x.py", "a") == "a/__init__.py"
    assert lead(snapshot, "x.py", "b") == "b.py"
    assert lead(snapshot, "x.py", "b.inner").startswith("no module 'b.inner'")


def test_upper_and_lower_case_differ(snap: Snap) -> None:
    assert lead(snap({"x.py": "", "Db.py": ""}), "x.py", "db").startswith("no module 'db'")


def test_modules_inside_a_package_are_not_seen_by_their_bare_name(snap: Snap) -> None:
    snapshot = snap({"app/__init__.py": "", "app/json.py": "", "app/cache.py": "", "app/sub/script.py": ""})
    assert lead(snapshot, "app/cache.py", "json") == "stdlib:json/__init__.pyi"
    assert lead(snapshot, "app/sub/script.py", "json") == "stdlib:json/__init__.pyi"


def test_a_sibling_in_a_package_does_not_hide_an_installed_library(snap: Snap) -> None:
    snapshot = snap({"app/__init__.py": "", "app/redis.py": "", "app/cache.py": "", f"{SITE}/redis/__init__.py": ""})
    assert lead(snapshot, "app/cache.py", "redis") == "environment:redis/__init__.py"


def test_a_library_known_only_by_its_submodules_is_not_hidden_either(snap: Snap) -> None:
    files = {
        "app/__init__.py": "",
        "app/unstubbed.py": "",
        "app/cache.py": "",
        "scripts/run.py": "",
        "scripts/unstubbed.py": "",
    }
    snapshot = snap({**files, f"{SITE}/unstubbed/asyncio.py": ""})
    assert lead(snapshot, "app/cache.py", "unstubbed") == "environment:unstubbed/"
    assert lead(snapshot, "app/cache.py", "unstubbed.asyncio") == "environment:unstubbed/asyncio.py"
    assert lead(snapshot, "scripts/run.py", "unstubbed").startswith("ambiguous")


def test_a_sibling_in_a_package_may_as_well_be_a_library(snap: Snap) -> None:
    snapshot = snap({"app/__init__.py": "", "app/config.py": "", "app/api/__init__.py": "", "app/api/views.py": ""})
    reason = "ambiguous: 'config' may be any of app/config.py, a library that is not installed"
    assert lead(snapshot, "app/api/views.py", "config") == reason


def test_a_last_resort_with_two_answers_is_ambiguous(snap: Snap) -> None:
    files = {"app/__init__.py": "", "app/config.py": "", "app/api/__init__.py": "", "app/api/config.py": ""}
    snapshot = snap({**files, "app/api/views.py": ""})
    reason = "ambiguous: 'config' may be any of app/api/config.py, app/config.py, a library that is not installed"
    assert lead(snapshot, "app/api/views.py", "config") == reason


def test_a_script_sees_its_siblings(snap: Snap) -> None:
    assert lead(snap({"scripts/run.py": "", "scripts/settings.py": ""}), "scripts/run.py", "settings") == (
        "scripts/settings.py"
    )


@pytest.mark.parametrize("library", [f"{SITE}/redis/__init__.py", f"{SITE}/redis.py"])
def test_a_scripts_sibling_named_like_a_library_is_ambiguous(snap: Snap, library: str) -> None:
    snapshot = snap({"scripts/run.py": "", "scripts/redis.py": "", library: ""})
    assert lead(snapshot, "scripts/run.py", "redis").startswith("ambiguous: 'redis' may be any of scripts/redis.py, ")


def test_a_scripts_sibling_named_like_the_standard_library_is_ambiguous(snap: Snap) -> None:
    snapshot = snap({"scripts/run.py": "", "scripts/contextlib.py": ""})
    assert lead(snapshot, "scripts/run.py", "contextlib").startswith("ambiguous: 'contextlib' may be any of scripts/")


def test_in_a_known_import_root_the_targets_module_goes_before_an_installed_one(snap: Snap) -> None:
    files = {"run.py": "", "redis.py": "", "src/x.py": "", "src/httpx.py": "", "p/pyproject.toml": "", "p/y.py": ""}
    snapshot = snap({**files, "p/trio.py": "", **{f"{SITE}/{name}.py": "" for name in ("redis", "httpx", "trio")}})
    assert lead(snapshot, "run.py", "redis") == "redis.py"
    assert lead(snapshot, "src/x.py", "httpx") == "src/httpx.py"
    assert lead(snapshot, "p/y.py", "trio") == "p/trio.py"


def test_a_module_of_the_target_that_shares_a_standard_name_is_ambiguous_outside_its_package(snap: Snap) -> None:
    files = {"platform/__init__.py": "", "platform/db.py": "", "platform/views.py": "", "x.py": ""}
    snapshot = snap(files)
    assert lead(snapshot, "x.py", "platform").startswith("ambiguous: 'platform' may be any of platform/__init__.py, ")
    assert lead(snapshot, "platform/views.py", "platform") == "platform/__init__.py"
    assert lead(snapshot, "x.py", "platform.db") == "platform/db.py"


def test_another_project_of_the_tree_is_seen_when_it_alone_has_the_module(snap: Snap) -> None:
    snapshot = snap(
        {"libs/common/pyproject.toml": "", "libs/common/src/common/__init__.py": "", "services/a/main.py": ""}
    )
    assert lead(snapshot, "services/a/main.py", "common") == "libs/common/src/common/__init__.py"


def test_two_other_projects_with_the_module_are_ambiguous(snap: Snap) -> None:
    files = {f"libs/{name}/{path}": "" for name in ("a", "b") for path in ("setup.py", "common/__init__.py")}
    reason = "ambiguous: 'common' may be any of libs/a/common/__init__.py, libs/b/common/__init__.py"
    assert lead(snap({**files, "x/y.py": ""}), "x/y.py", "common") == reason
    with_library = snap({f"{SITE}/common.py": ""})
    assert lead(with_library, "x/y.py", "common").startswith("ambiguous: 'common' may be any of libs/a/")


def test_a_project_of_the_tree_goes_before_the_installed_library(snap: Snap) -> None:
    snapshot = snap({"libs/core/setup.cfg": "", "libs/core/core/__init__.py": "", "x/y.py": "", f"{SITE}/core.py": ""})
    assert lead(snapshot, "x/y.py", "core") == "libs/core/core/__init__.py"


def test_a_package_elsewhere_is_seen_only_when_no_library_has_its_name(snap: Snap) -> None:
    snapshot = snap(
        {"tests/httpy/__init__.py": "", "tests/helping/__init__.py": "", "a/x.py": "", f"{SITE}/httpy.py": ""}
    )
    assert lead(snapshot, "a/x.py", "httpy") == "environment:httpy.py"
    assert lead(snapshot, "a/x.py", "helping") == "tests/helping/__init__.py"


def test_a_package_in_two_other_places_is_ambiguous(snap: Snap) -> None:
    snapshot = snap({"one/common/__init__.py": "", "two/common/__init__.py": "", "x/y.py": ""})
    assert lead(snapshot, "x/y.py", "common").startswith("ambiguous: 'common' may be any of one/common/")


def test_modules_below_directories_without_init_are_found_by_their_whole_name(snap: Snap) -> None:
    snapshot = snap({"services/api/db.py": "", "services/api/views.py": "", "tests/test_db.py": ""})
    assert lead(snapshot, "tests/test_db.py", "services.api.db") == "services/api/db.py"
    assert lead(snapshot, "services/api/views.py", "services.api.db") == "services/api/db.py"


def test_a_bare_directory_gives_way_to_a_library_of_its_name(snap: Snap) -> None:
    snapshot = snap({"redis/conf.py": "", "alembic/env.py": "", "x.py": "", f"{SITE}/redis/__init__.py": ""})
    assert lead(snapshot, "x.py", "redis") == "environment:redis/__init__.py"
    assert lead(snapshot, "x.py", "alembic") == "alembic/"
    assert lead(snapshot, "x.py", "redis.conf") == "redis/conf.py"


def test_a_regular_module_further_away_goes_before_a_bare_directory_nearby(snap: Snap) -> None:
    snapshot = snap({"a/common/data/x.py": "", "a/b.py": "", "common/__init__.py": ""})
    assert lead(snapshot, "a/b.py", "common") == "common/__init__.py"


def test_an_init_file_in_the_root_makes_no_package_of_it(snap: Snap) -> None:
    snapshot = snap({"__init__.py": "", "app/__init__.py": "", "app/views.py": "", "db.py": ""})
    assert snapshot.file("app/views.py").name == "app.views"
    assert lead(snapshot, "app/views.py", "db") == "db.py"


def test_a_stray_init_file_above_a_package_does_not_hide_it_from_its_own_files(snap: Snap) -> None:
    backend = {f"backend/{path}": "" for path in ("__init__.py", "util.py", "app/__init__.py", "app/db.py", "app/x.py")}
    other = {"other/app/__init__.py": "", "other/app/db.py": "", "other/pyproject.toml": ""}
    snapshot = snap({**backend, **other})
    assert lead(snapshot, "backend/app/x.py", "app.db") == "backend/app/db.py"
    assert lead(snapshot, "backend/app/x.py", "util").startswith("ambiguous: 'util' may be any of backend/util.py, ")


def test_a_stray_init_file_in_a_project_does_not_hide_its_modules(snap: Snap) -> None:
    names = ("__init__.py", "pyproject.toml", "util.py", "redis.py", "app/__init__.py", "app/x.py")
    snapshot = snap({f"backend/{name}": "" for name in names})
    assert lead(snapshot, "backend/app/x.py", "util") == "backend/util.py"
    snapshot = snap({f"{SITE}/redis/__init__.py": ""})
    assert lead(snapshot, "backend/app/x.py", "redis").startswith("ambiguous: 'redis' may be any of backend/redis.py, ")


def test_of_two_nested_packages_of_one_name_the_outer_is_meant(snap: Snap) -> None:
    snapshot = snap({f"{path}/{name}.py": "" for path in ("app", "app/app") for name in ("__init__", "db", "x")})
    assert lead(snapshot, "app/app/x.py", "app.db") == "app/db.py"


def test_a_sibling_in_a_package_and_a_package_elsewhere_are_ambiguous(snap: Snap) -> None:
    snapshot = snap({"app/__init__.py": "", "app/config.py": "", "app/x.py": "", "other/config/__init__.py": ""})
    assert lead(snapshot, "app/x.py", "config").startswith("ambiguous: 'config' may be any of app/config.py, other/")


@pytest.mark.parametrize(
    ("settings", "content"),
    [
        ("pyproject.toml", '[tool.pytest.ini_options]\npythonpath = ["code", "../outside"]\n'),
        ("pyproject.toml", '[tool.pytest.ini_options]\npythonpath = "code"\n'),
        ("pyproject.toml", '[tool.setuptools.packages.find]\nwhere = ["code"]\n'),
        ("pyproject.toml", '[tool.setuptools]\npackage-dir = {"" = "code"}\n'),
        ("setup.cfg", "[options]\npackage_dir =\n    = code\n"),
        ("setup.cfg", "[options.packages.find]\nwhere = code\n"),
        ("setup.cfg", "[tool:pytest]\npythonpath = code lib\n"),
        ("pytest.ini", "[pytest]\npythonpath = code\n"),
        ("tox.ini", "[pytest]\npythonpath =\n    code\n"),
    ],
)
def test_directories_that_a_project_declares_are_import_roots_for_it(snap: Snap, settings: str, content: str) -> None:
    files: Files = {f"{name}/{path}": "" for name in ("a", "b") for path in ("code/db.py", "tests/x.py")}
    snapshot = snap({**files, f"a/{settings}": content})
    assert lead(snapshot, "a/tests/x.py", "db") == "a/code/db.py"
    assert lead(snapshot, "other.py", "db") == "a/code/db.py"
    assert lead(snapshot, "b/code/x.py", "db") == "b/code/db.py"


def test_a_package_declared_at_another_directory_is_found_there(snap: Snap) -> None:
    declared = '[tool.setuptools.package-dir]\nbot = "bot"\n"bot.rules" = "rules"\n"bot.gone" = "gone"\n'
    snapshot = snap({"pyproject.toml": declared, "bot/__init__.py": "", "rules/__init__.py": "", "rules/x.py": ""})
    assert lead(snapshot, "bot/__init__.py", "bot.rules") == "rules/__init__.py"
    assert lead(snapshot, "bot/__init__.py", "bot.rules.x") == "rules/x.py"
    assert lead(snapshot, "bot/__init__.py", "bot.gone").startswith("no module 'bot.gone'")


@pytest.mark.parametrize(
    ("settings", "content"),
    [
        ("pyproject.toml", b"pythonpath \xff"),
        ("pyproject.toml", b"setuptools = ["),
        ("pyproject.toml", b"tool = 1 # setuptools"),
        ("pyproject.toml", b"[tool]\nsetuptools = []\n[tool.pytest.ini_options]\npythonpath = [1, {a = 2}]"),
        ("pyproject.toml", b'[tool.setuptools]\npackages = ["a"]\n[tool.setuptools.package-dir]\n"" = 1'),
        ("setup.cfg", b"where\n[options"),
        ("setup.cfg", b"[options.packages.find]\nwhere = %(nothing)s\n[options]\npackage_dir = src\n"),
    ],
)
def test_project_files_that_make_no_sense_declare_nothing(snap: Snap, settings: str, content: bytes) -> None:
    snapshot = snap({settings: content, "a/x.py": "", "b/y.py": ""})
    assert lead(snapshot, "a/x.py", "y").startswith("no module 'y'")


def test_a_name_found_nowhere_says_where_it_was_looked_for(snap: Snap) -> None:
    reason = "no module 'nothing.at.all' in the target, {}the standard library or the shipped stubs"
    assert lead(snap({"x.py": ""}), "x.py", "nothing.at.all") == reason.format("")
    assert lead(snap({f"{SITE}/other.py": ""}), "x.py", "nothing.at.all") == reason.format("the environment, ")


@pytest.mark.parametrize("dotted", ["", "a..b", "../../etc/passwd", "a/b", ".a", "a b", "x\n"])
def test_what_is_no_module_name_leads_nowhere(snap: Snap, dotted: str) -> None:
    assert lead(snap({"x.py": "", "a/b.py": ""}), "x.py", dotted).endswith("is no name of a module")


def test_the_standard_library_comes_from_stubs_with_their_own_paths(snap: Snap) -> None:
    snapshot = snap({"x.py": ""})
    assert lead(snapshot, "x.py", "contextlib") == "stdlib:contextlib.pyi"
    assert lead(snapshot, "x.py", "asyncio.timeouts") == "stdlib:asyncio/timeouts.pyi"
    assert lead(snapshot, "x.py", "asyncio.nothing").startswith("no module")


def test_the_environment_goes_before_the_shipped_stubs_and_after_the_standard_library(snap: Snap) -> None:
    files = {f"{SITE}/anyio/__init__.py": "", f"{SITE}/contextlib.py": "", f"{SITE}/asyncio/extra.py": ""}
    snapshot = snap({"x.py": "", **files})
    assert lead(snapshot, "x.py", "anyio") == "environment:anyio/__init__.py"
    assert lead(snapshot, "x.py", "contextlib") == "stdlib:contextlib.pyi"


def imported_by(snapshot: Snapshot, importer: str, dotted: str) -> ModuleFile | Missing:
    """What a library's module sees under the name."""
    found = snapshot.find(importer, snapshot.file("x.py"))
    assert isinstance(found, ModuleFile)
    return snapshot.find(dotted, found)


def test_a_library_sees_itself_then_the_standard_library_and_never_the_target(snap: Snap) -> None:
    installed = {
        f"{SITE}/lib/__init__.py": "",
        f"{SITE}/lib/core.py": "",
        f"{SITE}/typing.py": "",
        f"{SITE}/more.py": "",
    }
    snapshot = snap({"x.py": "", "own.py": "", "more.py": "", "lib_helper/__init__.py": "", **installed})
    found = {name: imported_by(snapshot, "lib", name) for name in ("lib.core", "typing", "more", "contextlib")}
    origins = {name: module.origin for name, module in found.items() if isinstance(module, ModuleFile)}
    assert origins == {
        "lib.core": Origin.ENVIRONMENT,
        "typing": Origin.ENVIRONMENT,
        "more": Origin.ENVIRONMENT,
        "contextlib": Origin.STDLIB,
    }
    assert isinstance(imported_by(snapshot, "lib", "own"), Missing)
    assert isinstance(imported_by(snapshot, "contextlib", "own"), Missing)


def test_a_submodule_lies_in_its_packages_own_directory(snap: Snap) -> None:
    files: Files = {f"{name}/app/{path}": "" for name in ("a", "b") for path in ("__init__.py", "db.py", "x/y.py")}
    snapshot = snap(files)
    package = snapshot.file("b/app/__init__.py")
    assert snapshot.submodule(package, "db") == snapshot.file("b/app/db.py")
    assert snapshot.submodule(package, "x") == ModuleFile("b/app/x/", Origin.SOURCE, "app.x", is_package=True)
    assert snapshot.submodule(package, "nothing") == Missing("no module 'nothing' in b/app/")
    assert snapshot.submodule(package, "../x") == Missing("'../x' is no name of a module")
    assert snapshot.submodule(snapshot.file("b/app/db.py"), "x") == Missing("b/app/db.py has no modules in it")


def test_a_submodule_of_a_bare_directory_may_lie_in_another_portion(snap: Snap) -> None:
    snapshot = snap({"ns/a.py": "", "src/ns/b.py": "", "x.py": ""})
    package = snapshot.find("ns", snapshot.file("x.py"))
    assert package == ModuleFile("ns/", Origin.SOURCE, "ns", is_package=True)
    assert isinstance(package, ModuleFile)
    assert snapshot.submodule(package, "a") == snapshot.file("ns/a.py")
    assert snapshot.submodule(package, "b") == snapshot.file("src/ns/b.py")


@pytest.mark.parametrize(
    ("importer", "levels", "parent"),
    [
        ("a/app/api/views.py", 1, "a/app/api/__init__.py"),
        ("a/app/api/__init__.py", 1, "a/app/api/__init__.py"),
        ("a/app/api/__init__.py", 2, "a/app/__init__.py"),
        ("a/app/api/views.py", 3, "a/"),
        ("a/app/bare/x.py", 1, "a/app/bare/"),
        ("a/app/bare/x.py", 2, "a/app/__init__.py"),
        ("top.py", 1, "./"),
    ],
)
def test_a_relative_import_goes_up_by_directory(snap: Snap, importer: str, levels: int, parent: str) -> None:
    snapshot = snap(
        {
            "a/app/__init__.py": "",
            "a/app/api/__init__.py": "",
            "a/app/api/views.py": "",
            "a/app/bare/x.py": "",
            "top.py": "",
        }
    )
    found = snapshot.parent(snapshot.file(importer), levels)
    assert isinstance(found, ModuleFile)
    assert (found.path, found.is_package) == (parent, True)


def test_a_relative_import_in_the_root_sees_its_siblings(snap: Snap) -> None:
    snapshot = snap({"a.py": "", "b.py": "", "c/d.py": ""})
    root = snapshot.parent(snapshot.file("a.py"), 1)
    assert isinstance(root, ModuleFile)
    assert snapshot.submodule(root, "b") == snapshot.file("b.py")
    assert snapshot.submodule(root, "c") == ModuleFile("c/", Origin.SOURCE, "c", is_package=True)
    assert isinstance(snapshot.submodule(root, "nothing"), Missing)
    assert snapshot.parent(root, 1) == root


def test_a_relative_import_that_leaves_the_tree_is_missing(snap: Snap) -> None:
    snapshot = snap({"a/b.py": ""})
    reason = "a relative import with 3 dots leads out of the tree from a/b.py"
    assert snapshot.parent(snapshot.file("a/b.py"), 3) == Missing(reason)


def test_relative_imports_of_libraries_stay_in_the_library(snap: Snap) -> None:
    snapshot = snap(
        {"x.py": "", f"{SITE}/lib/__init__.py": "", f"{SITE}/lib/a/__init__.py": "", f"{SITE}/lib/a/b.py": ""}
    )
    module = imported_by(snapshot, "lib", "lib.a.b")
    assert isinstance(module, ModuleFile)
    package = snapshot.parent(module, 2)
    assert isinstance(package, ModuleFile)
    assert package.path == "lib/__init__.py"
    assert snapshot.submodule(package, "a") == snapshot.find("lib.a", snapshot.file("x.py"))
    assert isinstance(snapshot.submodule(package, "nothing"), Missing)
    assert isinstance(snapshot.parent(module, 4), Missing)


def test_names_of_modules_start_below_their_import_root(snap: Snap) -> None:
    names = {
        "src/app/__init__.py": "app",
        "src/app/db.py": "app.db",
        "services/a/app/__init__.py": "app",
        "tests/unit/test_x.py": "tests.unit.test_x",
        "libs/p/setup.py": "setup",
        "libs/p/ns/mod.py": "ns.mod",
        "top.py": "top",
    }
    snapshot = snap(dict.fromkeys(names, ""))
    assert {path: snapshot.file(path).name for path in names} == names


def test_answers_do_not_depend_on_the_order_of_questions(write: Write) -> None:
    root = write(
        {f"{name}/{path}": "" for name in ("a", "b", "c") for path in ("app/__init__.py", "app/db.py", "m.py")}
    )
    forward, backward = Snapshot.of([root]), Snapshot.of([root])
    questions = [(path, name) for path in forward.paths for name in ("app", "app.db", "m", "db")]
    assert [lead(forward, *question) for question in questions] == [
        lead(backward, *question) for question in reversed(questions)
    ][::-1]


def test_files_of_libraries_from_another_process_can_be_read(snap: Snap, tmp_path: Path) -> None:
    snapshot = snap({"x.py": "", f"{SITE}/lib/__init__.py": "value = 1\n"})
    foreign = dataclasses.replace(ModuleFile("lib/__init__.py", Origin.ENVIRONMENT, "lib", is_package=True))
    assert snapshot.parsed(foreign).text == "value = 1\n"


def test_a_subpackage_named_like_a_library_does_not_stand_for_it_in_its_own_files(snap: Snap) -> None:
    files = {"pkg/__init__.py": "", "pkg/abc/__init__.py": "", "pkg/abc/loop.py": "", "pkg/trio/__init__.py": ""}
    snapshot = snap({**files, "pkg/trio/client.py": "", "pkg/trio/abc.py": ""})
    assert lead(snapshot, "pkg/abc/loop.py", "abc") == "stdlib:abc.pyi"
    assert lead(snapshot, "pkg/trio/client.py", "trio") == "stub:trio/__init__.pyi"
