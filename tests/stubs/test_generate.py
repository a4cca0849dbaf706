"""The generator on small libraries: what a stub says of a construct, and what it leaves unknown."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from repairbot.stubs.generate.building import build
from repairbot.stubs.generate.pins import Pin, Pins


def pin(package: str, versions: tuple[str, ...], needs: tuple[str, ...] = ()) -> Pin:
    return Pin(
        package=package,
        distribution=package,
        versions=versions,
        reviewed="",
        modules=(package,),
        exclude=(),
        within=(package,),
        needs=needs,
        coroutines=True,
        python="3.12",
        decorators={},
        adds_coroutines=(),
        corrections=(),
    )


def written(folder: Path, *releases: str, package: str = "lib", needs: tuple[Pin, ...] = ()) -> dict[str, str]:
    """The files of the stub of a library of one module, given by its source in each release, oldest first."""
    versions = tuple(f"{number}.0" for number in range(1, len(releases) + 1))
    for version, source in zip(versions, releases, strict=True):
        home = folder / "wheels" / f"{package}-{version}" / package
        home.mkdir(parents=True)
        (home / "__init__.py").write_text(dedent(source))
    one = pin(package, versions, tuple(need.package for need in needs))
    pins = Pins({need.package: need for need in needs} | {package: one}, {})
    stubs = folder / "stubs"
    files = build(one, pins, folder / "wheels", stubs).files
    for path, text in files.items():
        (stubs / package / path).parent.mkdir(parents=True, exist_ok=True)
        (stubs / package / path).write_text(text)
    return files


def stub(folder: Path, *releases: str) -> str:
    return written(folder, *releases)["__init__.pyi"]


STREAM = """
class Stream:
    def __aiter__(self): ...
    async def __anext__(self): ...
class Manager:
    async def __aenter__(self) -> Stream: ...
    async def __aexit__(self, *args): ...
"""


def test_a_decorator_decides_before_the_annotation(tmp_path: Path) -> None:
    source = """
        from contextlib import asynccontextmanager
        from collections.abc import AsyncIterator
        @asynccontextmanager
        async def session() -> AsyncIterator[int]:
            yield 1
        async def rows() -> AsyncIterator[int]:
            yield 1
    """
    text = stub(tmp_path, source)
    assert "@asynccontextmanager\ndef session(*args, **kwargs) -> AsyncIterator[int]: ..." in text
    assert "\ndef rows(*args, **kwargs) -> AsyncGenerator[int, None]: ..." in text


def test_what_a_decorator_that_nothing_is_known_about_makes_is_unknown(tmp_path: Path) -> None:
    text = stub(tmp_path, STREAM + "def magic(f): ...\n@magic\ndef stream() -> Stream: ...\n")
    assert "def stream" not in text
    assert "def __getattr__(name: str) -> Any" in text


def test_a_function_that_changed_its_kind_between_releases_is_unknown(tmp_path: Path) -> None:
    older = "async def rows():\n    yield 1\n"
    newer = f"from contextlib import asynccontextmanager\n@asynccontextmanager\n{older}"
    assert "rows: Any  # differs: 2.0 asynccontextmanager def; 1.0 def" in stub(tmp_path, older, newer)


def test_results_that_differ_between_releases_are_joined(tmp_path: Path) -> None:
    older = STREAM + "def opened() -> Manager: ...\n"
    newer = STREAM + "def opened() -> Stream: ...\n"
    assert "def opened(*args, **kwargs) -> Stream | Manager: ..." in stub(tmp_path, older, newer)


def test_a_protocol_that_only_some_releases_have_is_stated_with_their_versions(tmp_path: Path) -> None:
    older = "class Stream:\n    def __aiter__(self): ...\n"
    newer = older + "    async def __aenter__(self): ...\n    async def __aexit__(self, *args): ...\n"
    assert "class Stream:  # __aenter__ only in 2.0; __aexit__ only in 2.0\n" in stub(tmp_path, older, newer)
    assert "class Stream:  # __aenter__ only in 1.0; __aexit__ only in 1.0\n" in stub(tmp_path / "back", newer, older)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("self.given = given", "given: Stream"),
        ("given = wrapped(given)\n        self.given = given", None),
        ("self.given = Manager()", "given: Manager"),
        ("self.given: Manager = wrapped(given)", "given: Manager"),
        ("self.given = wrapped(given)", None),
    ],
)
def test_an_attribute_is_what_init_assigns_to_it_if_that_can_be_told(
    tmp_path: Path, body: str, said: str | None
) -> None:
    holder = (
        f"class Holder:\n    def __init__(self, given: Stream):\n        {body}\n    async def __aenter__(self): ...\n"
    )
    text = stub(tmp_path, STREAM + "def wrapped(x): return x.y\n" + holder)
    assert ("given:" in text) is (said is not None)
    assert said is None or f"    {said}\n" in text


def test_an_attribute_that_another_method_assigns_too_is_unknown(tmp_path: Path) -> None:
    holder = """
class Holder:
    def __init__(self):
        self.stream = Manager()
        self.kept = Manager()
    async def __aenter__(self):
        self.stream, other = Stream(), 1
"""
    text = stub(tmp_path, STREAM + holder)
    assert "kept: Manager" in text
    assert "stream:" not in text


def test_a_class_whose_new_gives_something_else_is_a_function(tmp_path: Path) -> None:
    pair = "class pair:\n    def __new__(cls) -> tuple[Stream, Manager]: ...\n    async def __aenter__(self): ...\n"
    text = stub(tmp_path, STREAM + pair)
    assert "def pair(*args, **kwargs) -> tuple[Stream, Manager]: ..." in text
    own = "class Own:\n    def __new__(cls) -> 'Own': ...\n    async def __aenter__(self): ...\n"
    assert "class Own:" in stub(tmp_path / "own", STREAM + own)


def test_overloads_that_a_call_cannot_be_told_apart_by_become_one_with_every_result(tmp_path: Path) -> None:
    source = """
from typing import Literal, overload
@overload
def made(kind: int, mode: Literal["a"] = "a") -> Stream: ...
@overload
def made(kind: str, mode: Literal["a"] = "a") -> Manager: ...
def made(kind, mode="a"): ...
"""
    text = stub(tmp_path, STREAM + source)
    assert "overload" not in text
    assert "def made(*args, **kwargs) -> Stream | Manager: ..." in text


def test_a_name_re_exported_from_another_shipped_library_leads_to_its_stub(tmp_path: Path) -> None:
    written(tmp_path, STREAM, package="below")
    other = pin("below", ("1.0",))
    above = "from below import Stream as Stream\nfrom below import Manager\n"
    text = written(tmp_path, above, package="above", needs=(other,))["__init__.pyi"]
    assert "from below import Stream as Stream" in text
    assert "def __getattr__(name: str) -> Any" in text


def test_a_re_export_that_leads_to_different_protocols_over_time_is_unknown(tmp_path: Path) -> None:
    written(tmp_path, STREAM, package="below")
    other = pin("below", ("1.0",))
    older, newer = (
        "from below import Stream as Made\n__all__ = ['Made']\n",
        "from below import Manager as Made\n__all__ = ['Made']\n",
    )
    text = written(tmp_path, older, newer, package="above", needs=(other,))["__init__.pyi"]
    assert "Made: Any  # differs: 2.0 ClassDef; 1.0 ClassDef" in text


def test_a_class_with_a_base_that_no_stub_describes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Exception, match=r"no stub for elsewhere\.Thing \(base of lib\.Own\)"):
        stub(tmp_path, "from elsewhere import Thing\nclass Own(Thing):\n    async def __aenter__(self): ...\n")
