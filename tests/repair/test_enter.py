"""`async for T in E` becomes `async with E as T`."""

from __future__ import annotations

import pytest

from tests.repair.conftest import Bench

HEAD = "async def f():\n"


def case(before: str, after: str, name: str) -> object:
    return pytest.param(before, after, id=name)


@pytest.mark.parametrize(
    ("iterated", "entered"),
    [
        ("a, b", "(a, b)"),
        ("*a, b", "(*a, b)"),
        ("(a, b)", "(a, b)"),
        ("a if b else c", "a if b else c"),
        ("lambda: a", "lambda: a"),
        ("(a := b)", "(a := b)"),
        ("(yield a)", "(yield a)"),
        ("await a", "await a"),
        ("a or b", "a or b"),
        ("[a]", "[a]"),
    ],
)
def test_any_iterated_expression_is_entered(bench: Bench, iterated: str, entered: str) -> None:
    before, after = f"    async for x in {iterated}:\n        pass\n", f"    async with {entered} as x:\n        pass\n"
    assert bench.recast(HEAD + before) == HEAD + after


@pytest.mark.parametrize(
    ("target", "named"),
    [
        ("a, b", "(a, b)"),
        ("a,", "(a,)"),
        ("(a, b)", "(a, b)"),
        ("a, (b, c)", "(a, (b, c))"),
        ("[a, b]", "[a, b]"),
        ("a, *b", "(a, *b)"),
        ("*a,", "(*a,)"),
        ("self.x", "self.x"),
        ("rows[0]", "rows[0]"),
        ("rows[i, j].x", "rows[i, j].x"),
        ("(x)", "(x)"),
    ],
)
def test_any_target_is_bound_by_as(bench: Bench, target: str, named: str) -> None:
    before, after = (
        f"    async for {target} in cm():\n        pass\n",
        f"    async with cm() as {named}:\n        pass\n",
    )
    assert bench.recast(HEAD + before) == HEAD + after


@pytest.mark.parametrize(
    ("text", "header"),
    [
        case("    async for _ in cm():\n        pass\n", "async with cm():", "unused"),
        case("    async for _ in cm():\n        use(_)\n", "async with cm() as _:", "used_in_the_body"),
        case("    async for _ in cm():\n        pass\n    use(_)\n", "async with cm() as _:", "used_after"),
        case("    async for _ in cm():\n        pass\n    def g(): return _\n", "async with cm() as _:", "used_below"),
        case(
            "    global _\n    async for _ in cm():\n        pass\n", "async with cm() as _:", "not_the_function_s_own"
        ),
        case("    async for _ in a, b:\n        pass\n", "async with (a, b) as _:", "a_tuple_would_be_two_managers"),
        case("    async for _ in (a, b):\n        pass\n", "async with (a, b) as _:", "the_same_in_parentheses"),
        case("    async for _, x in cm():\n        pass\n", "async with cm() as (_, x):", "part_of_a_tuple"),
    ],
)
def test_the_target_goes_only_when_it_is_an_unused_underscore(bench: Bench, text: str, header: str) -> None:
    lines = bench.recast(HEAD + text).splitlines()
    assert f"    {header}" in lines


KEPT = [
    case("return x", "return x", "return"),
    case("yield x", "yield x", "yield"),
    case("raise E", "raise E", "raise"),
    case("for y in x:\n    break", "for y in x:\n    break", "break_of_an_inner_loop"),
    case("while x:\n    continue", "while x:\n    continue", "continue_of_an_inner_loop"),
    case("def g():\n    for y in x: break", "def g():\n    for y in x: break", "break_in_a_nested_function"),
]

