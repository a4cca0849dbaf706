"""How far the resolver follows a chain does not depend on what it was asked before."""

from __future__ import annotations

from pathlib import Path

from tests.protocols.cases import word


def renamed(name: str, first: str, times: int) -> str:
    """`name0 = first`, `name1 = name0` and so on."""
    return f"{name}0 = {first}\n" + "".join(f"{name}{n} = {name}{n - 1}\n" for n in range(1, times))


def test_a_name_that_was_renamed_very_often_is_followed(tmp_path: Path) -> None:
    text = f"from db import session\n{renamed('s', 'session', 300)}async def f():\n    async for x in s299(): ...\n"
    assert word(tmp_path, text) == "fault"


def test_a_base_that_was_too_far_from_one_place_is_found_from_another(tmp_path: Path) -> None:
    text = (
        "class Base:\n    async def __aenter__(self): ...\n"
        f"{renamed('b', 'Base', 50)}class C(b49): ...\n{renamed('c', 'C()', 50)}"
        "async def f():\n    async for x in c49: ...\n    async for x in C(): ...\n"
    )
    assert word(tmp_path, text) == "fault"


def test_a_chain_without_end_is_in_doubt(tmp_path: Path) -> None:
    text = "def g(): return h()\ndef h(): return g()\nasync def f():\n    async for x in g(): ...\n"
    assert word(tmp_path, text) == "doubt"


def test_an_all_that_leads_back_to_itself_is_in_doubt(tmp_path: Path) -> None:
    text = "import main\n__all__ = [*main.__all__]\nfrom main import *\nasync def f():\n    async for x in y: ...\n"
    assert word(tmp_path, text) == "doubt"


def test_a_yield_in_a_lambda_makes_a_generator(tmp_path: Path) -> None:
    assert word(tmp_path, "make = lambda: (yield)\nasync def f():\n    async for x in make(): ...\n") == "fine"
