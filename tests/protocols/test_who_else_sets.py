"""Whatever else can set, replace or subclass what an answer rests on stands against it, and only what can."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

import pytest

from tests.protocols.cases import word

D = """
# d.py
from db import rows as gen, session as cm
class Enters:
    async def __aenter__(self): return self
    async def __aexit__(self, *x): ...
class Rows:
    def __aiter__(self): return gen()
class Both(Enters, Rows):
    pass
"""
_TWINS = {"cm": "gen", "gen": "cm", "Enters": "Rows", "Rows": "Enters"}

BOX = """
from d import cm, gen
class Box:
    def __init__(self):
        self.make = cm
    async def run(self):
        async for v in self.make(): ...
"""
METHOD = """
from d import cm, gen
class Box:
    def make(self): return cm()
    async def run(self):
        async for v in self.make(): ...
"""
NAME = """
from d import cm, gen
make = cm
async def run():
    async for v in make(): ...
"""

UNDECIDED = {
    # overrides
    "a mixin in front of the class overrides": METHOD
    + """
class Mixin:
    def make(self): return gen()
class Sub(Mixin, Box): ...
""",
    "a mixin of another file overrides, two classes down": METHOD
    + """
# other.py
from main import Box
from d import gen
class Mixin:
    def make(self): return gen()
class Middle(Box): ...
class Sub(Mixin, Middle): ...
""",
    "a mixin assigns the attribute": BOX
    + """
class Mixin:
    def fill(self): self.make = gen
class Sub(Mixin, Box): ...
""",
    "a subclass by an alias": METHOD
    + """
Alias = Box
class Sub(Alias):
    def make(self): return gen()
""",
    "a subclass by a renamed import": METHOD
    + """
# other.py
from main import Box as Renamed
from d import gen
class Sub(Renamed):
    def make(self): return gen()
""",
    "a subclass by an alias of another file": METHOD
    + """
# alias.py
import main
Alias = main.Box
# other.py
from alias import Alias as Second
from d import gen
class Sub(Second):
    def make(self): return gen()
""",
    "a subclass by type": METHOD
    + """
Sub = type("Sub", (Box,), {"make": lambda self: gen()})
""",
    "a subclass by type, of an alias": METHOD
    + """
# other.py
from main import Box as Base
from d import gen
def build():
    return type("Sub", (Base, object), dict(make=lambda self: gen()))
""",
    "a subclass by a function": METHOD
    + """
def below(base):
    class Sub(base):
        def make(self): return gen()
    return Sub
Sub = below(Box)
""",
    "a subclass by a function of another file": METHOD
    + """
# making.py
from d import gen
def below(base):
    return type("Sub", (base,), {"make": lambda self: gen()})
# other.py
import main
from making import below
Sub = below(base=main.Box)
""",
    "a subclass by a class decorator that derives": METHOD
    + """
def derived(cls):
    class Sub(cls):
        def make(self): return gen()
    return Sub
Other = derived(Box)
""",
    "a subclass whose base is computed": METHOD
    + """
def same(cls): return cls
class Sub(same(Box)):
    def make(self): return gen()
""",
    "a subclass inside a function": METHOD
    + """
def build():
    class Sub(Box):
        def make(self): return gen()
    return Sub()
""",
    "a subclass through a name in a list": METHOD
    + "kinds = [Box]\nclass Sub(kinds[0]):\n    def make(self): return gen()\n",
    "a subclass through starred bases": METHOD
    + "bases = (Box,)\nclass Sub(*bases):\n    def make(self): return gen()\n",
    "a subclass by types.new_class": METHOD
    + "import types\nSub = types.new_class('Sub', (Box,), {}, lambda body: body.update(make=lambda self: gen()))\n",
    "a subclass of a generic alias": """
from typing import Generic, TypeVar
from d import cm, gen
T = TypeVar("T")
class Box(Generic[T]):
    def make(self): return cm()
    async def run(self):
        async for v in self.make(): ...
Numbers = Box[int]
class Sub(Numbers):
    def make(self): return gen()
""",
    "a class behind a decorator that derives": """
