from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from repairbot.commands.arguments import VERSION, parse
from repairbot.errors import UsageError
from tests.cli.conftest import Run, Tree


def asked(argv: list[str]) -> Any:
    """The options of a call."""
    return parse(argv).options


def test_options_are_taken_before_and_after_the_command() -> None:
    before = asked(["--jobs", "2", "-v", "--select", "RB101", "--config", "c.toml", "scan", "a"])
    after = asked(["scan", "a", "--jobs", "2", "-v", "--select", "RB101", "--config", "c.toml"])
    assert before == after
    assert after.flags == {"jobs": 2, "select": ["RB101"]}
    assert (after.paths, after.verbosity, after.config) == ((Path("a"),), 1, Path("c.toml"))


def test_options_are_taken_between_paths() -> None:
    assert asked(["scan", "a", "--format", "json", "b"]).paths == (Path("a"), Path("b"))


def test_a_path_that_begins_with_a_dash_comes_after_two() -> None:
    assert asked(["scan", "-q", "--", "-x"]).paths == (Path("-x"),)


def test_lists_from_both_sides_of_the_command_are_one_list() -> None:
    assert asked(["--select", "RB101", "scan", "--select", "RB102"]).flags == {"select": ["RB101", "RB102"]}


def test_a_value_after_the_command_wins_over_one_before() -> None:
    assert asked(["--jobs", "2", "scan", "--jobs", "3"]).flags == {"jobs": 3}


def test_verbose_and_quiet_add_up() -> None:
    assert asked(["-v", "scan", "-v"]).verbosity == 2
    assert asked(["-v", "scan", "-q"]).verbosity == 0


def test_only_what_was_given_is_a_flag() -> None:
    assert asked(["scan"]).flags == {}
    assert asked(["fix"]).flags == {}
    assert asked(["scan", "--jobs", "0"]).flags == {"jobs": 0}
    assert asked(["scan", "--fail-on-skipped"]).flags == {"fail-on-skipped": True}
    assert asked(["fix", "--unsafe-fixes"]).flags == {"unsafe-fixes": True}


@pytest.mark.parametrize("argv", [["--version"], ["scan", "--version"], ["--version", "scan"]])
def test_the_version_can_be_asked_for_anywhere(argv: list[str]) -> None:
    assert parse(argv).command is VERSION


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["scna"], "unknown command 'scna'; did you mean 'scan'?"),
        (["scan", "--foramt", "json"], "unrecognized arguments: --foramt"),
        (["scan", "--foramt=json"], "did you mean --format?"),
        (["run", "--pulbish"], "did you mean --publish?"),
        (["scan", "--form", "json"], "unrecognized arguments: --form"),
        (["scan", "--format", "xml"], "invalid choice: 'xml'"),
        (["scan", "--write"], "unrecognized arguments: --write"),
        (["fix", "--output", "x"], "unrecognized arguments: --output"),
        (["scan", "--jobs", "many"], "argument --jobs: invalid int value: 'many'"),
        (["rnu"], "unknown command 'rnu'"),
    ],
)
def test_wrong_usage_is_an_error_that_says_where_to_look(argv: list[str], said: str) -> None:
    with pytest.raises(UsageError) as raised:
        parse(argv)
    assert said in str(raised.value)


def test_the_program_alone_prints_its_help(tree: Tree, run: Run) -> None:
    done = run(cwd=tree({}))
    assert done.code == 0
    assert done.text.startswith("usage: repairbot COMMAND")
