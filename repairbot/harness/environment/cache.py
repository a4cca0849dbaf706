"""Environments kept between runs, each under the hash of what decides it."""

from __future__ import annotations

import hashlib
import json
import os
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from repairbot.harness import leftovers
from repairbot.harness.environment.environment import Environment
from repairbot.harness.environment.fallbacks import Rung
from repairbot.harness.environment.provision import Wishes
from repairbot.harness.sandbox.sandbox import Sandbox
from repairbot.harness.sandbox.values import Kind
from repairbot.plain import decoded, encoded

FORMAT = 2
KEPT = 4  # environments of one target
_IN_USE = 6 * 3600.0  # seconds for which a job may still need one
_DESCRIPTION = "environment.json"
_CODE = (".py", ".pyi")
# A requirement that an index answers, by name and version alone; anything else may be a path, and its build our code.
_PLAIN = re.compile(r"[A-Za-z0-9][\w.-]*\s*(\[[\w\s,.-]*\])?\s*(\(?[<>=!~][^@/]*)?(;[^@/]*)?")
_OPTIONS = re.compile(
    r"(--(hash|index-url|extra-index-url|no-index|pre|prefer-binary|only-binary|trusted-host)\b|-i\s).*"
)
_MORE = re.compile(r"(?:-r|-c|--requirement|--constraint)[=\s]*(?P<file>\S+)")


def key_of(tree: Path, rungs: tuple[Rung, ...], wishes: Wishes, sandbox: Sandbox) -> str:
    """Return the hash of all that decides what is installed, and where inside it lies.

    Where an installation may run code of the target, that is every byte of the tree: what one commit's code leaves in
    an environment no other commit gets to see.
    """
    digest = hashlib.sha256()
    parts = [str(FORMAT), sandbox.at("venv"), repr(wishes), *(repr(rung) for rung in rungs)]
    for part in (*parts, *_packages(tree)):
        digest.update(part.encode("utf-8", "surrogateescape") + b"\0")
    whole = sandbox.level.kind is Kind.SAME_USER or any(_may_run_code(rung, tree) for rung in rungs)
    for path in _files(tree):
        if whole or not path.name.endswith(_CODE):
            mode = b"x" if path.stat().st_mode & 0o100 else b"-"
            name = os.fsencode(path.relative_to(tree))
            digest.update(mode + name + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _may_run_code(rung: Rung, tree: Path) -> bool:
    """Whether trying the rung may run code of the tree; if only because we do not understand what it names."""
    recipe = rung.recipe
    if rung.shell is not None or recipe.editable or recipe.locked or recipe.workspace or recipe.groups:
        return True
    if not all(_PLAIN.fullmatch(one.strip()) for one in (*recipe.requirements, *recipe.grouped)):
        return True
    return any(_names_more(tree, file, frozenset()) for file in recipe.files)


def _names_more(tree: Path, file: str, seen: frozenset[str]) -> bool:
    """Whether a requirements file may name anything but what an index has; those that it includes count."""
    path = tree / file
    if file in seen or path.is_symlink() or not path.is_file() or ".." in Path(file).parts:
        return True
    text = path.read_text(encoding="utf-8", errors="replace").replace("\\\n", " ")
    for line in (re.sub(r"(^|\s)#.*", "", raw).strip() for raw in text.splitlines()):
        more = _MORE.fullmatch(line)
        if more is not None:
            if _names_more(tree, os.path.normpath(Path(file).parent / more["file"]), seen | {file}):
                return True
        elif line and not _OPTIONS.fullmatch(line) and not _PLAIN.fullmatch(re.sub(r"\s--hash=\S+", "", line)):
            return True
    return False


def _files(tree: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(tree):
        folders.sort()
        for path in (Path(folder, name) for name in sorted(names)):
            if path.is_file() and not path.is_symlink():
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
    if usable:
        (folder / _DESCRIPTION).touch()
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
        _forget_old(store, folder)
    return environment


def _forget_old(store: Path, new: Path) -> None:
    """Remove environments of earlier commits but for a few; none that a job of today may still use."""
    used = sorted(
        ((path.stat().st_mtime, path.parent) for path in store.glob(f"*/{_DESCRIPTION}") if path.parent != new),
        reverse=True,
    )
    for when, folder in used[KEPT - 1 :]:
        if when < time.time() - _IN_USE:
            leftovers.remove(folder)
