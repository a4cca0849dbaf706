from __future__ import annotations

from tests.cli.conftest import Run, Tree


def test_rules_lists_code_slug_and_summary(tree: Tree, run: Run) -> None:
    done = run("rules", cwd=tree({}))
    assert done.code == 0
    rows = [row.split() for row in done.text.splitlines()]
    assert rows[0][:2] == ["RB101", "async-for-context-manager"]
    assert rows[1][:2] == ["RB102", "async-with-async-generator"]
    assert all(len(row) > 4 for row in rows)


def test_rules_lists_what_the_flags_select(tree: Tree, run: Run) -> None:
    rows = run("rules", "--ignore", "RB101", cwd=tree({})).text.splitlines()
    assert [row[:5] for row in rows][:1] == ["RB102"]


def test_rules_works_where_the_configuration_is_wrong(tree: Tree, run: Run) -> None:
    root = tree({"pyproject.toml": '[tool.repairbot]\nselect = ["RB999"]\n'})
    assert run("rules", cwd=root).code == 0


def test_the_version_is_the_package_s(tree: Tree, run: Run) -> None:
    from importlib.metadata import version

    assert run("--version", cwd=tree({})).text == f"repairbot {version('repairbot')}\n"


def test_help_is_on_stdout_and_names_every_command(tree: Tree, run: Run) -> None:
    done = run("--help", cwd=tree({}))
    assert (done.code, done.err) == (0, b"")
    assert all(f"\n  {command} " in done.text for command in ("scan", "fix", "explain", "rules"))
