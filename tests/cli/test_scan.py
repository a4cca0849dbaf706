"""`repairbot scan` as its users meet it: output, exit codes, options."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.cli.conftest import BROKEN, DB, EXPECTED, FINE, REFUSED, SAFE, UNDECIDED, Run, Tree, scrubbed

IGNORED = SAFE.replace("get_session():", "get_session():  # repairbot: ignore[RB101]")


def validate(document: Any) -> None:
    schema = json.loads((resources.files("repairbot") / "schemas" / "scan.schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(document)


@pytest.mark.parametrize(
    ("files", "options", "code"),
    [
        ({}, [], 0),
        ({"a.py": FINE}, [], 0),
        ({"db.py": DB, "a.py": SAFE}, [], 1),
        ({"db.py": DB, "a.py": REFUSED}, [], 1),
        ({"db.py": DB, "test_a.py": EXPECTED}, [], 0),
        ({"a.py": UNDECIDED}, [], 0),
        ({"a.py": BROKEN}, [], 0),
        ({"a.py": BROKEN}, ["--fail-on-skipped"], 1),
        ({"a.py": FINE}, ["--fail-on-skipped"], 0),
        ({"db.py": DB, "a.py": SAFE}, ["--exit-zero"], 0),
        ({"db.py": DB, "a.py": SAFE, "b.py": BROKEN}, ["--exit-zero", "--fail-on-skipped"], 1),
        ({"db.py": DB, "a.py": IGNORED}, [], 0),
        ({"db.py": DB, "a.py": SAFE}, ["--ignore", "RB101"], 0),
        ({"db.py": DB, "a.py": SAFE}, ["--select", "RB102"], 0),
        ({"db.py": DB, "a.py": SAFE}, ["--exclude", "a.py"], 0),
        ({"db.py": DB, "a.py": SAFE}, ["db.py"], 0),
        ({"db.py": DB, "a.py": SAFE}, ["db.py", "a.py"], 1),
        ({"db.py": DB, "a.py": SAFE}, ["--format", "json"], 1),
        ({"db.py": DB, "a.py": SAFE}, ["--jobs", "2"], 1),
        ({"a.py": FINE}, ["nowhere"], 2),
        ({"a.py": FINE}, ["--select", "RB999"], 2),
        ({"db.py": DB, "a.py": SAFE}, ["--format", "sarif"], 1),
        ({"db.py": DB, "a.py": SAFE}, ["--format", "github"], 1),
        ({"a.py": FINE}, ["--format", "yaml"], 2),
        ({"a.py": FINE}, ["--jobs", "0"], 2),
        ({"a.py": FINE}, ["--config", "none.toml"], 2),
        ({"a.py": FINE}, ["--env", "none"], 2),
        ({"a.py": FINE}, ["--output", "none/report.txt"], 2),
        ({"a.py": FINE, "pyproject.toml": "[tool.repairbot]\nslect = []\n"}, [], 2),
    ],
)
def test_exit_code(tree: Tree, run: Run, files: dict[str, str], options: list[str], code: int) -> None:
    done = run("scan", *options, cwd=tree(files))
    assert done.code == code, done.said
    if code == 2:
        assert done.out == b""
        assert done.said.startswith("repairbot: error: ")
        assert done.said.count("\n") == 1


def test_a_finding_is_shown_with_its_code_its_evidence_and_its_fix(tree: Tree, run: Run) -> None:
    done = run("scan", cwd=tree({"db.py": DB, "a.py": SAFE}))
    assert done.said == ""
    rows = done.text.splitlines()
    assert rows[0].startswith("a.py:5:5: RB101 ")
    assert "  5 |     async for session in get_session():" in rows
    assert "    |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^" in rows
    assert any(row.split()[:2] == ["1.", "a.py:1"] and "imported" in row for row in rows)
    assert any(row.split()[:2] == ["2.", "db.py:4"] and "decorated" in row for row in rows)
    assert "      +     async with get_session() as session:" in rows
    assert rows[-1].startswith("Found 1 in 2 files (")


def test_quiet_leaves_one_line_for_each_finding(tree: Tree, run: Run) -> None:
    (row,) = run("scan", "-q", cwd=tree({"db.py": DB, "a.py": SAFE, "b.py": BROKEN})).text.splitlines()
    assert row.startswith("a.py:5:5: RB101 ")
    assert run("scan", "-q", cwd=tree({"a.py": FINE})).out == b""


def test_verbose_lists_what_is_undecided_and_skipped(tree: Tree, run: Run) -> None:
    root = tree({"a.py": UNDECIDED, "b.py": BROKEN})
    assert "1 site undecided, 1 file skipped; -v lists them." in run("scan", cwd=root).text
    rows = run("scan", "-v", cwd=root).text.splitlines()
    assert rows[0].startswith("a.py:2:5: RB101 undecided: ")
    assert any(row.startswith("b.py: skipped (syntax-error): ") for row in rows)


def test_the_json_object_is_the_documented_one_and_the_only_thing_on_stdout(tree: Tree, run: Run) -> None:
    files = {"db.py": DB, "a.py": SAFE, "b.py": REFUSED, "test_c.py": EXPECTED, "d.py": UNDECIDED, "e.py": BROKEN}
    root = tree({**files, "f.py": "x = 1  # repairbot: ignore[RB101]\n"})
    done = run("scan", "--format", "json", cwd=root)
    validate(done.json)
    assert done.out.count(b"\n") == 1
    found = {(entry["path"], entry["line"], entry["disposition"], entry["safety"]) for entry in done.json["findings"]}
    assert found == {
        ("a.py", 5, "fix", "safe"),
        ("b.py", 5, "refuse", None),
        ("test_c.py", 8, "expected", None),
    }
    assert done.json["root"] == str(root)
    assert [entry["path"] for entry in done.json["undecided"]] == ["d.py"]
    assert [(entry["path"], entry["kind"]) for entry in done.json["skipped"]] == [("e.py", "syntax-error")]
    assert [(entry["path"], entry["line"]) for entry in done.json["unused_ignores"]] == [("f.py", 1)]
    assert done.json["stats"]["files"] == 7
    assert done.json["stats"]["findings"] == 3


def test_json_of_nothing_is_still_the_whole_object(tree: Tree, run: Run) -> None:
    done = run("scan", "--format", "json", cwd=tree({}))
    validate(done.json)
    assert done.json["findings"] == []


def test_options_may_stand_before_the_command(tree: Tree, run: Run) -> None:
    assert run("--select", "RB102", "-q", "scan", cwd=tree({"db.py": DB, "a.py": SAFE})).code == 0


def test_configuration_comes_from_the_root_even_when_a_folder_is_scanned(tree: Tree, run: Run) -> None:
    root = tree({"db.py": DB, "sub/a.py": SAFE, "pyproject.toml": '[tool.repairbot]\nexclude = ["sub/*"]\n'})
    assert run("scan", "sub", cwd=root).code == 0
    assert run("scan", ".", cwd=root / "sub").code == 0
    assert run("scan", cwd=root, REPAIRBOT_EXCLUDE="nothing").code == 1


def test_paths_are_relative_to_the_root_wherever_the_program_runs(tree: Tree, run: Run) -> None:
    root = tree({"db.py": DB, "sub/a.py": SAFE})
    assert run("scan", "-q", ".", cwd=root / "sub").text.startswith("sub/a.py:5:5: ")


def test_an_unused_ignore_is_listed_and_does_not_count(tree: Tree, run: Run) -> None:
    done = run("scan", cwd=tree({"a.py": "x = 1  # repairbot: ignore[RB101]\n"}))
    assert done.code == 0
    assert done.text.splitlines()[-1] == ("a.py:1: unused `# repairbot: ignore[RB101]`: nothing is found on its line")


def test_ignored_findings_are_counted(tree: Tree, run: Run) -> None:
    assert "1 finding ignored by comments." in run("scan", cwd=tree({"db.py": DB, "a.py": IGNORED})).text


def test_hostile_names_and_text_reach_no_terminal(tree: Tree, run: Run) -> None:
    files: dict[str, str | bytes] = {
        "db.py": DB,
        "a\n\x1b[2J\u202e.py": SAFE.replace("get_session():", "get_session():  # \x1b]0;owned\x07 \u202e \x9b"),
        "bad\x1b.py": BROKEN,
    }
    done = run("scan", "-v", cwd=tree(files))
    assert done.code == 1
    assert all(row.isprintable() for row in done.text.splitlines())


def test_undecodable_names_are_written_as_percent_escapes(tree: Tree, run: Run, tmp_path: Path) -> None:
    root = tree({"db.py": DB})
    (root / os.fsdecode(b"a\xff.py")).write_text(SAFE, encoding="utf-8")
    done = run("scan", "--format", "json", cwd=root)
    validate(done.json)
    assert [entry["path"] for entry in done.json["findings"]] == ["a%FF.py"]
    text = run("scan", cwd=root).text
    assert text.startswith("a%FF.py:5:5: ")
    assert "async for session in get_session()" in text


@pytest.mark.parametrize(
    "environment", [{"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}]
)
def test_a_stdout_that_cannot_encode_gets_escapes(tree: Tree, run: Run, environment: dict[str, str]) -> None:
    files = {"db.py": DB, "é.py": SAFE.replace("session in", "sitzung_ü in").replace("print(session)", "pass")}
    done = run("scan", cwd=tree(files), **environment)
    assert done.code == 1, done.said
    assert done.out.isascii()
    assert b"sitzung_\\xfc" in done.out


def test_output_goes_to_a_file_whole(tree: Tree, run: Run, tmp_path: Path) -> None:
    root = tree({"db.py": DB, "a.py": SAFE})
    report = tmp_path / "report.json"
    done = run("scan", "--format", "json", "--output", report, cwd=root)
    assert (done.code, done.out, done.err) == (1, b"", b"")
    validate(json.loads(report.read_bytes()))
    assert [entry.name for entry in tmp_path.iterdir() if entry.is_file()] == ["report.json"]


def test_output_keeps_the_mode_and_the_link_of_a_file_that_is_there(tree: Tree, run: Run, tmp_path: Path) -> None:
    report, link = tmp_path / "report.txt", tmp_path / "link.txt"
    report.write_text("old", encoding="utf-8")
    report.chmod(0o640)
    link.symlink_to(report)
    assert run("scan", "--output", link, cwd=tree({})).code == 0
    assert link.is_symlink()
    assert report.read_text(encoding="utf-8").startswith("Found nothing")
    assert stat.S_IMODE(report.stat().st_mode) == 0o640


def test_output_to_a_device_leaves_the_device(tree: Tree, run: Run) -> None:
    assert run("scan", "--output", "/dev/null", cwd=tree({})).code == 0
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


def test_output_to_a_directory_is_an_error(tree: Tree, run: Run, tmp_path: Path) -> None:
    done = run("scan", "--output", tmp_path, cwd=tree({}))
    assert done.code == 2
    assert "that is a directory" in done.said


TRAPPED = (
    "ast",
    "enum",
    "json",
    "libcst",
    "multiprocessing",
    "rich",
    "site",
    "threading",
    "tokenize",
    "tomllib",
    "typing",
)


@pytest.mark.parametrize("options", [[], ["--jobs", "2"]])
def test_a_module_of_the_target_never_stands_in_for_a_real_one(
    tree: Tree, run: Run, tmp_path: Path, options: list[str]
) -> None:
    mark = tmp_path / "imported"
    trap = f"open({str(mark)!r}, 'a').write(__name__)\nraise SystemExit(77)\n"
    many = {f"m{number}.py": UNDECIDED for number in range(100)}
    traps = {f"{module}.py": trap for module in (*TRAPPED, "sitecustomize", "usercustomize")}
    done = run("fix", *options, cwd=tree({"db.py": DB, "a.py": SAFE, **many, **traps}))
    assert (done.code, mark.exists()) == (1, False), done.said


def imported_by(*arguments: str, cwd: Path, home: Path) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "repairbot", *arguments],
        cwd=cwd,
        env=scrubbed(home),
        capture_output=True,
        text=True,
        check=False,
    )
    return {row.rpartition("|")[2].strip().partition(".")[0] for row in done.stderr.splitlines()}


def test_a_scan_that_finds_nothing_imports_no_heavy_library(tree: Tree, tmp_path: Path) -> None:
    root = tree({"a.py": FINE, "b.py": UNDECIDED, "db.py": DB})
    heavy = {"libcst", "rich", "jinja2", "git", "github", "jsonschema", "hypothesis", "pygments"}
    imported = imported_by("scan", cwd=root, home=tmp_path)
    assert "repairbot" in imported
    assert imported & heavy == set()


def test_a_plain_report_imports_no_rich(tree: Tree, tmp_path: Path) -> None:
    assert "rich" not in imported_by("scan", cwd=tree({"db.py": DB, "a.py": SAFE}), home=tmp_path)


def test_sarif_is_valid_and_names_what_the_json_names(tree: Tree, run: Run) -> None:
    files = {"db.py": DB, "a.py": SAFE, "b.py": REFUSED, "test_c.py": EXPECTED, "e.py": BROKEN}
    root = tree(files)
    log = run("scan", "--format", "sarif", cwd=root).json
    schema = json.loads((Path(__file__).parents[1] / "render/sarif/sarif-2.1.0.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(log)
    findings = run("scan", "--format", "json", cwd=root).json["findings"]
    (scanned,) = log["runs"]
    assert scanned["originalUriBaseIds"]["%SRCROOT%"]["uri"] == f"{root.as_uri()}/"
    assert {one["partialFingerprints"]["repairbotFingerprint/v1"] for one in scanned["results"]} == {
        one["fingerprint"] for one in findings
    }
    assert [one["level"] for one in scanned["results"]] == ["error", "error", "note"]
    (note,) = scanned["invocations"][0]["toolExecutionNotifications"]
    assert note["message"]["text"].startswith("Not scanned (syntax-error): ")


def test_annotations_are_the_only_thing_on_stdout(tree: Tree, run: Run) -> None:
    done = run("scan", "--format", "github", cwd=tree({"db.py": DB, "a.py": SAFE, "e.py": BROKEN}))
    first, second = done.text.splitlines()
    assert first.startswith("::error file=a.py,line=5,endLine=5,col=5,endColumn=39,title=repairbot RB101::`async for` ")
    assert second.startswith("::warning file=e.py,title=repairbot::not scanned (syntax-error)")
    assert done.said == ""


@pytest.mark.parametrize("options", [["--format", "sarif"], ["--format", "github"], ["--since", "HEAD"]])
def test_a_traceback_does_not_go_with_what_it_cannot_be_shown_as(tree: Tree, run: Run, options: list[str]) -> None:
    done = run("scan", "--traceback", "log.txt", *options, cwd=tree({"a.py": FINE, "log.txt": ""}))
    assert (done.code, done.out) == (2, b"")
    assert "--traceback goes with --format text or json, and without --since" in done.said
