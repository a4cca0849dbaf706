"""Call paths as a picture, in SVG and in Mermaid, and the colours of a diff."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from repairbot.evidence.impact import EntryPoint, Hop, Impact, Reach
from repairbot.render.diff_lines import DiffLine, diff_lines
from repairbot.render.finding_details import dossiers
from repairbot.render.mermaid import mermaid
from repairbot.render.picture import HEIGHT, WIDTH, picture
from repairbot.render.sections.reach import Graph, Node, graph
from tests.evidence.documents import DIFF, DOCUMENT, FINDING
from tests.render.hostile import MEANT_AS


def drawn(*paths: tuple[str, ...], most: int = 50) -> Graph:
    """The graph of one finding at `app/x.py:9` that is reached by paths of functions, the entry point first."""
    points = tuple(
        EntryPoint("route", path[0], production=True, hops=tuple(Hop(f"{name}.py", 1, name) for name in path[1:]))
        for path in paths
    )
    finding = replace(FINDING, path="app/x.py", line=9, function="f", impact=Impact(Reach(points)))
    found = graph(dossiers(replace(DOCUMENT, findings=(finding,))), most)
    assert found is not None
    return found


def arrows(found: Graph) -> set[tuple[str, str]]:
    return {(found.nodes[start].title, found.nodes[end].title) for start, end in found.arrows}


def test_paths_that_share_functions_share_boxes() -> None:
    found = drawn(("/a", "one", "two"), ("/b", "two"))
    assert [node.title for node in found.nodes] == ["route", "one", "two", "f", "route"]
    assert len(arrows(found)) == 4
    assert ("two", "f") in arrows(found)


def test_only_whole_paths_are_drawn_and_the_others_are_counted() -> None:
    found = drawn(("/a", "one"), ("/b", "two"), ("/c", "three"), most=5)
    assert len(found.nodes) == 5
    assert found.more == 1


def test_a_path_that_goes_round_in_a_circle_is_drawn() -> None:
    circle = Graph((Node("other", "a", ""), Node("step", "b", ""), Node("place", "c", "")), ((0, 1), (1, 0), (1, 2)), 0)
    assert [box.x for box in picture(circle).boxes] == sorted(box.x for box in picture(circle).boxes)


@pytest.mark.parametrize("count", [1, 2, 7, 30])
def test_boxes_stand_inside_the_picture_and_never_on_one_another(count: int) -> None:
    found = picture(
        drawn(*((f"/{number}", f"a{number}", *["shared"] * (number % 3)) for number in range(count)), most=999)
    )
    places = [(box.x, box.y) for box in found.boxes]
    assert all(0 <= x <= found.width - WIDTH and 0 <= y <= found.height - HEIGHT for x, y in places)
    apart = [abs(x - a) >= WIDTH or abs(y - b) >= HEIGHT for x, y in places for a, b in places if (x, y) != (a, b)]
    assert len(set(places)) == len(places)
    assert all(apart)


def test_a_long_way_goes_down_and_stays_as_narrow_as_a_page() -> None:
    found = picture(drawn(("/a", "one", "two", "three", "four", "five"), ("/b", "two")))
    assert found.width < 3 * WIDTH
    assert [box.y for box in found.boxes[:6]] == sorted(box.y for box in found.boxes[:6])
    tops = [[int(number) for number in re.findall(r"\d+", arrow.d)] for arrow in found.arrows]
    assert all(numbers[1] < numbers[-1] for numbers in tops)


def test_every_arrow_goes_to_the_right() -> None:
    found = picture(drawn(("/a", "one"), ("/b", "one")))
    ends = [(int(numbers[0]), int(numbers[-2])) for arrow in found.arrows if (numbers := re.findall(r"\d+", arrow.d))]
    assert all(start < end for start, end in ends)


@pytest.mark.parametrize("text", MEANT_AS)
def test_a_label_of_mermaid_is_letters_digits_and_entities(text: str) -> None:
    lines = mermaid(Graph((Node("place", text, text), Node("step", "b", "")), ((0, 1),), 0)).split("\n")
    assert re.fullmatch(r'  n0\["(?:[A-Za-z0-9 ]|#\d+;|<br/>)*"\]', lines[2])
    assert (lines[0], lines[1], lines[-1]) == ("```mermaid", "flowchart LR", "```")
    assert lines[4] == "  n0 --> n1"


def colours(line: DiffLine) -> dict[str, str]:
    return {word.text: word.kind for word in line.words if word.kind}


def test_a_diff_says_what_each_line_is_and_colours_the_code() -> None:
    lines = diff_lines(DIFF)
    assert [line.kind for line in lines] == ["file", "file", "file", "hunk", "same", "removed", "added", "same"]
    assert colours(lines[6]) == {"async": "keyword", "with": "keyword", "as": "keyword"}
    assert "".join(f"{line.sign}{''.join(word.text for word in line.words)}\n" for line in lines) == DIFF


def test_a_string_over_several_lines_is_one_on_each_side() -> None:
    lines = diff_lines('@@ -1,3 +1,3 @@\n x = """\n-for one\n+for two\n """\n')
    assert [line.words[-1].kind for line in lines[1:]] == ["string"] * 4


def test_a_hunk_that_begins_within_a_string_is_no_string_to_its_end() -> None:
    lines = diff_lines('@@ -1,3 +1,3 @@\n     """\n-for x in y:\n+with y as x:\n')
    assert colours(lines[2]) == {"for": "keyword", "in": "keyword"}
    assert colours(lines[3]) == {"with": "keyword", "as": "keyword"}


@pytest.mark.parametrize(
    "diff",
    [
        "",
        "\n",
        "-",
        "+\r\n-\r\n",
        "@@ -1 +1 @@\n",
        "\\ No newline at end of file\n",
        "-a\n" * 3000,
        "+" + "x = (" * 9000,
    ],
)
def test_no_diff_is_too_odd_to_be_shown(diff: str) -> None:
    shown = "\n".join(line.sign + "".join(word.text for word in line.words) for line in diff_lines(diff))
    assert shown.strip() == diff.replace("\r", "").strip()


def test_control_characters_in_a_diff_are_shown() -> None:
    (line,) = diff_lines("+\x1b[31m\u202e\n")
    assert "".join(word.text for word in line.words) == "\\x1b[31m\\u202e"
