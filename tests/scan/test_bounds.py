"""One hostile or odd file costs one file: whatever stands in it, the finding beside it stays, and soon."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Hashable, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from repairbot.repair.render import Renderer, TextEdits
from repairbot.rule import Edit, Refusal, Rule, Site, Verdict
from repairbot.rules.registry import all_rules
from repairbot.scan import judge as module
from repairbot.scan import parallel
from repairbot.scan.pipeline import Derivation, derived
from repairbot.scan.queries import Inquiry
from repairbot.source.files import Parsed
from repairbot.source.snapshot import Snapshot
from tests.benchmarks.growth import written
from tests.benchmarks.shapes import CM, GOOD, GROWING, Files

SECONDS = 5.0


def scanned(folder: Path, files: Files) -> Derivation:
    written(files, folder)
    return derived(Snapshot.of([folder]), all_rules(), jobs=1)


def good(derivation: Derivation) -> list[str]:
    return [str(one.disposition) for one in derivation.findings if one.path == "good.py"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"# coding: idna\n{CM}async def f():\n    async for q in cm(): pass\n# {'x' * 70}\n", "unknown-encoding"),
        (f"# coding: iso2022_jp\n{CM}async def f():\n    async for q in cm(): pass\n", "unknown-encoding"),
        ("async def f():\n    async for q in " + "-" * 9_000 + "x: pass\n", "too-deep"),
        ("async def f():\n    async for q in " + "(" * 150 + "x" + ")" * 150 + "[0]" * 4_000 + ": pass\n", "too-deep"),
    ],
)
def test_a_file_that_cannot_be_read_is_skipped_with_its_kind(tmp_path: Path, text: str, kind: str) -> None:
    found = scanned(tmp_path, {"bad.py": text})
    assert good(found) == ["fix"]
    assert [(one.path, one.kind) for one in found.skipped] == [("bad.py", kind)]
    assert not found.crashes


DEEP = {
    "attribute chain": 400,
    "call chain": 400,
    "generic chain": 400,
    "union members": 900,
    "quoted signs": 9_000,
    "quoted lists": 300,
    "diamonds": 40,
}


@pytest.mark.parametrize(("shape", "size"), DEEP.items())
def test_what_nests_too_deeply_to_be_followed_costs_itself_alone(tmp_path: Path, shape: str, size: int) -> None:
    started = time.process_time()
    found = scanned(tmp_path, GROWING[shape](size))
    assert good(found) == ["fix"]
    assert not found.crashes
    assert {one.path for one in found.undecided} | {one.path for one in found.findings} <= {"bad.py", "good.py"}
    assert time.process_time() - started < SECONDS


def test_how_deep_the_caller_stands_does_not_matter(tmp_path: Path) -> None:
    """A worker, `explain` and `publish` ask from other depths than `scan` does."""
    written(GROWING["attribute chain"](300), tmp_path)

    def at(depth: int) -> Derivation:
        return at(depth - 1) if depth else derived(Snapshot.of([tmp_path]), all_rules(), jobs=1)

    near, far = at(0), at(sys.getrecursionlimit() - 200)
    assert (near.findings, near.undecided, near.skipped) == (far.findings, far.undecided, far.skipped)


@pytest.mark.parametrize("error", [RecursionError, MemoryError])
def test_a_file_that_exhausts_us_is_skipped_and_no_crash(
    tmp_path: Path, error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    judged = module.judge

    def failing(inquiry: Inquiry, parsed: Parsed, rule: Rule, site: Site, paid: set[Hashable]) -> Verdict:
        if site.file.path == "bad.py":
            raise error
        return judged(inquiry, parsed, rule, site, paid)

    monkeypatch.setattr(module, "judge", failing)
    found = scanned(tmp_path, GROWING["loops"](2))
    assert good(found) == ["fix"]
    assert [one.path for one in found.skipped] == ["bad.py"]
    assert not found.crashes


def test_a_mistake_of_ours_in_one_fix_is_told_and_takes_no_other_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendered = Renderer.rendered

    def failing(self: Renderer, edits: Sequence[Edit]) -> TextEdits | Refusal:
        if edits[0].path == "bad.py":
            raise KeyError("a mistake")
        return rendered(self, edits)

    monkeypatch.setattr(Renderer, "rendered", failing)
    found = scanned(tmp_path, GROWING["loops"](2))
    assert good(found) == ["fix"]
    assert [one.path for one in found.crashes] == ["bad.py"]
    assert {(one.path, str(one.disposition)) for one in found.findings} == {("bad.py", "refuse"), ("good.py", "fix")}


LINEAR = ["functions", "loops", "items", "comprehensions on one line", "parts of a string", "nested loops", "refused"]


@pytest.mark.parametrize("shape", LINEAR)
def test_four_times_as_many_sites_cost_about_four_times_as_much(tmp_path: Path, shape: str) -> None:
    def cost(size: int) -> float:
        folder = tmp_path / str(size)
        folder.mkdir()
        started = time.process_time()
        scanned(folder, GROWING[shape](size))
        return time.process_time() - started

    cost(5)  # what is read once
    small, large = cost(100), cost(400)
    assert large < 10 * small + 0.5


WORDS = st.sampled_from(
    ["async for q in ", "async with ", "cm()", "b.c", ": pass", "\n", "    ", "def f(x: 'K'):", "[", "]", "(", ")", "*",
     "from good import cm", "import bad as b", "# coding: ", "idna", "utf-7", "lambda: ", "class K(K): ", "yield ", "'"]
)  # fmt: skip
CONTENTS = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=100).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.lists(WORDS, max_size=40).map(lambda words: "".join(words).encode()),
    st.lists(WORDS, max_size=25).map(
        lambda words: f"{CM}async def f(x):\n    async for q in cm(): pass\n{''.join(words)}".encode()
    ),
)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=CONTENTS)
def test_any_bytes_in_a_file_leave_the_finding_beside_it(tmp_path: Path, data: bytes) -> None:
    written({}, tmp_path)
    (tmp_path / "bad.py").write_bytes(data)
    found = derived(Snapshot.of([tmp_path]), all_rules(), jobs=1)
    assert good(found) == ["fix"]
    assert not found.crashes, found.crashes


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_file_that_asks_too_much_is_skipped_whatever_was_asked_before(
    tmp_path: Path, jobs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What another file has asked is counted for each file that rests on it, and nothing twice."""
    site = "async def f{0}():\n    async for q in cm(): print(q)\n"

    def skipped(sites: int, folder: Path) -> list[tuple[str, str]]:
        folder.mkdir(exist_ok=True)
        text = "from good import cm\n" + "".join(site.format(n) for n in range(sites))
        written({f"{name}.py": text for name in ("a", "b", "z")}, folder)
        found = derived(Snapshot.of([folder]), all_rules(), jobs=jobs)
        assert good(found) == ["fix"]
        alone = derived(Snapshot.of([folder / "z.py"]), all_rules(), jobs=1)
        assert [one for one in found.skipped if one.path == "z.py"] == list(alone.skipped)
        assert [one for one in found.findings if one.path == "z.py"] == list(alone.findings)
        return [(one.path, one.kind) for one in found.skipped]

    monkeypatch.setattr(module, "MOST_QUESTIONS", 30)
    monkeypatch.setattr(parallel, "_may_fork", lambda: True)  # the limit of this test reaches forked workers alone
    assert skipped(30, tmp_path / "many") == [("a.py", "too-much"), ("b.py", "too-much"), ("z.py", "too-much")]
    assert skipped(3, tmp_path / "few") == []


def test_places_that_each_lead_too_far_use_the_file_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_QUESTIONS", 5_000)
    chain = "s0 = cm\n" + "".join(f"s{n} = s{n - 1}\n" for n in range(1, 800))
    sites = "".join(f"    async for q in s{n}(): print(q)\n" for n in range(700, 800))
    found = scanned(tmp_path, {"bad.py": f"{CM}{chain}async def f():\n{sites}"})
    assert good(found) == ["fix"]
    assert [(one.path, one.kind) for one in found.skipped] == [("bad.py", "too-much")]


def test_every_shape_says_what_it_is() -> None:
    made: dict[str, Callable[[int], Files]] = dict(GROWING)
    assert all(make(3) for make in made.values())
    assert GOOD
