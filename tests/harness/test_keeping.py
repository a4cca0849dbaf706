from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from repairbot.harness.environment.cache import keep, key_of, load
from repairbot.harness.environment.declared import Recipe
from repairbot.harness.environment.environment import Environment
from repairbot.harness.environment.fallbacks import Rung
from repairbot.harness.environment.provision import Wishes
from repairbot.harness.environment.pythons import Interpreter, PythonChoice
from repairbot.harness.session import Bench, Side
from repairbot.harness.suite.suite import Ask, run_suite

Making = Callable[..., Bench]

PROJECT = "[project]\nname = 'sample'\n"


def kept_key(tree: Path, bench: Bench, interpreter: Interpreter, recipes: Sequence[Recipe] = ()) -> str:
    ladder = tuple(Rung(recipe, PythonChoice(interpreter, "")) for recipe in recipes)
    return key_of(tree, ladder, Wishes(), bench.sandbox)


def test_a_kept_environment_is_the_same_when_it_is_loaded(
    bench_for: Making, environment: Environment, tmp_path: Path
) -> None:
    bench = bench_for({"test_it.py": "def test_a(): pass\n"})
    own = tmp_path / "own"
    shutil.copytree(environment.folder, own, symlinks=True)
    store = tmp_path / "store"
    kept = keep(store, "k", replace(environment, folder=own))
    assert load(store, "k") == replace(kept, reused=True)
    assert run_suite(bench, kept, Side.BEFORE, Ask()).exit == 0
    shutil.rmtree(store / "k" / "venv")
    assert load(store, "k") is None
    assert load(store, "other") is None


def test_the_key_follows_what_decides_the_environment_and_nothing_else(
    bench_for: Making, interpreter: Interpreter, tmp_path: Path
) -> None:
    bench = bench_for({"test_it.py": ""})
    tree = tmp_path / "tree"
    (tree / "pkg").mkdir(parents=True)
    (tree / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    (tree / "pkg" / "code.py").write_text("a = 1\n", encoding="utf-8")
    before = kept_key(tree, bench, interpreter)
    (tree / "pkg" / "code.py").write_text("a = 2\n", encoding="utf-8")
    assert kept_key(tree, bench, interpreter) == before
    assert kept_key(tree, bench, interpreter, [Recipe("a", "")]) != before
    (tree / "requirements.txt").write_text("httpx\n", encoding="utf-8")
    assert kept_key(tree, bench, interpreter) != before
