"""What must never become a finding: the object is right, or what it is cannot be told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.protocols.cases import word

FINE = {
    "a plain generator through every kind of hop": """
        from functools import partial
        from a import opened as o
        class A:
            def __init__(self):
                self.make = partial(o)
            async def f(self):
                async for x in self.make(): ...
        # a.py
        from db import rows as opened
        """,
    "a class with both protocols": """
        class Both:
            async def __aenter__(self): return self
            async def __aexit__(self, *e): ...
            def __aiter__(self): return self
            async def __anext__(self): ...
        async def f():
            async for x in Both(): ...
        """,
    "a class that inherits the second protocol": """
        class Rows:
            def __aiter__(self): return self
        class Both(Rows):
            async def __aenter__(self): return self
            async def __aexit__(self, *e): ...
        async def f():
            async for x in Both(): ...
        """,
    "a later assignment": """
        from db import rows, session
        async def f():
            cm = session()
            cm = rows()
            async for x in cm: ...
        """,
    "a later definition in the module": """
        from db import session
        async def f():
            async for x in session(): ...
        async def session():
            yield 1
        """,
    "a class-level name that is not the module's": """
        from db import session
        class A:
            async def session(self):
                yield 1
            async def f(self):
                async for x in self.session(): ...
        """,
    "a nested function that shadows": """
        from db import session
        async def f():
            async def session():
                yield 1
            async for x in session(): ...
        """,
    "a generator entered by aclosing": """
        from contextlib import aclosing
        from db import rows
        async def f():
            async with aclosing(rows()) as items:
                async for x in items: ...
        """,
    "a queue-like iterator": """
        class Queue:
            def __aiter__(self): return self
            async def __anext__(self): return 1
        async def f(queue: Queue):
            async for x in queue: ...
        """,
    "the other position of a class that derives from a tuple": """
        class Send:
            async def __aenter__(self): return self
            async def __aexit__(self, *e): ...
        class Receive(Send):
            def __aiter__(self): return self
        class Pair(tuple[Send, Receive]):
            def __new__(cls): return tuple.__new__(cls, (Send(), Receive()))
        async def f():
            send, receive = Pair()
            async for x in receive: ...
        """,
    "a generator expression": """
        from db import rows
        async def f():
            items = (x async for x in rows())
            async for x in items: ...
        """,
    "what a fixture yields": """
        # tests/main.py
        import pytest
        @pytest.fixture
        async def session():
            async def generate():
                yield 1
            yield generate()
        async def test_all(session):
            async for x in session: ...
        """,
    "an annotated async iterator": """
        from typing import AsyncIterator, Callable
        async def f(opened: Callable[[], AsyncIterator[int]]):
            async for x in opened(): ...
        """,
    "a coroutine, which is another mistake": """
        async def make():
            return 1
        async def f():
            async for x in make(): ...
        """,
}

DOUBT = {
    "a project module named like a library": """
        from contextlib import asynccontextmanager
        @asynccontextmanager
        async def opened():
            yield 1
        async def f():
            async for x in opened(): ...
        # contextlib.py
        def asynccontextmanager(function):
            return function
        """,
    "a parameter without a type": """
        async def f(opened):
            async for x in opened(): ...
        """,
    "a parameter with a default only": """
        from db import session
        async def f(opened=session):
            async for x in opened(): ...
        """,
    "a parameter that shadows an import": """
        from db import session
        async def f(session):
            async for x in session(): ...
        """,
    "an unresolved import": """
        from somewhere import session
        async def f():
            async for x in session(): ...
        """,
    "an import that may have failed": """
        try:
            from db import session
        except ImportError:
            from db import rows as session
        async def f():
            async for x in session(): ...
        """,
    "an import with a mock as fallback": """
        from unittest.mock import MagicMock
        try:
            from db import session
        except ImportError:
            session = MagicMock
        async def f():
            async for x in session(): ...
        """,
    "a definition by platform": """
        import sys
        from db import rows, session
        if sys.platform == "win32":
            opened = rows
        else:
            opened = session
        async def f():
            async for x in opened(): ...
        """,
    "an assignment on one of two paths": """
        from db import rows, session
        async def f(flag):
            cm = session()
            if flag:
                cm = rows()
            async for x in cm: ...
        """,
    "an assignment in an except block": """
        from db import rows, session
        async def f():
            try:
                cm = session()
            except ValueError:
                cm = rows()
            async for x in cm: ...
        """,
    "an assignment later in a loop's body": """
        from db import rows, session
        async def f(items):
            cm = session()
            for item in items:
                async for x in cm: ...
                cm = rows()
        """,
    "a rebinding through global": """
        from db import rows, session
        opened = session
        def switch():
            global opened
            opened = rows
        async def f():
            async for x in opened(): ...
        """,
    "a rebinding through nonlocal": """
        from db import rows, session
        def outer():
            opened = session
            def switch():
                nonlocal opened
                opened = rows
            async def f():
                async for x in opened(): ...
            return f, switch
        """,
    "an attribute assigned two kinds of thing": """
        from db import rows, session
        class A:
            def __init__(self):
                self.opened = session
            def switch(self):
                self.opened = rows
            async def f(self):
                async for x in self.opened(): ...
        """,
    "an attribute assigned from a parameter": """
        from db import session
        class A:
            def __init__(self, opened=session):
                self.opened = opened
            async def f(self):
                async for x in self.opened(): ...
        """,
    "an attribute that a subclass assigns": """
        from db import rows, session
        class A:
            def __init__(self):
                self.opened = session
            async def f(self):
                async for x in self.opened(): ...
        class B(A):
            def __init__(self):
                self.opened = rows
        """,
    "a method that a subclass elsewhere overrides": """
        from contextlib import asynccontextmanager
        class A:
            @asynccontextmanager
            async def opened(self):
                yield 1
            async def f(self):
                async for x in self.opened(): ...
        # other.py
        from main import A as Base
        class B(Base):
            async def opened(self):
                yield 1
        """,
    "an annotated object whose subclass iterates": """
        class Store:
            async def __aenter__(self): return self
            async def __aexit__(self, *e): ...
        class Rows(Store):
            def __aiter__(self): return self
        async def f(store: Store):
            async for x in store: ...
        """,
    "a decorator from nowhere": """
        from somewhere import traced
        from contextlib import asynccontextmanager
        @traced
        @asynccontextmanager
        async def opened():
            yield 1
        async def f():
            async for x in opened(): ...
        """,
    "a home-made decorator that calls something unknown": """
        from contextlib import asynccontextmanager
        from somewhere import wrap
        def managed(function):
            return wrap(asynccontextmanager(function))
        @managed
        async def opened():
            yield 1
        async def f():
            async for x in opened(): ...
        """,
    "an abstract manager method": """
        from abc import ABC, abstractmethod
        from contextlib import asynccontextmanager
        class A(ABC):
            @asynccontextmanager
            @abstractmethod
            async def opened(self):
                yield 1
            async def f(self):
                async for x in self.opened(): ...
        """,
    "a promise without a body": """
        from typing import AsyncIterator
        class A:
            async def stream(self) -> AsyncIterator[int]:
                raise NotImplementedError
        async def f(a: A):
            async for x in a.stream(): ...
        """,
    "a class with an unknown base": """
        from somewhere import Base
        class A(Base):
            async def __aenter__(self): return self
            async def __aexit__(self, *e): ...
        async def f():
            async for x in A(): ...
        """,
    "a class behind an unknown decorator": """
        from somewhere import register
        @register
        class A:
            async def __aenter__(self): return self
            async def __aexit__(self, *e): ...
        async def f():
            async for x in A(): ...
        """,
    "a class that answers to any attribute": """
        class A:
            async def __aenter__(self): return self
            async def __aexit__(self, *e): ...
            def __getattr__(self, name): return 1
        async def f():
            async for x in A(): ...
        """,
    "a type variable without a bound": """
        from typing import TypeVar
        T = TypeVar("T")
        async def f(thing: T):
            async for x in thing: ...
        """,
    "a union with an unknown": """
        from typing import Any, Union
        class A:
            async def __aenter__(self): return self
            async def __aexit__(self, *e): ...
        async def f(thing: Union[A, Any]):
            async for x in thing: ...
        """,
    "an object annotated as object": """
        async def f(thing: object):
            async for x in thing: ...
        """,
    "a class whose __new__ gives something else": """
        from db import rows
        class Client:
            def __new__(cls):
                return rows()
            async def __aenter__(self): return self
            async def __aexit__(self, *e): ...
        async def f():
            async for x in Client(): ...
        """,
    "an annotated library object that the target subclasses": """
        import asyncio
        class Lock(asyncio.Lock):
            def __aiter__(self): return self
        async def f(lock: asyncio.Lock):
            async for x in lock: ...
        """,
    "a mock": """
        from unittest.mock import AsyncMock
        async def f():
            async for x in AsyncMock(): ...
        """,
    "a guard that returns early": """
        from db import session
        async def f():
            source = session()
            if not hasattr(source, "__aiter__"):
                return
            async for x in source: ...
        """,
    "a guard by inspect": """
        import inspect
        from db import session
        async def f():
            source = session()
            if inspect.isasyncgen(source):
                async for x in source: ...
        """,
    "a value that depends on itself": """
        def a(): return b()
        def b(): return a()
        async def f():
            async for x in a(): ...
        """,
    "a class that is its own base": """
        class A(A):
            async def __aenter__(self): return self
        async def f():
            async for x in A(): ...
        """,
    "two modules of one name that are equally near": """
        import pkg.main
        # pkg/__init__.py
        # pkg/main.py
        from store import opened
        async def f():
            async for x in opened(): ...
        # one/pyproject.toml
        # one/store.py
        from db import session as opened
        # two/pyproject.toml
        # two/store.py
        from db import rows as opened
        """,
    "a deleted name": """
        from db import session
        async def f():
            cm = session()
            del cm
            async for x in cm: ...
        """,
    "a name of an except clause": """
        from db import session
        async def f():
            cm = session()
            try: ...
            except ValueError as cm:
                async for x in cm: ...
        """,
    "a fixture overridden by parametrize": """
        # tests/main.py
        import pytest
        from db import session
        @pytest.fixture
        def opened():
            return session
        @pytest.mark.parametrize("opened", [1, 2])
        async def test_all(opened):
            async for x in opened(): ...
        """,
    "a test that patches a method by its class": """
        # tests/main.py
        from unittest.mock import patch
        from contextlib import asynccontextmanager
        class Store:
            @asynccontextmanager
            async def opened(self):
                yield 1
        @patch.object(Store, "opened")
        async def test_all(opened):
            async for x in Store().opened(): ...
        """,
    "a patch by a fixture that the test asks for": """
        # tests/main.py
        import pytest, db
        @pytest.fixture
        def patched(monkeypatch):
            monkeypatch.setattr(db, "session", lambda: 1)
        async def test_all(patched):
            async for x in db.session(): ...
        """,
    "a patch in setUp": """
        # tests/main.py
        import unittest, db
        from unittest.mock import patch
        class T(unittest.IsolatedAsyncioTestCase):
            def setUp(self):
                patch("db.session").start()
            async def test_all(self):
                async for x in db.session(): ...
        """,
}

TRAPS = {
    "a fixture through conftest gives what it yields": """
        # tests/conftest.py
        import pytest
        from db import session
        @pytest.fixture
        async def opened():
            yield session
        # tests/unit/main.py
        async def test_all(opened):
            async for x in opened(): ...
        """,
    "a fixture under another name": """
        # tests/main.py
        import pytest
        from db import session
        @pytest.fixture(name="opened")
        def opened_fixture():
            return session
        async def test_all(opened):
            async for x in opened(): ...
        """,
    "a fixture that overrides one of its name": """
        # tests/conftest.py
        import pytest
        from db import session
        @pytest.fixture
        def opened():
            return session
        # tests/unit/conftest.py
        import pytest
        @pytest.fixture
        def opened(opened):
            return opened
        # tests/unit/main.py
        async def test_all(opened):
            async for x in opened(): ...
        """,
}


@pytest.mark.parametrize("text", FINE.values(), ids=FINE.keys())
def test_what_is_right_is_known_to_be_right(text: str, tmp_path: Path) -> None:
    assert word(tmp_path, text) == "fine"


@pytest.mark.parametrize("text", DOUBT.values(), ids=DOUBT.keys())
def test_what_cannot_be_told_is_in_doubt(text: str, tmp_path: Path) -> None:
    assert word(tmp_path, text) == "doubt"


@pytest.mark.parametrize("text", TRAPS.values(), ids=TRAPS.keys())
def test_fixtures_are_found_as_pytest_finds_them(text: str, tmp_path: Path) -> None:
    assert word(tmp_path, text) == "fault"
