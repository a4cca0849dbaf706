"""Documents whose every text means harm, for whatever renders one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from itertools import cycle
from typing import Any, cast

from hypothesis import strategies as st

from repairbot.evidence.document import EvidenceDocument
from repairbot.evidence.observed import (
    Executed,
    GradeEntry,
    ProofEntry,
    TestEntry,
    WithdrawnFix,
    WitnessEntry,
    WrittenTest,
)
from tests.evidence.documents import DOCUMENT, FINDING

_PERIOD = 45  # no text comes again before

MEANT_AS = (
    "@someone",
    "#123",
    "Fixes #12",
    "closes octo/repo#7",
    "GH-5",
    "`",
    "```",
    "````\n# out",
    "|",
    "\\|",
    "a|b",
    "\n\n# heading\n",
    "\r\n- item",
    "<script>alert(1)</script>",
    "<!-- gone",
    "--> back",
    "</details>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "![x](http://evil.example/x.png)",
    "http://evil.example/",
    "www.evil.example",
    "mail@evil.example",
    "\x1b[31mred",
    "\u202egnp.exe",
    "\u2066hidden\u2069",
    "\x00\x07",
    '"]; click n0 "javascript:alert(1)"; n1["',
    "%%{init: {}}%%",
    "{{ 7 * 7 }}",
    "{% include 'x' %}",
    "]]><svg onload=alert(1)>",
    "&lt;b&gt; &#64;someone",
    "$x^2$",
    ":tada:",
    "[^1]",
    "***",
    "    indented",
    "1. one",
    "- [ ] tick me",
    "::error::boo",
    "[skip ci]",
    "deadbeef1234",
    "\udcff",
)

texts = st.lists(
    st.one_of(st.sampled_from(MEANT_AS), st.text(max_size=12), st.sampled_from([" ", "a", "app/x.py"])),
    min_size=1,
    max_size=4,
).map("".join)
pools = st.lists(texts, min_size=1, max_size=7)

WITHDRAWN = replace(
    FINDING,
    fingerprint="5" * 64,
    path="app/odd.py",
    disposition="withdrawn",
    safety=None,
    reason="the object iterated",
    applied=False,
    impact=None,
)
UNSAFE = replace(
    FINDING, fingerprint="6" * 64, path="app/unsafe.py", safety="unsafe", reason="what it yields is unknown"
)
EXPECTED = replace(FINDING, fingerprint="7" * 64, path="tests/test_bug.py", disposition="expected", applied=False)
SEEN = replace(WITHDRAWN, fingerprint="8" * 64, path="app/seen.py", reason="it ran without the error in 1 test")
TAKEN_BACK = replace(WITHDRAWN, fingerprint="9" * 64, path="app/tried.py", disposition="refuse", edits=(), group=None)
assert DOCUMENT.runs.tests is not None
RICH = replace(
    DOCUMENT,
    findings=(*DOCUMENT.findings, WITHDRAWN, UNSAFE, EXPECTED, SEEN, TAKEN_BACK),
    runs=replace(
        DOCUMENT.runs,
        proofs=(*DOCUMENT.runs.proofs, ProofEntry("5" * 64, "contradicted", "the real object can be iterated")),
        tests=replace(
            DOCUMENT.runs.tests,
            whole=False,
            incomplete="after: a worker crashed",
            notes=("two tests share one name",),
            verdicts={**DOCUMENT.runs.tests.verdicts, "regressed": 1},
            cases=(
                *DOCUMENT.runs.tests.cases,
                TestEntry("tests/test_bug.py::test_it", "regressed", "passed", "failed", expects_fault=True),
            ),
        ),
        lines=(*DOCUMENT.runs.lines, Executed("6" * 64, (), (), "1 test fails before it gets there")),
        grades=(
            *DOCUMENT.runs.grades,
            GradeEntry(
                "6" * 64, "D", "1 test got worse.", still_failing=("tests/test_x.py::test_x",), against="1 test fails"
            ),
        ),
        witnesses=(
            *DOCUMENT.runs.witnesses,
            WitnessEntry("8" * 64, "contradicted", "it ran without the error", ran=("tests/test_x.py::test_y",)),
        ),
        withdrawn_fixes=(
            WithdrawnFix("9" * 64, "the fix was tried and withdrawn", "tests/test_x.py::test_z", "KeyError", "x.py", 3),
        ),
        written_test=WrittenTest(
            "tests/test_new.py", added=True, reason="failed before, passes now", text="def test(): ..."
        ),
    ),
)
"""More of what a write-up may have to say than `DOCUMENT` holds."""


def poisoned(pool: Sequence[str], *, keys: bool = False) -> EvidenceDocument:
    """`RICH` with each of its texts replaced by the next of a pool; words that code compares stay, as keys may."""
    following = cycle(f"{pool[number % len(pool)]}{number}" for number in range(_PERIOD))
    return cast("EvidenceDocument", _poisoned(RICH, following, "", keys))


_KEPT = {"fingerprint", "group", "disposition", "safety", "broken", "verdict", "state", "findings", "level"}


def _poisoned(value: Any, following: Iterator[str], name: str, keys: bool) -> Any:
    if name in _KEPT:
        return (
            value
            if isinstance(value, str | None) or not is_dataclass((*value, None)[0])
            else tuple(_poisoned(one, following, "", keys) for one in value)
        )
    if is_dataclass(value) and not isinstance(value, type):
        changed = {one.name: _poisoned(getattr(value, one.name), following, one.name, keys) for one in fields(value)}
        return replace(value, **changed)
    if isinstance(value, Mapping):
        return {next(following) if keys else key: item for key, item in value.items()}
    if isinstance(value, tuple):
        return tuple(_poisoned(item, following, "", keys) for item in value)
    return next(following) if isinstance(value, str) else value
