"""A construct that is watched while tests run: a rule's site in, what finds it in compiled code out."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass

from repairbot.rule import Site


@dataclass(frozen=True, slots=True)
class WatchedSite:
    """`owner` is where the statement or comprehension starts, `lines` the first and last line of the construct's head.

    `ordinal` and `of`: which of its owner's clauses of this kind it is. Columns count UTF-8 bytes from 0, as in `ast`.
    """

    path: str
    construct: str
    owner: tuple[int, int]
    lines: tuple[int, int]
    expression: tuple[int, int, int, int]
    ordinal: int = 0
    of: int = 1

    def asked(self, number: int) -> dict[str, object]:
        """As the watcher reads it; the number comes back in its answers."""
        return {
            "n": number,
            "construct": self.construct,
            "owner": self.owner,
            "lines": self.lines,
            "expression": self.expression,
            "ordinal": self.ordinal,
            "of": self.of,
        }


def watched(site: Site) -> WatchedSite | None:
    """None for a site that no single instruction stands for, such as a call."""
    node, parent = site.node, site.ancestors[-1] if site.ancestors else None
    match node, parent:
        case ((ast.AsyncFor() | ast.For() | ast.Await()), _):
            return _one_of(site, node, node, [node])
        case ast.comprehension(), ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            alike = [one for one in parent.generators if one.is_async == node.is_async]
            return _one_of(site, parent, node, alike)
        case ((ast.AsyncWith() | ast.With()), _):
            mine = next((one for one in node.items if one.context_expr is site.expression), None)
            return _one_of(site, node, mine, node.items) if mine else None
    return None


def _one_of(site: Site, owner: ast.stmt | ast.expr, clause: ast.AST, alike: Sequence[ast.AST]) -> WatchedSite | None:
    place = next((number for number, one in enumerate(alike) if one is clause), None)
    if place is None:
        return None
    head, expression = _head(site, owner), _span(site.expression)
    construct = site.construct.value
    return WatchedSite(site.file.path, construct, _start(owner), head, expression, place, len(alike))


def _start(owner: ast.stmt | ast.expr) -> tuple[int, int]:
    return owner.lineno, owner.col_offset


def _head(site: Site, owner: ast.stmt | ast.expr) -> tuple[int, int]:
    return min(owner.lineno, site.region.line), site.region.end_line


def _span(node: ast.expr) -> tuple[int, int, int, int]:
    return node.lineno, node.col_offset, node.end_lineno or node.lineno, node.end_col_offset or 0
