from __future__ import annotations

import re
from pathlib import Path

import pytest

from repairbot.harness.sandbox.values import Kind
from tests.harness import test_sandbox_attacks as attacks

PAGE = Path(__file__).parents[2] / "SECURITY.md"
# That the sandbox does not get in the way, and that the attacks can succeed.
NO_ATTACK = {
    "test_names_of_hosts_and_interfaces_can_be_looked_up",
    "test_with_the_network_off_the_loopback_still_works",
    "test_the_network_is_there_when_asked_for",
    "test_what_idle_workers_share_counts_once",
    "test_it_finds_a_clean_place_of_its_own",
    "test_without_isolation_the_same_attacks_succeed",
    "test_an_ordinary_user_is_as_safe_as_root",
    # Limits and details of promises that stand in the table.
    "test_a_flood_of_output_is_cut",
    "test_a_file_is_bounded",
    "test_a_crash_is_a_signal_and_leaves_no_core",
    "test_a_hang_is_ended_with_all_that_it_started",
    "test_no_queue_is_left_that_outlives_every_process",
    "test_it_is_not_root",
}


def rows() -> dict[str, set[str]]:
    """The test of each row of the table, and the levels that the row promises."""
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    head, *rest = ([cell.strip() for cell in line.strip("|").split("|")] for line in lines)
    levels = head[1:-1]
    return {
        row[-1].strip("`"): {level for level, cell in zip(levels, row[1:-1], strict=True) if cell == "yes"}
        for row in rest
        if re.fullmatch(r"`test_\w+`", row[-1])
    }


def attacked() -> dict[str, set[str]]:
    """The levels at which each test of the attacks runs."""
    found = {}
    for name, test in vars(attacks).items():
        if name.startswith("test_"):
            marks = [mark for mark in getattr(test, "pytestmark", ()) if mark.name == "parametrize"]
            found[name] = {str(kind) for mark in marks for kind in mark.args[1]} - {Kind.SAME_USER}
    return found


@pytest.mark.parametrize("name", sorted(rows()))
def test_each_promise_is_attacked_at_the_levels_that_the_table_says_and_no_others(name: str) -> None:
    assert rows()[name] == attacked().get(name)


def test_each_attack_stands_in_the_table() -> None:
    assert set(attacked()) - NO_ATTACK == set(rows())


def test_the_table_names_all_levels_in_the_order_in_which_they_are_tried() -> None:
    head = next(line for line in PAGE.read_text(encoding="utf-8").splitlines() if "attacked by" in line)
    cells = [cell.strip() for cell in head.strip("|").split("|")]
    assert cells[1:-1] == [kind.value for kind in Kind if kind is not Kind.SAME_USER]
