"""Writes a commit's files as a plain folder: entries and contents in, files out, with what was refused and why."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from repairbot.git.objects import Entry

_DEEPEST = 100
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW


@dataclass(frozen=True, slots=True)
class Refused:
    """An entry of a commit that is not written, with the reason as one clause."""

    path: str
    reason: str


def refusal(entry: Entry) -> Refused | None:
    """Why this entry must not be written, judged by its kind and name alone."""
    parts = entry.path.split("/")
    if entry.mode == "120000":
        return Refused(entry.path, "a symbolic link, which is never followed")
    if not entry.is_file:
        return Refused(entry.path, "a submodule, which is not fetched")
    if any(part in ("", ".", "..") for part in parts):
        return Refused(entry.path, "a path that leads elsewhere")
    if any(_is_git(part) for part in parts):
        return Refused(entry.path, "a path into a .git folder")
    if len(parts) > _DEEPEST or any(len(os.fsencode(part)) > 255 for part in parts):
        return Refused(entry.path, "a path too long or too deep")
    return None


def _is_git(name: str) -> bool:
    """Also by the names that other file systems take for it: .GIT, ".git.", git~1, and with unseen characters."""
    seen = "".join(character for character in name if character.isprintable() or "\udc80" <= character <= "\udcff")
    return seen.casefold().rstrip(" .").partition(":")[0] in (".git", "git~1")


def write(folder: Path, files: Iterable[tuple[Entry, bytes]]) -> list[Refused]:
    """Write into an empty folder of ours. No name in the tree, however made, leads out of the folder."""
    refused = []
    # Others on this machine may list no folder of ours; who runs a copy owns it.
    folder.mkdir(mode=0o700)
    top = os.open(folder, _FOLDER)
    try:
        for entry, content in files:
            found = refusal(entry)
            if found is None and not _write(top, entry, content):
                found = Refused(entry.path, "its name clashes with another one on this file system")
            if found is not None:
                refused.append(found)
    finally:
        os.close(top)
    return refused


def _write(top: int, entry: Entry, content: bytes) -> bool:
    *folders, name = entry.path.split("/")
    here = os.dup(top)
    try:
        for folder in folders:
            here = _entered(here, folder)
        file = os.open(name, _NEW_FILE, 0o600, dir_fd=here)
    except (FileExistsError, NotADirectoryError):
        return False
    finally:
        os.close(here)
    with os.fdopen(file, "wb") as stream:
        stream.write(content)
        os.fchmod(stream.fileno(), 0o755 if entry.mode == "100755" else 0o644)
    return True


def _entered(here: int, name: str) -> int:
    """The folder below, made if it is missing; the one above is closed."""
    try:
        below = os.open(name, _FOLDER, dir_fd=here)
    except FileNotFoundError:
        os.mkdir(name, 0o755, dir_fd=here)
        below = os.open(name, _FOLDER, dir_fd=here)
        os.fchmod(below, 0o755)
    os.close(here)
    return below
