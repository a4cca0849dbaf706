from __future__ import annotations

import ast
import os
import pickle
import subprocess
from pathlib import Path

import pytest

from repairbot.errors import UsageError
from repairbot.model import Origin, Skipped
from repairbot.source.files import ModuleFile, Unparsed
from repairbot.source.snapshot import Snapshot
from tests.source.conftest import Snap, Write


def test_paths_choose_what_is_reported_and_the_whole_root_is_there_to_resolve(write: Write) -> None:
    root = write({".git/x": "", "a/x.py": "", "a/deep/y.py": "", "ab/z.py": "", "b.py": "", "c.py": ""})
    snapshot = Snapshot.of([root / "a", root / "b.py"])
    assert snapshot.root == root
    assert snapshot.paths == ("a/deep/y.py", "a/x.py", "ab/z.py", "b.py", "c.py")
    assert snapshot.chosen == {"a/x.py", "a/deep/y.py", "b.py"}


def test_no_paths_choose_everything_under_the_working_directory(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write({"pyproject.toml": "", "a/x.py": "", "y.py": ""}) / "a")
    assert Snapshot.of([]).chosen == {"a/x.py"}
    assert Snapshot.of([Path("..")]).chosen == {"a/x.py", "y.py"}


def test_a_file_named_outright_is_chosen_whatever_its_suffix_or_ignore_state(write: Write) -> None:
    root = write(
        {".gitignore": "ignored.py", "ignored.py": "", "bin/tool": "x = 1\n", "node_modules/x.py": "", "y.py": ""}
    )
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    named = ["ignored.py", "bin/tool", "node_modules/x.py", "y.py"]
    snapshot = Snapshot.of([root / name for name in named], exclude=["y.py"])
    assert snapshot.chosen == set(named)
    assert ast.unparse(snapshot.parsed(snapshot.file("bin/tool")).tree) == "x = 1"
    assert snapshot.file("bin/tool").name == "bin.tool"
    assert Snapshot.of([root]).paths == ("y.py",)


def test_a_path_that_does_not_exist_is_a_usage_error(write: Write) -> None:
    root = write({"x.py": ""})
    with pytest.raises(UsageError, match="gone: no such file or directory; check its spelling"):
        Snapshot.of([root, root / "gone"])


def test_what_was_skipped_is_reported_only_for_the_chosen_paths(write: Write) -> None:
    root = write({".git/x": "", "a/x.py": "", "b/y.py": ""})
    (root / "a/link.py").symlink_to("x.py")
    (root / "b/link.py").symlink_to("y.py")
    assert [entry.path for entry in Snapshot.of([root / "a"]).skipped] == ["a/link.py"]
    assert [entry.path for entry in Snapshot.of([root / "b/link.py"]).skipped] == ["b/link.py"]
    assert [entry.path for entry in Snapshot.of([root]).skipped] == ["a/link.py", "b/link.py"]


def test_a_directory_that_is_left_out_says_so_when_it_is_named(write: Write) -> None:
    root = write({".git/x": "", "node_modules/a/x.py": "", "y.py": ""})
    snapshot = Snapshot.of([root / "node_modules/a"])
    assert snapshot.chosen == frozenset()
    reason = "a directory that scans leave out, git ignores or `exclude` names; name its files to scan them"
    assert snapshot.skipped == (Skipped("node_modules/a", "left-out", reason),)


def test_a_parsed_file_is_the_same_object_each_time(snap: Snap) -> None:
    snapshot = snap({"x.py": "x = 1\n"})
    first = snapshot.parsed(snapshot.file("x.py"))
    assert snapshot.parsed(snapshot.file("x.py")) is first
    assert (first.data, first.text) == (b"x = 1\n", "x = 1\n")


def test_a_file_that_cannot_be_parsed_says_why_each_time(snap: Snap) -> None:
    snapshot = snap({"x.py": "x ="})
    for _ in range(2):
        with pytest.raises(Unparsed) as caught:
            snapshot.parsed(snapshot.file("x.py"))
        assert caught.value.skipped == Skipped("x.py", "syntax-error", "line 1: invalid syntax")


def test_a_file_that_vanished_or_became_a_link_since_the_walk_is_unreadable(snap: Snap) -> None:
    snapshot = snap({"gone.py": "", "link.py": "", "x.py": ""})
    (snapshot.root / "gone.py").unlink()
    (snapshot.root / "link.py").unlink()
    (snapshot.root / "link.py").symlink_to("x.py")
    for name in ("gone.py", "link.py"):
        with pytest.raises(Unparsed) as caught:
            snapshot.parsed(snapshot.file(name))
        assert caught.value.skipped.kind == "unreadable"


def test_modules_of_each_origin_are_parsed(snap: Snap) -> None:
    snapshot = snap({"x.py": "", "bare/y.py": "", ".venv/lib/python3.11/site-packages/lib.py": "value = 1\n"})
    importer = snapshot.file("x.py")
    for name, origin in {"lib": Origin.ENVIRONMENT, "contextlib": Origin.STDLIB, "bare": Origin.SOURCE}.items():
        module = snapshot.find(name, importer)
        assert isinstance(module, ModuleFile)
        assert module.origin is origin
        assert bool(snapshot.parsed(module).tree.body) == (name != "bare")