DROPPED = [
    case("use(x)\nbreak", "use(x)", "trailing_break"),
    case("use(x)\ncontinue", "use(x)", "trailing_continue"),
    case("use(x); break", "use(x)", "break_after_a_semicolon"),
    case("break", "pass", "a_body_of_nothing_else"),
    case("break  # done", "pass  # done", "its_comment_stays"),
    case("use(x)\nbreak  # done", "use(x)\n# done", "its_comment_stays_without_it"),
    case("use(x)\n# one\nbreak  # two", "use(x)\n# one\n# two", "both_comments_stay"),
    case("use(x)\n\nbreak", "use(x)", "the_blank_line_before_it_goes"),
    case("if x:\n    use(x)\n    break\nelse:\n    continue", "if x:\n    use(x)\nelse:\n    pass", "in_branches"),
    case("if x: break", "if x: pass", "in_a_branch_on_one_line"),
    case("if x:\n    a\nelif y:\n    break\nelse:\n    b", "if x:\n    a\nelif y:\n    pass\nelse:\n    b", "in_elif"),
    case("with y:\n    use(x)\n    break", "with y:\n    use(x)", "at_the_end_of_with"),
    case("async with y:\n    use(x)\n    break", "async with y:\n    use(x)", "at_the_end_of_async_with"),
    case("try:\n    a\n    break\nexcept E:\n    continue", "try:\n    a\nexcept E:\n    pass", "in_try_and_except"),
    case(
        "try:\n    a\nexcept E:\n    b\nelse:\n    break",
        "try:\n    a\nexcept E:\n    b\nelse:\n    pass",
        "in_try_else",
    ),
    case("try:\n    a\n    break\nfinally:\n    b", "try:\n    a\nfinally:\n    b", "in_try_with_finally"),
    case("match x:\n    case 1:\n        a\n        break", "match x:\n    case 1:\n        a", "in_a_case"),
    case(
        "for y in x:\n    a\nelse:\n    continue", "for y in x:\n    a\nelse:\n    pass", "in_the_else_of_an_inner_loop"
    ),
    case("if x:\n    a; break\n# last", "if x:\n    a\n# last", "the_comment_at_the_end_stays"),
]

INVERTED = [
    case("if not x:\n    continue\nuse(x)", "if x:\n    use(x)", "not"),
    case("if x:\n    continue\nuse(x)", "if not x:\n    use(x)", "name"),
    case("if x is None: continue\nuse(x)", "if x is not None:\n    use(x)", "is"),
    case("if x is not None: break\nuse(x)", "if x is None:\n    use(x)", "is_not"),
    case("if x in y: continue\nuse(x)", "if x not in y:\n    use(x)", "in"),
    case("if x not in y: continue\nuse(x)", "if x in y:\n    use(x)", "not_in"),
    case("if x == 1: continue\nuse(x)", "if not x == 1:\n    use(x)", "equals_has_no_exact_opposite"),
    case("if x < y < z: continue\nuse(x)", "if not x < y < z:\n    use(x)", "chain"),
    case("if x or y: continue\nuse(x)", "if not (x or y):\n    use(x)", "or"),
    case("if(x): continue\nuse(x)", "if not (x):\n    use(x)", "parentheses"),
    case("if (not x): continue\nuse(x)", "if (x):\n    use(x)", "not_in_parentheses"),
    case("if (y := x): continue\nuse(y)", "if not (y := x):\n    use(y)", "walrus"),
    case("if x if y else z: continue\nuse(y)", "if not (x if y else z):\n    use(y)", "ternary"),
    case("if (\n    x\n    and y\n): continue\nuse(y)", "if not (\n    x\n    and y\n):\n    use(y)", "several_lines"),
    case("if x:\n    log()\n    continue\nuse(x)", "if x:\n    log()\nelse:\n    use(x)", "own_statements_make_else"),
    case("if x: log(); continue\nuse(x)", "if x: log()\nelse:\n    use(x)", "own_statements_on_one_line"),
    case(
        "if x:\n    continue\nelif y:\n    a\nelse:\n    b\nuse(x)",
        "if x:\n    pass\nelse:\n    if y:\n        a\n    else:\n        b\n    use(x)",
        "elif_that_goes_on",
    ),
    case(
        "if x:\n    a\n    continue\nelif y:\n    continue\nuse(x)",
        "if x:\n    a\nelif not y:\n    use(x)",
        "elif_that_leaves_too",
    ),
    case("if x:\n    a\nelse:\n    continue\nuse(x)", "if x:\n    a\n    use(x)\nelse:\n    pass", "else_that_leaves"),
    case("if x:\n    return\nelse:\n    if y:\n        break\nuse(x)",
         "if x:\n    return\nelse:\n    if not y:\n        use(x)", "return_beside_it"),
    case("if x: continue\nif y: break\nuse(x)", "if not x:\n    if not y:\n        use(x)", "two_in_a_row"),
    case("if x: continue\nuse(x)\nbreak", "if not x:\n    use(x)", "and_a_trailing_break"),
    case("if x: continue\nbreak", "if not x:\n    pass", "and_nothing_else_left"),
    case(
        "if x:\n    # why\n    continue  # so\n\n# use it\nuse(x)",
        "if not x:\n    # why\n    # so\n\n    # use it\n    use(x)",
        "comments_stay",
    ),
    case(
        "if x:  # skip\n    a\n    continue\n\nuse(x)\n# end",
        "if x:  # skip\n    a\nelse:\n    use(x)\n# end",
        "comment_of_the_condition_stays",
    ),
    case("try:\n    a\nexcept E:\n    continue\nb", "try:\n    a\nexcept E:\n    pass\nelse:\n    b", "except"),
    case(
        "try:\n    a\nexcept E:\n    b\n    break\nelse:\n    c\nuse(x)",
        "try:\n    a\nexcept E:\n    b\nelse:\n    c\n    use(x)",
        "except_with_else",
    ),
    case(
        "match x:\n    case 1:\n        continue\n    case 2:\n        return\nuse(x)",
        "match x:\n    case 1:\n        pass\n    case 2:\n        return\n    case _:\n        use(x)",
        "cases_that_all_leave",
    ),
    case(
        "match x:\n    case 1:\n        continue\n    case _:\n        a\nuse(x)",
        "match x:\n    case 1:\n        pass\n    case _:\n        a\n        use(x)",
        "the_one_case_that_goes_on",
    ),
]  # fmt: skip


