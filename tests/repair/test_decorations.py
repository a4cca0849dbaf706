"""Whatever a file is decorated with, a rewrite compiles, keeps every comment and string, and leaves the rest alone."""

from __future__ import annotations

import ast
import io
import tokenize
from collections import Counter
from itertools import pairwise

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from repairbot.repair.checks import check_compiles, check_only_spans_changed
from repairbot.repair.differences import differences
from repairbot.repair.layout import apply
from repairbot.rule import Form, Refusal
from tests.repair.bodies import subjects
from tests.repair.conftest import PATH, Bench
from tests.repair.test_behaviour import QUIET

ENDINGS = st.sampled_from(
    ["\n", "\n", "\n", "\r\n", "  # é\n", " \n", "\n\n", "\n   \n", "\n# at the side\n", "\n\x0c\n"]
)
HEADS = st.sampled_from(
    [b"", b"\xef\xbb\xbf", b"# coding: latin-1\n", b"#!/bin/python\n# coding: utf-8\n", b"'''Doc.\n'''\r\n"]
)


@st.composite
def decorated(draw: st.DrawFn) -> bytes:
    """A subject with comments, blank lines and mixed line ends strewn in, in several encodings."""
    unit = draw(st.sampled_from(["    ", "\t", "  "]))
    lines: list[str] = []
    for line in draw(subjects(plain=draw(st.booleans()))).splitlines():
        content = line.lstrip(" ")
        depth = (len(line) - len(content)) // 4
        in_string = content in {"second", "third''',"}
        ends = "\n" if content.endswith("'''first") or content == "second" else draw(ENDINGS)
        lines.append((line if in_string else unit * depth + content) + ends)
    text = "".join(lines)
    head = draw(HEADS)
    encoded = text.encode("latin-1" if b"latin-1" in head else "utf-8")
    return head + (encoded.rstrip() if draw(st.booleans()) else encoded)


def words(data: bytes) -> Counter[str]:
    """The comments and strings of a file."""
    encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    lines = io.StringIO(data.decode(encoding)).readline
    kinds = (tokenize.COMMENT, tokenize.STRING)
    return Counter(token.string for token in tokenize.generate_tokens(lines) if token.type in kinds)


@settings(QUIET, max_examples=60)
@given(data=decorated(), form=st.sampled_from(Form))
def test_a_rewrite_of_a_decorated_file_keeps_all_but_its_spans(bench: Bench, data: bytes, form: Form) -> None:
    edits = bench.recasts(data, form)
    result = bench.rendered(data, edits)
    assume(not isinstance(result, Refusal))
    assert not isinstance(result, Refusal)
    new = apply(data, result[PATH])
    check_compiles(PATH, new)
    check_only_spans_changed(data, result[PATH], new)
    assert words(new) == words(data)
    loops = [node for node in ast.walk(ast.parse(new)) if isinstance(node, ast.AsyncFor)]
    assert len(loops) == (len(edits) if form is Form.ENTER_THEN_ITERATE else 0)


LINES = st.lists(st.sampled_from(["a", " a", "    a", "b", "", "a b", "\ta", "c # d"]), max_size=8)
TEXTS = st.builds(
    lambda lines, ends: "".join(map("".join, zip(lines, ends, strict=False))),
    LINES,
    st.lists(st.sampled_from(["\n", "\r\n", "\r", "\n", "\n"]), min_size=8),
)


@given(TEXTS, TEXTS)
def test_the_differences_of_two_texts_make_one_into_the_other_and_never_touch(old: str, new: str) -> None:
    changes = list(differences(old, new))
    result, done = "", 0
    for start, end, text in changes:
        result += old[done:start] + text
        done = end
    assert result + old[done:] == new
    assert all(one[1] < other[0] for one, other in pairwise(changes))
    assert all(old[start:end] != text for start, end, text in changes)
    assert not any(old[max(at - 1, 0) : at + 1] == "\r\n" for change in changes for at in change[:2])
