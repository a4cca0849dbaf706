"""Call paths as a picture: where each box stands and where each arrow goes, in units of one pixel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from repairbot.render.facts_reach import Graph, Node
from repairbot.render.pieces import name

WIDTH, HEIGHT = 228, 48
_ACROSS, _DOWN = 48, 16
_MARGIN = 4
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
    """A curve from the right edge of a box to the left edge of another, as the `d` of an SVG path."""

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
    columns = _columns(graph)
    deepest = max(columns.values(), default=0)
    members = {column: [n for n in columns if columns[n] == column] for column in range(deepest + 1)}
    tallest = max(map(len, members.values()), default=1)
    height = tallest * (HEIGHT + _DOWN) - _DOWN + 2 * _MARGIN
    places: dict[int, tuple[int, int]] = {}
    for column, numbers in members.items():
        free = height - 2 * _MARGIN - len(numbers) * (HEIGHT + _DOWN) + _DOWN
        for row, number in enumerate(numbers):
            places[number] = (_MARGIN + column * (WIDTH + _ACROSS), _MARGIN + free // 2 + row * (HEIGHT + _DOWN))
    return Picture(
        width=(deepest + 1) * (WIDTH + _ACROSS) - _ACROSS + 2 * _MARGIN,
        height=height,
        boxes=tuple(Box(graph.nodes[number], *at) for number, at in sorted(places.items())),
        arrows=tuple(_arrow(places[start], places[end]) for start, end in graph.arrows),
    )


def _columns(graph: Graph) -> Mapping[int, int]:
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
                    return _in_three_columns(graph.nodes)
    return columns


def _in_three_columns(nodes: Sequence[Node]) -> Mapping[int, int]:
    """Where calls go round in a circle: entries on the left, lines on the right, all else between."""
    kinds = {"production": 0, "other": 0, "step": 1, "place": 2}
    return {number: kinds.get(node.kind, 1) for number, node in enumerate(nodes)}


def _arrow(start: tuple[int, int], end: tuple[int, int]) -> Arrow:
    x, y = start[0] + WIDTH, start[1] + HEIGHT // 2
    to_x, to_y = end[0], end[1] + HEIGHT // 2
    bend = _ACROSS // 2
    return Arrow(f"M{x} {y}C{x + bend} {y} {to_x - bend - 6} {to_y} {to_x - 6} {to_y}")


def _short(text: str) -> str:
    """As much as a box holds: the end of a path says more than its beginning, and both edges of a name."""
    shown = name(text)
    if len(shown) <= _LETTERS:
        return shown
    head = _LETTERS // 3
    return f"{shown[:head]}…{shown[-(_LETTERS - head - 1) :]}"