def indented(lines: str) -> str:
    return "".join(f"        {line}\n" if line else "\n" for line in lines.split("\n"))


@pytest.mark.parametrize(("before", "after"), KEPT)
def test_what_is_not_the_loop_s_own_jump_stays(bench: Bench, before: str, after: str) -> None:
    result = bench.recast(f"{HEAD}    async for x in cm():\n{indented(before)}")
    assert result == f"{HEAD}    async with cm() as x:\n{indented(after)}"


@pytest.mark.parametrize(("before", "after"), DROPPED)
def test_a_jump_that_nothing_follows_is_dropped(bench: Bench, before: str, after: str) -> None:
    result = bench.recast(f"{HEAD}    async for x in cm():\n{indented(before)}    end\n")
    assert result == f"{HEAD}    async with cm() as x:\n{indented(after)}    end\n"


@pytest.mark.parametrize(("before", "after"), INVERTED)
def test_a_branch_that_leaves_takes_what_follows_into_the_other_branch(bench: Bench, before: str, after: str) -> None:
    result = bench.recast(f"{HEAD}    async for x in cm():\n{indented(before)}    end\n")
    assert result == f"{HEAD}    async with cm() as x:\n{indented(after)}    end\n"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        case("break\nuse(x)", "statements that never run follow a `break`; take them out first", "dead_code"),
        case("break; use(x)", "statements that never run follow a jump on its line; take them out first", "dead_line"),
        case(
            "if x:\n    break\nelse:\n    continue\nuse(x)",
            "statements that never run follow a `break` or `continue`; take them out first",
            "dead_after_branches",
        ),
        case(
            "with y:\n    if x: break\nuse(x)", "a `break` leaves a `with` block that other statements follow", "with"
        ),
        case(
            "with y:\n    use(x)\n    continue\nuse(x)",
            "a `continue` leaves a `with` block that other statements follow",
            "with_that_may_swallow",
        ),
        case(
            "try:\n    if x: break\nexcept E:\n    pass\nuse(x)",
            "a `break` leaves a `try` that other statements follow",
            "try",
        ),
        case(
            "try:\n    a\nexcept E:\n    continue\nfinally:\n    b\nuse(x)",
            "a `continue` leaves a `try` that other statements follow",
            "finally_would_run_too_late",
        ),
        case(
            "try:\n    a\nexcept E:\n    continue\nexcept F:\n    b\nuse(x)",
            "a `continue` leaves a `try` that other statements follow",
            "one_handler_goes_on",
        ),
        case(
            "try:\n    a\n    break\nexcept E:\n    b\nelse:\n    c",
            "a `break` skips the `else` of the `try` it stands in",
            "try_else",
        ),
        case(
            "try:\n    a\nfinally:\n    break",
            "a `break` stands in a `finally`, where it would also swallow an exception",
            "finally",
        ),
        case(
            "if x:\n    if y: break\n    a\nuse(x)",
            "a `break` leaves a nested block on some paths only, and statements follow",
            "nested_if",
        ),
        case(
            "match x:\n    case 1:\n        break\n    case 2:\n        a\nuse(x)",
            "a `break` leaves a `match` that other statements follow",
            "match",
        ),
        case(
            "for y in x:\n    a\nelse:\n    break\nuse(x)",
            "a `break` stands in the `else` of a loop that other statements follow",
            "inner_else",
        ),
    ],
)
def test_a_jump_that_plain_statements_cannot_replace_is_refused(bench: Bench, body: str, reason: str) -> None:
    assert bench.recast(f"{HEAD}    async for x in cm():\n{indented(body)}") == f"refused: {reason}"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        case("use(x)\n    else:\n        last()", "use(x)\n    last()", "its_statements_follow"),
        case("use(x)\n    else: last(); more()", "use(x)\n    last(); more()", "on_one_line"),
        case("if x: continue\n        use(x)\n    else:\n        last()",
             "if not x:\n            use(x)\n    last()", "continue_does_not_skip_it"),
        case("return\n    else:\n        last()", "return\n    last()", "return_skips_both"),
        case(
            "use(x)\n    # one\n    else:  # two\n        # three\n        last()\n        # four\n    # five",
            "use(x)\n    # one\n    # two\n    # three\n    last()\n    # four\n    # five",
            "comments_stay",
        ),
    ],
)  # fmt: skip
def test_the_else_of_the_loop_follows_the_block(bench: Bench, before: str, after: str) -> None:
    result = bench.recast(f"{HEAD}    async for x in cm():\n        {before}\n    end\n")
    assert result == f"{HEAD}    async with cm() as x:\n        {after}\n    end\n"


