"""Generate loops whose bodies use the target as an element or as a resource, over what managers of all sorts give."""

from __future__ import annotations

from collections.abc import Iterator

from tests.truth.projects import Case
from tests.truth.scenes import DEFINITIONS

_FEED = """
class Feed:
    def __init__(self):
        self.name = "feed"
    def send(self):
        return "sent"
    async def commit(self):
        return "committed"
"""

ENTERED = {
    "an object of our own": (_FEED, "Feed()"),
    "an object to iterate": (
        _FEED + "class Many(Feed):\n    async def __aiter__(self):\n        yield Feed()\n",
        "Many()",
    ),
    "an object with a method to iterate": (
        _FEED + "class Has(Feed):\n    async def rows(self):\n        yield Feed()\n",
        "Has()",
    ),
    "an object with a method for a coroutine": (
        _FEED + "class Gets(Feed):\n    async def fetch(self):\n        return [Feed()]\n",
        "Gets()",
    ),
    "an object with __getattr__": (
        _FEED + "class Any(Feed):\n    def __getattr__(self, name):\n        raise AttributeError(name)\n",
        "Any()",
    ),
    "an object with items": ("class Items(dict):\n    pass\n", "Items(id=1)"),
    "a subclass of a known one": (
        _FEED + "class Sub(Feed):\n    def __getitem__(self, key):\n        return 1\n",
        "Sub()",
    ),
    "a text": ("", '"text"'),
    "a dict": ("", '{"id": 1}'),
    "a list": ("", '["a", "b"]'),
    "a pair": ("", "(1, 2)"),
    "nothing": ("", "None"),
    "a function": ("def called():\n    return 1\n", "called"),
    "an async generator": ("async def rows():\n    yield 1\n", "rows()"),
    "one of two": (_FEED, 'Feed() if flag("x") else "text"'),
}

MAKERS = {
    "a function": """
@asynccontextmanager
async def make():
    yield {value}
""",
    "a function with a name": """
@asynccontextmanager
async def make():
    given = {value}
    try:
        yield given
    finally:
        print("left")
""",
    "a class": """
class make:
    async def __aenter__(self):
        return {value}
    async def __aexit__(self, *x):
        pass
""",
    "an object that gives itself": """
class Own({bases}):
    async def __aenter__(self):
        return self
    async def __aexit__(self, *x):
        pass
make = Own
""",
}

# What a body does with the target: an expression, which a comprehension may hold as well.
EXPRESSIONS = {
    "attribute": "v.name",
    "absent attribute": "v.id",
    "method": "v.send()",
    "awaited method": "await v.commit()",
    "absent awaited method": "await v.fetchrow()",
    "key": 'v["id"]',
    "index": "v[0]",
    "slice": "v[1:]",
    "method of a text": 'v.startswith("t")',
    "method of bytes": "v.decode()",
    "method of a dict": 'v.get("id")',
    "sum": 'v + "x"',
    "difference": "v - 1",
    "in a text": 'f"{len(str(v)) > 0}"',
    "formatted": 'f"{v:>5}"',
    "length": "len(v)",
    "contains": '"id" in v',
    "equals": "v == 1",
    "less": "v < 7",
    "truth": "not v",
    "called": "v()",
    "all": "sorted(v)",
    "star": "[*v]",
    "keywords": "dict(**v)",
    "number": "int(v)",
    "awaited": "await v",
    "isinstance": "isinstance(v, str)",
    "given to a function that uses an attribute": "reads(v)",
    "given to a function that uses a key": "picks(v)",
    "nested attribute": "v.name.upper()",
    "key by or": '(v or {})["id"]',
    "attribute behind and": "v and v.name",
    "attribute by getattr": 'getattr(v, "id")',
    "attribute by another name": "(lambda w: w.id)(v)",
    "walrus": "(w := v).id",
}
# Nothing here tells an element from a resource.
NEUTRAL = {"type": "type(v) is None", "collected": "[v] and 1", "given on": "print() or 1 if v is None else 2"}

