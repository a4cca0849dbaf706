"""The configuration files of a target tree, read and never run: small regular files only, no symbolic links."""

from __future__ import annotations

import configparser
import os
import stat
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

SIZE_LIMIT = 1_000_000

Table = Mapping[str, object]


@dataclass
class ConfigFiles:
    """Reads files of one tree by their path relative to `root`; `refused` maps what was not read to the reason."""

    root: Path
    refused: dict[str, str] = field(default_factory=dict)

    def text(self, relative: str) -> str | None:
        """The file's text, or None when it is not there or refused."""
        data = self._bytes(relative)
        if data is None:
            return None
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            self.refused[relative] = "it is not UTF-8"
            return None

    def toml(self, relative: str) -> Table:
        text = self.text(relative)
        if text is None:
            return {}
        try:
            return tomllib.loads(text)
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            self.refused[relative] = f"it is not TOML ({error})"
            return {}

    def ini(self, relative: str) -> Table:
        """Section → key → text, without interpolation."""
        text = self.text(relative)
        if text is None:
            return {}
        parser = configparser.RawConfigParser(strict=False)
        try:
            parser.read_string(text)
        except configparser.Error as error:
            self.refused[relative] = f"it is not an ini file ({error.__class__.__name__})"
            return {}
        return {name: dict(parser.items(name)) for name in parser.sections()}

    def names(self, folder: str = "") -> tuple[str, ...]:
        """Names of the regular files in a folder, sorted; none when the folder is a link or missing."""
        path = self.root / folder
        if self._linked(folder) or not path.is_dir():
            return ()
        with os.scandir(path) as entries:
            return tuple(sorted(entry.name for entry in entries if entry.is_file(follow_symlinks=False)))

    def exists(self, relative: str) -> bool:
        path = self.root / relative
        return not self._linked(relative) and path.is_file() and not path.is_symlink()

    def _linked(self, relative: str) -> bool:
        parts = [part for part in relative.split("/") if part]
        return ".." in parts or any((self.root / Path(*parts[: n + 1])).is_symlink() for n in range(len(parts)))

    def _bytes(self, relative: str) -> bytes | None:
        path = self.root / relative
        if not path.exists() and not path.is_symlink():
            return None
        if self._linked(relative):
            self.refused[relative] = "it is a symbolic link, or lies outside the tree"
            return None
        with open(path, "rb", opener=_without_links) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                self.refused[relative] = "it is not a regular file"
            elif status.st_size > SIZE_LIMIT:
                self.refused[relative] = f"it is larger than {SIZE_LIMIT:,} bytes"
            else:
                return file.read(SIZE_LIMIT)
        return None


def _without_links(path: str, flags: int) -> int:
    # Non-blocking: opening a pipe must not wait for somebody to write.
    return os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK)


def table(document: object, *keys: str) -> Table:
    """The table under nested keys; empty when anything on the way is missing or not a table."""
    for key in keys:
        document = document.get(key) if isinstance(document, Mapping) else None
    return document if isinstance(document, Mapping) else {}


def word(document: object, key: str) -> str | None:
    value = table(document).get(key)
    return value if isinstance(value, str) else None


def words(value: object) -> tuple[str, ...]:
    """The strings of a list, or the one string as a list of lines."""
    if isinstance(value, str):
        return tuple(line.strip() for line in value.splitlines() if line.strip())
    if isinstance(value, Iterable) and not isinstance(value, Mapping):
        return tuple(item for item in value if isinstance(item, str))
    return ()
