from __future__ import annotations

import ast
from pathlib import Path

import pytest

from repairbot.errors import UsageError
from repairbot.history.changed_lines import Extent, Hunk, extent, since
from tests.git_traps import TRAPS, Trap, commit, git, start, state

CODE = """\
import os
from db import (
    first,
    session,
)


@decorated(
    with_arguments
)
@again
def function():
    one()

    if two:
        three(
            4
        )
    return 5


class Thing:
    x = 1

    def method(self):
        return 2


try:
    a()
except ValueError:
    b()
match a:
    case 1:
        c()
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return start(tmp_path / "user" / "repository")


def hunks(place: Path, revision: str, path: str = "a.py") -> list[tuple[int, int]]:
    with since(place, revision) as changes:
        return [(hunk.start, hunk.count) for hunk in changes.hunks(path, (place / path).read_bytes())]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (1, (1, 1)),
        (2, (2, 5)),
        (4, (2, 5)),
        (6, (6, 6)),
        (8, (8, 19)),  # a decorator belongs to its definition
        (12, (8, 19)),
        (13, (13, 13)),
        (15, (15, 15)),  # of a block the head
        (17, (16, 18)),
        (22, (22, 26)),
        (23, (23, 23)),
        (25, (25, 26)),
        (30, (30, 30)),
        (32, (32, 32)),
        (35, (35, 35)),
    ],
)
def test_the_statement_at_a_line(line: int, expected: tuple[int, int]) -> None:
    found = extent(ast.parse(CODE), line)
    assert (found.first, found.last) == expected


def test_a_file_without_a_tree_has_lines_alone() -> None:
    assert extent(None, 7) == Extent(7, 7)


ROWS = (b"", b"", b"", b"", b"def f():", b"    a", b"    b", b"", b"", b"x = 1")
FUNCTION = Extent(5, 7, 0)


@pytest.mark.parametrize(
    ("hunk", "lines", "meets"),
    [
        (Hunk(5, 2), Extent(1, 4), False),
        (Hunk(5, 2), Extent(4, 5), True),
        (Hunk(5, 2), Extent(6, 9), True),
        (Hunk(5, 2), Extent(7, 9), False),
        (Hunk(6, 0), Extent(5, 8), True),
        (Hunk(4, 0), Extent(5, 8), False),
        (Hunk(8, 0), Extent(5, 8), False),
        (Hunk(4, 0, (b"@decorator",)), FUNCTION, True),
        (Hunk(4, 1, (b"@decorator",)), FUNCTION, True),
        (Hunk(3, 1, (b"@decorator",)), FUNCTION, False),
        (Hunk(4, 0, (b"def g():", b"    pass", b"")), FUNCTION, False),
        (Hunk(4, 0, (b"",)), FUNCTION, False),
        (Hunk(7, 0, (b"    yield c",)), FUNCTION, True),
        (
            Hunk(
                8,
                0,
                (
                    b"",
                    b"    yield c",
                ),
            ),
            FUNCTION,
            True,
        ),
        (Hunk(9, 0, (b"    yield c",)), FUNCTION, True),
        (Hunk(10, 0, (b"    yield c",)), FUNCTION, False),
        (Hunk(9, 0, (b"def g():", b"    yield c")), FUNCTION, False),
        (Hunk(8, 1, (b"    yield c",)), FUNCTION, True),
    ],
)
def test_a_change_meets_the_lines_it_touches(hunk: Hunk, lines: Extent, meets: bool) -> None:
    assert hunk.meets(lines, ROWS) is meets


def test_the_work_tree_is_compared_committed_or_not(place: Path) -> None:
    commit(place, {"a.py": "1\n2\n3\n"})
    git(place, "tag", "old")
    assert hunks(place, "old") == []
    commit(place, {"a.py": "1\n2\n3\n4\n"})
    assert hunks(place, "old") == [(4, 1)]
    (place / "a.py").write_text("0\n3\n4\n")
    assert hunks(place, "old") == [(1, 1), (3, 1)]
    (place / "a.py").write_text("1\n3\n4\n")
    assert hunks(place, "HEAD") == [(1, 0)]


def test_the_comparison_starts_where_the_two_part(place: Path) -> None:
    commit(place, {"a.py": "1\n"})
    git(place, "checkout", "--quiet", "-b", "topic")
    commit(place, {"a.py": "1\n2\n"})
    git(place, "checkout", "--quiet", "main")
    ahead = commit(place, {"a.py": "0\n1\n", "b.py": "x\n"})
    git(place, "checkout", "--quiet", "topic")
    assert hunks(place, "main") == [(2, 1)]
    with since(place, "main") as changes:
        assert changes.commit not in {ahead, git(place, "rev-parse", "HEAD")}


def test_a_file_that_the_commit_lacks_is_new_from_end_to_end(place: Path) -> None:
    commit(place, {"a.py": "1\n"})
    (place / "new.py").write_text("1\n" * 5)
    with since(place, "HEAD") as changes:
        (hunk,) = changes.hunks("new.py", b"1\n" * 5)
    assert hunk.meets(Extent(1, 1), ())
    assert hunk.meets(Extent(5, 5), ())


def test_line_ends_alone_are_no_change(place: Path) -> None:
    commit(place, {"a.py": "1\n2\n3\n"})
    (place / "a.py").write_bytes(b"1\r\n2\r\n3\r\n")
    assert hunks(place, "HEAD") == []


def test_content_that_looks_like_a_hunk_is_content(place: Path) -> None:
    commit(place, {"a.py": "x = '''\n'''\n"})
    (place / "a.py").write_text("x = '''\n@@ -1,2 +77,9 @@\n'''\n")
    assert hunks(place, "HEAD") == [(2, 1)]


def test_bytes_that_are_no_text_are_compared(place: Path) -> None:
    commit(place, {"a.py": "a\0b\n2\n"})
    (place / "a.py").write_bytes(b"a\0c\n2\n\xff\n")
    assert hunks(place, "HEAD") == [(1, 1), (3, 1)]


def test_an_unknown_commit_is_named(place: Path) -> None:
    commit(place, {"a.py": "1\n"})
    for revision in ("nowhere", "--output=x", "-x", "", "HEAD^{tree}"):
        with pytest.raises(UsageError, match="there is no commit"), since(place, revision):
            pass


def test_a_folder_without_git_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is not in a git repository; leave --since out"), since(tmp_path, "main"):
        pass


def test_a_missing_git_is_told(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(place, {"a.py": "1\n"})
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(UsageError, match="install git, or leave --since out"), since(place, "HEAD"):
        pass


def test_histories_that_share_nothing_are_told(place: Path) -> None:
    commit(place, {"a.py": "1\n"})
    git(place, "checkout", "--quiet", "--orphan", "other")
    commit(place, {"a.py": "2\n"})
    with pytest.raises(UsageError, match="shares no commit with HEAD; name another one"), since(place, "main"):
        pass


def test_a_shallow_clone_is_told_to_fetch_more(place: Path, tmp_path: Path) -> None:
    commit(place, {"a.py": "1\n"})
    git(place, "tag", "old")
    commit(place, {"a.py": "2\n"})
    clone = tmp_path / "shallow"
    git(tmp_path / "user", "clone", "--quiet", "--depth=1", f"file://{place}", str(clone))
    with pytest.raises(UsageError, match="this clone is shallow"), since(clone, "old"):
        pass
    git(clone, "fetch", "--quiet", "--depth=1", "origin", "tag", "old")
    with pytest.raises(UsageError, match="this clone is shallow"), since(clone, "old"):
        pass
    git(clone, "fetch", "--quiet", "--unshallow")
    assert hunks(clone, "old") == [(1, 1)]


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.name)
def test_no_program_that_the_repository_names_is_started_and_nothing_in_it_changes(
    trap: Trap, tmp_path: Path, place: Path
) -> None:
    commit(place, {"a.py": "1\n", "b.py": "2\n"})
    sprung, program = tmp_path / "sprung", tmp_path / "trap.sh"
    program.write_text(f"#!/bin/sh\ntouch {sprung}\n")
    program.chmod(0o755)
    trap.set(place, str(program))
    (place / "b.py").write_text("1\n2\n")  # the first line is an object of the repository already
    sprung.unlink(missing_ok=True)
    before = state(place)
    assert hunks(place, "HEAD", "b.py") == [(1, 1)]
    assert not sprung.exists()
    assert state(place) == before


def test_a_blob_that_a_partial_clone_lacks_is_told(place: Path) -> None:
    commit(place, {"a.py": "1\n"})
    blob = git(place, "rev-parse", "HEAD:a.py")
    (place / ".git/objects" / blob[:2] / blob[2:]).unlink()
    with pytest.raises(UsageError, match=r"is not all here .* --no-filter` brings what it lacks"):
        hunks(place, "HEAD")
