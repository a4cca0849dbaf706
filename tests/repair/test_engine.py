"""Groups of edits stand or fall together, and every one that stands was checked."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from repairbot.model import Region, Safety
from repairbot.repair.cst.worker import CstWorker
from repairbot.repair.engine import Mended, Mismatch, Outcome, Planned, Rescan, applied, mended
from repairbot.rule import Decorate, Edit, Form, Plan, Recast, Refusal
from repairbot.source.snapshot import Snapshot
from tests.repair.conftest import MemoryFiles, regions

Files = Mapping[str, str]
UNSAFE = Safety.UNSAFE


def snapshot_of(tmp_path: Path, files: Files) -> Snapshot:
    for path, text in files.items():
        (tmp_path / path).write_text(text, encoding="utf-8")
    return Snapshot.of([tmp_path])


def loops(snapshot: Snapshot, paths: frozenset[str]) -> Counter[Mismatch]:
    """Every `async for` over something other than what was entered counts as a mismatch."""
    return Counter(
        Mismatch("RB101", path, ast.unparse(node.iter))
        for path in paths
        for node in ast.walk(snapshot.parsed(snapshot.file(path)).tree)
        if isinstance(node, ast.AsyncFor) and not re.match("entered|stream", ast.unparse(node.iter))
    )


class Patient:
    """A target and the plans for it; loops are named by what they iterate."""

    def __init__(self, tmp_path: Path, files: Files, worker: CstWorker) -> None:
        self.snapshot = snapshot_of(tmp_path, files)
        self.files = files
        self.worker = worker

    def recast(self, iterated: str, form: Form = Form.ENTER) -> Recast:
        for path, text in self.files.items():
            document = MemoryFiles({path: text.encode()}).document(path)
            for region in regions(document):
                end = document.layout.offset(region.end_line, region.end_column)
                if document.layout.text[:end].endswith(f" {iterated}"):
                    return Recast(path, region, form)
        raise AssertionError(iterated)

    def decorate(self, path: str, name: str) -> Decorate:
        line = self.files[path].splitlines().index(f"async def {name}():") + 1
        return Decorate(path, line, 1, "contextlib", "asynccontextmanager")

    def outcomes(self, *plans: Plan | Recast, rescan: Rescan = loops) -> tuple[Outcome, ...]:
        planned = [self._planned(plan if isinstance(plan, Plan) else Plan((plan,))) for plan in plans]
        before = loops(self.snapshot, frozenset(self.files))
        return mended(self.snapshot, planned, before, rescan, self.worker)

    def _planned(self, plan: Plan) -> Planned:
        recasts = [edit for edit in plan.edits if isinstance(edit, Recast)]
        return Planned(self._mismatch(recasts[0]) if recasts else Mismatch("RB102", "", ""), plan)

    def _mismatch(self, recast: Recast) -> Mismatch:
        document = MemoryFiles({recast.path: self.files[recast.path].encode()}).document(recast.path)
        loop = document.loops[recast.region.line, recast.region.column]
        return Mismatch("RB101", recast.path, ast.unparse(loop.node.iter))

    def text(self, outcomes: Sequence[Outcome], path: str = "a.py") -> str:
        return applied(self.snapshot, [each for each in outcomes if isinstance(each, Mended)])[path].decode()


Admit = Callable[[Files], Patient]


@pytest.fixture
def admit(tmp_path: Path, worker: CstWorker) -> Admit:
    return lambda files: Patient(tmp_path, files, worker)


def groups(outcomes: Sequence[Outcome]) -> list[str | None]:
    """The outcomes' groups as letters in order; None for a refusal."""
    names: dict[str, str] = {}
    return [
        names.setdefault(each.group, "abcdef"[len(names)]) if isinstance(each, Mended) else None for each in outcomes
    ]


SIDE_BY_SIDE = {
    "a.py": "async def f():\n    async for x in one():\n        pass\n    async for x in two():\n        pass\n"
}
NESTED = {"a.py": "async def f():\n    async for x in one():\n        async for y in two(x):\n            use(y)\n"}
JUMPY = "async def f():\n    async for x in one():\n        with x:\n            if x: break\n        use(x)\n"


