"""The evidence starts at the expression and names every link down to the definition."""

from __future__ import annotations

from pathlib import Path

import pytest

from repairbot.rules.registry import all_rules
from repairbot.scan.pipeline import derived
from repairbot.source.snapshot import Snapshot
from tests.protocols.cases import files

STORE = """
from contextlib import asynccontextmanager
class Manager:
    @asynccontextmanager
    async def session(self):
        yield object()
    @property
    def inner(self):
        return self
class Factory:
    def __call__(self):
        return Manager().session()
manager = Manager()
Session = Factory()
async def later():
    return Manager()
"""


def chain(root: Path, text: str) -> list[str]:
    """`path:line` of each link of the finding in `main.py`."""
    for path, content in {**files(text), "store.py": STORE}.items():
        (root / path).write_text(content, encoding="utf-8")
    found = derived(Snapshot.of([root]), all_rules(), jobs=1).findings
    assert [one.path for one in found] == ["main.py"]
    return list(dict.fromkeys(f"{link.path}:{link.line}" for link in found[0].evidence))


IMPORTED, MANAGER, SESSION = "main.py:1", "store.py:13", "store.py:5"


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("from store import manager\nasync def f():\n    async for x in manager.session(): ...\n",
         [IMPORTED, MANAGER, "store.py:3", "store.py:4", SESSION]),
        ("import store\nasync def f():\n    async for x in store.manager.session(): ...\n",
         [IMPORTED, MANAGER, "store.py:3", "store.py:4", SESSION]),
        ("from store import manager\nasync def f():\n    async for x in manager.inner.session(): ...\n",
         [IMPORTED, MANAGER, "store.py:3"]),
        ("from store import Session\nasync def f():\n    async for x in Session(): ...\n",
         [IMPORTED, "store.py:14", "store.py:10", "store.py:11", "store.py:12"]),
        ("from store import manager as m\nkept = m.session\nasync def f():\n    async for x in kept(): ...\n",
         ["main.py:2", IMPORTED, MANAGER, "store.py:3", SESSION]),
        ("from store import later\nasync def f():\n    m = await later()\n    async for x in m.session(): ...\n",
         ["main.py:3", IMPORTED, "store.py:15", "store.py:16", SESSION]),
        (("from store import Manager\nmakers = (1, Manager())\nasync def f():\n"
         "    _, m = makers\n    async for x in m.session(): ...\n"),
         ["main.py:4", "main.py:2", IMPORTED, "store.py:3", SESSION]),
        (("from store import Manager\nclass C:\n    def __init__(self):\n        self.m = Manager()\n"
         "    async def f(self):\n        async for x in self.m.session(): ...\n"),
         ["main.py:4", IMPORTED, "store.py:3", SESSION]),
    ],
)  # fmt: skip
def test_every_link_is_named_from_the_expression_on(tmp_path: Path, text: str, links: list[str]) -> None:
    found = chain(tmp_path, text)
    assert [link for link in found if link in links] == links, found


def test_the_chain_of_one_place_does_not_stand_in_that_of_another(tmp_path: Path) -> None:
    """Answers are kept and shared by places that came to them on other ways."""
    text = "from store import manager as {0}\nasync def f():\n    async for x in {0}.inner.session(): ...\n"
    (tmp_path / "store.py").write_text(STORE)
    for name in ("one", "two"):
        (tmp_path / f"{name}.py").write_text(text.format(name))
    first, second = derived(Snapshot.of([tmp_path]), all_rules(), jobs=1).findings
    assert "one.py" not in {link.path for link in second.evidence}
    assert "two.py" not in {link.path for link in first.evidence}
