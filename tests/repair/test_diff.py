"""The diff is what `git apply` takes, whatever the files and their names are made of."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from repairbot.repair.diff import Rewrite, unified_diff

BIG = b"".join(b"%d\n" % number for number in range(1000))


def changed(**lines: bytes) -> bytes:
    """BIG with other lines in the place of some."""
    return b"".join(lines.get(f"line_{number}", b"%d\n" % number) for number in range(1000))


CONTENTS = {
    "one_line_in_the_middle": (b"a\nb\nc\nd\ne\nf\ng\nh\ni\n", b"a\nb\nc\nd\nE\nf\ng\nh\ni\n"),
    "places_far_apart": (BIG, changed(line_10=b"x\n", line_500=b"", line_900=b"900\ny\n")),
    "places_close_together": (BIG, changed(line_10=b"x\n", line_16=b"y\n", line_23=b"z\n")),
    "the_first_line": (b"a\nb\n", b"b\n"),
    "the_last_line": (b"a\nb\n", b"a\n"),
    "a_new_first_line": (b"a\n", b"b\na\n"),
    "everything": (b"a\n", b"b\nc\n"),
    "an_empty_file_before": (b"", b"a\n"),
    "an_empty_file_after": (b"a\n", b""),
    "windows_line_ends": (b"a\r\nb\r\n", b"a\r\nB\r\n"),
    "mixed_line_ends": (b"a\r\nb\nc\rd\r\n", b"a\r\nB\nc\rd\r\n"),
    "a_lone_carriage_return_at_the_end": (b"a\nb\r", b"A\nb\r"),
    "no_line_end_at_the_end": (b"a\nb", b"A\nb"),
    "a_last_line_that_changes_without_a_line_end": (b"a\nb", b"a\nB"),
    "a_line_end_that_is_added": (b"a\nb", b"a\nb\n"),
    "a_line_end_that_is_taken": (b"a\nb\n", b"a\nb"),
    "bytes_that_are_no_utf_8": (b"\xe9\n\xff\n", b"\xe9\n\xfe\n"),
    "a_byte_order_mark": (b"\xef\xbb\xbfa\nb\n", b"\xef\xbb\xbfa\nB\n"),
    "spaces_at_the_ends_of_lines": (b"a  \n\t\nb\n", b"a  \n\t \nb\n"),
    "form_feeds": (b"\x0ca\n\x0c\nb\n", b"\x0ca\n\x0c\nB\n"),
    "a_line_more_among_its_likes": (b"a\na\na\na", b"a\na\na\na\na"),
    "a_line_less_among_its_likes": (b"b\n" + b"a\n" * 9 + b"b", b"b\n" + b"a\n" * 8 + b"b"),
    "lines_that_look_like_a_diff": (b"--- a\n+++ b\n@@ -1 +1 @@\n", b"-- a\n+++ b\n@@ -1 +1 @@\n"),
}  # fmt: skip

NAMES = {
    "plain": b"a.py",
    "a_folder": b"a/b/c.py",
    "spaces": b"a b/c d.py",
    "a_space_at_the_end": b"a ",
    "quotes": b"a\"b'.py",
    "a_backslash": b"a\\b.py",
    "a_line_feed": b"a\nb.py",
    "a_tab": b"a\tb.py",
    "letters_of_several_bytes": "é→😀.py".encode(),
    "letters_and_spaces": "é 😀.py".encode(),
    "bytes_that_are_no_utf_8": b"\xff\xfe.py",
    "control_characters": b"\x01\x1b[31m\x7f.py",
}


def applied(folder: Path, rewrites: list[Rewrite]) -> list[bytes]:
    """What `git apply` makes of the old files with the diff of the rewrites."""
    paths = [folder / rewrite.path for rewrite in rewrites]
    for path, rewrite in zip(paths, rewrites, strict=True):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(rewrite.old)
    command = ["git", "-C", str(folder), "apply", "-"]
    done = subprocess.run(command, input=unified_diff(rewrites), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    return [path.read_bytes() for path in paths]


@pytest.mark.parametrize(("old", "new"), CONTENTS.values(), ids=CONTENTS)
def test_git_applies_a_change_of(tmp_path: Path, old: bytes, new: bytes) -> None:
    assert applied(tmp_path, [Rewrite("a.py", old, new)]) == [new]


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_git_applies_a_change_of_a_file_whose_name_has(tmp_path: Path, name: bytes) -> None:
    assert applied(tmp_path, [Rewrite(os.fsdecode(name), b"a\nb\n", b"a\nB\n")]) == [b"a\nB\n"]


def test_git_applies_changes_of_several_files(tmp_path: Path) -> None:
    rewrites = [Rewrite(name, b"a\nb", b"a\nc") for name in ("a.py", "b c.py", "d/é.py")]
    assert applied(tmp_path, rewrites) == [b"a\nc"] * 3


LINES = st.lists(st.sampled_from([b"a", b"b", b"", b"c\r", b"\xff", b"-", b"\\ No newline"]), max_size=12)


@settings(max_examples=60, deadline=None)
@given(LINES, LINES, st.booleans(), st.booleans())
def test_git_applies_any_change(
    tmp_path_factory: pytest.TempPathFactory, old: list[bytes], new: list[bytes], old_ends: bool, new_ends: bool
) -> None:
    before, after = b"\n".join(old) + b"\n" * old_ends, b"\n".join(new) + b"\n" * new_ends
    if before != after:
        assert applied(tmp_path_factory.mktemp("diff"), [Rewrite("a.py", before, after)]) == [after]


def test_a_file_without_a_change_is_left_out() -> None:
    assert unified_diff([Rewrite("a.py", b"a\n", b"a\n")]) == b""


def test_the_diff_names_old_and_new_file_and_shows_three_lines_around() -> None:
    old, new = CONTENTS["one_line_in_the_middle"]
    assert unified_diff([Rewrite("a.py", old, new)]).decode() == (
        "diff --git a/a.py b/a.py\n--- a/a.py\n+++ b/a.py\n@@ -2,7 +2,7 @@\n b\n c\n d\n-e\n+E\n f\n g\n h\n"
    )