def test_files_holding_a_word_are_found_by_their_bytes(snap: Snap) -> None:
    snapshot = snap(
        {"a.py": "async def f(): ...", "b.py": "x = 1", "c.py": b"\xff async", "big.py": "#" * 200_000 + "async"}
    )
    assert snapshot.containing(b"async") == ("a.py", "big.py", "c.py")
    assert snapshot.containing_any([b"x", b"nothing", b"async"]) == {
        b"x": ("b.py",),
        b"nothing": (),
        b"async": ("a.py", "big.py", "c.py"),
    }


def test_a_word_is_looked_for_once(snap: Snap) -> None:
    snapshot = snap({"a.py": "word"})
    assert snapshot.containing(b"word") == ("a.py",)
    (snapshot.root / "a.py").write_text("")
    assert snapshot.containing_any([b"word", b"other"]) == {b"word": ("a.py",), b"other": ()}


def test_a_file_that_vanished_since_the_walk_holds_nothing(snap: Snap) -> None:
    snapshot = snap({"a.py": "word", "b.py": "word"})
    (snapshot.root / "a.py").unlink()
    assert snapshot.containing(b"word") == ("b.py",)


def test_few_bytes_of_source_are_remembered_however_many_are_read(snap: Snap) -> None:
    files = {f"{number}.py": b"#" * 3_000_000 for number in range(8)}
    snapshot = snap(files)
    for path in snapshot.paths * 2:
        assert len(snapshot.read(path)) == 3_000_000
    assert snapshot.read("7.py") is snapshot.read("7.py")
    assert sum(map(len, snapshot._bytes.values())) <= 16_000_000


def test_an_overlay_shows_the_changes_and_shares_the_rest(snap: Snap) -> None:
    snapshot = snap({"a.py": "old", "b.py": "kept = 1", "c.py": "old"})
    kept = snapshot.parsed(snapshot.file("b.py"))
    assert snapshot.containing(b"old") == ("a.py", "c.py")
    changed = snapshot.overlay({"a.py": b"new = 1\n", "b.py": b"kept = 1"})
    assert changed.read("a.py") == b"new = 1\n"
    assert changed.parsed(changed.file("a.py")).text == "new = 1\n"
    assert changed.parsed(changed.file("c.py")) is snapshot.parsed(snapshot.file("c.py"))
    assert changed.containing_any([b"old", b"new"]) == {b"old": ("c.py",), b"new": ("a.py",)}
    assert (changed.root, changed.paths, changed.chosen) == (snapshot.root, snapshot.paths, snapshot.chosen)
    assert snapshot.parsed(snapshot.file("b.py")) is kept
    assert snapshot.read("a.py") == b"old"


def test_an_overlay_of_an_overlay_shows_both_changes(snap: Snap) -> None:
    snapshot = snap({"a.py": "a1", "b.py": "b1"})
    twice = snapshot.overlay({"a.py": b"a2"}).overlay({"b.py": b"b2"})
    assert [twice.read(path) for path in twice.paths] == [b"a2", b"b2"]
    assert twice.containing_any([b"a1", b"a2", b"b1", b"b2"]) == {
        b"a1": (),
        b"a2": ("a.py",),
        b"b1": (),
        b"b2": ("b.py",),
    }
    assert twice.parsed(twice.file("a.py")).text == "a2"


def test_a_file_that_an_overlay_adds_can_be_imported(snap: Snap) -> None:
    snapshot = snap({"a.py": ""})
    added = snapshot.overlay({"new/__init__.py": b""})
    assert added.find("new", added.file("a.py")) == added.file("new/__init__.py")
    assert added.paths == ("a.py", "new/__init__.py")


def test_a_snapshot_survives_pickling_with_its_environment_and_overlay(snap: Snap) -> None:
    snapshot = snap({"a.py": "old", ".venv/lib/python3.11/site-packages/lib.py": "value = 1\n"})
    snapshot.find("lib", snapshot.file("a.py"))
    copy = pickle.loads(pickle.dumps(snapshot.overlay({"a.py": b"new"})))
    module = copy.find("lib", copy.file("a.py"))
    assert copy.parsed(module).text == "value = 1\n"
    assert copy.read("a.py") == b"new"
    assert (copy.root, copy.paths, copy.chosen, copy.skipped) == (
        snapshot.root,
        snapshot.paths,
        snapshot.chosen,
        snapshot.skipped,
    )


def test_names_of_files_that_are_no_text_are_kept_as_they_are(snap: Snap) -> None:
    name = os.fsdecode(b"bad\xff.py")
    snapshot = snap({name: "x = 1\n"})
    assert snapshot.paths == (name,)
    assert snapshot.parsed(snapshot.file(name)).text == "x = 1\n"
    assert snapshot.containing(b"x = 1") == (name,)
