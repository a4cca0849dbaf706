"""The constructs of Python that ask an object for a protocol: what each needs, where it stands, how it fails."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from repairbot.model import Region
from repairbot.protocols.nodes import clause_region, nodes_on
from repairbot.source.files import Parsed


class Construct(StrEnum):
    """A construct by the words a reader knows it by."""

    ASYNC_FOR = "async for"
    ASYNC_WITH = "async with"
    FOR = "for"
    WITH = "with"
    AWAIT = "await"

    @property
    def facts(self) -> Facts:
        return _FACTS[self]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a construct.

    `needs` are the special methods it calls, the decisive one first. `does` is what it does to an object, as a past
    participle. `words` and `pattern` are what a file's bytes must hold, `line` finds the lines that may hold it.
    `errors` are what CPython says of an object without the protocol, from 3.9 on; the group `type` is the object's
    class where the message names it.
    """

    needs: tuple[str, ...]
    does: str
    words: tuple[bytes, ...]
    pattern: re.Pattern[bytes]
    line: re.Pattern[str]
    errors: tuple[re.Pattern[str], ...]

    @property
    def exceptions(self) -> frozenset[str]:
        """The names of the exceptions it raises over an object without the protocol."""
        return frozenset(pattern.pattern.partition(":")[0] for pattern in self.errors)


_TYPE = r"(?P<type>[\w.]+)"

_FACTS = {
    Construct.ASYNC_FOR: Facts(
        needs=("__aiter__",),
        does="iterated",
        words=(b"async",),
        pattern=re.compile(rb"\basync[\s\\]+for\b"),
        line=re.compile(r"async[\s\\]+for\b"),
        errors=(re.compile(rf"TypeError: 'async for' requires an object with __aiter__ method, got {_TYPE}"),),
    ),
    Construct.ASYNC_WITH: Facts(
        needs=("__aenter__", "__aexit__"),
        does="entered",
        words=(b"async",),
        pattern=re.compile(rb"\basync[\s\\]+with\b"),
        line=re.compile(r"async[\s\\]+with\b"),
        errors=(
            re.compile(rf"TypeError: '{_TYPE}' object does not support the asynchronous context manager protocol"),
            re.compile(r"AttributeError: __ae(?:nter|xit)__$"),  # before Python 3.11
        ),
    ),
    Construct.FOR: Facts(
        needs=("__iter__",),
        does="iterated",
        words=(b"for",),
        pattern=re.compile(rb"\bfor\b"),
        line=re.compile(r"\bfor\b"),
        errors=(re.compile(rf"TypeError: '{_TYPE}' object is not iterable"),),
    ),
    Construct.WITH: Facts(
        needs=("__enter__", "__exit__"),
        does="entered",
        words=(b"with",),
        pattern=re.compile(rb"\bwith\b"),
        line=re.compile(r"\bwith\b"),
        errors=(
            re.compile(rf"TypeError: '{_TYPE}' object does not support the context manager protocol"),
            re.compile(r"AttributeError: __e(?:nter|xit)__$"),  # before Python 3.11
        ),
    ),
    Construct.AWAIT: Facts(
        needs=("__await__",),
        does="awaited",
        words=(b"await",),
        pattern=re.compile(rb"\bawait\b"),
        line=re.compile(r"\bawait\b"),
        errors=(re.compile(rf"TypeError: object {_TYPE} can't be used in 'await' expression"),),
    ),
}


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One use of a construct: `expression` is the object it asks; `ancestors` stand around `node`, outermost first."""

    node: ast.AST
    expression: ast.expr
    region: Region
    ancestors: tuple[ast.AST, ...]


def occurrences(parsed: Parsed, construct: Construct) -> Iterator[Occurrence]:
    """Find every use of a construct in a file; each item of a `with` is one."""
    for node, ancestors in nodes_on(parsed, parsed.lines_matching(construct.facts.line)):
        for expression, region in _asked(parsed, construct, node):
            yield Occurrence(node, expression, region, ancestors)


def _asked(parsed: Parsed, construct: Construct, node: ast.AST) -> Iterator[tuple[ast.expr, Region]]:
    match construct, node:
        case (Construct.ASYNC_FOR, ast.AsyncFor(iter=expression)) | (Construct.FOR, ast.For(iter=expression)):
            yield expression, parsed.region(node, expression)
        case Construct.ASYNC_FOR, ast.comprehension(is_async=1, iter=expression):
            yield expression, clause_region(parsed, node)
        case Construct.FOR, ast.comprehension(is_async=0, iter=expression):
            yield expression, parsed.region(node.target, expression)
        case (Construct.ASYNC_WITH, ast.AsyncWith(items=items)) | (Construct.WITH, ast.With(items=items)):
            for item in items:
                first = node if item is items[0] else item.context_expr
                yield item.context_expr, parsed.region(first, item.context_expr)
        case Construct.AWAIT, ast.Await(value=expression):
            yield expression, parsed.region(node)


def is_protocol_error(error: str) -> bool:
    """Whether an error's text (`TypeError: …`) is what a construct says of an object without its protocol."""
    return any(pattern.search(error) for construct in Construct for pattern in construct.facts.errors)