def test_loops_side_by_side_are_groups_of_their_own(admit: Admit) -> None:
    patient = admit(SIDE_BY_SIDE)
    outcomes = patient.outcomes(patient.recast("one()"), patient.recast("two()"))
    assert groups(outcomes) == ["a", "b"]
    assert patient.text(outcomes[:1]) == SIDE_BY_SIDE["a.py"].replace("for x in one()", "with one() as x")
    assert patient.text(outcomes[1:]) == SIDE_BY_SIDE["a.py"].replace("for x in two()", "with two() as x")


def test_loops_inside_each_other_whose_edits_do_not_touch_are_groups_of_their_own(admit: Admit) -> None:
    patient = admit(NESTED)
    outcomes = patient.outcomes(patient.recast("one()"), patient.recast("two(x)"))
    assert groups(outcomes) == ["a", "b"]
    assert patient.text(outcomes[1:]) == NESTED["a.py"].replace("for y in two(x)", "with two(x) as y")


def test_loops_inside_each_other_whose_edits_touch_are_one_group(admit: Admit) -> None:
    patient = admit(NESTED)
    outcomes = patient.outcomes(patient.recast("one()", Form.ENTER_THEN_ITERATE), patient.recast("two(x)"))
    assert groups(outcomes) == ["a", "a"]
    assert patient.text(outcomes) == (
        "async def f():\n"
        "    async with one() as entered:\n"
        "        async for x in entered:\n"
        "            async with two(x) as y:\n"
        "                use(y)\n"
    )


def test_a_group_is_unsafe_when_one_of_its_plans_is(admit: Admit) -> None:
    patient = admit(NESTED)
    outer = Plan((patient.recast("one()", Form.ENTER_THEN_ITERATE),))
    inner = Plan((patient.recast("two(x)"),), UNSAFE, "the inner reason")
    for outcome in patient.outcomes(outer, inner):
        assert isinstance(outcome, Mended)
        assert (outcome.safety, outcome.reason) == (UNSAFE, "the inner reason")


def test_a_refused_loop_does_not_keep_back_the_loop_inside_it(admit: Admit) -> None:
    patient = admit({"a.py": f"{JUMPY}        async for y in two():\n            use(y)\n"})
    outcomes = patient.outcomes(patient.recast("one()"), patient.recast("two()"))
    assert outcomes[0] == Refusal("a `break` leaves a `with` block that other statements follow")
    assert groups(outcomes) == [None, "a"]


def test_a_refused_loop_does_not_keep_back_the_loop_around_it(admit: Admit) -> None:
    inner = JUMPY.partition("\n")[2].replace("    ", "        ").replace("one", "two")
    patient = admit({"a.py": f"async def f():\n    async for z in one():\n{inner}"})
    outcomes = patient.outcomes(patient.recast("one()"), patient.recast("two()"))
    assert groups(outcomes) == ["a", None]


def test_equal_edits_of_two_plans_are_one_edit(admit: Admit) -> None:
    patient = admit(SIDE_BY_SIDE)
    outcomes = patient.outcomes(patient.recast("one()"), patient.recast("one()"))
    assert groups(outcomes) == ["a", "a"]
    assert "async with one() as x:" in patient.text(outcomes)


def test_plans_that_give_one_loop_different_forms_are_refused(admit: Admit) -> None:
    patient = admit(SIDE_BY_SIDE)
    outcomes = patient.outcomes(patient.recast("one()"), patient.recast("one()", Form.ENTER_THEN_ITERATE))
    assert set(outcomes) == {Refusal("two plans give one construct different forms")}


DEFINED = {
    "a.py": "from b import g\nasync def f():\n    async for x in one(): pass\n    async for x in two(): pass\n",
    "b.py": "async def g():\n    yield\n",
}


def test_plans_that_share_a_definition_are_one_group_in_all_files(admit: Admit) -> None:
    patient = admit(DEFINED)
    shared: Edit = patient.decorate("b.py", "g")
    one, two = Plan((patient.recast("one()"), shared)), Plan((patient.recast("two()"), shared))
    outcomes = patient.outcomes(one, two)
    assert groups(outcomes) == ["a", "a"]
    assert patient.text(outcomes[:1]).count("async with") == 2
    assert patient.text(outcomes[:1], "b.py").startswith("from contextlib import asynccontextmanager\n")
    assert patient.text(outcomes[:1], "b.py").count("@asynccontextmanager") == 1


def test_a_group_is_refused_whole(admit: Admit) -> None:
    patient = admit({"a.py": f"{JUMPY}    async for x in two(): pass\n", "b.py": DEFINED["b.py"]})
    shared: Edit = patient.decorate("b.py", "g")
    outcomes = patient.outcomes(*(Plan((patient.recast(name), shared)) for name in ("one()", "two()")))
    assert set(outcomes) == {Refusal("a `break` leaves a `with` block that other statements follow")}


