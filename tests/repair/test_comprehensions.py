"""A comprehension over a context manager: the manager is entered around its statement."""

from __future__ import annotations

import pytest

from repairbot.rule import Form, Refusal
from tests.repair.conftest import Bench

HEAD = "async def f():\n"


def entered(bench: Bench, statement: str, form: Form = Form.ENTER) -> str:
    text = "".join(f"    {line}\n" for line in statement.split("\n"))
    return bench.recast(HEAD + text, form).removeprefix(HEAD)


@pytest.mark.parametrize(
    ("statement", "header", "inner"),
    [
        ("rows = [r async for r in cm()]", "cm() as r", "rows = [r]"),
        ("return [r.a async for r in cm()]", "cm() as r", "return [r.a]"),
        ("x = {r async for r in cm()}", "cm() as r", "x = {r}"),
        ("x = {r: r.a async for r in cm()}", "cm() as r", "x = {r: r.a}"),
        ("x = [r async for r in cm() if r.a]", "cm() as r", "x = [r] if r.a else []"),
        ("x = {r async for r in cm() if r.a}", "cm() as r", "x = {r} if r.a else set()"),
        ("x = {r: 1 async for r in cm() if r.a}", "cm() as r", "x = {r: 1} if r.a else {}"),
        ("x = [r async for r in cm() if r.a if r.b or r.c]", "cm() as r", "x = [r] if r.a and (r.b or r.c) else []"),
        ("x = y + [r async for r in cm() if r.a]", "cm() as r", "x = y + ([r] if r.a else [])"),
        ("x = [s async for r in cm() for s in r]", "cm() as r", "x = [s for s in r]"),
        ("x = [s async for r in cm() if r for s in r]", "cm() as r", "x = [s for s in r] if r else []"),
        ("x = [a async for a, *b in cm()]", "cm() as (a, *b)", "x = [a]"),
        ("x = [1 async for _ in cm()]", "cm()", "x = [1]"),
        ("x = [_ async for _ in cm()]", "cm() as _", "x = [_]"),
        ("x = [1 async for _ in (a, b)]", "(a, b) as _", "x = [1]"),
        ("x = [await r async for r in cm()]", "cm() as r", "x = [await r]"),
        ("x = [y := r async for r in cm()]", "cm() as r", "x = [y := r]"),
        ("x = y = [r async for r in cm()]", "cm() as r", "x = y = [r]"),
        ("x: list = [r async for r in cm()]", "cm() as r", "x: list = [r]"),
        ("x += [r async for r in cm()]", "cm() as r", "x += [r]"),
        ("g()[0] = [r async for r in cm()]", "cm() as r", "g()[0] = [r]"),
        ("self.rows.extend([r async for r in cm()])", "cm() as r", "self.rows.extend([r])"),
        ("await g(1, x.y, k=[r async for r in cm()])", "cm() as r", "await g(1, x.y, k=[r])"),
        ("assert [r async for r in cm()] == g(), h()", "cm() as r", "assert [r] == g(), h()"),
        ("x = 1 if [r async for r in cm()] else 2", "cm() as r", "x = 1 if [r] else 2"),
        ("x = [r async for r in cm()] or y", "cm() as r", "x = [r] or y"),
        ("x = (y := [r async for r in cm()])", "cm() as r", "x = (y := [r])"),
        ("[r async for r in cm()]  # noqa", "cm() as r", "[r]  # noqa"),
        ("x = [r async for r in cm\n     .a()]", "(cm\n         .a()) as r", "x = [r]"),
        ("x = [\n    r  # a\n  async for r in cm()\n]  # b", "cm() as r", "x = [\n            r  # a\n        ]  # b"),
    ],
)  # fmt: skip
def test_the_statement_is_evaluated_with_the_entered_object(
    bench: Bench, statement: str, header: str, inner: str
) -> None:
    assert entered(bench, statement) == f"    async with {header}:\n        {inner}\n"


LATER = "a generator expression runs later than the statement it stands in"
NOT_FIRST = "the clause is not the first of its comprehension, so it may run any number of times"
NOT_SIMPLE = "the comprehension is not part of one simple statement"
SHARED = "the statement shares its line with another one"
YIELDS = "the comprehension's statement yields, and the object would stay entered meanwhile"
NOT_ONCE = "the comprehension is not evaluated exactly once in its statement"
ANOTHER = "the statement holds another asynchronous clause"
LEAVES = "the name `r` would leave the comprehension and is used elsewhere in the function"


