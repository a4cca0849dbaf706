"""Shapes of source that once cost more than their size: each grows with one number, about its count of sites."""

from __future__ import annotations

from collections.abc import Callable, Mapping

Files = Mapping[str, str]

CM = "from contextlib import asynccontextmanager\n@asynccontextmanager\nasync def cm(*a):\n    yield 1\n"
GOOD: Files = {"good.py": f"{CM}async def good():\n    async for x in cm(): print(x)\n"}
"""One file with one finding, which stands beside every shape."""


def _lines(count: int, line: Callable[[int], str]) -> str:
    return "".join(f"{line(number)}\n" for number in range(count))


def functions(count: int) -> Files:
    """Functions with a site each."""
    return {"bad.py": CM + _lines(count, lambda n: f"async def f{n}():\n    async for q in cm(): print(q)")}


def loops(count: int) -> Files:
    """Sites one after another in one function."""
    return {"bad.py": f"{CM}async def f():\n" + _lines(count, lambda _: "    async for q in cm(): print(q)")}


def assigned_loops(count: int) -> Files:
    """The same name assigned before each site."""
    return {"bad.py": f"{CM}async def f():\n" + _lines(count, lambda _: "    y = cm()\n    async for q in y: print(q)")}


def branches(count: int) -> Files:
    """A name assigned under many conditions, then iterated at a fifth as many sites."""
    body = _lines(count, lambda n: f"    if x{n}: y = cm()")
    return {"bad.py": f"{CM}async def f():\n{body}" + _lines(count // 5, lambda _: "    async for q in y: print(q)")}


def attributes(count: int) -> Files:
    """One attribute assigned and iterated many times."""
    body = _lines(count, lambda _: "        self.x = cm()")
    sites = _lines(count, lambda _: "        async for q in self.x: print(q)")
    return {"bad.py": f"{CM}class C:\n    def __init__(self):\n{body}    async def f(self):\n{sites}"}


def items(count: int) -> Files:
    """One `async with` of many items."""
    listed = ", ".join(f"gen() as a{n}" for n in range(count))
    return {"bad.py": f"async def gen():\n    yield 1\nasync def f():\n    async with {listed}:\n        pass\n"}


def comprehensions_on_one_line(count: int) -> Files:
    listed = "; ".join(["[q async for q in cm()]"] * count)
    return {"bad.py": f"{CM}async def f():\n    {listed}\n"}


def clauses(count: int) -> Files:
    """One comprehension of many clauses."""
    return {"bad.py": f"{CM}async def f():\n    return [q {'async for q in cm() ' * count}]\n"}


def star_imports(count: int) -> Files:
    """Modules that import from each other in a circle, by name and by star."""
    return {
        f"m{n}.py": f"from m{(n + 1) % count} import cm\nfrom m{(n + 7) % count} import *\n"
        f"async def f():\n    async for q in cm(): print(q)\n"
        for n in range(count)
    }


def many_stars(count: int) -> Files:
    """Modules with twenty star imports each."""
    return {
        f"m{n}.py": "".join(f"from m{(n + k) % count} import *\n" for k in range(1, 21))
        + "async def f():\n    async for q in cm(): print(q)\n"
        for n in range(count)
    }


def arguments(count: int) -> Files:
    return {"bad.py": f"{CM}async def f(x):\n    async for q in cm({','.join(['x'] * count)}): print(q)\n"}


def colliding_numbers(count: int) -> Files:
    """A dictionary whose keys all have the same hash."""
    listed = ", ".join(f"{n * (2**61 - 1)}: 1" for n in range(count))
    return {"bad.py": f"{CM}d = {{{listed}}}\nasync def f():\n    async for q in cm(): print(q)\n"}


def parts_of_a_string(count: int) -> Files:
    return {"bad.py": f"{CM}async def f(x):\n    async for q in cm(f'{'{x}' * count}'): print(q)\n"}


def elements(count: int) -> Files:
    listed = ",".join(["1"] * count)
    return {"bad.py": f"{CM}d = [{listed}]\nasync def f():\n    async for q in cm(): print(q)\n"}


def fixtures(count: int) -> Files:
    """Fixtures that each ask for the one before."""
    chain = _lines(count, lambda n: f"@pytest.fixture\ndef a{n + 1}(a{n}):\n    return a{n}")
    text = f"import pytest\n{CM}@pytest.fixture\ndef a0():\n    return cm()\n{chain}"
    return {"test_bad.py": f"{text}async def test(a{count}):\n    async for q in a{count}: print(q)\n"}


def cyclic_attributes(count: int) -> Files:
    """Chains of attributes over a module that imports itself."""
    body = _lines(count, lambda n: f"    async for q in b.c.b.c.b.c.x{n}(): print(q)")
    return {"b.py": "import c\n", "c.py": "import b\n", "bad.py": f"import b\nasync def f():\n{body}"}


def assigned_cyclic_attributes(count: int) -> Files:
    body = _lines(count, lambda _: "x = b.c.b.c.b.c")
    text = f"import b\n{body}async def f():\n    async for q in x(): print(q)\n"
    return {"b.py": "import c\n", "c.py": "import b\n", "bad.py": text}


def digits(count: int) -> Files:
    return {"bad.py": f"{CM}d = 0x{'1' * count}\nasync def f():\n    async for q in cm(): print(q)\n"}


def diamonds(count: int) -> Files:
    """Classes that each have the two before as bases."""
    text = "class A0: pass\nclass B0: pass\n"
    for n in range(1, count):
        text += f"class A{n}(A{n - 1}, B{n - 1}): pass\nclass B{n}(A{n - 1}, B{n - 1}): pass\n"
    return {"bad.py": f"{text}async def f():\n    async for q in A{count - 1}(): print(q)\n"}


def attribute_chain(count: int) -> Files:
    text = f"import b\nasync def f():\n    async for q in b{'.b' * count}(): print(q)\n"
    return {"b.py": "import b\n", "bad.py": text}


def call_chain(count: int) -> Files:
    text = "class K:\n    def f(self): return self\n"
    return {"bad.py": f"{text}async def f():\n    async for q in K(){'.f()' * count}: print(q)\n"}


def generic_chain(count: int) -> Files:
    text = "class K:\n    def __init__(self): self.x = self\na = K()\n"
    return {"bad.py": f"{text}async def f():\n    async for q in a{'.x' * count}: print(q)\n"}


def union_members(count: int) -> Files:
    text = f"class K:\n    async def __aenter__(self): ...\nasync def f(x: {'|'.join(['K'] * count)}):\n"
    return {"bad.py": f"{text}    async for q in x: print(q)\n"}


def quoted_signs(count: int) -> Files:
    return {"bad.py": f"def j() -> '{'-' * count}x': ...\nasync def f():\n    async for q in j(): print(q)\n"}


def quoted_lists(count: int) -> Files:
    quoted = "list[" * count + "int" + "]" * count
    return {"bad.py": f"def j() -> '{quoted}': ...\nasync def f():\n    async for q in j(): print(q)\n"}


def nested_loops(count: int) -> Files:
    """Twenty loops inside one another, again and again."""
    nest = "".join(f"{'    ' * (depth + 1)}async for q in cm():\n" for depth in range(18)) + f"{'    ' * 19}pass\n"
    return {"bad.py": CM + _lines(max(1, count // 18), lambda n: f"async def f{n}():\n{nest}")}


def modules(count: int) -> Files:
    """Modules with a site each."""
    text = "from db import cm\nasync def f():\n    async for q in cm(): print(q)\n"
    return {"db.py": CM, **{f"m{n}.py": text for n in range(count)}}


def methods(count: int) -> Files:
    """Methods of one class with a site each that goes through `self`."""
    body = _lines(count, lambda n: f"    async def f{n}(self):\n        async for q in self.make(): print(q)")
    return {"bad.py": f"{CM}class C:\n    def make(self): return cm()\n{body}"}


def subclasses(count: int) -> Files:
    """Subclasses of a class, and a site in each that goes through `self`."""
    base = f"{CM}class C:\n    def make(self): return cm()\n"
    one = "class D{0}(C):\n    async def f{0}(self):\n        async for q in self.make(): print(q)"
    return {"bad.py": base + _lines(count, one.format)}


def generators_entered(count: int) -> Files:
    """Generators that are entered each once: as many groups of edits as sites."""
    one = "async def g{0}():\n    yield 1\nasync def f{0}():\n    async with g{0}() as x: print(x)"
    return {"bad.py": _lines(count, one.format)}


def one_generator_entered(count: int) -> Files:
    """One generator that many functions enter: one group of one edit."""
    text = "async def g():\n    yield 1\n"
    return {"bad.py": text + _lines(count, lambda n: f"async def f{n}():\n    async with g() as x: print(x)")}


def one_generator_entered_in_modules(count: int) -> Files:
    text = "from db import g\nasync def f():\n    async with g() as x: print(x)\n"
    return {"db.py": "async def g():\n    yield 1\n", **{f"m{n}.py": text for n in range(count)}}


def refused(count: int) -> Files:
    """Sites of which every second cannot be rewritten together with the others: the search for the culprits."""
    good = "async def f{0}():\n    async for q in cm(): print(q)"
    bad = "async def f{0}(): [q async for q in cm()]; pass"
    return {"bad.py": CM + _lines(count, lambda n: (bad if n % 2 else good).format(n))}


GROWING: Mapping[str, Callable[[int], Files]] = {
    one.__name__.replace("_", " "): one
    for one in (
        functions,
        loops,
        assigned_loops,
        branches,
        attributes,
        items,
        comprehensions_on_one_line,
        clauses,
        star_imports,
        many_stars,
        arguments,
        colliding_numbers,
        parts_of_a_string,
        elements,
        fixtures,
        cyclic_attributes,
        assigned_cyclic_attributes,
        digits,
        diamonds,
        attribute_chain,
        call_chain,
        generic_chain,
        union_members,
        quoted_signs,
        quoted_lists,
        nested_loops,
        modules,
        methods,
        subclasses,
        generators_entered,
        one_generator_entered,
        one_generator_entered_in_modules,
        refused,
    )
}