def test_groups_that_need_the_same_import_stay_apart(admit: Admit) -> None:
    patient = admit({"a.py": "import os\n\n\nasync def f():\n    yield\nasync def g():\n    yield\n"})
    outcomes = patient.outcomes(*(Plan((patient.decorate("a.py", name),)) for name in "fg"))
    assert groups(outcomes) == ["a", "b"]
    for some, functions in ((outcomes, 2), (outcomes[:1], 1), (outcomes[1:], 1)):
        assert patient.text(some).count("from contextlib import asynccontextmanager\n") == 1
        assert patient.text(some).count("@asynccontextmanager\n") == functions


def test_equal_groups_have_equal_ids_in_any_run(admit: Admit) -> None:
    patient = admit(SIDE_BY_SIDE)
    both = patient.outcomes(patient.recast("one()"), patient.recast("two()"))
    [alone] = patient.outcomes(patient.recast("two()"))
    assert alone == both[1]
    assert both[0] != both[1]


def test_a_rewrite_after_which_the_mismatch_is_still_found_is_refused(admit: Admit) -> None:
    patient = admit(SIDE_BY_SIDE)

    def rescan(snapshot: Snapshot, paths: frozenset[str]) -> Counter[Mismatch]:
        return loops(patient.snapshot, paths)

    [outcome] = patient.outcomes(patient.recast("one()"), rescan=rescan)
    assert outcome == Refusal("a new scan would still find RB101 on `one()` in a.py")


def test_a_rewrite_that_makes_a_new_mismatch_is_refused_and_the_others_stand(admit: Admit) -> None:
    names = [f"cm{number}()" for number in range(7)]
    text = "".join(f"    async for x in {name}:\n        pass\n" for name in names)
    patient = admit({"a.py": f"async def f():\n{text}"})
    new = Mismatch("RB102", "b.py", "g()")

    def rescan(snapshot: Snapshot, paths: frozenset[str]) -> Counter[Mismatch]:
        bad = b"with cm4()" in snapshot.read("a.py")
        return loops(snapshot, paths) + Counter([new] if bad else [])

    outcomes = patient.outcomes(*map(patient.recast, names), rescan=rescan)
    assert outcomes[4] == Refusal("a new scan would then find RB102 on `g()` in b.py")
    assert groups(outcomes) == ["a", "b", "c", "d", None, "e", "f"]


def test_rewrites_that_only_together_make_a_new_mismatch_are_not_both_made(admit: Admit) -> None:
    patient = admit(SIDE_BY_SIDE)

    def rescan(snapshot: Snapshot, paths: frozenset[str]) -> Counter[Mismatch]:
        bad = b"async for" not in snapshot.read("a.py")
        return loops(snapshot, paths) + Counter([Mismatch("RB102", "b.py", "g()")] if bad else [])

    first, second = patient.outcomes(patient.recast("one()"), patient.recast("two()"), rescan=rescan)
    assert isinstance(first, Mended)
    assert second == Refusal(
        "not possible together with another fix: a new scan would then find RB102 on `g()` in b.py"
    )


def test_a_rewrite_that_python_does_not_compile_is_refused(admit: Admit) -> None:
    # Twenty blocks inside each other are allowed, and the rewrite would make it twenty-one.
    lines = [f"{'    ' * depth}for x{depth} in y:" for depth in range(1, 20)]
    loop = f"{'    ' * 20}async for x in one():\n{'    ' * 21}use(x)\n"
    patient = admit({"a.py": "\n".join(["async def f():", *lines, loop])})
    [outcome] = patient.outcomes(patient.recast("one()", Form.ENTER_THEN_ITERATE))
    assert outcome == Refusal("the rewritten file would not compile: too many statically nested blocks")


def test_a_place_without_a_loop_is_refused(admit: Admit) -> None:
    patient = admit(SIDE_BY_SIDE)
    planned = Planned(Mismatch("RB101", "a.py", ""), Plan((Recast("a.py", Region(9, 1, 9, 5), Form.ENTER),)))
    outcomes = mended(patient.snapshot, [planned], Counter(), loops, patient.worker)
    assert outcomes == (Refusal("nothing to rewrite stands at line 9 of a.py"),)
