"""Make packages of scenes and put many of them into one project, each with names of its own."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tests.truth.scenes import DEFINITIONS, RUNTIME, Scene, varied
from tests.truth.ways import wrapped

_FLAG = re.compile(r"\bflag\(\"(\w+)\"\)")


@dataclass(frozen=True, slots=True)
class Case:
    """One package: what it is made of, and its files by their paths in it.

    `decided` says that nothing of it may be undecided, `guess` that every safe fix of it would be one.
    """

    features: tuple[str, ...]
    files: Mapping[str, str]
    package: str = "pkg"
    decided: bool = False
    guess: bool = False

    @property
    def flags(self) -> tuple[str, ...]:
        return tuple(sorted({name for text in self.files.values() for name in _FLAG.findall(text)}))

    @property
    def name(self) -> str:
        return " + ".join(self.features)

    def on_disk(self) -> Iterator[tuple[str, str]]:
        yield f"{self.package}/__init__.py", self.files.get("__init__.py", "")
        for path, text in self.files.items():
            yield f"{self.package}/{path}", text

    def shown(self) -> str:
        """The files that are not the same in every package."""
        own = (f"# {path}\n{text}" for path, text in sorted(self.files.items()) if text != DEFINITIONS)
        return "\n".join(own)


def case(scene: Scene, variant: str = "as it is", ways: Sequence[str] = (), twin: str = "cm") -> Case:
    """Make a scene's variant, in which `cm` or `gen` comes to `d` in some ways."""
    files = {"d.py": DEFINITIONS, **dict(varied(scene.files, variant))}
    features = [f"{scene.title}: {variant}", *(f"way: {way}" for way in ways)]
    if ways:
        files |= wrapped(ways, twin)
    return Case(tuple(features), files, decided=scene.decided and variant == "as it is")


def write(root: Path, cases: Iterable[Case], *, marker: str = "pyproject.toml") -> None:
    """Write a project of some packages; `marker` is what says where its root is."""
    root.mkdir(parents=True, exist_ok=True)
    if marker == ".git":
        (root / ".git").mkdir()
    elif marker:
        (root / marker).write_text("", encoding="utf-8")
    texts = {"rt.py": RUNTIME}
    for one in cases:
        texts |= dict(one.on_disk())
    for path, text in texts.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")


def numbered(cases: Sequence[Case]) -> list[Case]:
    """The cases as packages of one project: no name of one is a name of another."""
    return [_renamed(one, number) for number, one in enumerate(cases)]


def _renamed(one: Case, number: int) -> Case:
    names = set().union(*(own_names(ast.parse(text)) for text in one.files.values()))
    word = re.compile(r"\b(?:" + "|".join(sorted(names, key=len, reverse=True)) + r")\b")
    files = {word.sub(rf"\g<0>_{number}", path): word.sub(rf"\g<0>_{number}", text) for path, text in one.files.items()}
    return replace(one, files=files, package=f"p{number}")


def own_names(tree: ast.Module) -> set[str]:
    """What a module gives a name to, save modules, `self` and special methods."""
    found: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                found.add(name)
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()) | ast.arg(arg=name):
                found.add(name)
            case ast.ImportFrom(level=1, module=str(), names=aliases):
                found |= {alias.asname or alias.name for alias in aliases}
    return {
        name for name in found if not name.startswith(("__", "go")) and name not in KEPT and not hasattr(builtins, name)
    }


KEPT = {
    *(
        "use",
        "conftest",
        "self",
        "cls",
        "v",
        "x",
        "kw",
        "rt",
        "flag",
        "*",
        "_",
        "name",
        "key",
        "function",
        "sleep",
        "TYPE_CHECKING",
    ),
    *("cell_contents", "request", "monkeypatch", "metafunc", "pytestmark", "pytest_generate_tests", "setUp"),
    *("asyncSetUp", "setUpClass", "setup_method", "setup_module"),
}
"""Names that mean nothing to anybody else, or that Python itself gives a meaning."""