from d import cm, gen
def extended(base):
    class Sub(base):
        def make(self): return gen()
    return Sub
@extended
class Box:
    def make(self): return cm()
    async def run(self):
        async for v in self.make(): ...
""",
    "a nested class overridden below": """
from d import Enters, Rows
class Box:
    class Item(Enters): ...
    async def run(self):
        async for v in self.Item(): ...
class Sub(Box):
    class Item(Rows): ...
""",
    "a property between": """
from d import cm, gen
class Box:
    @property
    def size(self):
        self.make = gen
    async def run(self):
        self.make = cm
        size = self.size
        async for v in self.make(): ...
""",
    "another name of self between": """
from d import cm, gen
class Box:
    async def run(self):
        me = self
        self.make = cm
        me.make = gen
        async for v in self.make(): ...
""",
    "an attribute by setattr handed to map": BOX + "list(map(setattr, [Box()], ['make'], [gen]))\n",
    "a dataclass by a call": """
from dataclasses import dataclass
from typing import Any
from d import cm, gen
class Box:
    make: Any = cm
Box = dataclass(Box)
async def go():
    async for v in Box(gen).make(): ...
""",
    "a name set by globals under another name": NAME + "names = globals()\nnames['make'] = gen\n",
    "a name set by a function's globals": NAME + "run.__globals__['make'] = gen\n",
    "a name set by a function that is handed the module": NAME
    + """
# other.py
import main
from d import gen
def swap(module, name, value):
    setattr(module, name, value)
swap(main, "make", gen)
""",
    "the body of a class that executes": """
from d import Enters, gen
class K(Enters):
    exec("def __aiter__(self): return gen()")
    exec("__aenter__ = None")
async def go():
    async for v in K(): ...
""",
    "__new__ set from outside": """
from d import Enters, Rows
class K(Enters): ...
K.__new__ = lambda cls: Rows()
async def go():
    async for v in K(): ...
""",
    "the class of an object set by its own method": """
from d import Enters, Rows
class K(Enters):
    def __init__(self):
        self.__class__ = Rows
async def go():
    async for v in K(): ...
""",
    "a protocol's method with a body": """
from typing import Protocol
from d import cm
class Makes(Protocol):
    def make(self): return cm()
async def run(box: Makes):
    async for v in box.make(): ...
""",
    "a class registered with an abstract one": """
from abc import ABC
from d import cm, gen
class Makes(ABC):
    def make(self): return cm()
@Makes.register
class Box:
    def make(self): return gen()
async def run(box: Makes):
    async for v in box.make(): ...
""",
    "patch of a text that is put together": """
from unittest.mock import patch
import d
async def go():
    with patch(d.__name__ + ".cm", d.gen):
        async for v in d.cm(): ...
""",
    "patch under another name": """
from unittest.mock import patch as swap
import d
async def go():
    with swap.object(d, "cm", d.gen):
        async for v in d.cm(): ...
""",
    "patch.object with a name from elsewhere": """
from unittest import mock
import d
names = ["cm", "gen"]
async def go():
    with mock.patch.object(d, names[0], d.gen):
        async for v in d.cm(): ...
""",
    # attributes set from outside
    "an attribute set on an object": BOX
    + """
async def go():
    box = Box()
    box.make = gen
    await box.run()
""",
    "an attribute set in another file": BOX
    + """
# other.py
from main import Box
from d import gen
def build():
    box = Box()
    box.make = gen
    return box
""",
    "an attribute set on what a function is handed": BOX
    + """
def fill(box):
    box.make = gen
""",
    "an attribute set on a self outside of a class": BOX
    + """
def fill(self):
    self.make = gen
""",
    "an attribute set on a self of a wrapper": BOX
    + """
def filled(function):
    def wrapper(self):
        self.make = gen
        return function(self)
    return wrapper
""",
    "an attribute set on an element of a list": BOX
    + """
boxes = [Box()]
boxes[0].make = gen
""",
    "an attribute set by a loop": BOX
    + """
for box in [Box()]:
    box.make = gen
""",
    "an attribute as the target of a loop": BOX
    + """
