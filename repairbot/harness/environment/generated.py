"""Files that building leaves in the target's tree, such as a `_version.py`: kept, and put into every pristine copy."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterable
from pathlib import Path

SIZE_LIMIT = 200 * 1024 * 1024
COUNT_LIMIT = 5000
_NOT_KEPT = {"__pycache__", "build", "dist", ".venv", "venv", "node_modules", ".git", ".tox", ".nox"}


def files_of(tree: Path) -> frozenset[str]:
    """The regular files of a tree, relative to it; links are neither listed nor followed."""
    found = set()
    for folder, folders, names in os.walk(tree):
        folders[:] = [name for name in folders if name not in _NOT_KEPT]
        for name in names:
            path = Path(folder, name)
            if stat.S_ISREG(path.lstat().st_mode):
                found.add(path.relative_to(tree).as_posix())
    return frozenset(found)


def keep(tree: Path, names: Iterable[str], store: Path) -> tuple[str, ...]:
    """Copy files of a tree that target code has written to; a link that has taken a file's place is passed over."""
    kept: list[str] = []
    size = 0
    for name in sorted(names):
        source, place = tree / name, store / name
        if len(kept) == COUNT_LIMIT or _through_link(tree, name):
            continue
        size += source.lstat().st_size
        if size > SIZE_LIMIT:
            break
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, place, follow_symlinks=False)
        place.chmod(0o644 | (source.lstat().st_mode & 0o111))
        kept.append(name)
    return tuple(kept)


def put_back(store: Path, names: Iterable[str], tree: Path) -> None:
    """Add kept files to a pristine tree; what the tree has of its own stays."""
    for name in names:
        place = tree / name
        if _through_link(tree, name) or place.exists():
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(store / name, place, follow_symlinks=False)


def _through_link(tree: Path, name: str) -> bool:
    parts = name.split("/")
    return any((tree / "/".join(parts[: depth + 1])).is_symlink() for depth in range(len(parts)))
