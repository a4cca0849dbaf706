from __future__ import annotations

from dataclasses import dataclass

import pytest

from repairbot.model import Disposition, Finding, Region, Undecided
from repairbot.scan.ignores import Ignore, Sifted, ignores, sift


@dataclass(frozen=True)
class Named:
    code: str
    slug: str


RB101 = Named("RB101", "async-for-context-manager")
RB102 = Named("RB102", "async-with-async-generator")


def finding(line: int, end_line: int | None = None, rule: str = "RB101", path: str = "a.py") -> Finding:
    region = Region(line, 5, end_line or line, 20)
    return Finding(rule, path, region, "m", "f()", Disposition.REFUSE, None, "why", "0" * 64, None, (), ())


def undecided(line: int, rule: str = "RB101") -> Undecided:
    return Undecided(rule, "a.py", Region(line, 5, line, 20), "f()", "why", ())


def sifted(
    text: str,
    *findings: Finding,
    undecided: tuple[Undecided, ...] = (),
    ran: tuple[Named, ...] = (RB101, RB102),
) -> Sifted:
    return sift(findings, undecided, ["a.py"], lambda _: ignores(text), ran, (RB101, RB102))


@pytest.mark.parametrize(
    "comment",
    [
        "# noqa",
        "#noqa",
        "# NOQA",
        "# noqa: RB101",
        "# noqa:RB101",
        "# noqa : RB101",
        "# noqa: rb101",
        "# noqa: E501,RB101",
        "# noqa: E501 RB101",
        "# noqa: RB1",
        "# noqa: RB101 because it says so",
        "# type: ignore # noqa: RB101",
        "# noqa because",
        "# repairbot: ignore[RB101]",
        "# repairbot:ignore[rb101]",
        "# repairbot: ignore[RB102, RB101]",
        "# repairbot: ignore[async-for-context-manager]",
        "# repairbot: ignore [RB101] because",
        "# fmt: skip # repairbot: ignore[RB101]",
    ],
)
def test_a_comment_that_names_the_rule_or_none_keeps_the_finding_back(comment: str) -> None:
    result = sifted(f"f()  {comment}\n", finding(1))
    assert result.kept == ()
    assert [entry.finding for entry in result.ignored] == [finding(1)]
    assert result.unused == ()


@pytest.mark.parametrize(
    "comment",
    [
        "# noqa: E501",
        "# noqa: RB102",
        "# noqa: because",
        "# noqa:",
        "# noqa-like",
        "# noqanything",
        "# flake8: noqa",
        "# repairbot: ignore[RB102]",
        "# repairbot: ignore[RB1]",
        "# repairbot: ignore[]",
        "# repairbot: ignore",
        "# repairbot: ignore[RB101",
        "# repairbot: ignored[RB101]",
        "# ignore[RB101]",
    ],
)
def test_any_other_comment_does_not(comment: str) -> None:
    assert sifted(f"f()  {comment}\n", finding(1)).kept == (finding(1),)


@pytest.mark.parametrize("line", [2, 3, 4])
def test_any_physical_line_of_the_region_will_do(line: int) -> None:
    lines = ["if True:", "    f(", "    1,", "    )", "    g()"]
    lines[line - 1] += "  # noqa"
    assert sifted("\n".join(lines), finding(2, 4)).kept == ()


@pytest.mark.parametrize("line", [1, 5])
def test_a_line_outside_the_region_will_not(line: int) -> None:
    lines = ["if True:", "    f(", "    1,", "    )", "    g()"]
    lines[line - 1] += "  # noqa"
    assert sifted("\n".join(lines), finding(2, 4)).kept == (finding(2, 4),)


@pytest.mark.parametrize("text", ["f('# noqa')\n", "f('''\n# noqa\n''')\n", 'f("# repairbot: ignore[RB101]")\n'])
def test_a_string_is_no_comment(text: str) -> None:
    result = sifted(text, finding(1, 3))
    assert result.kept == (finding(1, 3),)
    assert result.unused == ()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_as_python_counts_them(end: str) -> None:
    text = end.join(["x = 1", "\x0cy = '\x85'", "f()  # repairbot: ignore[RB101]", ""])
    assert ignores(text) == (Ignore(3, "# repairbot: ignore[RB101]", ("RB101",), ours=True),)


def test_comments_before_a_mistake_in_the_file_are_still_read() -> None:
    assert [found.line for found in ignores("a  # noqa\nb = (\n")] == [1]


def test_another_file_s_comment_does_not_count() -> None:
    other = finding(1, path="b.py")
    result = sift([other], (), (), lambda path: ignores("f()  # noqa" if path == "a.py" else "f()"), [RB101], [RB101])
    assert result.kept == (other,)


def test_an_ignore_where_nothing_is_found_is_unused() -> None:
    (unused,) = sifted("f()\ng()  # repairbot: ignore[RB101]\n", finding(1)).unused
    assert (unused.path, unused.ignore.line, unused.reason) == ("a.py", 2, "nothing is found on its line")


def test_a_noqa_where_nothing_is_found_is_another_tool_s_business() -> None:
    assert sifted("g()  # noqa: RB101\n").unused == ()


def test_an_ignore_beside_a_noqa_is_used() -> None:
    assert sifted("f()  # noqa # repairbot: ignore[RB101]\n", finding(1)).unused == ()


def test_two_ignores_in_one_region_are_both_used() -> None:
    text = "f(  # repairbot: ignore[RB101]\n)  # repairbot: ignore[RB101]\n"
    assert sifted(text, finding(1, 2)).unused == ()


def test_an_ignore_of_a_rule_that_did_not_look_is_not_called_unused() -> None:
    assert sifted("g()  # repairbot: ignore[RB102]\n", ran=(RB101,)).unused == ()


def test_an_ignore_on_a_site_that_could_not_be_decided_is_not_called_unused() -> None:
    assert sifted("g()  # repairbot: ignore[RB101]\n", undecided=(undecided(1),)).unused == ()
    assert len(sifted("g()  # repairbot: ignore[RB102]\n", undecided=(undecided(1),)).unused) == 1


@pytest.mark.parametrize(
    ("comment", "reason"),
    [
        ("# repairbot: ignore", "it names no rule; write `# repairbot: ignore[RB101]`"),
        ("# repairbot: ignore[]", "it names no rule; write `# repairbot: ignore[RB101]`"),
        ("# repairbot: ignore[RB999]", "there is no rule 'RB999'; `repairbot rules` lists them"),
    ],
)
def test_an_ignore_that_cannot_work_says_why(comment: str, reason: str) -> None:
    (unused,) = sifted(f"f()  {comment}\n", finding(1)).unused
    assert unused.reason == reason
