"""`repairbot explain`: a rule's page, or the reasons for one line."""

from __future__ import annotations

import pytest

from tests.cli.conftest import BROKEN, DB, FINE, SAFE, UNDECIDED, Run, Tree


@pytest.mark.parametrize("name", ["RB101", "rb101", "async-for-context-manager"])
def test_a_rule_is_explained_by_its_page(tree: Tree, run: Run, name: str) -> None:
    done = run("explain", name, cwd=tree({}))
    assert done.code == 0
    assert done.text.startswith("# ")
    assert "\n## Fixed\n" in done.text


def test_a_finding_is_explained_as_scan_reports_it(tree: Tree, run: Run) -> None:
    root = tree({"db.py": DB, "a.py": SAFE})
    done = run("explain", "a.py:5", cwd=root)
    assert done.code == 0
    report = run("scan", cwd=root).text
    assert done.text.strip() == report.partition("\n\n")[0]


def test_a_place_may_be_copied_from_a_report(tree: Tree, run: Run) -> None:
    root = tree({"db.py": DB, "sub/a.py": SAFE})
    row = run("scan", "-q", cwd=root).text
    place = row.split(" ")[0]
    assert place == "sub/a.py:5:5:"
    for cwd in (root, root / "sub"):
        assert "async with get_session() as session" in run("explain", place, cwd=cwd).text


def test_any_line_of_a_construct_will_do(tree: Tree, run: Run) -> None:
    root = tree({"db.py": DB, "a.py": SAFE.replace("get_session():", "get_session(\n    ):")})
    assert run("explain", "a.py:6", cwd=root).text.startswith("a.py:5:5: RB101 ")


def test_an_ignored_finding_says_which_comment_keeps_it_back(tree: Tree, run: Run) -> None:
    root = tree({"db.py": DB, "a.py": SAFE.replace("get_session():", "get_session():  # noqa: RB101")})
    assert "  ignored: by `# noqa: RB101` on line 5" in run("explain", "a.py:5", cwd=root).text.splitlines()


def test_an_undecided_line_shows_the_chain_up_to_the_first_unknown(tree: Tree, run: Run) -> None:
    rows = run("explain", "a.py:2", cwd=tree({"a.py": UNDECIDED})).text.splitlines()
    assert rows[0].startswith("a.py:2:5: RB101 undecided: ")
    assert "source" in rows[0]
    assert any(row.startswith("    1. a.py:1 ") for row in rows)


def test_a_line_that_is_right_says_what_the_object_is_and_where_it_is_defined(tree: Tree, run: Run) -> None:
    rows = run("explain", "a.py:6", cwd=tree({"a.py": FINE})).text.splitlines()
    assert rows[0].startswith("a.py:6:5: RB101 finds nothing: ")
    assert any(row.split()[1:2] == ["a.py:1"] for row in rows)


def test_a_line_without_a_construct_says_what_is_looked_for(tree: Tree, run: Run) -> None:
    done = run("explain", "a.py:1", cwd=tree({"db.py": DB, "a.py": SAFE}))
    assert done.code == 0
    rows = done.text.splitlines()
    assert rows[0] == "a.py:1: no construct on this line is one that is looked for:"
    assert rows[1].startswith("  RB101 ")


def test_a_file_that_cannot_be_read_as_python_says_so(tree: Tree, run: Run) -> None:
    assert run("explain", "a.py:1", cwd=tree({"a.py": BROKEN})).text.startswith("a.py: skipped (syntax-error): ")


@pytest.mark.parametrize(
    ("path", "options"),
    [("a.py", ["--exclude", "a.py"]), ("node_modules/a.py", []), ("a.txt", []), (".venv/a.py", [])],
)
def test_a_file_that_scans_leave_out_is_explained_and_says_so(
    tree: Tree, run: Run, path: str, options: list[str]
) -> None:
    done = run("explain", f"{path}:6", *options, cwd=tree({path: FINE}))
    assert "RB101 finds nothing" in done.text
    assert "A scan of the project leaves this file out" in done.text


@pytest.mark.parametrize(
    ("topic", "said"),
    [
        ("RB1O1", "'RB1O1' is neither a rule, a topic nor PATH:LINE; did you mean 'RB101'?"),
        ("a.py", "'a.py' is neither a rule, a topic nor PATH:LINE"),
        ("none.py:3", "none.py: no such file"),
        (".:3", ".: not a file"),
        ("a.py:99", "a.py has no line 99; its lines are 1 to 7"),
        ("a.py:0", "a.py has no line 0"),
    ],
)
def test_a_topic_that_means_nothing_is_an_error(tree: Tree, run: Run, topic: str, said: str) -> None:
    done = run("explain", topic, cwd=tree({"a.py": FINE}))
    assert (done.code, done.out) == (2, b"")
    assert said in done.said


def test_without_a_topic_it_lists_every_rule_and_every_page(tree: Tree, run: Run) -> None:
    done = run("explain", cwd=tree({}))
    assert done.code == 0
    for name in ("RB101", "RB102", "configuration", "pull-requests", "PATH:LINE"):
        assert name in done.text


def test_a_topic_is_explained_by_its_page(tree: Tree, run: Run) -> None:
    done = run("explain", "Configuration", cwd=tree({}))
    assert done.code == 0
    assert done.text.startswith("# Configuration\n")
    assert "`test.install-command`" in done.text