box = Box()
for box.make in [gen]: ...
""",
    "an attribute as the target of a with": BOX
    + """
from contextlib import nullcontext
box = Box()
with nullcontext(gen) as box.make: ...
""",
    "an attribute in a tuple of targets": BOX
    + """
box = Box()
box.other, box.make = 1, gen
""",
    "an attribute in a tuple of many lines": BOX
    + """
box = Box()
(
    box.make,
    box.other,
) = gen, 1
""",
    "an attribute by another name of self": """
from d import cm, gen
class Box:
    def __init__(self):
        self.make = cm
        me = self
        me.make = gen
    async def run(self):
        async for v in self.make(): ...
""",
    "an attribute as the target of a comprehension": """
from d import cm, gen
class Box:
    def __init__(self):
        self.make = cm
        [0 for self.make in (gen,)]
    async def run(self):
        async for v in self.make(): ...
""",
    "an attribute by setattr": BOX
    + """
setattr(Box(), "make", gen)
""",
    "an attribute by setattr under a computed name": """
from d import cm, gen
class Box:
    def __init__(self, **kw):
        self.make = cm
        for name, value in kw.items():
            setattr(self, name, value)
    async def run(self):
        async for v in self.make(): ...
Box(make=gen)
""",
    "a method by setattr under a computed name": """
from d import cm, gen
class Box:
    def __init__(self, **kw):
        for name in kw:
            setattr(self, name, kw[name])
    def make(self): return cm()
    async def run(self):
        async for v in self.make(): ...
Box(**{"make": gen})
""",
    "an attribute by object.__setattr__": BOX
    + """
box = Box()
object.__setattr__(box, "make", gen)
""",
    "an attribute by __dict__": BOX
    + """
box = Box()
box.__dict__["make"] = gen
""",
    "an attribute by an update of __dict__": """
from d import cm, gen
class Box:
    def __init__(self, **kw):
        self.make = cm
        self.__dict__.update(kw)
    async def run(self):
        async for v in self.make(): ...
""",
    "an attribute by vars": BOX
    + """
box = Box()
vars(box)["make"] = gen
""",
    "a class attribute set from outside": """
from d import cm, gen
class Box:
    make = staticmethod(cm)
    async def run(self):
        async for v in self.make(): ...
Box.make = staticmethod(gen)
""",
    "a class attribute set by another module": """
from d import cm, gen
class Box:
    make = staticmethod(cm)
    async def run(self):
        async for v in self.make(): ...
# other.py
import main
from d import gen
main.Box.make = staticmethod(gen)
""",
    "a class attribute of a base set": """
from d import cm, gen
class Base:
    make = staticmethod(cm)
class Box(Base):
    async def run(self):
        async for v in self.make(): ...
Base.make = staticmethod(gen)
""",
    "a class attribute read on the class": """
from d import cm, gen
class Box:
    make = staticmethod(cm)
async def run():
    async for v in Box.make(): ...
def change():
    Box.make = staticmethod(gen)
""",
    "a static method that sets": """
from d import cm, gen
class Box:
    make = staticmethod(cm)
    @staticmethod
    def change():
        Box.make = staticmethod(gen)
    async def run(self):
        async for v in self.make(): ...
""",
    "a class attribute set through the type of self": """
from d import cm, gen
class Box:
    make = staticmethod(cm)
    def change(self):
        type(self).make = staticmethod(gen)
    async def run(self):
        async for v in self.make(): ...
""",
    "a method replaced on the class": METHOD + "Box.make = lambda self: gen()\n",
    "a method replaced on an object": METHOD + "box = Box()\nbox.make = gen\n",
    "a class attribute deleted below which another stands": """
from d import cm, gen
class Base:
    make = staticmethod(gen)
class Box(Base):
    make = staticmethod(cm)
    async def run(self):
        async for v in self.make(): ...
del Box.make
""",
    "an attribute of the only object of a class": """
from d import cm, gen
class Box:
    instance = None
    def __new__(cls):
        if cls.instance is None:
            cls.instance = super().__new__(cls)
        return cls.instance
    def __init__(self):
        self.make = cm
    async def run(self):
        async for v in self.make(): ...
