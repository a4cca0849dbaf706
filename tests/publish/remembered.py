"""Derivations that are made once for each content of a tree: starting LibCST anew for every test takes seconds."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from repairbot.config.load import Config
from repairbot.git import repository
from repairbot.publish import rederive
from repairbot.publish.rederive import Rederived
from repairbot.rule import Rule

_KEPT: dict[tuple[object, ...], Rederived] = {}
_OPEN = ExitStack()
atexit.register(_OPEN.close)


@contextmanager
def rederived(clone: Path, commit: str, rules: Sequence[Rule], config: Config) -> Iterator[Rederived]:
    """As the real one, which it asks when a tree is new."""
    tree = repository.run(clone, "rev-parse", f"{commit}^{{tree}}")
    key = (tree, tuple(rule.code for rule in rules), config.exclude)
    if key not in _KEPT:
        folder = Path(_OPEN.enter_context(tempfile.TemporaryDirectory(prefix="derived-")))
        shutil.copytree(clone, folder / "clone.git")
        _KEPT[key] = _OPEN.enter_context(rederive.rederived(folder / "clone.git", commit, rules, config))
    yield replace(_KEPT[key], commit=commit)
