"""Call paths as a picture: where each box stands and where each arrow goes, in units of one pixel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from repairbot.render.pieces import name
from repairbot.render.sections.reach import Graph, Node

WIDTH, HEIGHT = 228, 48
_ACROSS, _DOWN = 48, 16
_MARGIN = 4
_WIDEST = 3  # boxes beside each other that a page has room for
_LETTERS = 26  # that fit into a box


@dataclass(frozen=True, slots=True)
class Box:
    node: Node
    x: int
    y: int

    @property
    def title(self) -> str:
        return _short(self.node.title)

    @property
    def place(self) -> str:
        return _short(self.node.place)


@dataclass(frozen=True, slots=True)
class Arrow:
    """A curve from the edge of a box to that of another, as the `d` of an SVG path."""

    d: str


@dataclass(frozen=True, slots=True)
class Picture:
    width: int
    height: int
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    box_width: int = WIDTH
    box_height: int = HEIGHT


def picture(graph: Graph) -> Picture:
    """From left to right, or from top to bottom where that would be wider than a page."""
    ranks = _ranks(graph)
    deepest = max(ranks.values(), default=0)
    members = [[number for number in ranks if ranks[number] == rank] for rank in range(deepest + 1)]
    return _down(graph, members) if len(members) > _WIDEST else _across(graph, members)


def _across(graph: Graph, columns: Sequence[Sequence[int]]) -> Picture:
    height = _extent(max(map(len, columns)), HEIGHT, _DOWN)
    places: dict[int, tuple[int, int]] = {}
    for column, numbers in enumerate(columns):
        top = (height - _extent(len(numbers), HEIGHT, _DOWN)) // 2 + _MARGIN
        for row, number in enumerate(numbers):
            places[number] = (_MARGIN + column * (WIDTH + _ACROSS), top + row * (HEIGHT + _DOWN))
    arrows = tuple(_rightwards(places[start], places[end]) for start, end in graph.arrows)
    return Picture(_extent(len(columns), WIDTH, _ACROSS), height, _boxes(graph, places), arrows)


def _down(graph: Graph, rows: Sequence[Sequence[int]]) -> Picture:
    """Turned by a right angle, with room between the rows for the arrows."""
    width = _extent(max(map(len, rows)), WIDTH, _DOWN)
    places: dict[int, tuple[int, int]] = {}
    for row, numbers in enumerate(rows):
        left = (width - _extent(len(numbers), WIDTH, _DOWN)) // 2 + _MARGIN
        for column, number in enumerate(numbers):
            places[number] = (left + column * (WIDTH + _DOWN), _MARGIN + row * (HEIGHT + _ACROSS // 2))
    arrows = tuple(_downwards(places[start], places[end]) for start, end in graph.arrows)
    return Picture(width, _extent(len(rows), HEIGHT, _ACROSS // 2), _boxes(graph, places), arrows)


def _extent(count: int, size: int, gap: int) -> int:
    return count * (size + gap) - gap + 2 * _MARGIN


def _boxes(graph: Graph, places: Mapping[int, tuple[int, int]]) -> tuple[Box, ...]:
    return tuple(Box(graph.nodes[number], *at) for number, at in sorted(places.items()))


def _ranks(graph: Graph) -> Mapping[int, int]:
    """How far each box is from where control enters, by the longest way."""
    columns = dict.fromkeys(range(len(graph.nodes)), 0)
    moved = True
    while moved:
        moved = False
        for start, end in graph.arrows:
            if columns[end] <= columns[start]:
                columns[end] = columns[start] + 1
                moved = True
                if columns[end] == len(graph.nodes):
                    return _in_three_ranks(graph.nodes)
    return columns


def _in_three_ranks(nodes: Sequence[Node]) -> Mapping[int, int]:
    """Where calls go round in a circle: entries on the left, lines on the right, all else between."""
    kinds = {"production": 0, "other": 0, "step": 1, "place": 2}
    return {number: kinds.get(node.kind, 1) for number, node in enumerate(nodes)}


def _rightwards(start: tuple[int, int], end: tuple[int, int]) -> Arrow:
    x, y = start[0] + WIDTH, start[1] + HEIGHT // 2
    to_x, to_y = end[0], end[1] + HEIGHT // 2
    bend = _ACROSS // 2
    return Arrow(f"M{x} {y}C{x + bend} {y} {to_x - bend - 6} {to_y} {to_x - 6} {to_y}")


def _downwards(start: tuple[int, int], end: tuple[int, int]) -> Arrow:
    x, y = start[0] + WIDTH // 2, start[1] + HEIGHT
    to_x, to_y = end[0] + WIDTH // 2, end[1]
    bend = _ACROSS // 4
    return Arrow(f"M{x} {y}C{x} {y + bend} {to_x} {to_y - bend - 6} {to_x} {to_y - 6}")


def _short(text: str) -> str:
    """As much as a box holds: the end of a path says more than its beginning, and both edges of a name."""
    shown = name(text)
    if len(shown) <= _LETTERS:
        return shown
    head = _LETTERS // 3
    return f"{shown[:head]}…{shown[-(_LETTERS - head - 1) :]}"