Box()
Box.instance.make = gen
""",
    "a cached property that is set": """
from functools import cached_property
from d import cm, gen
class Box:
    @cached_property
    def make(self): return cm
    async def run(self):
        async for v in self.make(): ...
box = Box()
box.make = gen
""",
    "a property behind an assignment": """
from d import cm, gen
class Box:
    @property
    def make(self): return gen
    @make.setter
    def make(self, value): ...
    async def run(self):
        self.make = cm
        async for v in self.make(): ...
""",
    "a class that answers by __getattribute__": """
from d import cm, gen
class Box:
    def __init__(self):
        self.make = cm
    def __getattribute__(self, name):
        return gen if name == "make" else object.__getattribute__(self, name)
    async def run(self):
        async for v in self.make(): ...
""",
    "a class that stores by __setattr__": """
from d import cm, gen
class Box:
    def __init__(self):
        self.make = cm
    def __setattr__(self, name, value):
        object.__setattr__(self, name, gen)
    async def run(self):
        async for v in self.make(): ...
""",
    "a default that nothing replaces on some objects": """
from typing import Any
from d import cm, gen
class Box:
    make: Any = gen
    def fill(self):
        self.make = cm
    async def run(self):
        async for v in self.make(): ...
""",
    # a method call between
    "a method that sets is called between": """
from d import cm, gen
class Box:
    def change(self):
        self.make = gen
    async def run(self):
        self.make = cm
        self.change()
        async for v in self.make(): ...
""",
    "an await between": """
import asyncio
from d import cm, gen
class Box:
    def change(self):
        self.make = gen
    async def run(self):
        self.make = cm
        await asyncio.sleep(1)
        async for v in self.make(): ...
""",
    "a call in the round before": """
from d import cm, gen
class Box:
    def change(self):
        self.make = gen
    async def run(self):
        self.make = cm
        while True:
            async for v in self.make(): ...
            self.change()
""",
    "a call in a condition between": """
from d import cm, gen
class Box:
    def change(self):
        self.make = gen
    async def run(self):
        self.make = cm
        if self.change():
            return
        async for v in self.make(): ...
""",
    "a with between": """
from d import cm, gen
class Box:
    def __enter__(self):
        self.make = gen
    def __exit__(self, *x): ...
    async def run(self):
        self.make = cm
        with self:
            async for v in self.make(): ...
""",
    # fields
    "a default of a dataclass": """
from dataclasses import dataclass
from typing import Any
from d import cm, gen
@dataclass
class Box:
    make: Any = cm
box = Box(gen)
async def go():
    async for v in box.make(): ...
""",
    "a default of a frozen dataclass below another": """
from dataclasses import dataclass
from typing import Any
from d import cm, gen
@dataclass(frozen=True)
class Base:
    make: Any = cm
class Box(Base):
    async def run(self):
        async for v in self.make(): ...
Box(gen)
""",
    "a default of a dataclass whose annotation says nothing": """
import dataclasses
from typing import Callable
from d import cm, gen
@dataclasses.dataclass
class Box:
    make: Callable = cm
    async def run(self):
        async for v in self.make(): ...
Box(make=gen)
""",
    "a default of a named tuple": """
from typing import Any, NamedTuple
from d import cm, gen
class Box(NamedTuple):
    make: Any = cm
async def go(box: Box = Box(gen)):
    async for v in box.make(): ...
""",
    "a default of a model of a library": """
from typing import Any
from pydantic import BaseModel
from d import cm, gen
class Box(BaseModel):
    make: Any = cm
async def go(box: Box):
    async for v in box.make(): ...
""",
    "a default of an attrs class": """
from typing import Any
import attrs
from d import cm, gen
@attrs.define
class Box:
    make: Any = cm
    async def run(self):
        async for v in self.make(): ...
""",
    # modules
    "a name set by another module": NAME + "# other.py\nimport main\nfrom d import gen\nmain.make = gen\n",
    "a name set by a function of another module": NAME
    + """
# other.py
from d import gen
def change():
    import main as target
    target.make = gen