def earlier(expression: str) -> str:
    return f"`{expression}` is evaluated before the comprehension in its statement"


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("x = (r async for r in cm())", LATER),
        ("x = g(r async for r in cm())", LATER),
        ("x = [s for r in y async for s in cm(r)]", NOT_FIRST),
        ("if [r async for r in cm()]:\n    pass", NOT_SIMPLE),
        ("for y in [r async for r in cm()]: pass", NOT_SIMPLE),
        ("raise E([r async for r in cm()])", NOT_SIMPLE),
        ("if x: y = [r async for r in cm()]", SHARED),
        ("y = [r async for r in cm()]; z", SHARED),
        ("z; y = [r async for r in cm()]", SHARED),
        ("yield [r async for r in cm()]", YIELDS),
        ("x = lambda: [r async for r in cm()]", NOT_ONCE),
        ("x = [[r async for r in cm()] for y in z]", NOT_ONCE),
        ("x = y and [r async for r in cm()]", NOT_ONCE),
        ("x = [r async for r in cm()] if y else z", NOT_ONCE),
        ("x = y < z < [r async for r in cm()]", NOT_ONCE),
        ("assert x, [r async for r in cm()]", NOT_ONCE),
        ("x[[r async for r in cm()][0]] = g()", NOT_ONCE),
        ("g(h(), [r async for r in cm()])", earlier("h()")),
        ("g(k=h(), j=[r async for r in cm()])", earlier("h()")),
        ("g(*y, [r async for r in cm()])", earlier("*y")),
        ("x = {h(): [r async for r in cm()]}", earlier("h()")),
        ("x[0] += [r async for r in cm()]", earlier("x[0]")),
        ("x = [r async for r in a()] + [s async for s in b()]", ANOTHER),
        ("x = [s async for r in a() async for s in b()]", ANOTHER),
        ("x = [r async for r in cm()]\nuse(r)", LEAVES),
        ("x = [r async for r in r.cm()]", LEAVES),
        ("x = [r async for r in cm()]\ndef g(): return r", LEAVES),
        ("global r\nx = [r async for r in cm()]", LEAVES),
        ("set = 1\nx = {r async for r in cm() if r}", "an empty set is needed and the file uses the name `set`"),
        ("x = [r async for r in cm(  # one\n    1,\n)  # two\nif r]", "the rewrite would lose a comment"),
    ],
)  # fmt: skip
def test_a_comprehension_is_refused_where_entering_around_its_statement_could_mean_something_else(
    bench: Bench, statement: str, reason: str
) -> None:
    text = "".join(f"    {line}\n" for line in statement.split("\n"))
    data = (HEAD + text).encode()
    [first, *_] = bench.recasts(data)
    assert bench.rendered(data, [first]) == Refusal(reason)


def test_a_name_that_other_scopes_have_for_themselves_may_leave_the_comprehension(bench: Bench) -> None:
    after = "    y = [r for r in x]\n    z.sort(key=lambda r: r.a)\n    def g(r): return r\n"
    result = bench.recast(f"{HEAD}    x = [r async for r in cm()]\n{after}")
    assert result == f"{HEAD}    async with cm() as r:\n        x = [r]\n{after}"


@pytest.mark.parametrize(
    ("statement", "header", "inner"),
    [
        ("x = [r async for r in cm() if r]", "cm() as entered", "x = [r async for r in entered if r]"),
        ("x = [r async for r in(cm())]", "(cm()) as entered", "x = [r async for r in entered]"),
        ("return {r: s async for r, s in cm()}", "cm() as entered", "return {r: s async for r, s in entered}"),
    ],
)
def test_a_comprehension_over_the_entered_object(bench: Bench, statement: str, header: str, inner: str) -> None:
    expected = f"    async with {header}:\n        {inner}\n"
    assert entered(bench, statement, Form.ENTER_THEN_ITERATE) == expected


def test_a_comprehension_inside_a_loop_is_rewritten_with_it(bench: Bench) -> None:
    before = "    async for x in cm():\n        if not x: continue\n        y = [z async for z in x]\n"
    after = "    async with cm() as x:\n        if x:\n            async with x as z:\n                y = [z]\n"
    assert bench.recast(HEAD + before) == HEAD + after
