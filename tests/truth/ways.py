"""Ways in which a function comes from one module to another; `ways.md` shows each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from tests.truth.scenes import DEFINITIONS

_WAY = re.compile(r"^## (?P<name>[^\n]+)\n\n```python\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)
_EXPORTED = ("R", "cm", "gen", "some_items", "Enters", "Rows", "Both")


@cache
def all_ways() -> Mapping[str, str]:
    """The text of each way's module, which takes NAME from SOURCE, by the way's name."""
    text = Path(__file__).with_name("ways.md").read_text("utf-8")
    return {found["name"]: found["code"] for found in _WAY.finditer(text)}


def wrapped(ways: Sequence[str], name: str) -> dict[str, str]:
    """The modules that hand `name` on from the definitions to `d`, one for each way."""
    files = {"d0.py": DEFINITIONS}
    for number, way in enumerate(ways, start=1):
        text = re.sub(r"\bNAME\b", name, all_ways()[way].replace("SOURCE", f"d{number - 1}"))
        if number < len(ways):
            files[f"d{number}.py"] = text
        else:
            rest = ", ".join(one for one in _EXPORTED if one != name)
            files["d.py"] = f"from .d0 import {rest}\n{text}"
    return files