""",
    "a name set on a module that is handed over": NAME
    + "# other.py\nfrom d import gen\ndef change(on): on.make = gen\n",
    "a name set by setattr on a module": NAME
    + "# other.py\nimport main\nfrom d import gen\nsetattr(main, 'make', gen)\n",
    "a name set by globals": NAME + "def change(): globals()['make'] = gen\n",
    "a name set by an update of globals": NAME + "def change(): globals().update(make=gen)\n",
    "a name set by a computed update of globals": NAME + "def change(**kw): globals().update(kw)\n",
    "a name set by exec": NAME + "exec('make = gen')\n",
    "a name set by exec of something": NAME + "exec(open('x').read())\n",
    "a name set by sys.modules": NAME + "import sys\nsys.modules[__name__].make = gen\n",
    "a name set by setattr on sys.modules": NAME + "import sys\nsetattr(sys.modules[__name__], 'make', gen)\n",
    "a name set by the module's __dict__": NAME
    + "# other.py\nimport main\nfrom d import gen\nmain.__dict__['make'] = gen\n",
    "a name set by vars of the module": NAME + "# other.py\nimport main\nfrom d import gen\nvars(main)['make'] = gen\n",
    "a name set under a computed name": NAME
    + "# other.py\nimport main\ndef change(**kw):\n    for name in kw: setattr(main, name, kw[name])\nchange(make=1)\n",
    "a name of a package set by another module": """
import pkg.names
async def run():
    async for v in pkg.names.make(): ...
# pkg/__init__.py
# pkg/names.py
from d import cm
make = cm
# other.py
from d import gen
from pkg import names
names.make = gen
""",
    "a name that is None until somebody sets it": """
from d import cm
make = None
def setup():
    global make
    make = cm
async def run():
    async for v in make(): ...
# other.py
import main
from d import gen
main.make = gen
""",
    "a function of a module replaced": """
import names
async def run():
    async for v in names.make(): ...
# names.py
from d import cm
def make(): return cm()
# other.py
import names
from d import gen
names.make = gen
""",
    "a call before the name is bound again": """
import asyncio
from d import cm, gen
make = gen
async def run():
    async for v in make(): ...
asyncio.run(run())
make = cm
""",
    # classes changed later
    "__aiter__ or another set on the class": """
from d import Enters, Rows, gen, cm
class K(Enters): ...
K.__aiter__ = lambda self: gen()
K.__aenter__ = lambda self: gen()
async def go():
    async for v in K(): ...
""",
    "__aiter__ set by a decorator": """
from d import Enters, gen, cm
def iterable(cls):
    cls.__aiter__ = lambda self: gen()
    cls.__aenter__ = None
    return cls
@iterable
class K(Enters): ...
async def go():
    async for v in K(): ...
""",
    "names set by a decorator under computed names": """
from d import Enters, gen, cm
def having(**names):
    def decorate(cls):
        for name in names: setattr(cls, name, names[name])
        return cls
    return decorate
@having(a=1)
class K(Enters): ...
async def go():
    async for v in K(): ...
""",
    "__aiter__ set by __init_subclass__": """
from d import Enters, gen, cm
class Base:
    def __init_subclass__(cls, **kw):
        cls.__aiter__ = lambda self: gen()
        cls.__aenter__ = None
class K(Enters, Base): ...
async def go():
    async for v in K(): ...
""",
    "an attribute set by __init_subclass__": """
from d import cm, gen
class Base:
    make = staticmethod(cm)
    def __init_subclass__(cls, **kw):
        cls.make = staticmethod(gen)
class K(Base): ...
async def go():
    async for v in K().make(): ...
""",
    "a metaclass that makes classes": """
from d import Enters, gen, cm
class Meta(type):
    def __new__(mcs, name, bases, names):
        return super().__new__(mcs, name, bases, {**names, "__aiter__": lambda self: gen()})
class K(Enters, metaclass=Meta): ...
async def go():
    async for v in K(): ...
""",
    "a metaclass of a base that sets": """
from d import Enters, gen, cm
class Meta(type):
    def __init__(cls, *a):
        cls.__aiter__ = lambda self: gen()
