"""Where constructs stand in a file: the nodes on the lines that mention them, with everything around each."""

from __future__ import annotations

import ast
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from repairbot.model import Region
from repairbot.source.files import Parsed

_WORD = "async"
_ASYNC = re.compile(rf"\b{_WORD}\b")
# Below so many statements for a line it is quicker to look at each.
_LONG = 16


def nodes_on(parsed: Parsed, lines: Sequence[int]) -> Iterator[tuple[ast.AST, tuple[ast.AST, ...]]]:
    """Every node that spans one of some lines (sorted), parents first, with its ancestors (the module left out).

    Walking only these is many times faster than walking the whole tree.
    """
    if not lines:
        return
    stack: list[tuple[ast.AST, tuple[ast.AST, ...]]] = [
        (child, ()) for child in reversed(_children(parsed.tree, lines))
    ]
    while stack:
        node, ancestors = stack.pop()
        if not spans(node, lines):
            continue
        yield node, ancestors
        around = (*ancestors, node)
        stack.extend((child, around) for child in reversed(_children(node, lines)))


def _children(node: ast.AST, lines: Sequence[int]) -> list[ast.AST]:
    """The nodes directly below; of a long body only the statements that may span one of the lines."""
    body = getattr(node, "body", None)
    if not isinstance(body, list) or len(body) < _LONG * len(lines):
        return list(ast.iter_child_nodes(node))
    others = [child for name, value in ast.iter_fields(node) if name != "body" for child in _nodes_in(value)]
    return [*others, *_spanning(body, lines)]


def _nodes_in(value: object) -> list[ast.AST]:
    parts = value if isinstance(value, list) else [value]
    return [part for part in parts if isinstance(part, ast.AST)]


def _spanning(body: Sequence[ast.stmt], lines: Sequence[int]) -> list[ast.stmt]:
    """Statements stand one after another, so those on a line are found by halving."""
    found: dict[int, ast.stmt] = {}
    for line in lines:
        place = bisect_right(body, line, key=_first_line) - 1
        while place >= 0 and place not in found and (body[place].end_lineno or 0) >= line:
            found[place] = body[place]
            place -= 1
    return [found[place] for place in sorted(found)]


def _first_line(statement: ast.stmt) -> int:
    decorators = getattr(statement, "decorator_list", None)
    return min(statement.lineno, decorators[0].lineno) if decorators else statement.lineno


def is_async(node: ast.GeneratorExp) -> bool:
    """Whether a generator expression awaits anything: all but its first iterable is run inside of it."""
    if any(clause.is_async for clause in node.generators):
        return True
    first, *others = node.generators
    pending: list[ast.AST] = [node.elt, *first.ifs, *others]
    while pending:
        one = pending.pop()
        if isinstance(one, ast.Await) or (isinstance(one, ast.comprehension) and one.is_async):
            return True
        if isinstance(one, ast.GeneratorExp):
            pending.append(one.generators[0].iter)
        elif not isinstance(one, ast.Lambda):
            pending.extend(ast.iter_child_nodes(one))
    return False


def spans(node: ast.AST, lines: Sequence[int]) -> bool:
    """Whether one of some lines (sorted) is a line of the node, decorators included."""
    first = getattr(node, "lineno", None)
    last = getattr(node, "end_lineno", None)
    if first is None or last is None:
        return True
    decorators = getattr(node, "decorator_list", None)
    if decorators:
        first = min(first, *(decorator.lineno for decorator in decorators))
    place = bisect_left(lines, first)
    return place < len(lines) and lines[place] <= last


def clause_region(parsed: Parsed, clause: ast.comprehension) -> Region:
    """From the word `async` of a comprehension's clause to the end of the expression it iterates.

    A clause has no position of its own: the word is looked for backwards from its target.
    """
    end = parsed.region(clause.iter)
    target = parsed.region(clause.target)
    line, column = target.line, target.column - 1
    while line >= 1:
        text = parsed.lines[line - 1]
        found = text.rfind(_WORD, 0, column if line == target.line else len(text))
        while found >= 0 and not _ASYNC.match(text, found):
            found = text.rfind(_WORD, 0, found)
        if found >= 0:
            return Region(line, found + 1, end.end_line, end.end_column)
        line -= 1
    raise ValueError("an async clause without the word `async` before its target")
