"""Functions returned by functions are followed with the arguments of the call that made them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.protocols.cases import word
from tests.protocols.test_paths import exchanged

FOLLOWED = {
    "a decorator with an inner function": """
        from db import session
        def deco(function):
            def inner():
                return function()
            return inner
        @deco
        def make():
            return session()
        async def f():
            async for x in make(): ...
        """,
    "a decorator with wraps": """
        import functools
        from db import session
        def deco(function):
            @functools.wraps(function)
            def inner(*args, **kwargs):
                print("called")
                return function(*args, **kwargs)
            return inner
        @deco
        def make(a, b=1):
            return session()
        async def f():
            async for x in make(1, b=2): ...
        """,
    "a decorator with update_wrapper": """
        from functools import update_wrapper
        from db import session
        def deco(function):
            def inner(*args):
                return function(*args)
            return update_wrapper(inner, function)
        @deco
        def make():
            return session()
        async def f():
            async for x in make(): ...
        """,
    "a decorator with arguments": """
        from functools import wraps
        from db import session
        def deco(name, times=3):
            def decorate(function):
                @wraps(function)
                def inner(*args):
                    return function(*args)
                return inner
            return decorate
        @deco("x")
        def make():
            return session()
        async def f():
            async for x in make(): ...
        """,
    "stacked decorators": """
        from db import session
        def once(function):
            def inner(): return function()
            return inner
        def twice(function):
            def inner(): return function()
            return inner
        @once
        @twice
        @once
        @twice
        @once
        def make():
            return session()
        async def f():
            async for x in make(): ...
        """,
    "one decorator on two functions": """
        from db import rows, session
        def deco(function):
            def inner(): return function()
            return inner
        @deco
        def other():
            return rows()
        @deco
        def make():
            return session()
        async def f():
            async for x in make(): ...
        """,
    "a decorator of another module": """
        from deco import deco
        from db import session
        @deco
        def make():
            return session()
        async def f():
            async for x in make(): ...
        # deco.py
        def deco(function):
            def inner(): return function()
            return inner
        """,
    "a decorator with an async inner function": """
        from db import session
        def deco(function):
            async def inner():
                return function()
            return inner
        @deco
        def make():
            return session()
        async def f():
            async for x in await make(): ...
        """,
    "a decorated coroutine": """
        from db import session
        def deco(function):
            async def inner(*a):
                return await function(*a)
            return inner
        @deco
        async def make():
            return session()
        async def f():
            async for x in await make(): ...
        """,
    "a decorator that is called by hand": """
        from db import session
        def deco(function):
            def inner(): return function()
            return inner
        make = deco(session)
        async def f():
            async for x in make(): ...
        """,
    "a factory of functions": """
        from db import session
        def factory(function):
            return lambda: function()
        async def f():
            async for x in factory(session)(): ...
        """,
    "a factory that is given an object": """
        from db import session
        def keep(value):
            def get(): return value
            return get
        get = keep(session)
        async def f():
            async for x in get()(): ...
        """,
    "a closure two functions further in": """
        from db import session
        def outer(function):
            def middle():
                def inner(): return function()
                return inner
            return middle
        async def f():
            async for x in outer(session)()(): ...
        """,
    "a decorator of a method": """
        from db import session
        def deco(function):
            def inner(self): return function(self)
            return inner
        class C:
            @deco
            def make(self):
                return session()
            async def f(self):
                async for x in self.make(): ...
        """,
    "a method as a decorator": """
        from db import session
        class App:
            def route(self, path):
                def decorate(function):
                    def inner(): return function()
                    return inner
                return decorate
        app = App()
        @app.route("/")
        def make():
            return session()
        async def f():
            async for x in make(): ...
        """,
    "a partial of a decorator": """
        from functools import partial
        from db import session
        def deco(name, function):
            def inner(): return function()
            return inner
        named = partial(deco, "x")
        @named
        def make():
            return session()
        async def f():
            async for x in make(): ...
        """,
    "a partial that is returned": """
        from functools import partial
        from db import session
        def call(function): return function()
        def deco(function): return partial(call, function)
        make = deco(session)
        async def f():
            async for x in make(): ...
        """,
    "a decorator of classes that returns a subclass": """
        from db import session
        def deco(cls):
            class Made(cls):
                extra = 1
            return Made
        @deco
        class C:
            def make(self): return session()
        async def f():
            async for x in C().make(): ...
        """,
    "a decorator of classes that returns a function": """
        from db import session
        def deco(cls):
            def make(*a): return cls(*a)
            return make
        @deco
        class C:
            def make(self): return session()
        async def f():
            async for x in C().make(): ...
        """,
    "a decorator with an optional function": """
        from db import session
        def deco(function):
            def inner(): return function()
            inner.original = function
            return inner
        @deco
        def make(): return session()
        async def f():
            async for x in make(): ...
        """,
    "a decorator by a conditional that gives the same": """
        from db import session
        def deco(function):
            if flag():
                def inner(): return function()
            else:
                def inner(): return function()
            return inner
        @deco
        def make(): return session()
        async def f():
            async for x in make(): ...
        """,
}

MANAGERS = {
    "an inner function behind asynccontextmanager": """
        from contextlib import asynccontextmanager
        def deco(function):
            @asynccontextmanager
            async def inner(*args):
                yield await function(*args)
            return inner
        @deco
        async def make():
            return 1
        async def f():
            async for x in make(): ...
        """,
    "a returned asynccontextmanager(inner)": """
        from contextlib import asynccontextmanager
        def deco(function):
            async def inner():
                async for x in function():
                    yield x
            return asynccontextmanager(inner)
        @deco
        async def make():
            yield 1
        async def f():
            async for x in make(): ...
        """,
    "a returned asynccontextmanager(function)": """
        from contextlib import asynccontextmanager
        def deco(name):
            def decorate(function):
                return asynccontextmanager(function)
            return decorate
        @deco("x")
        async def make():
            yield 1
        async def f():
            async for x in make(): ...
        """,
    "what is entered comes from the decorated function": """
        from contextlib import asynccontextmanager
        from db import session
        def deco(function):
            @asynccontextmanager
            async def inner():
                yield function
            return inner
        @deco
        def make():
            return session()
        async def f():
            async with make() as given:
                async for x in given(): ...
        """,
}

UNDECIDED = {
    "a decorator that returns one of two": """
        from db import rows, session
        def deco(function):
            def inner():
                return function() if flag() else rows()
            return inner
        @deco
        def make():
            return session()
        async def f():
            async for x in make(): ...
        """,
    "a decorator that rebinds its parameter": """
        from db import rows, session
        def deco(function):
            def inner(): return function()
            function = other(function)
            return inner
        @deco
        def make():
            return session()
        async def f():
            async for x in make(): ...
        """,
    "a decorator whose inner function rebinds the parameter": """
        from db import rows, session
        def deco(function):
            def change():
                nonlocal function
                function = rows
            def inner():
                change()
                return function()
            return inner
        @deco
        def make():
            return session()
        async def f():
            async for x in make(): ...
        """,
    "a factory that is given one of two": """
        from db import rows, session
        def factory(function):
            return lambda: function()
        async def f(flag):
            async for x in factory(session if flag else rows)(): ...
        """,
    "a decorator that calls itself for ever": """
        from db import session
        def deco(function):
            def inner(): return deco(inner)()
            return inner
        @deco
        def make():
            return session()
        async def f():
            async for x in make(): ...
        """,
    "a factory that wraps its own result": """
        from db import session
        def wrap(function):
            def inner(): return function()
            return wrap(inner)
        async def f():
            async for x in wrap(session)(): ...
        """,
}


@pytest.mark.parametrize("text", FOLLOWED.values(), ids=FOLLOWED)
def test_what_a_returned_function_gives_is_told(text: str, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert (word(tmp_path / "a", text), word(tmp_path / "b", exchanged(text))) == ("fault", "fine")


@pytest.mark.parametrize("text", MANAGERS.values(), ids=MANAGERS)
def test_a_returned_function_may_be_a_context_manager(text: str, tmp_path: Path) -> None:
    assert word(tmp_path, text) == "fault"


@pytest.mark.parametrize("text", UNDECIDED.values(), ids=UNDECIDED)
def test_a_returned_function_that_may_give_either_is_undecided(text: str, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert (word(tmp_path / "a", text), word(tmp_path / "b", exchanged(text))) == ("doubt", "doubt")