STATEMENTS = {
    "loop": ["for w in v:", "    print(1)"],
    "async loop": ["async for w in v:", "    print(1)"],
    "unpacked": ["one, two = v", "print(one)"],
    "entered": ["with v as w:", "    print(1)"],
    "entered asynchronously": ["async with v as w:", "    print(1)"],
    "attribute set": ["v.name = 1", "print(v.name)"],
    "key set": ["v['id'] = 2", "print(v['id'])"],
    "key deleted": ["del v['id']"],
    "augmented": ["v += 1", "print(v)"],
    "another name": ["w = v", "print(w.id)"],
    "another name in a pair": ["n, w = 1, v", "print(w['id'])"],
    "in a nested function": ["def inner():", "    return v.id", "print(inner())"],
    "in a lambda": ["print((lambda: v['id'])())"],
    "under a condition": ["if v:", "    print(v['id'])"],
    "matched": [
        "match v:",
        "    case {'id': n}:",
        "        print(n)",
        "    case _:",
        "        raise TypeError('no match')",
    ],
    "matched by class": ["match v:", "    case str():", "        print(1)"],
    "asserted": ["assert isinstance(v, (str, dict))", "print(v)"],
    "raised": ["try:", "    raise v", "except AttributeError:", "    pass"],
    "appended and read": ["out = []", "out.append(v)", "print(out[0].id)"],
    "kept in an object": ["class Box: pass", "box = Box()", "box.one = v", "print(box.one.id)"],
    "read after the loop": ["w = v"],
}

_READERS = "def reads(one):\n    return one.id\ndef picks(one):\n    return one['id']\n"


def bodies() -> Iterator[Case]:
    """Every use of every entered object, each with one of the makers in turn."""
    number = 0
    for entered, (classes, value) in ENTERED.items():
        for use, lines in _uses():
            number += 1
            maker = [*MAKERS][number % len(MAKERS)]
            yield _case(entered, classes, value, maker, use, lines)


def _uses() -> Iterator[tuple[str, list[str]]]:
    for number, (use, expression) in enumerate({**EXPRESSIONS, **NEUTRAL}.items()):
        yield f"{use}, in a loop", ["async for v in make():", f"    print({expression})"]
        if number % 2:
            yield f"{use}, in a comprehension", [f"print([{expression} async for v in make()])"]
    yield "the value, in a loop", ["out = []", "async for v in make():", "    out.append(v)", "print(len(out))"]
    yield "the value, in a comprehension", ["print(len([v async for v in make()]))"]
    yield "the value, in a set", ["print(len({str(v) async for v in make()}))"]
    yield "unpacked by the target", ["async for one, two in make():", "    print(one)"]
    yield "unpacked by the target of a comprehension", ["print([one async for one, two in make()])"]
    for use, lines in STATEMENTS.items():
        after = ["print(w.id)"] if use == "read after the loop" else []
        yield use, ["async for v in make():", *(f"    {line}" for line in lines), *after]


def _case(entered: str, classes: str, value: str, maker: str, use: str, lines: list[str]) -> Case:
    own = value.endswith("()") and value[:-2].isidentifier() and f"class {value[:-2]}" in classes
    if maker == "an object that gives itself" and not own:
        maker = "a class"
    made = MAKERS[maker].format(value=value, bases=value[:-2])
    head = "from contextlib import asynccontextmanager\nfrom rt import flag\n"
    use_py = "from .m import make\n" + _READERS + "async def go_0():\n" + "".join(f"    {line}\n" for line in lines)
    files = {"d.py": DEFINITIONS, "m.py": head + classes + made, "use.py": use_py}
    guess = entered in _ITERABLE and (use.partition(",")[0] in {*NEUTRAL, "the value"})
    return Case((f"body: {use}, of {entered} by {maker}: as it is",), files, guess=guess)


_ITERABLE = {"an object to iterate", "an object with a method to iterate", "an async generator"}
