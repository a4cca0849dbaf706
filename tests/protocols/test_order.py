"""The order in which alternatives are told is that of the source: the same input gives the same report, every time."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent, indent

from repairbot.rule import Doubt
from tests.protocols.cases import verdict

COUNT = 9


def test_alternatives_are_told_in_the_order_of_their_assignments(tmp_path: Path) -> None:
    classes = "".join(f"class C{number}:\n    async def __aenter__(self): ...\n" for number in range(COUNT))
    branches = "".join(f"if a == {number}:\n    self.x = C{number}()\nel" for number in range(COUNT))
    text = f"""\
class Iterable:
    def __aiter__(self): ...
{classes}
class Holder:
    async def f(self, a):
{indent(branches + "se:", " " * 8)}
            self.x = Iterable()
        async for _ in self.x: ...
"""
    found = verdict(tmp_path, dedent(text))
    assert isinstance(found, Doubt)
    listed = [f"an object of class `{name}`" for name in (*(f"C{number}" for number in range(COUNT)), "Iterable")]
    assert found.reason == f"it may be {' or '.join(listed)}, and not all of these lack `__aiter__`"


def test_attributes_that_several_methods_assign_are_told_in_the_order_of_the_assignments(tmp_path: Path) -> None:
    classes = "".join(f"class C{number}:\n    async def __aenter__(self): ...\n" for number in range(COUNT))
    branches = "".join(f"if a == {number}: self.x = C{number}()\n" for number in range(COUNT))
    text = f"""\
class Iterable:
    def __aiter__(self): ...
{classes}
class Holder:
    def __init__(self, a):
        self.x = Iterable()
{indent(branches, " " * 8)}
    async def f(self):
        async for _ in self.x: ...
"""
    found = verdict(tmp_path, text)
    assert isinstance(found, Doubt)
    listed = [f"an object of class `{name}`" for name in ("Iterable", *(f"C{number}" for number in range(COUNT)))]
    assert found.reason == f"it may be {' or '.join(listed)}, and not all of these lack `__aiter__`"
