"""What is called a safe fix runs with the real manager: no body then meets an object that it cannot use."""

from __future__ import annotations

import asyncio
import importlib.util
import random
from pathlib import Path
from types import ModuleType

import pytest

from repairbot.model import Safety
from repairbot.scan.pipeline import Settings, derive

MANAGERS = """
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass


@dataclass
class Item:
    id: int
    label: str


class Feed:
    title = "feed"

    async def items(self) -> AsyncIterator[Item]:
        yield Item(1, "one")

    async def close(self) -> None:
        pass


class Texts:
    async def texts(self):
        yield "one"

    def title(self):
        return "texts"


class Mute:
    id = 7

    async def close(self) -> None:
        pass


class Lines:
    def __init__(self):
        self.left = ["1", "2"]

    def __aiter__(self):
        return self

    async def __anext__(self) -> str:
        if not self.left:
            raise StopAsyncIteration
        return self.left.pop()


class Room:
    def __getitem__(self, key):
        if key == 3:
            raise IndexError
        return key

    def __len__(self):
        return 0

    def __add__(self, other):
        return self

    def __call__(self):
        return "called"

    async def __aenter__(self):
        return self

    async def __aexit__(self, *error):
        pass


def label_of(item):
    return item.label


def typed(item: Item):
    return item.id


def closing(thing):
    return thing.close()


def both(thing, sign="-"):
    return thing + thing
"""
YIELDED = {
    "feed": "Feed()",
    "texts": "Texts()",
    "mute": "Mute()",
    "lines": "Lines()",
    "room": "Room()",
    "numbers": "[1, 2]",
    "labels": "['a', 'b']",
    "pair": "1, 'a'",
    "table": "{'id': 1}",
    "text": "'text'",
    "data": "b'data'",
    "number": "5",
    "nothing": "",
    "item": "Item(1, 'one')",
    "rows": "[Item(1, 'one')]",
    "tuples": "[(1, 2)]",
}
TARGETS = ("x", "x", "x", "x", "x", "_", "x, y")
USES = (
    "use(x)",
    "found.append(x)",
    "use(x.id)",
    "use(x.label.upper())",
    "use(x['id'])",
    "use(x[0])",
    "use(x + 1)",
    "use('a' + x)",
    "use(len(x))",
    "use([part for part in x])",
    "await x.close()",
    "use(x.title)",
    "use(x.title())",
    "use(f'{x:>4}')",
    "use('%d' % x)",
    "use('%s' % x)",
    "use(x.upper())",
    "use(x.startswith('a'))",
    "use(x.startswith(b'a'))",
    "use(x == 'a')",
    "use(x < 3)",
    "use(json.loads(x))",
    "a, b = x",
    "use(label_of(x))",
    "use(typed(x))",
    "await closing(x)",
    "use(both(x))",
    "use(both(x, sign=1))",
    "use(int(x))",
    "use(x())",
    "await x",
    "use('a' in x)",
    "use(1 in x)",
    "use(x.keys())",
    "use(b'' + x)",
    "use(-x)",
    "use(' '.join(x))",
    "use(x.decode().strip())",
    "later = lambda: x.label; use(later())",
    "z = x; use(z.label)",
    "use({**x})",
    "use(max(x))",
    "use(x.split('a')[0].strip())",
    "use(getattr(x, 'label'))",
    "use(x if x == 5 else x.id)",
    "x += 1; use(0)",
    "use(sorted(x))",
    "use(*x)",
)
BLOCKS = (
    "async for part in x.items():\n    use(part)",
    "async for part in x:\n    use(part)",
    "for part in x:\n    use(part)",
    "async with x as part:\n    use(part)",
    "if use(x):\n    use(x.label)\nelse:\n    use(x.id)",
    "def inner():\n    return x.label\nuse(inner())",
)
COMPREHENSIONS = ("x", "x.label", "x.id + 1", "x + 1", "x.upper()", "len(x)", "x['id']", "x.title")


def function(draw: random.Random, number: int) -> str:
    """The source of one function with one loop or comprehension over a manager."""
    manager = draw.choice(sorted(YIELDED))
    head = f"async def f{number}(use, found):\n"
    if draw.random() < 0.2:
        return f"{head}    return [{draw.choice(COMPREHENSIONS)} async for x in open_{manager}()]\n"
    target = draw.choice(TARGETS)
    if target == "_":
        return f"{head}    async for _ in open_{manager}():\n        use(0)\n"
    body = [draw.choice(BLOCKS) if draw.random() < 0.25 else draw.choice(USES) for _ in range(draw.choice((1, 1, 2)))]
    if draw.random() < 0.1:
        body.append("x = str(x); use(x.upper())")
    lines = [f"        {line}" for each in body for line in each.splitlines()]
    end = ["        break"] if draw.random() < 0.2 else []
    after = [f"    {draw.choice(USES)}"] if draw.random() < 0.1 else []
    return "\n".join([f"{head}    async for {target} in open_{manager}():", *lines, *end, *after, ""])


def project(root: Path, seed: int, functions: int) -> None:
    draw = random.Random(seed)
    managers = [
        f"\n\n@asynccontextmanager\nasync def open_{name}():\n    yield {value}".rstrip() + "\n"
        for name, value in YIELDED.items()
    ]
    (root / ".git").mkdir()
    (root / "managers.py").write_text(MANAGERS + "".join(managers), encoding="utf-8")
    names = ", ".join(f"open_{name}" for name in YIELDED)
    head = f"import json\n\nfrom managers import both, closing, label_of, typed, {names}\n"
    text = head + "".join(f"\n\n{function(draw, number)}" for number in range(functions))
    (root / "main.py").write_text(text, encoding="utf-8")


def loaded(root: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(root))
    monkeypatch.delitem(importlib.import_module("sys").modules, "managers", raising=False)
    specification = importlib.util.spec_from_file_location("main_under_test", root / "main.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_no_safe_fix_gives_a_body_what_it_cannot_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    project(tmp_path, seed, functions=120)
    before = (tmp_path / "main.py").read_text(encoding="utf-8")
    found = derive(Settings((tmp_path,), tmp_path, ("RB101",), jobs=1))
    safe = [one for one in found.findings if one.safety is Safety.SAFE and one.group is not None]
    assert len(safe) > 10
    starts = [
        text.split()[2].partition("(")[0] if text.startswith("async def ") else "" for text in before.splitlines()
    ]

    def function_of(line: int) -> str:
        return next(name for name in reversed(starts[:line]) if name)

    # Where one of two mistakes stays, the function fails as before.
    left = {function_of(one.region.line) for one in found.findings if one not in safe}
    names = {function_of(one.region.line) for one in safe} - left
    changed = found.changed([one.group for one in safe if one.group is not None])
    (tmp_path / "main.py").write_bytes(changed["main.py"])
    module = loaded(tmp_path, monkeypatch)
    wrong = []
    for name in sorted(names):
        try:
            asyncio.run(getattr(module, name)(lambda *_: 0, []))
        except (AttributeError, TypeError) as error:
            source = changed["main.py"].decode().partition(f"async def {name}(")[2].partition("\n\n\n")[0]
            wrong.append(f"{name}({source}\n    -> {error}")
        except (ValueError, LookupError):  # what a text or a list holds, no type tells
            pass
    assert not wrong, f"seed {seed}:\n" + "\n\n".join(wrong)
