"""Make a failing package as small as it gets while it fails in the same way."""

from __future__ import annotations

import ast
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from tests.truth.examining import examine_alone
from tests.truth.judging import Judged
from tests.truth.projects import Case
from tests.truth.running import Runner

Fails = Callable[[Case], bool]
_BLOCKS = ("body", "orelse", "finalbody", "handlers", "decorator_list")


def shrunk(failed: Judged, runner: Runner, seconds: float = 20) -> Case:
    """The smallest package found in some seconds that fails alone with one of the same kinds of fault."""
    kinds = {fault.kind for fault in failed.faults}
    ends = time.monotonic() + seconds

    def fails(one: Case) -> bool:
        judged = examine_alone(one, runner)
        return judged.broken is None and any(fault.kind in kinds for fault in judged.faults)

    whole = replace(failed.case, package="pkg")
    return _smaller(whole, fails, ends) if fails(whole) else whole


def _smaller(one: Case, fails: Fails, ends: float) -> Case:
    """Take what can be left out, biggest first, until nothing can."""
    progress = True
    while progress and time.monotonic() < ends:
        progress = False
        for candidate in _reductions(one):
            if time.monotonic() > ends:
                break
            if fails(candidate):
                one, progress = candidate, True
                break
    return one


def _reductions(one: Case) -> Iterator[Case]:
    """The package without a file, or without a statement or decorator of one."""
    for path in one.files:
        if path != "use.py":
            yield replace(one, files={name: text for name, text in one.files.items() if name != path})
    for path, text in one.files.items():
        for number in range(_count(text)):
            yield replace(one, files={**one.files, path: _without(text, number)})


def _places(tree: ast.Module) -> list[tuple[ast.AST, str, int]]:
    return [
        (node, block, index)
        for node in ast.walk(tree)
        for block in _BLOCKS
        if isinstance(getattr(node, block, None), list)
        for index in range(len(getattr(node, block)))
    ]


def _count(text: str) -> int:
    return len(_places(ast.parse(text)))


def _without(text: str, number: int) -> str:
    tree = ast.parse(text)
    node, block, index = _places(tree)[number]
    rest = getattr(node, block)
    del rest[index]
    if block == "body" and not rest and not isinstance(node, ast.Module):
        rest.append(ast.Pass())
    return ast.unparse(ast.fix_missing_locations(tree)) + "\n"
