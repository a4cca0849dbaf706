"""Environments kept between runs, each under the hash of what decides it."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from repairbot.harness.environment.environment import Environment
from repairbot.harness.environment.fallbacks import Rung
from repairbot.harness.environment.provision import Wishes
from repairbot.harness.sandbox.sandbox import Sandbox
from repairbot.plain import decoded, encoded

FORMAT = 1
_DESCRIPTION = "environment.json"
_DECIDING = re.compile(
    r"(pyproject\.toml|setup\.(py|cfg)|.*\.lock|Pipfile|tox\.(ini|toml)|noxfile\.py|environment.*\.ya?ml|MANIFEST\.in|"
    r"\.python-version|runtime\.txt|\.?pytest\.(ini|toml)|(.*require.*|test.*|dev.*|base|main|ci|all)\.(txt|in)|"
    r".*\.(c|cc|cpp|cxx|h|hpp|pyx|pxd|rs)|Cargo\.toml|CMakeLists\.txt|meson\.build)"
)
_DEPTH = 4
_NEVER = {".git", "node_modules", "__pycache__"}


def key_of(tree: Path, rungs: tuple[Rung, ...], wishes: Wishes, sandbox: Sandbox) -> str:
    """The hash of all that decides what is installed, and where inside it lies."""
    digest = hashlib.sha256()
    parts = [str(FORMAT), sandbox.at("venv"), repr(wishes), *(repr(rung) for rung in rungs)]
    for part in (*parts, *_packages(tree)):
        digest.update(part.encode("utf-8", "surrogateescape") + b"\0")
    for path in _deciding_files(tree):
        digest.update(os.fsencode(path.relative_to(tree)) + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _deciding_files(tree: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(tree):
        folders[:] = sorted(name for name in folders if name not in _NEVER)
        if Path(folder).relative_to(tree).parts[_DEPTH:]:
            folders.clear()
        for name in sorted(names):
            path = Path(folder, name)
            if _DECIDING.fullmatch(name) and path.is_file() and not path.is_symlink():
                yield path


def _packages(tree: Path) -> list[str]:
    """The names that an editable install maps to folders when it is made."""
    folders = (place for root in (tree, tree / "src") if root.is_dir() for place in root.iterdir())
    return sorted(str(place.relative_to(tree)) for place in folders if place.is_dir() or place.suffix == ".py")


def load(store: Path, key: str) -> Environment | None:
    """The environment kept under the key; None when there is none that can be used."""
    folder = store / key
    try:
        found = json.loads((folder / _DESCRIPTION).read_text(encoding="utf-8"))
        environment = replace(decoded(Environment, found), folder=folder, reused=True)
    except (OSError, ValueError, TypeError):
        return None
    usable = environment.interpreter.path.is_file() and (folder / "venv" / "bin").is_dir()
    return environment if usable else None


def keep(store: Path, key: str, environment: Environment) -> Environment:
    """Move a new environment to its place, or describe a kept one anew."""
    folder = store / key
    if environment.folder != folder:
        store.mkdir(parents=True, exist_ok=True)
        with suppress(OSError):  # another run was quicker: then ours stays where it is
            environment.folder.rename(folder)
            environment = replace(environment, folder=folder)
    if environment.folder == folder:
        temporary = folder / f"{_DESCRIPTION}.{os.getpid()}"
        temporary.write_text(json.dumps(encoded(environment)), encoding="utf-8")
        temporary.replace(folder / _DESCRIPTION)
    return environment