class Base(metaclass=Meta): ...
class K(Enters, Base): ...
async def go():
    async for v in K(): ...
""",
    "__new__ gives an object of a subclass": """
from d import Enters, Rows
class K(Enters):
    def __new__(cls):
        return super().__new__(Sub)
class Sub(K):
    __aenter__ = None
    def __aiter__(self): return self
async def go():
    async for v in K(): ...
""",
    "the class of an object is replaced": """
from d import Enters, Rows, Both
class K(Enters): ...
box = K()
box.__class__ = Both
async def go():
    async for v in box: ...
""",
    # declared
    "declared by a protocol of its own": """
from typing import Protocol
class CanEnter(Protocol):
    async def __aenter__(self): ...
    async def __aexit__(self, *x): ...
async def run(one: CanEnter):
    async for v in one: ...
""",
    "declared by a protocol below another": """
from typing import Protocol
class CanEnter(Protocol):
    async def __aenter__(self): ...
    async def __aexit__(self, *x): ...
class Named(CanEnter, Protocol):
    name: str
async def run(one: "Named | None"):
    async for v in one: ...
""",
    "declared by AbstractAsyncContextManager": """
from contextlib import AbstractAsyncContextManager
async def run(one: AbstractAsyncContextManager[int]):
    async for v in one: ...
""",
    "declared as the result of a callable": """
from contextlib import AbstractAsyncContextManager
from typing import Callable
async def run(make: Callable[[], AbstractAsyncContextManager[int]]):
    async for v in make(): ...
""",
    # A promise of what there is: objects of any class may keep it, of one that can be iterated as well.
    "a callable that gives a context manager": """
        from collections.abc import Callable
        from contextlib import AbstractAsyncContextManager
        async def f(opened: Callable[..., AbstractAsyncContextManager[int]]):
            async for x in opened(): ...
        """,
    "typing's own context manager type": """
        from typing import AsyncContextManager, Callable
        async def f(opened: Callable[[], AsyncContextManager[int]]):
            async for x in opened(): ...
        """,
    "a protocol with a method": """
        from typing import AsyncContextManager, Protocol
        class HasSession(Protocol):
            def session(self) -> AsyncContextManager[int]: ...
        async def f(db: HasSession):
            async for x in db.session(): ...
        """,
    "a union of callable aliases": """
        from typing import AsyncContextManager, Callable, TypeVar, Union
        T = TypeVar("T")
        One = Callable[[T], AsyncContextManager[None]]
        Two = Callable[[T], AsyncContextManager[int]]
        Either = One[T] | Two[T]
        class App:
            def __init__(self, lifespan: "Either[int]"):
                self.lifespan = lifespan
            async def f(self):
                async for x in self.lifespan(self): ...
        """,
    "declared by an abstract class": """
from abc import ABC, abstractmethod
class CanEnter(ABC):
    @abstractmethod
    async def __aenter__(self): ...
    @abstractmethod
    async def __aexit__(self, *x): ...
async def run(one: CanEnter):
    async for v in one: ...
""",
    "None in the class and back below": """
from d import Enters, gen
class K(Enters):
    __aiter__ = None
class Sub(K):
    def __aiter__(self): return gen()
async def run(one: K):
    async for v in one: ...
""",
    "None below the class": """
from d import Both
class K(Both): ...
class Sub(K):
    __aiter__ = None
async def run(one: K):
    async for v in one: ...
""",
    "a library's class that the project derives from": """
import asyncio
class Sub(asyncio.Lock):
    def __aiter__(self): return self
async def run(one: asyncio.Lock):
    async for v in one: ...
""",
    # super
    "super in a diamond": """
from d import cm, gen
class A:
    def make(self): return cm()
class B(A):
    def make(self): return super().make()
class C(A):
    def make(self): return gen()
class D(B, C): ...
async def go():
    async for v in B().make(): ...
    async for v in D().make(): ...
async def of(one: B):
    async for v in one.make(): ...
""",
    "super with a class between, in the method itself": """
from d import cm, gen
class A:
    def make(self): return cm()
class B(A):
    async def run(self):
        async for v in super().make(): ...
