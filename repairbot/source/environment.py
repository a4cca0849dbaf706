"""An installed environment as a library: what is in its site-packages, read and never run."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from repairbot.errors import UsageError
from repairbot.source.paths import read_file, shown


@dataclass(frozen=True, slots=True)
class Environment:
    """Folders and name mappings that Python would import from, all absolute."""

    folders: tuple[str, ...]
    mapped: Mapping[str, str]


def environment_at(folder: Path) -> Environment:
    """The environment named by the user. Raises UsageError when there is none."""
    if not folder.is_dir():
        raise UsageError(f"--env {shown(str(folder))}: no such directory; name a virtual environment's directory")
    if found := read_environment(folder):
        return found
    raise UsageError(f"--env {shown(str(folder))}: no site-packages in it; name the directory that holds pyvenv.cfg")


def read_environment(folder: Path) -> Environment | None:
    """What the directory's site-packages offer, or None when it has none."""
    sites = list(_site_packages(folder))
    if not sites:
        return None
    if _setting(folder, "include-system-site-packages") == "true" and (home := _setting(folder, "home")):
        sites += [site for site in _site_packages(Path(home).parent) if site not in sites]
    folders, mapped = list(sites), dict[str, str]()
    for site in sites:
        folders += [added for added in _path_lines(site) if added not in folders]
        mapped |= _editable_mappings(site)
    return Environment(tuple(folders), mapped)


def _site_packages(folder: Path) -> Iterator[str]:
    if folder.name == "site-packages":
        yield os.path.abspath(folder)
    version = ".".join((_setting(folder, "version") or _setting(folder, "version_info")).split(".")[:2])
    found = [
        *folder.glob("lib/*/site-packages"),
        *folder.glob("lib/*/dist-packages"),
        *folder.glob("Lib/site-packages"),
    ]
    exact = [site for site in found if version and site.parent.name == f"python{version}"]
    for site in exact or sorted(found):
        if site.is_dir():
            yield os.path.abspath(site)


def _setting(folder: Path, key: str) -> str:
    for line in _text(folder / "pyvenv.cfg").splitlines():
        name, _, value = line.partition("=")
        if name.strip().lower() == key:
            return value.strip()
    return ""


def _path_lines(site: str) -> Iterator[str]:
    for file in sorted(Path(site).glob("*.pth")):
        for line in _text(file).splitlines():
            entry = line.strip()
            # `import` lines are code, which `site` would run.
            if entry and not entry.startswith(("#", "import ", "import\t")):
                folder = os.path.normpath(os.path.join(site, entry))
                if os.path.isdir(folder):
                    yield folder


def _editable_mappings(site: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for file in sorted(Path(site).glob("__editable__*_finder.py")):
        try:
            tree = ast.parse(_text(file))
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        for statement in tree.body:
            found |= _literal_mapping(statement)
    return found


def _literal_mapping(statement: ast.stmt) -> dict[str, str]:
    match statement:
        case ast.AnnAssign(target=ast.Name("MAPPING"), value=ast.Dict(keys=keys, values=values)):
            pass
        case ast.Assign(targets=[ast.Name("MAPPING")], value=ast.Dict(keys=keys, values=values)):
            pass
        case _:
            return {}
    return {
        key.value: os.path.normpath(value.value)
        for key, value in zip(keys, values, strict=True)
        if isinstance(key, ast.Constant) and isinstance(value, ast.Constant)
        if isinstance(key.value, str) and isinstance(value.value, str) and os.path.isabs(value.value)
    }


def _text(file: Path) -> str:
    try:
        return read_file(str(file), follow=True).decode("utf-8-sig", errors="surrogateescape")
    except OSError:
        return ""
