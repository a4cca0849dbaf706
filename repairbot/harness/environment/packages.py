"""What an environment holds, read from the folders that installers leave in it; nothing is run."""

from __future__ import annotations

import csv
import hashlib
import os
import re
import stat
from collections.abc import Container, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath

_OF_INSTALLERS = ("RECORD", "INSTALLER", "REQUESTED", "direct_url.json", "uv_cache.json", "uv_build.json")


def installed(venv: Path) -> tuple[str, ...]:
    """`name==version` of every distribution, sorted."""
    return tuple(sorted(f"{name}=={version}" for name, version, _ in _distributions(venv)))


def pinned(venv: Path) -> tuple[str, ...]:
    """The same without what came from a folder or a repository: no index may have that version."""
    found = _distributions(venv)
    return tuple(sorted(f"{name}=={version}" for name, version, info in found if not _is_direct(info)))


def bare_name(requirement: str) -> str:
    """The normalised name a requirement string begins with."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\s\[;<>=!~(@]", requirement, maxsplit=1)[0]).lower()


@dataclass(frozen=True, slots=True)
class Bare:
    """The files of an environment before anything is installed, relative to it, each with a digest of what it is."""

    files: Mapping[str, str]


def bare(venv: Path) -> Bare:
    return Bare({name: _digest(venv / name) for name in _entries(venv)})


def cleared(venv: Path, before: Bare) -> str | None:
    """Remove what no record of a distribution lists, which builds can write; the reason where more is wrong.

    A build that changes the environment itself, such as its interpreter, could not be undone by removing files.
    """
    kept = _recorded(venv)
    changed = []
    for name in _entries(venv):
        if name in before.files and name not in kept:
            if _digest(venv / name) != before.files[name]:
                changed.append(name)
        elif name not in kept and not _is_compiled(name, kept | before.files.keys()):
            (venv / name).unlink()
    return f"the installation changed the environment's own {min(changed)}" if changed else None


def _entries(venv: Path) -> list[str]:
    """Return the files and links of an environment; links are not followed."""
    found = []
    for folder, folders, files in os.walk(venv):
        links = [name for name in folders if Path(folder, name).is_symlink()]
        found += [os.path.relpath(Path(folder, name), venv) for name in (*files, *links)]
    return found


def _digest(path: Path) -> str:
    if path.is_symlink():
        return f"-> {os.fspath(path.readlink())}"
    status = path.lstat()
    return hashlib.sha256(path.read_bytes()).hexdigest() if stat.S_ISREG(status.st_mode) else "odd"


def _recorded(venv: Path) -> frozenset[str]:
    """Return what the distributions say they are made of, relative to the environment."""
    found: set[str] = set()
    for _, _, info in _distributions(venv):
        record = info / "RECORD"
        if record.is_symlink() or not record.is_file():
            continue
        with record.open(encoding="utf-8", errors="surrogateescape", newline="") as stream:
            names = [row[0] for row in csv.reader(stream) if row]
        names += [f"{info.name}/{name}" for name in _OF_INSTALLERS]
        found.update(os.path.normpath(os.path.relpath(info.parent / name, venv)) for name in names)
    return frozenset(found)


def _is_compiled(name: str, sources: Container[str]) -> bool:
    path = PurePath(name)
    if path.parent.name != "__pycache__" or path.suffix != ".pyc":
        return False
    return str(path.parent.parent / f"{path.name.partition('.')[0]}.py") in sources


def _distributions(venv: Path) -> list[tuple[str, str, Path]]:
    found = []
    for info in venv.glob("lib*/python3*/site-packages/*.dist-info"):
        match = re.fullmatch(r"([A-Za-z0-9._]+)-([A-Za-z0-9.+!_]+)\.dist-info", info.name)
        if match is not None and not (venv / info.relative_to(venv).parts[0]).is_symlink():  # lib64 is lib again
            found.append((bare_name(match[1]), match[2], info))
    return found


def _is_direct(info: Path) -> bool:
    return os.path.lexists(info / "direct_url.json")