class C(A):
    def make(self): return gen()
class D(B, C): ...
""",
    # dispatch and defaults
    "singledispatch": """
from functools import singledispatch
from d import cm, gen
@singledispatch
def make(x): return cm()
@make.register
def _(x: int): return gen()
async def go():
    async for v in make(1): ...
""",
    "singledispatchmethod": """
from functools import singledispatchmethod
from d import cm, gen
class Box:
    @singledispatchmethod
    def make(self, x): return cm()
    @make.register
    def _(self, x: int): return gen()
    async def go(self):
        async for v in self.make(1): ...
""",
    "defaults replaced": """
from d import cm, gen
def make(of=cm): return of()
make.__defaults__ = (gen,)
async def go():
    async for v in make(): ...
""",
    "keyword defaults replaced": """
from d import cm, gen
def make(*, of=cm): return of()
# other.py
import main
from d import gen
main.make.__kwdefaults__ = {"of": gen}
# main.py
async def go():
    async for v in make(): ...
""",
    "the code of a function replaced": """
from d import cm, gen
def make(): return cm()
def other(): return gen()
make.__code__ = other.__code__
async def go():
    async for v in make(): ...
""",
    # patches
    "patch.object outside of a test": """
from unittest import mock
import d
async def go():
    with mock.patch.object(d, "cm", d.gen):
        async for v in d.cm(): ...
""",
    "patch by a string outside of a test": """
from unittest.mock import patch
import d
def patched(): return patch("d.cm", d.gen)
async def go():
    async for v in d.cm(): ...
""",
    "patch.multiple outside of a test": """
from unittest.mock import patch
import d
async def go():
    with patch.multiple(d, cm=d.gen):
        async for v in d.cm(): ...
""",
    "patch.multiple by a string outside of a test": """
from unittest.mock import patch
import d
async def go():
    with patch.multiple("d", cm=d.gen):
        async for v in d.cm(): ...
""",
    "patch.dict outside of a test": """
from unittest.mock import patch
import d
async def go():
    with patch.dict(vars(d), {"cm": d.gen}):
        async for v in d.cm(): ...
""",
    "patch.dict with keywords outside of a test": """
from unittest.mock import patch
import d
async def go():
    with patch.dict(d.__dict__, cm=d.gen):
        async for v in d.cm(): ...
""",
    "patch of a method outside of a test": METHOD
    + """
from unittest.mock import patch
def patched(): return patch.object(Box, "make", lambda self: gen())
""",
    "patch.multiple in a test": """
# tests/main.py
from unittest.mock import patch
import d
async def test_all():
    with patch.multiple(d, cm=d.gen):
        async for v in d.cm(): ...
""",
    "patch.dict in a test": """
# tests/main.py
from unittest.mock import patch
import d
async def test_all():
    with patch.dict(vars(d), {"cm": d.gen}):
        async for v in d.cm(): ...
""",
    "a helper of the tests that patches": """
# tests/main.py
from tests.helping import patched
import d
async def test_all():
    with patched():
        async for v in d.cm(): ...
# tests/helping.py
from unittest.mock import patch
import d
def patched(): return patch.object(d, "cm", d.gen)
""",
    "an automatic fixture of conftest that patches": """
# tests/main.py
import d
async def test_all():
    async for v in d.cm(): ...
# tests/conftest.py
import pytest, d
@pytest.fixture(autouse=True)
def replaced(monkeypatch):
    monkeypatch.setattr(d, "cm", d.gen)
""",
    "a method that a subclass overrides, asked of the base": """
from d import cm, gen
class Box:
    def make(self): return cm()
class Sub(Box):
    def make(self): return gen()
async def run(box: Box):
    async for v in box.make(): ...
""",
}

DECIDED = {
    "the same attribute of an unrelated class": BOX
    + """
class Other:
    def __init__(self):
        self.make = gen
other = Other()
other.make = gen
""",
    "the same attribute of a library's object": BOX
    + """
