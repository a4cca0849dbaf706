"""What an environment holds, read from the folders that installers leave in it; nothing is run."""

from __future__ import annotations

import os
import re
from pathlib import Path


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


def _distributions(venv: Path) -> list[tuple[str, str, Path]]:
    found = []
    for info in venv.glob("lib*/python3*/site-packages/*.dist-info"):
        match = re.fullmatch(r"([A-Za-z0-9._]+)-([A-Za-z0-9.+!_]+)\.dist-info", info.name)
        if match is not None and not (venv / info.relative_to(venv).parts[0]).is_symlink():  # lib64 is lib again
            found.append((bare_name(match[1]), match[2], info))
    return found


def _is_direct(info: Path) -> bool:
    return os.path.lexists(info / "direct_url.json")
