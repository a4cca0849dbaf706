"""Which bindings can reach a loop: star imports, `nonlocal`, swallowing blocks, tests for type checkers, `:=`, lists.

Each input is tried a second time with its context manager and its generator exchanged.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.protocols.cases import word

UNDECIDED = {
    "star imports in try and except": """
        try:
            from a import *
        except ImportError:
            from b import *
        async def f():
            async for x in make(): ...
        # a.py
        from db import rows as make
        # b.py
        from db import session as make
        """,
    "a star import under an if": """
        from db import rows as make
        if flag():
            from a import *
        async def f():
            async for x in make(): ...
        # a.py
        from db import session as make
        """,
    "a star import after a binding under an if": """
        from a import *
        if flag():
            from db import rows as make
        async def f():
            async for x in make(): ...
        # a.py
        from db import session as make
        """,
    "a star import of a name that is only there under an if": """
        from db import rows as make
        from a import *
        async def f():
            async for x in make(): ...
        # a.py
        if flag():
            from db import session as make
        """,
    "a star import with an __all__ that cannot be read": """
        from db import rows as make
        from a import *
        async def f():
            async for x in make(): ...
        # a.py
        from db import session as make
        __all__ = names()
        """,
    "a star import with an __all__ that a function changes": """
        from db import rows as make
        from a import *
        async def f():
            async for x in make(): ...
        # a.py
        from db import session as make
        __all__ = []
        def public(name):
            __all__.append(name)
        public("make")
        """,
    "a star import with an __all__ that grows under an if": """
        from db import rows as make
        from a import *
        async def f():
            async for x in make(): ...
        # a.py
        from db import session as make
        __all__ = []
        if flag():
            __all__ += ["make"]
        """,
    "a star import of a module that is not there": """
        from db import rows as make
        from nowhere import *
        async def f():
            async for x in make(): ...
        """,
    "a star import through a star import under an if": """
        from db import rows as make
        from a import *
        async def f():
            async for x in make(): ...
        # a.py
        if flag():
            from b import *
        # b.py
        from db import session as make
        """,
    "a star import that may hide a builtin": """
        if flag():
            from a import *
        async def f():
            async for x in aiter(): ...
        # a.py
        from db import session as aiter
        """,
    "nonlocal": """
        from db import rows, session
        async def f():
            make = session
            def change():
                nonlocal make
                make = rows
            change()
            async for x in make(): ...
        """,
    "nonlocal two functions further in": """
        from db import rows, session
        async def f():
            make = session
            def outer():
                def change():
                    nonlocal make
                    make = rows
                return change
            outer()()
            async for x in make(): ...
        """,
    "nonlocal in a loop over something": """
        from db import rows, session
        async def f():
            make = session
            def change():
                nonlocal make
                for make in [rows]: ...
            change()
            async for x in make(): ...
        """,
    "nonlocal in a class body": """
        from db import rows, session
        async def f():
            make = session
            class C:
                nonlocal make
                make = rows
            async for x in make(): ...
        """,
    "global in a class body": """
        from db import rows, session
        make = session
        class C:
            global make
            make = rows
        async def f():
            async for x in make(): ...
        """,
    "global and another function's global": """
        from db import rows, session
        make = None
        def change():
            global make
            make = rows
        async def f():
            global make
            make = session
            change()
            async for x in make(): ...
        """,
    "global on one path only": """
        from db import rows, session
        make = rows
        async def f():
            global make
            if flag():
                make = session
            async for x in make(): ...
        """,
    "nonlocal beside another function's nonlocal": """
        from db import rows, session
        def outer():
            make = None
            def change():
                nonlocal make
                make = rows
            async def f():
                nonlocal make
                make = session
                change()
                async for x in make(): ...
            return f
        """,
    "a manager of its own that swallows": """
        from contextlib import contextmanager
        from db import rows, session
        @contextmanager
        def quiet():
            try:
                yield
            except ValueError:
                pass
        async def f():
            make = rows
            with quiet():
                int("x")
                make = session
            async for x in make(): ...
        """,
    "a manager that swallows in another manager": """
        from contextlib import contextmanager, suppress
        from db import rows, session
        @contextmanager
        def quiet():
            with suppress(ValueError):
                yield
        async def f():
            make = rows
            with quiet():
                int("x")
                make = session
            async for x in make(): ...
        """,
    "a manager whose final block returns": """
        from contextlib import contextmanager
        from db import rows, session
        @contextmanager
        def quiet():
            try:
                yield
            finally:
                return
        async def f():
            make = rows
            with quiet():
                int("x")
                make = session
            async for x in make(): ...
        """,
    "suppress by another name": """
        import contextlib
        from db import rows, session
        ignoring = contextlib.suppress(ValueError)
        async def f():
            make = rows
            with ignoring:
                int("x")
                make = session
            async for x in make(): ...
        """,
    "a class whose aexit swallows": """
        from db import rows, session
        class Quiet:
            async def __aenter__(self): return self
            async def __aexit__(self, *e): return True
        async def f():
            make = rows
            async with Quiet():
                int("x")
                make = session
            async for x in make(): ...
        """,
    "a class whose exit is a coroutine, which counts as true": """
        from db import rows, session
        class Quiet:
            def __enter__(self): return self
            async def __exit__(self, *e): return False
        async def f():
            make = rows
            with Quiet():
                int("x")
                make = session
            async for x in make(): ...
        """,
    "a class that inherits an exit that swallows": """
        from contextlib import suppress
        from db import rows, session
        class Quiet(suppress): ...
        async def f():
            make = rows
            with Quiet(ValueError):
                int("x")
                make = session
            async for x in make(): ...
        """,
    "an exit stack": """
        from contextlib import ExitStack
        from db import rows, session
        async def f():
            make = rows
            with ExitStack() as stack:
                stack.enter_context(something())
                make = session
            async for x in make(): ...
        """,
    "a manager that nobody knows": """
        from db import rows, session
        async def f(quiet):
            make = rows
            with quiet:
                int("x")
                make = session
            async for x in make(): ...
        """,
    "a return that a swallowed exception comes before": """
        from contextlib import suppress
        from db import rows, session
        async def f():
            make = session
            if flag():
                with suppress(ValueError):
                    make = rows
                    return int("x")
            async for x in make(): ...
        """,
    "a second manager whose entry fails inside a swallowing one": """
        from contextlib import suppress
        from db import rows, session
        from more import fails
        async def f():
            make = rows
            with suppress(ValueError), fails(make := session) as y: ...
            async for x in make(): ...
        """,
    "a break before a final block that binds": """
        from db import rows, session
        async def f():
            make = session
            while True:
                try:
                    make = session
                    break
                finally:
                    if flag():
                        make = rows
            async for x in make(): ...
        """,
    "a variable of its own called TYPE_CHECKING": """
        from db import rows as make
        TYPE_CHECKING = flag()
        if TYPE_CHECKING:
            from db import session as make
        async def f():
            async for x in make(): ...
        """,
    "TYPE_CHECKING of a module of the project": """
        from db import rows as make
        from compat import TYPE_CHECKING
        if TYPE_CHECKING:
            from db import session as make
        async def f():
            async for x in make(): ...
        # compat.py
        TYPE_CHECKING = flag()
        """,
    "an attribute called TYPE_CHECKING": """
        import settings
        from db import rows as make
        if settings.TYPE_CHECKING:
            from db import session as make
        async def f():
            async for x in make(): ...
        # settings.py
        TYPE_CHECKING = flag()
        """,
    "TYPE_CHECKING that a parameter shadows": """
        from typing import TYPE_CHECKING
        from db import rows, session
        async def f(TYPE_CHECKING):
            make = rows
            if TYPE_CHECKING:
                make = session
            async for x in make(): ...
        """,
    "TYPE_CHECKING or something": """
        from typing import TYPE_CHECKING
        from db import rows as make
        if TYPE_CHECKING or flag():
            from db import session as make
        async def f():
            async for x in make(): ...
        """,
    "a name for type checkers that is a builtin at run time": """
        from typing import TYPE_CHECKING
        if TYPE_CHECKING:
            from db import session as aiter
        async def f():
            async for x in aiter(): ...
        """,
    "a test of a version that not every Python passes": """
        import sys
        from db import rows, session
        make = session
        if sys.version_info >= (3, 12):
            make = rows
        async def f():
            async for x in make(): ...
        """,
    "a walrus behind or": """
        from db import rows, session
        make = rows
        flag() or (make := session)
        async def f():
            async for x in make(): ...
        """,
    "a walrus in a conditional expression": """
        from db import rows, session
        async def f(flag):
            make = rows
            y = (make := session) if flag else None
            async for x in make(): ...
        """,
    "a walrus in a chain of comparisons": """
        from db import rows, session
        async def f(a, b):
            make = rows
            y = a < b < len(str(make := session))
            async for x in make(): ...
        """,
    "a walrus in an assertion": """
        from db import rows, session
        async def f():
            make = rows
            assert (make := session)
            async for x in make(): ...
        """,
    "a walrus in a comprehension": """
        from db import rows, session
        async def f(items):
            make = rows
            y = [(make := session) for item in items]
            async for x in make(): ...
        """,
    "a walrus in a generator expression that is run later": """
        from db import rows, session
        async def f(items):
            late = ((make := session) for item in items)
            make = rows
            list(late)
            async for x in make(): ...
        """,
    "a walrus in the test of a loop": """
        from db import rows, session
        async def f(flag):
            make = rows
            while flag() and (make := session): ...
            async for x in make(): ...
        """,
    "a walrus in the guard of a case": """
        from db import rows, session
        async def f(y):
            make = rows
            match y:
                case 1 if (make := session): ...
                case _: ...
            async for x in make(): ...
        """,
    "a walrus before a conditional use in the same expression": """
        from db import rows, session
        async def f(flag):
            make = rows
            flag and (make := session)
            y = [x async for x in make()]
        """,
    "a walrus in an annotation": """
        from db import rows, session
        make = rows
        x: (make := session) = 1
        async def f():
            async for x in make(): ...
        """,
    "a name for type checkers that the module gives by __getattr__": """
        from a import make
        async def f():
            async for x in make(): ...
        # a.py
        from typing import TYPE_CHECKING
        if TYPE_CHECKING:
            from db import session as make
        def __getattr__(name):
            from db import rows
            return rows
        """,
    "a loop whose test comes after the body's binding": """
        from db import rows, session
        async def f():
            make = rows
            while [x async for x in make()]:
                make = session
        """,
    "a list that is changed": """
        from db import rows, session
        makers = [session]
        makers[0] = rows
        async def f():
            async for x in makers[0](): ...
        """,
    "a list that is added to": """
        from db import rows, session
        makers = [session]
        makers.insert(0, rows)
        async def f():
            async for x in makers[0](): ...
        """,
    "a list that has another name": """
        from db import rows, session
        makers = [session]
        same = makers
        same[0] = rows
        async def f():
            async for x in makers[0](): ...
        """,
    "a list that is passed on": """
        from db import rows, session
        async def f():
            makers = [session]
            change(makers)
            async for x in makers[0](): ...
        """,
    "a list that another module changes": """
        from a import makers
        import b
        async def f():
            async for x in makers[0](): ...
        # a.py
        from db import session
        makers = [session]
        # b.py
        import a
        from db import rows
        a.makers[0] = rows
        """,
    "a list behind an attribute": """
        from db import rows, session
        class C:
            def __init__(self):
                self.makers = [session]
            def more(self):
                self.makers.insert(0, rows)
            async def f(self):
                async for x in self.makers[0](): ...
        """,
    "a list as a default": """
        from db import rows, session
        async def f(makers=[session]):
            async for x in makers[0](): ...
        """,
    "a list as an argument": """
        from db import rows, session
        def first(makers):
            makers.insert(0, rows)
            return makers[0]
        async def f():
            async for x in first([session])(): ...
        """,
    "a list in a tuple": """
        from db import rows, session
        async def f():
            both = ([session], 1)
            both[0].insert(0, rows)
            async for x in both[0][0](): ...
        """,
    "a list by augmented assignment": """
        from db import rows, session
        async def f():
            makers = [session]
            makers[:0] = [rows]
            async for x in makers[0](): ...
        """,
    "a list in a loop that changes it": """
        from db import rows, session
        async def f():
            makers = [session]
            for make in makers:
                makers.append(rows)
                async for x in make(): ...
        """,
    "a list that was unpacked after a change": """
        from db import rows, session
        async def f():
            makers = [session]
            makers.reverse(), makers.insert(0, rows)
            make, *rest = makers
            async for x in make(): ...
        """,
    "a list that a nested function changes": """
        from db import rows, session
        async def f():
            makers = [session]
            def change():
                makers[0] = rows
            change()
            async for x in makers[0](): ...
        """,
    "a dict that is changed": """
        from db import rows, session
        makers = {"a": session}
        makers["a"] = rows
        async def f():
            async for x in makers["a"](): ...
        """,
    "a dict with a key that is not written": """
        from db import rows, session
        makers = {"a": session, **more()}
        async def f():
            async for x in makers["a"](): ...
        """,
    "a dict with another key": """
        from db import rows, session
        makers = {"a": session, "b": rows}
        async def f(key):
            async for x in makers[key](): ...
        """,
    "a variable that has several values by a conditional expression": """
        from db import rows, session
        async def f(flag):
            make = session if flag else rows
            async for x in make(): ...
        """,
    "one name bound more often than is followed": "from db import rows, session\nmake = rows\n"
    + "".join(f"if flag({n}): make = session\n" for n in range(120))
    + "async def f():\n    async for x in make(): ...\n",
}

# The objects are known: the first is the verdict for the text as it stands, the second for the exchanged one.
DECIDED = {
    "a sum in __all__": """
        from db import rows as make
        from a import *
        async def f():
            async for x in other(): ...
        # a.py
        from db import session as other, rows as hidden
        __all__ = ["x"] + ["other"]
        x = 1
        """,
    "an __all__ that is appended to": """
        from a import *
        async def f():
            async for x in make(): ...
        # a.py
        from db import session as make
        __all__ = []
        __all__.append("make")
        """,
    "an __all__ that is extended by another module's": """
        from a import *
        async def f():
            async for x in make(): ...
        # a.py
        import b
        from b import *
        __all__ = []
        __all__.extend(b.__all__)
        # b.py
        from db import session as make
        __all__ = ("make",)
        """,
    "an __all__ without the name": """
        from db import session as make
        from a import *
        async def f():
            async for x in make(): ...
        # a.py
        from db import rows as make
        other = 1
        __all__ = ["other"]
        """,
    "an empty __all__": """
        from db import session as make
        from a import *
        async def f():
            async for x in make(): ...
        # a.py
        from db import rows as make
        __all__ = []
        """,
    "an __all__ that a name was removed from": """
        from db import session as make
        from a import *
        async def f():
            async for x in make(): ...
        # a.py
        from db import rows as make
        __all__ = ["make"]
        __all__.remove("make")
        """,
    "a binding after a star import": """
        from a import *
        from db import session as make
        async def f():
            async for x in make(): ...
        # a.py
        from db import rows as make
        """,
    "nonlocal that gives the same": """
        from db import rows, session
        async def f():
            make = session
            def change():
                nonlocal make
                make = session
            change()
            async for x in make(): ...
        """,
    "a manager of its own that hands exceptions on": """
        from contextlib import contextmanager
        from db import rows, session
        @contextmanager
        def timed():
            start = now()
            try:
                yield
            finally:
                print(now() - start)
        async def f():
            make = rows
            with timed():
                make = session
            async for x in make(): ...
        """,
    "a manager of its own that raises again": """
        from contextlib import asynccontextmanager
        from db import rows, session
        @asynccontextmanager
        async def transaction():
            try:
                yield
            except Exception:
                await rollback()
                raise
        async def f():
            make = rows
            async with transaction():
                make = session
            async for x in make(): ...
        """,
    "a class whose exit returns nothing": """
        from db import rows, session
        class Timed:
            async def __aenter__(self): return self
            async def __aexit__(self, *e):
                print("left")
        async def f():
            make = rows
            async with Timed():
                make = session
            async for x in make(): ...
        """,
    "a lock of the standard library": """
        import asyncio
        from db import rows, session
        lock = asyncio.Lock()
        async def f():
            make = rows
            async with lock:
                make = session
            async for x in make(): ...
        """,
    "an open file": """
        from db import rows, session
        async def f():
            make = rows
            with open("x") as file:
                make = session
            async for x in make(): ...
        """,
    "a return under a lock": """
        import threading
        from db import rows, session
        async def f():
            make = session
            if flag():
                with threading.Lock():
                    make = rows
                    return
            async for x in make(): ...
        """,
    "a name that only the swallowing block binds": """
        from contextlib import suppress
        from db import session
        async def f():
            with suppress(ValueError):
                make = session
            async for x in make(): ...
        """,
    "TYPE_CHECKING after the binding that counts": """
        from typing import TYPE_CHECKING
        from db import session as make
        if TYPE_CHECKING:
            from db import rows as make
        async def f():
            async for x in make(): ...
        """,
    "TYPE_CHECKING under another name": """
        import typing as t
        from typing_extensions import TYPE_CHECKING as CHECKING
        from db import session as make
        if CHECKING or t.TYPE_CHECKING:
            from db import rows as make
        async def f():
            async for x in make(): ...
        """,
    "TYPE_CHECKING and a version": """
        import sys
        from typing import TYPE_CHECKING
        from db import session as make
        if TYPE_CHECKING and sys.version_info >= (3, 11):
            from db import rows as make
        async def f():
            async for x in make(): ...
        """,
    "a name for type checkers that a star import brings": """
        from typing import TYPE_CHECKING
        from a import *
        if TYPE_CHECKING:
            from db import rows as make
        async def f():
            async for x in make(): ...
        # a.py
        from db import session as make
        """,
    "a class body that binds the name further down": """
        from db import rows, session
        make = session
        def outer():
            make = rows
            class C:
                made = make
                make = 1
            return C
        async def f():
            async for x in outer().made(): ...
        """,
    "a constant test": """
        from db import rows, session
        make = rows
        if True:
            make = session
        else:
            make = rows
        async def f():
            async for x in make(): ...
        """,
    "a test of a version that every Python passes": """
        import sys
        from db import rows, session
        if sys.version_info < (3, 8):
            make = rows
        else:
            make = session
        async def f():
            async for x in make(): ...
        """,
    "a walrus that comes before the use": """
        from db import rows, session
        async def f():
            make = rows
            y = [(make := session), [x async for x in make()]]
        """,
    "a use that comes before the walrus": """
        from db import rows, session
        async def f():
            make = session
            makers = (make, (make := rows))
            async for x in makers[0](): ...
        """,
    "a walrus in a test that holds": """
        from db import rows, session
        async def f():
            make = None
            if flag() and (make := session):
                async for x in make(): ...
        """,
    "a walrus in a test that does not hold": """
        from db import rows, session
        async def f():
            make = rows
            if not (flag() or (make := session)): ...
            else:
                return
            async for x in make(): ...
        """,
    "a list that is only read": """
        from db import session
        async def f():
            makers = [session, session]
            print(len(makers))
            async for x in makers[0](): ...
        """,
    "a list of a module that is only read": """
        from db import session
        MAKERS = [session]
        async def f():
            for make in MAKERS:
                async for x in make(): ...
        """,
    "a list without a name": """
        from db import session
        async def f():
            for make in [session]:
                async for x in make(): ...
        """,
    "a dict that is only read": """
        from db import rows, session
        MAKERS = {"a": rows, "b": session}
        async def f():
            async for x in MAKERS["b"](): ...
        """,
    "a dict of equals by a key that is not known": """
        from db import rows, session
        MAKERS = {"a": session, "b": session}
        async def f(key):
            async for x in MAKERS[key](): ...
        """,
    "a dict of equals asked with get": """
        from db import rows, session
        MAKERS = {"a": session, "b": session}
        async def f(key):
            async for x in MAKERS.get(key)(): ...
        """,
    "a tuple from its end": """
        from db import rows, session
        MAKERS = (rows, session)
        async def f():
            async for x in MAKERS[-1](): ...
        """,
    "an exception's name that hides nothing after its handler": """
        from db import session
        async def f():
            make = session
            try:
                work()
            except ValueError as make:
                print(make)
            async for x in make(): ...
        """,
}


def exchanged(text: str) -> str:
    return re.sub(r"\b(session|rows)\b", lambda found: {"session": "rows", "rows": "session"}[found[0]], text)


@pytest.mark.parametrize("text", UNDECIDED.values(), ids=UNDECIDED)
def test_what_may_be_either_is_undecided_both_ways(text: str, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert (word(tmp_path / "a", text), word(tmp_path / "b", exchanged(text))) == ("doubt", "doubt")


@pytest.mark.parametrize("text", DECIDED.values(), ids=DECIDED)
def test_what_can_only_be_one_is_told_both_ways(text: str, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert (word(tmp_path / "a", text), word(tmp_path / "b", exchanged(text))) == ("fault", "fine")
