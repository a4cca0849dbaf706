"""From the source of a file to the places where `async with E as T:` can be turned into the bug `async for T in E:`."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

BOM = b"\xef\xbb\xbf"
KEYWORDS = b"async with "
LAYOUT = "layout that one line of text cannot swap"
JUMP = "its jump would bind to the planted loop"
UNUSED = "target `_` is never read"
UNREADABLE = "file does not parse here"

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Site:
    """One statement header, as published and as planted: both begin at `start` and take the same number of lines.

    The first member of `layer` tells definitions other sites rest on from their users, the second counts the
    plantable statements around this one; sites of different layers are never planted together, because a bug around
    a site or inside what it calls hides what the site itself is about.
    """

    path: str
    line: int
    column: int
    end_line: int
    start: int
    original: bytes
    planted: bytes
    layer: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Survey:
    """What can be planted in one file, and why each of the other single-item statements cannot."""

    sites: tuple[Site, ...] = ()
    left_out: tuple[str, ...] = ()


def survey(path: str, source: bytes) -> Survey:
    if not re.search(rb"\basync[\s\\]+with\b", source):
        return Survey()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source.decode("utf-8-sig"))
    except (SyntaxError, ValueError, RecursionError):
        return Survey(left_out=(UNREADABLE,))
    sites: list[Site] = []
    left_out: list[str] = []
    offsets = line_offsets(source)
    for node, layer in single_items(tree):
        header = swapped(source, node, offsets)
        reason = obstacle(tree, node) or (LAYOUT if header is None else None)
        if reason or header is None:
            left_out.append(reason or LAYOUT)
        else:
            sites.append(located(path, source, node, offsets, header, layer))
    return Survey(tuple(sorted(sites, key=lambda site: site.start)), tuple(left_out))


def located(
    path: str,
    source: bytes,
    node: ast.AsyncWith,
    offsets: Sequence[int],
    header: tuple[bytes, bytes],
    layer: tuple[int, int],
) -> Site:
    start = offsets[node.lineno - 1] + node.col_offset
    column = len(source[start - node.col_offset : start].decode()) + 1
    original, planted = header
    return Site(path, node.lineno, column, node.lineno + original.count(b"\n"), start, original, planted, layer)


def line_offsets(source: bytes) -> list[int]:
    """Where each line begins, as the parser counts lines; a byte order mark is not part of the first."""
    ends = [found.end() for found in re.finditer(rb"\r\n|\n|\r", source)]
    return [len(BOM) if source.startswith(BOM) else 0, *ends]


def single_items(tree: ast.Module) -> Iterator[tuple[ast.AsyncWith, tuple[int, int]]]:
    """Every `async with` of one item with a target, with its layer."""
    stack: list[tuple[ast.AST, int, int]] = [(tree, 0, 0)]
    while stack:
        node, definition, depth = stack.pop()
        if isinstance(node, Function):
            definition = int(is_definition(node))
        if isinstance(node, ast.AsyncWith) and len(node.items) == 1 and node.items[0].optional_vars is not None:
            yield node, (definition, depth)
            depth += 1
        stack.extend((child, definition, depth) for child in ast.iter_child_nodes(node))


def is_definition(function: Function) -> bool:
    """Whether other sites may rest on what this function yields or enters."""
    return function.name in ("__aenter__", "__aexit__") or any(
        isinstance(node, ast.Yield | ast.YieldFrom) for node in own_nodes(function.body)
    )


def own_nodes(body: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """The nodes of a body without those of the functions and classes in it."""
    stack = list(body)
    while stack:
        node = stack.pop()
        yield node
        if not isinstance(node, Function | ast.Lambda | ast.ClassDef):
            stack.extend(ast.iter_child_nodes(node))


def obstacle(tree: ast.Module, node: ast.AsyncWith) -> str | None:
    """Why planting here would change more than the construct, or could not be undone byte for byte."""
    if has_jump(node.body):
        return JUMP
    match node.items[0].optional_vars:
        case ast.Name(id="_") if not any(isinstance(load, ast.Name) and is_read(load) for load in ast.walk(tree)):
            return UNUSED
    return None


def is_read(name: ast.Name) -> bool:
    return name.id == "_" and isinstance(name.ctx, ast.Load)


def has_jump(body: Iterable[ast.stmt]) -> bool:
    """Whether a `break` or `continue` in the body leaves it for a loop around it."""
    for statement in body:
        match statement:
            case ast.Break() | ast.Continue():
                return True
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                continue
            case ast.For() | ast.AsyncFor() | ast.While():
                inner: list[ast.stmt] = statement.orelse
            case _:
                inner = list(inner_statements(statement))
        if has_jump(inner):
            return True
    return False


def inner_statements(statement: ast.stmt) -> Iterator[ast.stmt]:
    for child in ast.iter_child_nodes(statement):
        match child:
            case ast.stmt():
                yield child
            case ast.ExceptHandler() | ast.match_case():
                yield from child.body


def swapped(source: bytes, node: ast.AsyncWith, offsets: Sequence[int]) -> tuple[bytes, bytes] | None:
    """The header from `async` to before its colon and the bug in its place; None when the layout is unusual."""
    value, target = node.items[0].context_expr, node.items[0].optional_vars
    assert target is not None
    start = offsets[node.lineno - 1] + node.col_offset
    value_start, value_end = extent(value, offsets)
    target_start, target_end = extent(target, offsets)
    lead = source[start:value_start]
    gap = source[value_end:target_start]
    shape = re.fullmatch(rb"async with (\(*)\s*", lead), re.fullmatch(rb"\s*(\)*) as ", gap)
    if None in shape or source[target_end : target_end + 1] != b":":
        return None
    opened, closed = (found.group(1) for found in shape if found is not None)
    if len(opened) != len(closed) or (not opened and (lead != KEYWORDS or gap != b" as ")):
        return None
    iterated = source[start + len(KEYWORDS) : target_start - len(b" as ")]
    name = unparenthesised(target, source[target_start:target_end])
    return source[start:target_end], b"async for " + name + b" in " + iterated


def extent(node: ast.expr, offsets: Sequence[int]) -> tuple[int, int]:
    assert node.end_lineno is not None
    assert node.end_col_offset is not None
    return offsets[node.lineno - 1] + node.col_offset, offsets[node.end_lineno - 1] + node.end_col_offset


def unparenthesised(target: ast.expr, text: bytes) -> bytes:
    """A tuple target as people write it in a loop, where `as` needs the parentheses and `for` does not."""
    if isinstance(target, ast.Tuple) and target.elts and text.startswith(b"(") and b"\n" not in text:
        return text[1:-1].strip()
    return text


def plant(source: bytes, sites: Iterable[Site]) -> bytes:
    """The source with the bug at each of these sites."""
    parts: list[bytes] = []
    position = 0
    for site in sorted(sites, key=lambda site: site.start):
        parts += [source[position : site.start], site.planted]
        position = site.start + len(site.original)
    return b"".join([*parts, source[position:]])
