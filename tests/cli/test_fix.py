"""`repairbot fix`: the diff, the files it writes, and what it leaves."""

from __future__ import annotations

import json
import subprocess
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from tests.cli.conftest import DB, EXPECTED, FINE, REFUSED, SAFE, UNSAFE, Run, Tree

FIXED = SAFE.replace("async for session in get_session():", "async with get_session() as session:")
IGNORED = SAFE.replace("get_session():", "get_session():  # noqa: RB101")


def validate(document: Any) -> None:
    folder = resources.files("repairbot") / "schemas"
    schemas = [json.loads((folder / name).read_text("utf-8")) for name in ("scan.schema.json", "fix.schema.json")]
    registry: Registry[Any] = Registry().with_resources([(one["$id"], Resource.from_contents(one)) for one in schemas])
    Draft202012Validator(schemas[1], registry=registry).validate(document)


@pytest.mark.parametrize(
    ("files", "options", "code"),
    [
        ({"a.py": FINE}, [], 0),
        ({"db.py": DB, "a.py": SAFE}, [], 1),
        ({"db.py": DB, "a.py": SAFE}, ["--write"], 0),
        ({"db.py": DB, "a.py": SAFE, "b.py": REFUSED}, ["--write"], 1),
        ({"db.py": DB, "a.py": SAFE, "test_b.py": EXPECTED}, ["--write"], 0),
        ({"db.py": DB, "a.py": UNSAFE}, ["--write"], 1),
        ({"db.py": DB, "a.py": UNSAFE}, ["--write", "--unsafe-fixes"], 0),
        ({"db.py": DB, "a.py": IGNORED}, [], 0),
        ({"a.py": FINE}, ["--output", "x"], 2),
    ],
)
def test_exit_code(tree: Tree, run: Run, files: dict[str, str], options: list[str], code: int) -> None:
    done = run("fix", *options, cwd=tree(files))
    assert done.code == code, done.said


def test_the_diff_takes_git_apply_from_the_root(tree: Tree, run: Run) -> None:
    files = {"db.py": DB, "sub dir/a.py": SAFE, "sub dir/crlf.py": SAFE.replace("\n", "\r\n"), "b.py": REFUSED}
    root = tree({**files, "é.py": SAFE})
    done = run("fix", "sub dir", "é.py", cwd=root)
    assert done.code == 1
    assert (root / "sub dir" / "a.py").read_text(encoding="utf-8") == SAFE
    subprocess.run(["git", "apply", "-"], cwd=root, input=done.out, check=True)
    assert (root / "sub dir" / "a.py").read_text(encoding="utf-8") == FIXED
    assert (root / "sub dir" / "crlf.py").read_bytes() == FIXED.replace("\n", "\r\n").encode()
    assert (root / "é.py").read_text(encoding="utf-8") == FIXED


def test_the_diff_holds_the_files_own_bytes(tree: Tree, run: Run) -> None:
    latin = b"# coding: latin-1\n" + SAFE.replace("print(session)", "print('\xe9', session)").encode("latin-1")
    done = run("fix", cwd=tree({"db.py": DB, "a.py": latin}), PYTHONIOENCODING="ascii")
    assert b"         print('\xe9', session)\n" in done.out


def test_what_the_diff_leaves_is_said_beside_it(tree: Tree, run: Run) -> None:
    done = run("fix", cwd=tree({"db.py": DB, "a.py": SAFE, "b.py": REFUSED, "c.py": UNSAFE}))
    rows = done.said.splitlines()
    assert rows[0] == "The diff mends 1 finding in 1 file."
    assert rows[1].startswith("b.py:5:5: RB101 ")
    assert rows[2].startswith("  no fix: ")
    assert rows[3].startswith("c.py:12:5: RB101 ")
    assert rows[4].startswith("  only with --unsafe-fixes: ")
    assert run("fix", "-q", cwd=tree({"db.py": DB, "a.py": SAFE})).said == ""


def test_nothing_to_mend_prints_no_diff(tree: Tree, run: Run) -> None:
    done = run("fix", cwd=tree({"a.py": FINE}))
    assert (done.out, done.said) == (b"", "Nothing to mend.\n")


def test_write_changes_the_files_and_reports_what_is_left(tree: Tree, run: Run) -> None:
    root = tree({"db.py": DB, "a.py": SAFE, "b.py": REFUSED})
    done = run("fix", "--write", cwd=root)
    rows = done.text.splitlines()
    assert rows[:2] == ["changed a.py", "Mended 1 finding in 1 file."]
    assert rows[2].startswith("b.py:5:5: RB101 ")
    assert (root / "a.py").read_text(encoding="utf-8") == FIXED
    assert (root / "b.py").read_text(encoding="utf-8") == REFUSED
    assert run("scan", "-q", "a.py", cwd=root).code == 0


def test_an_unsafe_fix_waits_to_be_asked_for(tree: Tree, run: Run) -> None:
    root = tree({"db.py": DB, "a.py": UNSAFE})
    assert run("fix", cwd=root).out == b""
    assert b"+    async with " in run("fix", "--unsafe-fixes", cwd=root).out
    assert b"+    async with " in run("fix", cwd=root, REPAIRBOT_UNSAFE_FIXES="1").out


def test_an_ignored_finding_is_left_alone(tree: Tree, run: Run) -> None:
    root = tree({"db.py": DB, "a.py": SAFE, "b.py": IGNORED})
    assert run("fix", "--write", cwd=root).code == 0
    assert (root / "a.py").read_text(encoding="utf-8") == FIXED
    assert (root / "b.py").read_text(encoding="utf-8") == IGNORED


@pytest.mark.parametrize("options", [[], ["--write"]])
def test_json_says_what_the_fix_takes_in(tree: Tree, run: Run, options: list[str]) -> None:
    root = tree({"db.py": DB, "a.py": SAFE, "b.py": REFUSED})
    done = run("fix", "--format", "json", *options, cwd=root)
    validate(done.json)
    assert done.json["written"] == bool(options)
    assert done.json["changed"] == ["a.py"]
    assert [(entry["path"], entry["applied"]) for entry in done.json["findings"]] == [("a.py", True), ("b.py", False)]
    assert (root / "a.py").read_text(encoding="utf-8") == (FIXED if options else SAFE)


def test_json_locates_edits_so_that_they_can_be_applied(tree: Tree, run: Run) -> None:
    """Lines and columns count from 1, columns in code points."""
    root = tree({"db.py": DB, "a.py": SAFE.replace("    async for", "    'é🙂'; x = 1\n    async for")})
    (finding,) = run("fix", "--format", "json", cwd=root).json["findings"]
    lines = (root / "a.py").read_text(encoding="utf-8").splitlines(keepends=True)
    for edit in sorted(finding["edits"], key=lambda one: (one["span"]["line"], one["span"]["column"]), reverse=True):
        span = edit["span"]
        assert span["line"] == span["end_line"]
        row = lines[span["line"] - 1]
        lines[span["line"] - 1] = row[: span["column"] - 1] + edit["replacement"] + row[span["end_column"] - 1 :]
    assert "    async with get_session() as session:\n" in lines


def test_a_file_that_cannot_be_written_is_an_error_and_changes_nothing(tree: Tree, run: Run, tmp_path: Path) -> None:
    root = tree({"db.py": DB, "a.py": SAFE, "z.py": SAFE})
    outside = tmp_path / "outside.py"
    outside.write_text(SAFE, encoding="utf-8")
    (root / "b.py").symlink_to(outside)
    done = run("fix", "--write", cwd=root)
    assert done.code == 0
    assert outside.read_text(encoding="utf-8") == SAFE
