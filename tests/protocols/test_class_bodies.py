"""What a class has when its body or its bases depend on the run, and what only type checkers are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.protocols.cases import word

ENTERS = """
class Enters:
    async def __aenter__(self): return self
    async def __aexit__(self, *e): ...
class Both(Enters):
    def __aiter__(self): return self
    async def __anext__(self): return 1
"""

UNDECIDED = {
    "a special method under an if": """
        from base import *
        class K(Enters):
            if flag():
                def __aiter__(self): ...
        async def f():
            async for x in K(): ...
        """,
    "a special method in a try": """
        from base import *
        class K(Enters):
            try:
                from more import __aiter__
            except ImportError:
                pass
        async def f():
            async for x in K(): ...
        """,
    "a special method that may be None": """
        from base import *
        class K(Both):
            __aiter__ = None if flag() else Both.__aiter__
        async def f():
            async for x in K(): ...
        """,
    "None under an if": """
        from base import *
        class K(Both):
            if flag():
                __aiter__ = None
        async def f():
            async for x in K(): ...
        """,
    "a base by condition": """
        from base import *
        class K(Both if flag() else Enters): ...
        async def f():
            async for x in K(): ...
        """,
    "a base by a branch": """
        from base import *
        if flag():
            Base = Both
        else:
            Base = Enters
        class K(Base): ...
        async def f():
            async for x in K(): ...
        """,
    "a base by the import that works": """
        from base import *
        try:
            from more import Base
        except ImportError:
            Base = Enters
        class K(Base): ...
        async def f():
            async for x in K(): ...
        # more.py
        from base import Both as Base
        """,
    "a special method that is only declared": """
        from typing import Any
        from base import *
        class K(Enters):
            __aiter__: Any
        async def f():
            async for x in K(): ...
        """,
    "a special method for type checkers": """
        from typing import TYPE_CHECKING
        from base import *
        class K(Enters):
            if TYPE_CHECKING:
                def __aiter__(self): ...
        async def f():
            async for x in K(): ...
        """,
    "a special method that is deleted after the class": """
        from base import *
        class K(Both):
            def __aiter__(self): ...
        del K.__aiter__
        async def f():
            async for x in K(): ...
        """,
    "a special method that is deleted by name": """
        from base import *
        class K(Both):
            def __aiter__(self): ...
        delattr(K, "__aiter__")
        async def f():
            async for x in K(): ...
        """,
    "a member of an enum": """
        from enum import Enum
        from base import *
        class E(Enum):
            ONE = Enters()
        async def f():
            async for x in E.ONE: ...
        """,
    "a member of an enum of things to iterate": """
        import enum
        from base import *
        class E(enum.Enum):
            ONE = Both()
        async def f():
            async for x in E.ONE: ...
        """,
    "a member of an enum by self": """
        import enum
        from base import *
        class Base(enum.Enum): ...
        class E(Base):
            ONE = Both()
            async def f(self):
                async for x in self.ONE: ...
        """,
    "a class that decides what its index gives": """
        from base import *
        class K(Enters):
            def __class_getitem__(cls, item): return Both
        async def f():
            async for x in K[int](): ...
        """,
    "a metaclass that decides what its index gives": """
        from base import *
        class Meta(type):
            def __getitem__(cls, item): return Both
        class K(Enters, metaclass=Meta): ...
        async def f():
            async for x in K[int](): ...
        """,
    "a method under an if": """
        from db import rows, session
        class Base:
            def make(self): return rows()
        class K(Base):
            if flag():
                def make(self): return session()
        async def f():
            async for x in K().make(): ...
        """,
    "a class attribute under an if": """
        from db import rows, session
        class Base:
            make = rows
        class K(Base):
            if flag():
                make = session
        async def f():
            async for x in K.make(): ...
        """,
    "a method that is deleted in the body on one path": """
        from db import rows, session
        class Base:
            def make(self): return rows()
        class K(Base):
            def make(self): return session()
            if flag():
                del make
        async def f():
            async for x in K().make(): ...
        """,
    "a name of the class body that is the module's on another path": """
        from db import rows, session
        make = rows
        class K:
            if flag():
                make = session
            made = make()
        async def f():
            async for x in K.made: ...
        """,
    "the result of a call that the bound of a type variable stands for": """
        from typing import TypeVar
        from base import *
        T = TypeVar("T", bound=Enters)
        def same(x: T) -> T: return x
        async def f(unknown):
            async for x in same(unknown): ...
        """,
    "what aclosing gives of something unknown": """
        from contextlib import aclosing
        async def f(make):
            async with aclosing(make()) as rows:
                async for x in rows: ...
        """,
    "an object of a generic class whose argument is not known": """
        from typing import Generic, TypeVar
        from base import *
        T = TypeVar("T", bound=Enters)
        class Box(Generic[T]):
            def __init__(self, held: T): self.held = held
            def get(self) -> T: return self.held
        async def f(unknown):
            async for x in Box(unknown).get(): ...
        """,
    "a static method that is set to something": """
        def cm():
            return 1
        class Box:
            make = staticmethod(cm)
            @classmethod
            def use(cls, make):
                cls.make = staticmethod(make)
            async def run(self):
                async for v in self.make(): ...
        """,
    "a static method of nothing": """
        class Box:
            make = staticmethod(1)
            other = classmethod("x")
            async def run(self):
                async for v in self.make(): ...
                async for v in Box.other(): ...
        """,
}

DECIDED = {
    "a deleted special method, deleted in the body": (
        "fault",
        """
        from base import *
        class K(Enters):
            def __aiter__(self): ...
            del __aiter__
        async def f():
            async for x in K(): ...
        """,
    ),
    "a special method on every path": (
        "fine",
        """
        from base import *
        class K(Enters):
            if flag():
                def __aiter__(self): ...
            else:
                def __aiter__(self): ...
        async def f():
            async for x in K(): ...
        """,
    ),
    "a special method that both the body and the base have": (
        "fine",
        """
        from base import *
        class K(Both):
            if flag():
                def __aiter__(self): ...
        async def f():
            async for x in K(): ...
        """,
    ),
    "None for type checkers": (
        "fine",
        """
        from typing import TYPE_CHECKING
        from base import *
        class K(Both):
            if not TYPE_CHECKING:
                def __aiter__(self): ...
            else:
                __aiter__ = None
        async def f():
            async for x in K(): ...
        """,
    ),
    "a method for type checkers is the base's at run time": (
        "fault",
        """
        from typing import TYPE_CHECKING
        from db import rows, session
        class Base:
            def make(self): return session()
        class K(Base):
            if TYPE_CHECKING:
                def make(self): return rows()
        async def f():
            async for x in K().make(): ...
        """,
    ),
    "a method of an enum": (
        "fault",
        """
        from enum import Enum
        from db import session
        class E(Enum):
            ONE = 1
            def make(self): return session()
        async def f():
            async for x in E.make(None): ...
        """,
    ),
    "a manager of a lambda": (
        "fault",
        """
        from contextlib import asynccontextmanager
        from db import rows
        make = asynccontextmanager(lambda: rows())
        async def f():
            async for x in make(): ...
        """,
    ),
    "global in a class body is no attribute": (
        "fault",
        """
        from db import rows, session
        class Base:
            make = session
        class K(Base):
            global make
            make = rows
        async def f():
            async for x in K.make(): ...
        """,
    ),
}


def based(text: str) -> str:
    return text.rstrip() + "\n        # base.py" + ENTERS.replace("\n", "\n        ")


@pytest.mark.parametrize("text", UNDECIDED.values(), ids=UNDECIDED)
def test_what_depends_on_the_run_is_undecided(text: str, tmp_path: Path) -> None:
    assert word(tmp_path, based(text)) == "doubt"


@pytest.mark.parametrize(("expected", "text"), DECIDED.values(), ids=DECIDED)
def test_what_does_not_is_told(expected: str, text: str, tmp_path: Path) -> None:
    assert word(tmp_path, based(text)) == expected


@pytest.mark.parametrize(
    "expression",
    [
        "(x async for x in rows())",
        "(await x for x in y)",
        "(z for x in y async for z in x)",
        "([a async for a in x] for x in y)",
        "(x for x in y if await x)",
    ],
)
def test_an_async_generator_expression_is_one(expression: str, tmp_path: Path) -> None:
    text = f"from db import rows\nasync def f(y):\n    made = {expression}\n    async for x in made: ...\n"
    assert word(tmp_path, text) == "fine"


@pytest.mark.parametrize(
    "expression", ["(x for x in await y)", "(lambda: 1 for x in y)", "((await a for a in x) for x in y)"]
)
def test_a_generator_expression_that_awaits_nothing_is_none(expression: str, tmp_path: Path) -> None:
    text = f"async def f(y):\n    made = {expression}\n    async for x in made: ...\n"
    assert word(tmp_path, text) == "doubt"