def test_a_jump_in_the_else_of_the_loop_still_belongs_to_the_loop_around(bench: Bench) -> None:
    before = "    for y in z:\n        async for x in cm():\n            use(x)\n        else:\n            break\n"
    after = "    for y in z:\n        async with cm() as x:\n            use(x)\n        break\n"
    assert bench.recast(HEAD + before) == HEAD + after


def test_an_else_that_a_break_can_skip_is_refused(bench: Bench) -> None:
    text = "    async for x in cm():\n        if x: break\n        use(x)\n    else:\n        last()\n"
    assert bench.recast(HEAD + text) == "refused: a `break` may skip the loop's `else`"


def test_loops_inside_loops_are_rewritten_together(bench: Bench) -> None:
    before = (
        "    for y in z:\n"
        "        async for a in outer():\n"
        "            async for b in inner(a):\n"
        "                if not b:\n"
        "                    continue\n"
        "                use(b)\n"
        "                break\n"
        "            else:\n"
        "                continue\n"
    )
    refused = "refused: a `break` may skip the loop's `else`"
    assert bench.recast(HEAD + before) == refused
    assert bench.recast(HEAD + before.replace("                break\n", "")) == HEAD + (
        "    for y in z:\n"
        "        async with outer() as a:\n"
        "            async with inner(a) as b:\n"
        "                if b:\n"
        "                    use(b)\n"
    )


def test_a_loop_outside_of_any_function_is_refused(bench: Bench) -> None:
    assert bench.recast("async for x in cm():\n    pass\n") == "refused: the construct stands outside of any function"
