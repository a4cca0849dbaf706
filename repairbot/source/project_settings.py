"""What project files declare about the import path: pytest's `pythonpath`, setuptools' package folders."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import normpath
from typing import Any

from repairbot.source.layout import Declared, folder_of
from repairbot.source.tree import Tree

_SIZE_LIMIT = 1_000_000


def declared(tree: Tree) -> Iterator[Declared]:
    """What all project files of the tree declare; a file that cannot be read declares nothing."""
    for path in tree.settings_files():
        owner = folder_of(path)
        for package, place in _entries(path[len(owner) :], _text(tree, path)):
            inside = _inside(owner, place)
            if inside is not None:
                yield Declared(owner, package, inside)


def _text(tree: Tree, path: str) -> str:
    try:
        data = tree.read(path)
        return data.decode("utf-8-sig") if len(data) <= _SIZE_LIMIT else ""
    except (OSError, UnicodeDecodeError):
        return ""


def _entries(name: str, text: str) -> Iterator[tuple[str, str]]:
    """Pairs of a package name ("" for an import root) and a folder relative to the file."""
    if name == "pyproject.toml":
        yield from _from_toml(text)
    elif name in ("setup.cfg", "pytest.ini", "tox.ini"):
        yield from _from_ini(text)


def _from_toml(text: str) -> Iterator[tuple[str, str]]:
    if "pythonpath" not in text and "setuptools" not in text:
        return
    import tomllib  # as configparser below: imported only by a target that declares something

    try:
        tool = _table(tomllib.loads(text), "tool")
    except (tomllib.TOMLDecodeError, RecursionError):
        return
    pytest = _table(_table(tool, "pytest"), "ini_options")
    setuptools = _table(tool, "setuptools")
    for place in _words(pytest.get("pythonpath")):
        yield "", place
    packages = setuptools.get("packages")
    for place in _words(_table(packages, "find").get("where")):
        yield "", place
    for package, place in _table(setuptools, "package-dir").items():
        if isinstance(place, str):
            yield package, place


def _from_ini(text: str) -> Iterator[tuple[str, str]]:
    if "pythonpath" not in text and "where" not in text and "package_dir" not in text:
        return
    import configparser

    ini = configparser.RawConfigParser(strict=False)
    try:
        ini.read_string(text)
    except configparser.Error:
        return
    for section in ("pytest", "tool:pytest"):
        for place in _words(ini.get(section, "pythonpath", fallback="")):
            yield "", place
    for place in _words(ini.get("options.packages.find", "where", fallback="")):
        yield "", place
    for line in ini.get("options", "package_dir", fallback="").splitlines():
        package, equals, place = line.partition("=")
        if equals:
            yield package.strip(), place.strip()


def _table(value: Any, key: str) -> dict[str, Any]:
    inner = value.get(key) if isinstance(value, dict) else None
    return inner if isinstance(inner, dict) else {}


def _words(value: Any) -> list[str]:
    if isinstance(value, str):
        return value.split()
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _inside(folder: str, place: str) -> str | None:
    """The root-relative folder, or None when it lies outside."""
    path = normpath(f"{folder}{place}")
    if path.startswith(("/", "../")) or path == "..":
        return None
    return "" if path == "." else f"{path}/"
