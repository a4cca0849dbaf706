"""`async for T in E` becomes `async with E as name` around `async for T in name`."""

from __future__ import annotations

import pytest

from repairbot.rule import Form
from tests.repair.conftest import Bench

HEAD = "async def f():\n"


def iterated(bench: Bench, text: str, name: str | None = "stream") -> str:
    return bench.recast(HEAD + text, Form.ENTER_THEN_ITERATE, name).removeprefix(HEAD)


def case(before: str, after: str, name: str) -> object:
    return pytest.param(before, after, id=name)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        case(
            "    async for x in cm():\n        use(x)\n",
            "    async with cm() as stream:\n        async for x in stream:\n            use(x)\n",
            "the_body_moves_one_level_in",
        ),
        case(
            "    async for x, *y in cm():\n        if x: continue\n        break\n    else:\n        z\n",
            "    async with cm() as stream:\n        async for x, *y in stream:\n            if x: continue\n"
            "            break\n        else:\n            z\n",
            "target_jumps_and_else_stay_with_the_loop",
        ),
        case(
            "    # one\n    async for x in cm(  # two\n        1\n    ):  # three\n        # four\n        use(x)\n"
            "        # five\n"
            "    # six\n",
            "    # one\n    async with cm(  # two\n        1\n    ) as stream:\n"
            "        async for x in stream:  # three\n"
            "            # four\n            use(x)\n            # five\n    # six\n",
            "comments_stay_with_their_lines",
        ),
        case(
            "    async for x in cm(): use(x)  # noqa\n",
            "    async with cm() as stream:\n        async for x in stream: use(x)  # noqa\n",
            "a_loop_on_one_line",
        ),
        case(
            "    async for x in a, b:\n        pass\n",
            "    async with (a, b) as stream:\n        async for x in stream:\n            pass\n",
            "a_tuple_gets_parentheses",
        ),
        case(
            "    async for x in(cm()):\n        pass\n",
            "    async with (cm()) as stream:\n        async for x in stream:\n            pass\n",
            "no_space_after_in",
        ),
        case(
            "    async for x in cm():\n"
            "        use('''\n  a\n        b\n''')\n\n        f(\n            x,\n        )\n",
            "    async with cm() as stream:\n"
            "        async for x in stream:\n            use('''\n  a\n        b\n''')\n\n"
            "            f(\n                x,\n            )\n",
            "strings_keep_their_lines",
        ),
    ],
)
def test_the_entered_object_is_iterated(bench: Bench, before: str, after: str) -> None:
    assert iterated(bench, before) == after


def test_one_level_is_written_as_the_function_writes_it(bench: Bench) -> None:
    assert bench.recast("async def f():\n\tasync for x in cm():\n\t\tuse(x)\n", Form.ENTER_THEN_ITERATE, "stream") == (
        "async def f():\n\tasync with cm() as stream:\n\t\tasync for x in stream:\n\t\t\tuse(x)\n"
    )
    assert bench.recast(
        "async def f():\n  async for x in cm():\n       use(x)\n", Form.ENTER_THEN_ITERATE, "stream"
    ) == ("async def f():\n  async with cm() as stream:\n    async for x in stream:\n         use(x)\n")


def test_one_level_inside_a_case_is_that_of_the_case(bench: Bench) -> None:
    before = "    match y:\n        case 1:\n            async for x in cm():\n                use(x)\n"
    after = (
        "    match y:\n        case 1:\n            async with cm() as stream:\n"
        "                async for x in stream:\n                    use(x)\n"
    )
    assert iterated(bench, before) == after


@pytest.mark.parametrize(
    ("text", "wished", "name"),
    [
        pytest.param("", None, "entered", id="the_default"),
        pytest.param("    stream = 1\n", "stream", "stream_2", id="a_local"),
        pytest.param("    stream, stream_2 = 1\n", "stream", "stream_3", id="its_first_substitute_too"),
        pytest.param("    use(stream)\n", "stream", "stream_2", id="a_global_that_is_read"),
        pytest.param("    def g():\n        return stream\n", "stream", "stream_2", id="a_name_of_a_nested_function"),
        pytest.param("    import stream.a\n", "stream", "stream_2", id="an_import"),
        pytest.param("    try: y\n    except E as stream: z\n", "stream", "stream_2", id="an_exception"),
        pytest.param("    match y:\n        case {**stream}: z\n", "stream", "stream_2", id="a_pattern"),
        pytest.param("", "class", "class_2", id="a_keyword"),
    ],
)
def test_the_name_of_the_entered_object_is_free(bench: Bench, text: str, wished: str | None, name: str) -> None:
    assert f"async with cm() as {name}:" in iterated(bench, text + "    async for x in cm(): pass\n", wished)


def test_a_parameter_is_no_free_name(bench: Bench) -> None:
    text = "async def f(stream):\n    async for x in cm(): pass\n"
    assert "as stream_2:" in bench.recast(text, Form.ENTER_THEN_ITERATE, "stream")


def test_objects_entered_inside_each_other_have_different_names(bench: Bench) -> None:
    before = "    async for x in a():\n        async for y in b(x):\n            use(y)\n    async for z in c(): pass\n"
    after = (
        "    async with a() as stream:\n"
        "        async for x in stream:\n"
        "            async with b(x) as stream_2:\n"
        "                async for y in stream_2:\n"
        "                    use(y)\n"
        "    async with c() as stream:\n"
        "        async for z in stream: pass\n"
    )
    assert iterated(bench, before) == after
