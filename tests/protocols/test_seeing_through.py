"""What the resolver sees through: one small target for each way from a name to its definition."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.protocols.cases import word

SEEN = {
    "a from-import": """
        from db import session
        async def f():
            async for x in session(): ...
        """,
    "an aliased import": """
        from db import session as s
        async def f():
            async for x in s(): ...
        """,
    "a module alias": """
        import db as d
        async def f():
            async for x in d.session(): ...
        """,
    "a dotted import of a package": """
        import pkg.sub
        async def f():
            async for x in pkg.sub.session(): ...
        # pkg/__init__.py
        # pkg/sub.py
        from db import session
        """,
    "a relative import": """
        # pkg/__init__.py
        # pkg/inner/__init__.py
        # pkg/inner/main.py
        from ..store import session
        async def f():
            async for x in session(): ...
        # pkg/store.py
        from db import session
        """,
    "a re-export through packages": """
        from a import opened
        async def f():
            async for x in opened(): ...
        # a/__init__.py
        from .b import *
        # a/b/__init__.py
        from .c import session as opened
        __all__ = ["opened"]
        # a/b/c.py
        from db import session
        """,
    "a star import without __all__": """
        from store import *
        async def f():
            async for x in session(): ...
        # store.py
        from db import session
        """,
    "an import inside the function": """
        async def f():
            from db import session as s
            async for x in s(): ...
        """,
    "an import under TYPE_CHECKING used in an annotation": """
        from __future__ import annotations
        from typing import TYPE_CHECKING
        if TYPE_CHECKING:
            from store import Store
        async def f(store: Store):
            async for x in store: ...
        # store.py
        class Store:
            async def __aenter__(self): return self
            async def __aexit__(self, *e): ...
        """,
    "cyclic imports": """
        import other
        from db import session
        async def f():
            async for x in other.opened(): ...
        # other.py
        import main
        opened = main.session
        """,
    "a namespace package": """
        from space.store import session
        async def f():
            async for x in session(): ...
        # space/store.py
        from db import session
        """,
    "a src layout": """
        # tests/main.py
        from app.store import session
        async def f():
            async for x in session(): ...
        # src/app/__init__.py
        # src/app/store.py
        from contextlib import asynccontextmanager
        @asynccontextmanager
        async def session():
            yield 1
        """,
    "a class of the standard library": """
        import asyncio
        async def f():
            async for x in asyncio.timeout(1): ...
        """,
    "a lock of the standard library": """
        import asyncio
        lock = asyncio.Lock()
        async def f():
            async for x in lock: ...
        """,
    "an attribute assigned in the constructor": """
        from db import session
        class A:
            def __init__(self):
                self.make = session
            async def f(self):
                async for x in self.make(): ...
        """,
    "an attribute assigned in a base": """
        from base import Base
        class A(Base):
            async def f(self):
                async for x in self.make(): ...
        # base.py
        from db import session
        class Base:
            def __init__(self):
                self.make = session
        """,
    "an annotated attribute": """
        from store import Store
        class A:
            store: Store
            async def f(self):
                async for x in self.store: ...
        # store.py
        class Store:
            async def __aenter__(self): return self
            async def __aexit__(self, *e): ...
        """,
    "a dataclass field": """
        from dataclasses import dataclass
        from store import Store
        @dataclass
        class A:
            store: Store | None = None
            async def f(self):
                async for x in self.store.opened(): ...
        # store.py
        from contextlib import asynccontextmanager
        class Store:
            @asynccontextmanager
            async def opened(self):
                yield 1
        """,
    "a property": """
        from db import session
        class A:
            @property
            def opened(self):
                return session()
            async def f(self):
                async for x in self.opened: ...
        """,
    "a class method and a static method": """
        from contextlib import asynccontextmanager
        class A:
            @classmethod
            def make(cls):
                return cls.opened()
            @staticmethod
            @asynccontextmanager
            async def opened():
                yield 1
        async def f():
            async for x in A.make(): ...
        """,
    "super": """
        from contextlib import asynccontextmanager
        class Base:
            @asynccontextmanager
            async def opened(self):
                yield 1
        class A(Base):
            def opened(self):
                return super().opened()
        async def f(a: A):
            async for x in a.opened(): ...
        """,
    "a local from a constructor": """
        class Store:
            async def __aenter__(self): return self
            async def __aexit__(self, *e): ...
        async def f():
            store = Store()
            async for x in store: ...
        """,
    "a local from an awaited factory": """
        class Store:
            async def __aenter__(self): return self
            async def __aexit__(self, *e): ...
        async def make():
            return Store()
        async def f():
            store = await make()
            async for x in store: ...
        """,
    "a walrus": """
        from db import session
        async def f():
            if (cm := session()):
                async for x in cm: ...
        """,
    "the last assignment before the use": """
        from db import rows, session
        async def f():
            cm = rows()
            cm = session()
            async for x in cm: ...
        """,
    "a loop that assigns before each use": """
        from db import rows, session
        async def f(items):
            for item in items:
                cm = session()
                async for x in cm: ...
        """,
    "a forwarding function": """
        from db import session
        def forward():
            return session()
        async def f():
            async for x in forward(): ...
        """,
    "a factory that picks one of two managers": """
        from db import session
        from contextlib import asynccontextmanager
        @asynccontextmanager
        async def other():
            yield 2
        def pick(flag):
            return session() if flag else other()
        async def f():
            async for x in pick(True): ...
        """,
    "a partial": """
        from functools import partial
        from db import session
        opened = partial(session, 1)
        async def f():
            async for x in opened(): ...
        """,
    "a lambda": """
        from db import session
        opened = lambda: session()
        async def f():
            async for x in opened(): ...
        """,
    "an argument handed to a factory": """
        from db import session
        def call(function):
            return function()
        async def f():
            async for x in call(session): ...
        """,
    "a home-made decorator that applies asynccontextmanager": """
        from contextlib import asynccontextmanager
        def managed(function):
            return asynccontextmanager(function)
        @managed
        async def opened():
            yield 1
        async def f():
            async for x in opened(): ...
        """,
    "a home-made decorator with an inner manager": """
        from contextlib import asynccontextmanager
        from functools import wraps
        def managed(function):
            @wraps(function)
            @asynccontextmanager
            async def inner(*args, **kwargs):
                async for one in function(*args, **kwargs):
                    yield one
            return inner
        @managed
        async def opened():
            yield 1
        async def f():
            async for x in opened(): ...
        """,
    "a decorator with arguments": """
        from contextlib import asynccontextmanager
        def managed(name):
            def decorate(function):
                return asynccontextmanager(function)
            return decorate
        @managed("x")
        async def opened():
            yield 1
        async def f():
            async for x in opened(): ...
        """,
    "an applied asynccontextmanager": """
        from contextlib import asynccontextmanager
        from db import rows
        opened = asynccontextmanager(rows)
        async def f():
            async for x in opened(): ...
        """,
    "a quoted annotation": """
        async def f(store: "Store"):
            async for x in store: ...
        class Store:
            async def __aenter__(self): return self
            async def __aexit__(self, *e): ...
        """,
    "an optional annotation": """
        from typing import Optional
        from store import Store
        async def f(store: Optional[Store] = None):
            async for x in store: ...
        # store.py
        class Store:
            async def __aenter__(self): return self
            async def __aexit__(self, *e): ...
        """,
    "a union of managers": """
        from typing import Union
        class A:
            async def __aenter__(self): return self
            async def __aexit__(self, *e): ...
        class B(A): ...
        async def f(store: Union[A, B]):
            async for x in store: ...
        """,
    "Annotated with Depends": """
        from typing import Annotated
        from fastapi import Depends
        class Store:
            async def __aenter__(self): return self
            async def __aexit__(self, *e): ...
        def get_store(): return Store()
        async def f(store: Annotated[Store, Depends(get_store)]):
            async for x in store: ...
        """,
    "an alias of an Annotated type": """
        from typing import Annotated
        from fastapi import Depends
        class Store:
            async def __aenter__(self): return self
            async def __aexit__(self, *e): ...
        StoreDep = Annotated[Store, Depends(Store)]
        async def f(store: StoreDep):
            async for x in store: ...
        """,
    "Depends as a default": """
        from fastapi import Depends
        class Store:
            async def __aenter__(self): return self
            async def __aexit__(self, *e): ...
        async def get_store():
            yield Store()
        async def f(store=Depends(get_store)):
            async for x in store: ...
        """,
    "a type alias": """
        class Store:
            async def __aenter__(self): return self
            async def __aexit__(self, *e): ...
        Alias = Store
        async def f(store: Alias):
            async for x in store: ...
        """,
    "a type variable with a bound": """
        from typing import TypeVar
        class Store:
            async def __aenter__(self): return self
            async def __aexit__(self, *e): ...
        T = TypeVar("T", bound=Store)
        async def f(store: T):
            async for x in store: ...
        """,
    "a decorated method annotated as an iterator": """
        from contextlib import asynccontextmanager
        from typing import AsyncIterator
        class Store:
            @asynccontextmanager
            async def opened(self) -> AsyncIterator[int]:
                yield 1
        async def f(store: Store):
            async for x in store.opened(): ...
        """,
    "a global set by an initialiser": """
        class Pool:
            def acquire(self):
                return Lease()
        class Lease:
            async def __aenter__(self): return self
            async def __aexit__(self, *e): ...
        pool = None
        async def start():
            global pool
            pool = Pool()
        async def f():
            async for x in pool.acquire(): ...
        """,
    "an attribute of a module's object": """
        from app import state
        async def f():
            async for x in state.opened(): ...
        # app.py
        from db import session
        class State:
            opened = staticmethod(session)
        state = State()
        """,
    "what a with statement enters": """
        class Client:
            async def __aenter__(self): return self
            async def __aexit__(self, *e): ...
            def stream(self): return Client()
        async def f():
            async with Client() as client:
                async for x in client.stream(): ...
        """,
    "an element of a typed list": """
        class Client:
            async def __aenter__(self): return self
            async def __aexit__(self, *e): ...
        async def f(clients: list[Client]):
            for client in clients:
                async for x in client: ...
        """,
    "a value of a typed dict": """
        class Client:
            async def __aenter__(self): return self
            async def __aexit__(self, *e): ...
        async def f(clients: dict[str, Client]):
            async for x in clients["a"]: ...
        """,
    "a generic class that gives its argument": """
        from typing import Generic, TypeVar
        T = TypeVar("T")
        class Box(Generic[T]):
            def get(self) -> T: ...
        class Client:
            async def __aenter__(self): return self
            async def __aexit__(self, *e): ...
        async def f(box: Box[Client]):
            async for x in box.get(): ...
        """,
    "a singleton kept on the class": """
        from db import session
        class A:
            _opened = None
            @classmethod
            def start(cls):
                cls._opened = session
            async def f(self):
                async for x in self._opened(): ...
        """,
    "an unpacked tuple": """
        from db import rows, session
        def both():
            return rows(), session()
        async def f():
            a, b = both()
            async for x in b: ...
        """,
    "a cast": """
        from typing import cast
        class Client:
            async def __aenter__(self): return self
            async def __aexit__(self, *e): ...
        async def f(thing):
            async for x in cast(Client, thing): ...
        """,
    "an async exit stack": """
        from contextlib import AsyncExitStack
        class Client:
            async def __aenter__(self): return self
            async def __aexit__(self, *e): ...
        async def f():
            async with AsyncExitStack() as stack:
                client = await stack.enter_async_context(Client())
                async for x in client: ...
        """,
    "a mistake inside a mistake": """
        from contextlib import asynccontextmanager
        class Client:
            def stream(self): return Client()
            async def __aenter__(self): return self
            async def __aexit__(self, *e): ...
        async def f():
            async for client in Client():
                async for x in client.stream(): ...
        """,
    "a position of a class that derives from a tuple": """
        class Send:
            async def __aenter__(self): return self
            async def __aexit__(self, *e): ...
        class Receive:
            def __aiter__(self): return self
        class Pair(tuple[Receive, Send]):
            def __new__(cls): return tuple.__new__(cls, (Receive(), Send()))
        async def f():
            receive, send = Pair()
            async for x in send: ...
        """,
    "an abstract method whose overrides all give managers": """
        from abc import ABC, abstractmethod
        class Group:
            async def __aenter__(self): return self
            async def __aexit__(self, *e): ...
        class Backend(ABC):
            @classmethod
            @abstractmethod
            def group(cls) -> Group: ...
        class One(Backend):
            @classmethod
            def group(cls):
                return OneGroup()
        class OneGroup(Group): ...
        def backend() -> type[Backend]: return One
        async def f():
            async for x in backend().group(): ...
        """,
    "what an abstract method promises to enter": """
        from abc import ABC, abstractmethod
        class Group(ABC):
            @abstractmethod
            async def __aenter__(self) -> "Inner": ...
            @abstractmethod
            async def __aexit__(self, *e) -> None: ...
        class Inner:
            async def __aenter__(self): return self
            async def __aexit__(self, *e): ...
        async def f(group: Group):
            async with group as inner:
                async for x in inner: ...
        """,
    "a stand-in that has neither protocol": """
        try:
            from store import Client
        except ImportError:
            class Client:
                def __init__(self): raise RuntimeError
        async def f():
            async for x in Client(): ...
        # store.py
        class Client:
            async def __aenter__(self): return self
            async def __aexit__(self, *e): ...
        """,
    "a singleton made by __new__": """
        class Client:
            _instance = None
            def __new__(cls):
                if cls._instance is None:
                    cls._instance = super().__new__(cls)
                return cls._instance
            async def __aenter__(self): return self
            async def __aexit__(self, *e): ...
        async def f():
            async for x in Client(): ...
        """,
    "a lambda with a name of its module that functions rebind": """
        from db import session
        opened = None
        def start():
            global opened
            opened = session
        make = lambda: opened()
        async def f():
            async for x in make(): ...
        """,
    "a comprehension inside a lambda's function": """
        from db import session
        async def f():
            return [x async for x in session()]
        """,
}


@pytest.mark.parametrize("text", SEEN.values(), ids=SEEN.keys())
def test_it_sees_a_manager_through(text: str, tmp_path: Path) -> None:
    assert word(tmp_path, text) == "fault"
