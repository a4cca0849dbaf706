"""Globs that once took exponential time, and that the rewritten expressions match what pathspec's own do."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

from repairbot.source.globs import excluder, linear

STARS = "*a" * 40 + "b"


@pytest.mark.parametrize(
    ("glob", "path"),
    [
        (STARS, "a" * 250 + ".py"),
        (f"x/{STARS}/", f"x/{'a' * 250}/"),
        ("*" * 200 + "b", "a" * 250),
        ("?*" * 60 + "b", "a" * 250),
        ("**/" + "a/**/" * 30 + "b", "a/" * 400 + "c.py"),
        ("**/" + "*a*/**/" * 30 + "b", "a/" * 400 + "c.py"),
        ("[!b]*" * 40 + "b", "a" * 250),
    ],
)
def test_stars_cost_no_more_than_the_path_is_long(glob: str, path: str) -> None:
    started = time.process_time()
    assert not excluder([glob])(path)
    assert time.process_time() - started < 2


GLOBS = st.text("ab*?/[]!^-\\.", min_size=1, max_size=14)
PATHS = st.text("ab/.-!", min_size=1, max_size=14)


@given(GLOBS, st.lists(PATHS, max_size=8))
def test_a_rewritten_expression_matches_what_the_original_does(glob: str, paths: list[str]) -> None:
    try:
        regex, _ = GitIgnoreSpecPattern.pattern_to_regex(glob)
    except ValueError:
        return
    if regex is None:
        return
    for path in paths:
        before, after = re.match(regex, path), re.match(linear(regex), path)
        assert (before is None) == (after is None), (regex, linear(regex), path)
        assert before is None or after is None or before.groupdict() == after.groupdict()


@given(
    st.lists(st.sampled_from(["*", "a", "b", "?", "/", "**/", "/**/", "[ab]", "[!a]"]), min_size=1, max_size=9),
    st.lists(st.text("ab/", min_size=1, max_size=12), min_size=1, max_size=20),
)
def test_a_rewritten_expression_of_many_stars_matches_what_the_original_does(
    pieces: list[str], paths: list[str]
) -> None:
    test_a_rewritten_expression_matches_what_the_original_does.hypothesis.inner_test("".join(pieces), paths)  # type: ignore[attr-defined]
