from __future__ import annotations

import ast
import sys
import warnings

import pytest

from repairbot.model import Origin, Skipped
from repairbot.source.files import ModuleFile, Unparsed
from repairbot.source.parsing import parse
from repairbot.source.paths import SIZE_LIMIT

FILE = ModuleFile("m.py", Origin.SOURCE, "m", is_package=False)
RUNNING = f"{sys.version_info[0]}.{sys.version_info[1]}"


def skipped(data: str | bytes) -> Skipped:
    with pytest.raises(Unparsed) as caught:
        parse(FILE, data if isinstance(data, bytes) else data.encode())
    return caught.value.skipped


def test_a_syntax_error_names_its_line() -> None:
    assert skipped("a = 1\nb = = 2\n") == Skipped("m.py", "syntax-error", "line 2: invalid syntax")


@pytest.mark.parametrize(
    "line",
    [
        "print 'hello'",
        'print "%s" % x',
        "print x",
        "exec 'code'",
        "raise ValueError, 'text'",
        "mode = 0755",
        "big = 10L",
        "big = 0xFFL",
        "name = ur'x'",
        "if a <> b: pass",
        "text = `value`",
    ],
)
def test_python_2_is_told_from_a_syntax_error_with_advice(line: str) -> None:
    entry = skipped(f"import sys\n{line}\n")
    assert entry.kind == "python-2"
    assert "line 2" in entry.reason
    assert "port it to Python 3" in entry.reason


@pytest.mark.skipif(sys.version_info >= (3, 14), reason="this Python reads it as several exception types")
def test_an_except_clause_that_binds_after_a_comma_is_python_2() -> None:
    assert skipped("try:\n    pass\nexcept (KeyError, ValueError), error:\n    pass\n").kind == "python-2"
    assert skipped("try:\n    pass\nexcept KeyError, e:\n    pass\n").kind == "python-2"


@pytest.mark.parametrize(
    ("version", "source"),
    [
        ((3, 12), "type Alias = list[int]"),
        ((3, 12), "type Alias[T] = list[T]"),
        ((3, 12), "def first[T](items: list[T]) -> T: ..."),
        ((3, 12), "class Box[T]: ..."),
        ((3, 12), "async def first[T](items): ..."),
        ((3, 12), 'text = f"{names["first"]}"'),
        ((3, 12), "text = f\"{'\\n'.join(names)}\""),
        ((3, 13), "class Box[T = int]: ..."),
        ((3, 14), 'text = t"{name}"'),
        ((3, 14), "try: ...\nexcept KeyError, ValueError: ..."),
    ],
)
def test_syntax_of_a_newer_python_names_both_versions(version: tuple[int, int], source: str) -> None:
    if sys.version_info >= version:
        assert parse(FILE, source.encode()).tree.body
        return
    entry = skipped(source)
    needs = ".".join(map(str, version))
    assert entry.kind == "newer-syntax"
    assert f"run repairbot with Python {needs} or newer" in entry.reason
    assert f"runs on Python {RUNNING}" in entry.reason


def test_a_plain_mistake_next_to_an_f_string_is_a_syntax_error() -> None:
    assert skipped('print(f"{x}"))\n').kind == "syntax-error"
    assert skipped('x = f"{}"\n').kind == "syntax-error"


def test_a_nul_byte_is_named() -> None:
    assert skipped(b"a = 1\n\0").kind == "nul-bytes"


def test_bytes_that_are_no_utf_8_are_reported_with_their_line() -> None:
    assert skipped(b"a = 1\r\nb = '\xe9'\r\n") == Skipped(
        "m.py", "not-utf-8", "line 2 is not UTF-8; save it as UTF-8 or name its encoding in a coding line"
    )


@pytest.mark.parametrize("cookie", ["# -*- coding: latin-1 -*-", "#!/usr/bin/python\n# vim: set fileencoding=cp1252 :"])
def test_a_coding_line_decides_the_text(cookie: str) -> None:
    data = f"{cookie}\nb = 'é'\n".encode("latin-1")
    assert parse(FILE, data).text.endswith("b = 'é'\n")


def test_a_coding_line_that_the_bytes_contradict_is_not_utf_8() -> None:
    entry = skipped(b"# coding: ascii\nb = '\xe9'\n")
    assert entry.kind == "not-utf-8"
    assert "line 2 is not ascii" in entry.reason


@pytest.mark.parametrize(
    "name",
    [
        "no-such-codec",
        "hex",
        "utf-16",
        "utf-7",
        "punycode",
        "unicode_escape",
        "undefined",
        "idna",
        "hz",
        "iso2022_jp",
        "iso2022_kr",
        "rot13",
    ],
)
def test_a_coding_line_that_cannot_be_followed_is_skipped(name: str) -> None:
    entry = skipped(f"# coding: {name}\nx = 1\n")
    assert entry.kind == "unknown-encoding"


def test_a_byte_order_mark_that_contradicts_its_coding_line_is_skipped() -> None:
    assert skipped(b"\xef\xbb\xbf# coding: latin-1\n").kind == "unknown-encoding"


def test_the_text_has_no_byte_order_mark_with_or_without_a_coding_line() -> None:
    assert parse(FILE, b"\xef\xbb\xbfx = 1\n").text == "x = 1\n"
    assert parse(FILE, b"\xef\xbb\xbf# coding: utf-8\n").text == "# coding: utf-8\n"


def test_coding_after_the_second_line_is_only_a_comment() -> None:
    assert parse(FILE, "\n\n# coding: hex\nx = 'é'\n".encode()).text.endswith("'é'\n")


def test_a_file_over_the_limit_is_too_large_and_one_at_the_limit_is_not() -> None:
    line = b"# 456789\n"
    fits = line * (SIZE_LIMIT // len(line))
    assert parse(FILE, fits).tree.body == []
    assert skipped(fits + line * 2).kind == "too-large"


@pytest.mark.parametrize(
    "source",
    [
        "x = " + "(" * 2000 + ")" * 2000,
        "x = " + "[" * 150 + "]" * 150 + "\ny = " + "{" * 2000,
        "x = " + "-" * 100_000 + "1",
        "x = " + "not " * 50_000 + "1",
        "x = a" + ".b" * 100_000,
        "x = f" + "()" * 100_000,
        "x = " + "lambda: " * 50_000 + "1",
        "".join(" " * depth + "if x:\n" for depth in range(500)) + " " * 500 + "pass\n",
    ],
    ids=["parentheses", "braces", "minus", "not", "attributes", "calls", "lambdas", "indentation"],
)
def test_nesting_beyond_the_parser_is_too_deep(source: str) -> None:
    assert skipped(source).kind == "too-deep"


@pytest.mark.parametrize("source", ["x = " + " + ".join(["1"] * 8000), "if x: pass\n" + "elif y: pass\n" * 5000])
def test_what_only_some_pythons_parse_is_parsed_or_too_deep(source: str) -> None:
    try:
        ast.parse(source)
    except (RecursionError, MemoryError):
        assert skipped(source).kind == "too-deep"
    else:
        assert parse(FILE, source.encode()).tree.body


def test_an_enormous_number_is_a_syntax_error() -> None:
    assert skipped("x = " + "1" * 5000).kind == "syntax-error"


def test_warnings_about_the_target_are_neither_shown_nor_raised() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert parse(FILE, b"x = '\\d'\nassert (x, 'always')\nx is 1\n").tree.body
