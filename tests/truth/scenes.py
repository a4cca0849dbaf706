"""Read the pages: each `##` heading is a scene, a small package in which an object comes to a site in some way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PAGES = Path(__file__).with_name("pages")
_SCENE = re.compile(r"^## (?P<name>[^\n]+)\n(?P<remark>[^`]*?)```python\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"^# ([\w/]+\.py)\n", re.MULTILINE)
_LOOP = re.compile(r"^(?P<space> *)async for (?P<target>\w+) in (?P<object>[^\n]+):$", re.MULTILINE)
_ENTER = re.compile(r"^(?P<space> *)async with (?P<object>(?:(?! as )[^\n])+) as (?P<target>\w+):$", re.MULTILINE)
_PRINTED = re.compile(r"^(?P<space> *)async for v in (?P<object>(?:(?!:=)[^\n])+):\n +print\(v\)$", re.MULTILINE)
_TWINS = {"cm": "gen", "gen": "cm", "Enters": "Rows", "Rows": "Enters"}

DEFINITIONS = """
from contextlib import asynccontextmanager
class R:
    def __init__(self, tag):
        self.tag = tag
    def __str__(self):
        return self.tag
@asynccontextmanager
async def cm():
    yield R("cm")
async def gen():
    yield R("gen")
async def some_items():
    yield R("item")
class Enters:
    async def __aenter__(self):
        return R("entered")
    async def __aexit__(self, *x):
        pass
class Rows:
    async def __aiter__(self):
        yield R("row")
class Both(Enters, Rows):
    async def __aiter__(self):
        yield R("both")
""".lstrip()
"""The module `d` of every package."""

RUNTIME = """
import os
def flag(name):
    return os.environ.get(name) == "1"
""".lstrip()
"""The module `rt` beside the packages: truth values that are not known before the run."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A package by its files' texts. A page may say that a scene must be decided, or that it is not exchanged."""

    page: str
    name: str
    files: tuple[tuple[str, str], ...]
    decided: bool = False
    exchanges: bool = True

    @property
    def title(self) -> str:
        return f"{self.page}/{self.name}"

    @property
    def kind(self) -> str:
        """The letter of the page's kind."""
        return self.page.partition("_")[0]


VARIANTS = ("as it is", "exchanged", "entered", "entered, exchanged", "comprehension", "with", "with, exchanged")


def varied(files: tuple[tuple[str, str], ...], variant: str) -> tuple[tuple[str, str], ...]:
    """The same with the two kinds of object exchanged, or with another construct at the sites."""
    for change in variant.split(", "):
        files = tuple((path, _CHANGES[change](text)) for path, text in files)
    return files


def differ(scene: Scene, variant: str) -> bool:
    """Whether a variant is the scene itself or another than it."""
    if "exchanged" in variant and not scene.exchanges:
        return False
    if any(path == "test_use.py" for path, _ in scene.files) and variant not in {"as it is", "exchanged"}:
        return False  # starting pytest takes a while
    *before, last = variant.split(", ")
    base = varied(scene.files, ", ".join(before)) if before else scene.files
    if variant == "as it is":
        return True
    changed = varied(scene.files, variant)
    return varied(base, last) != base != changed and all(_is_python(text) for _, text in changed)


@cache
def _is_python(text: str) -> bool:
    """Whether it may stand so: an `else` belongs to a loop."""
    try:
        compile(text, "scene", "exec", dont_inherit=True)
    except SyntaxError:
        return False
    return True


def _exchanged(text: str) -> str:
    return re.sub(r"\b(?:cm|gen|Enters|Rows)\b", lambda found: _TWINS[found[0]], text)


def _entered(text: str) -> str:
    if _LOOP.search(text):
        return _LOOP.sub(r"\g<space>async with \g<object> as \g<target>:", text)
    return _ENTER.sub(r"\g<space>async for \g<target> in \g<object>:", text)


def _comprehended(text: str) -> str:
    return _PRINTED.sub(r"\g<space>print(*[v async for v in \g<object>])", text)


def _plain_with(text: str) -> str:
    return _LOOP.sub(r"\g<space>with \g<object> as \g<target>:", text)


_CHANGES: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "exchanged": _exchanged,
    "entered": _entered,
    "comprehension": _comprehended,
    "with": _plain_with,
}


@cache
def scenes() -> tuple[Scene, ...]:
    """Every scene of every page, in order."""
    return tuple(scene for page in sorted(PAGES.glob("*.md")) for scene in scenes_of(page))


def scenes_of(page: Path) -> Iterator[Scene]:
    """Read the scenes of one page."""
    text = page.read_text("utf-8")
    found = list(_SCENE.finditer(text))
    headings = re.findall(r"^## ([^\n]+)$", text, re.MULTILINE)
    assert [one["name"] for one in found] == headings, f"{page.name}: a heading without a block of code"
    for one in found:
        remark = one["remark"].lower()
        yield Scene(
            page.stem, one["name"], parted(one["code"]), "must be decided" in remark, "not exchanged" not in remark
        )


def parted(code: str) -> tuple[tuple[str, str], ...]:
    """The files of a block: `# NAME.py` starts one, what stands before the first is `use.py`."""
    first, *rest = _FILE.split(code)
    files = {"use.py": first} if first.strip() else {}
    files |= dict(zip(rest[::2], rest[1::2], strict=True))
    return tuple(sorted(files.items()))