import threading
local = threading.local()
local.make = gen
""",
    "the same name of another module": NAME
    + "# other.py\nimport third\nfrom d import gen\nthird.make = gen\n# third.py\nmake = 1\n",
    "a store of the same kind": BOX + "box = Box()\nbox.make = cm\n",
    "a name set to the same by another module": NAME + "# other.py\nimport main\nfrom d import cm\nmain.make = cm\n",
    "computed names of an unrelated class": BOX
    + """
class Other:
    def __init__(self, **kw):
        for name in kw: setattr(self, name, kw[name])
        self.__dict__.update(kw)
""",
    "a subclass that overrides with the same kind": METHOD + "class Sub(Box):\n    def make(self): return cm()\n",
    "a class given to functions that make no class": METHOD
    + """
def registered(cls): return cls
registered(Box)
isinstance(Box(), Box)
""",
    "a constant assigned before a harmless call": """
from d import cm, gen
class Box:
    async def run(self):
        self.make = cm
        print("now")
        async for v in self.make(): ...
    def other(self):
        self.make = gen
""",
    "the assignment just before, of what a call gives": """
from d import cm, gen
class Box:
    async def run(self):
        self.rows = cm()
        async for v in self.rows: ...
    def other(self):
        self.rows = gen()
""",
    "a default of a plain class": """
from typing import Any
from d import cm
class Box:
    make: Any = staticmethod(cm)
    async def run(self):
        async for v in self.make(): ...
""",
    "a patch in another test": """
# tests/main.py
from unittest.mock import patch
import d
async def test_all():
    async for v in d.cm(): ...
def test_other():
    with patch.object(d, "cm", d.gen): ...
""",
    "a patch in a test, for the project's own code": NAME
    + """
# tests/test_other.py
from unittest.mock import patch
import main, d
def test_other():
    with patch.object(main, "make", d.gen): ...
""",
    "super with its arguments written out": """
from d import cm, gen
class A:
    def make(self): return cm()
class B(A):
    def make(self): return gen()
class C(B):
    async def run(self):
        async for v in super(B, self).make(): ...
""",
    "a namespace that is only read": NAME + "names = globals()\nfor name in ['make']: print(names[name])\n",
    "super below one base": """
from d import cm
class A:
    def make(self): return cm()
class B(A):
    def make(self): return super().make()
class C(B): ...
async def go(one: B):
    async for v in one.make(): ...
""",
    "a call before another name is bound again": """
import asyncio
from d import cm, gen
make = cm
async def run():
    async for v in make(): ...
asyncio.run(run())
other = gen
""",
    "a metaclass that only counts": """
from d import Enters
class Meta(type):
    def count(cls): return 1
class K(Enters, metaclass=Meta): ...
async def go():
    async for v in K(): ...
""",
    "a mock of the same name in a test": BOX
    + """
# tests/test_box.py
from unittest.mock import MagicMock
def test_box(made):
    box = MagicMock()
    box.make = 1
    made.make = 2
""",
}


def _exchanged(text: str) -> str:
    return re.sub(r"\b(?:cm|gen|Enters|Rows)\b", lambda found: _TWINS[found[0]], text)


def _twins(cases: dict[str, str]) -> list[object]:
    found: list[object] = []
    for name, text in cases.items():
        found.append(pytest.param(text, id=name))
        if (other := _exchanged(text)) != text:
            found.append(pytest.param(other, id=f"{name}, exchanged"))
    return found


@pytest.mark.parametrize("text", _twins(UNDECIDED))
def test_it_is_silent_where_something_else_may_be_there(text: str, tmp_path: Path) -> None:
    assert word(tmp_path, dedent(text) + D) == "doubt"


@pytest.mark.parametrize("text", DECIDED.values(), ids=DECIDED.keys())
def test_it_says_what_is_there_where_nothing_else_can_be(text: str, tmp_path: Path) -> None:
    assert word(tmp_path, dedent(text) + D) == "fault"


@pytest.mark.parametrize(
    "text", [_exchanged(text) for text in DECIDED.values()], ids=[f"{name}, exchanged" for name in DECIDED]
)
def test_and_so_where_it_can_be_iterated(text: str, tmp_path: Path) -> None:
    assert word(tmp_path, dedent(text) + D) == "fine"
