"""Listings for the formats of other programs, from plain findings up to hostile and very large ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from repairbot.commands.pages import rule_pages
from repairbot.evidence.entries import Edit, LeftOut, Link, Reported, Span
from repairbot.render.listing import Listing

RULES = rule_pages()
FIX = Reported(
    rule="RB101",
    path="pkg/api.py",
    line=12,
    column=5,
    end_line=12,
    end_column=39,
    message="`async for` needs an object with `__aiter__`, but this is `_AsyncGeneratorContextManager`",
    expression="get_session()",
    disposition="fix",
    safety="safe",
    reason=None,
    fingerprint="ab" * 32,
    group="g1",
    edits=(
        Edit("pkg/api.py", Span(12, 11, 12, 39), "with get_session() as session"),
        Edit("pkg/api.py", Span(14, 9, 15, 1), ""),
        Edit("pkg/other.py", Span(1, 1, 1, 1), "import x\n"),
    ),
    evidence=(
        Link("pkg/api.py", 3, "`get_session` is imported from `pkg.db`", "source"),
        Link("pkg/db.py", 8, "`get_session` is decorated with `@asynccontextmanager`", "source"),
        Link("contextlib.pyi", 30, "`asynccontextmanager` is defined as a def", "stdlib"),
    ),
)
UNSAFE = replace(FIX, line=20, end_line=20, safety="unsafe", reason="what entering gives is unknown", group="g2")
REFUSED = replace(
    FIX, line=30, end_line=30, disposition="refuse", safety=None, reason="a `break` may skip it", group=None, edits=()
)
EXPECTED = replace(REFUSED, line=40, end_line=40, disposition="expected", reason="the code means to fail here")
WITHDRAWN = replace(REFUSED, line=50, end_line=50, disposition="withdrawn", reason="the object has `__aiter__`")
ALL = (EXPECTED, FIX, UNSAFE, REFUSED, WITHDRAWN)
SKIPPED = LeftOut("pkg/old.py", "syntax-error", "line 3: Missing parentheses in call to 'print'")

# What a repository may hold to get out of a command, a link, a URI or a JSON string.
HOSTILE = (
    "\n::error::forged",
    "\r::set-output name=x::y",
    "%0A::error::forged",
    "##[error]forged",
    ",line=1::forged",
    ":,%",
    "a b#c?d&e[f]g",
    "[link](https://evil.example)",
    "](javascript:1)[",
    "\x1b[2J\u202e\u2028\x85\x00",
    "\ud800",
    "ünï ☃ 😀",
    "%FF",
    "../../../etc",
    "::stop-commands::x",
    "{0} {{1}}",
    "",
)


def listing(*findings: Reported, **values: Any) -> Listing:
    return Listing("0.1.0", RULES, findings, **values)


def hostile() -> Iterator[Reported]:
    for text in HOSTILE:
        links = (Link(f"pkg/{text}.py", 1, text, "source"), Link(text or "x", 2, text, "environment"))
        yield replace(
            FIX,
            path=f"pkg/{text}.py",
            message=text,
            expression=text,
            reason=text or None,
            safety="unsafe",
            edits=(Edit(f"pkg/{text}.py", Span(1, 1, 1, 2), text),),
            evidence=links,
        )


def many(count: int) -> tuple[Reported, ...]:
    return tuple(
        replace(FIX, line=number, end_line=number, fingerprint=f"{number:064x}") for number in range(1, count + 1)
    )
