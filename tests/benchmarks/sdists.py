"""The pinned source distributions: fetched once, checked by hash, unpacked outside the repository."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import tarfile
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PINS = Path(__file__).with_name("sdists.toml")


class BenchmarkError(Exception):
    """Something that makes the figures worthless; the run ends with this sentence."""


@dataclass(frozen=True, slots=True)
class Sdist:
    """One pinned archive and the benchmarks it takes part in."""

    name: str
    version: str
    file: str
    sha256: str
    uses: tuple[str, ...]
    installed: tuple[str, ...]

    @property
    def folder(self) -> str:
        return self.file.removesuffix(".tar.gz")


def pinned(use: str) -> tuple[Sdist, ...]:
    """The archives of one benchmark, in the order of the pin file."""
    rows = tomllib.loads(PINS.read_text("utf-8"))["sdist"]
    return tuple(sdist for sdist in map(parse_pin, rows) if use in sdist.uses)


def parse_pin(row: dict[str, Any]) -> Sdist:
    lists = tuple(row["uses"]), tuple(row.get("installed", ()))
    return Sdist(row["name"], row["version"], row["file"], row["sha256"], *lists)


def default_cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "repairbot-benchmarks"


def unpacked(sdist: Sdist, cache: Path, unearth: str) -> Path:
    """The archive's tree as published: downloaded and unpacked on the first call, never built."""
    tree = cache / "trees" / sdist.folder
    if not tree.is_dir():
        archive = cache / "sdists" / sdist.file
        if not archive.is_file():
            download(sdist, archive.parent, unearth)
        check_hash(archive, sdist.sha256)
        unpack(archive, tree)
    return tree


def download(sdist: Sdist, into: Path, unearth: str) -> None:
    """Fetch one archive; `pip download` would build its metadata, which runs the project's own code."""
    into.mkdir(parents=True, exist_ok=True)
    # Every version of Python is claimed, because a source tree is only read here.
    command = [unearth, f"{sdist.name}=={sdist.version}", "--no-binary", "--py", "3.14.2", "--download", str(into)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode or not (into / sdist.file).is_file():
        raise BenchmarkError(f"{sdist.file} could not be downloaded: {done.stderr.strip() or done.stdout.strip()}")


def check_hash(archive: Path, expected: str) -> None:
    with archive.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    if found != expected:
        raise BenchmarkError(f"{archive} has the SHA-256 {found}, not the pinned {expected}: remove it and try again")


def unpack(archive: Path, tree: Path) -> None:
    """Unpack with the `data` filter, by way of a neighbour folder so that a broken run leaves no half tree."""
    half = tree.with_name(tree.name + ".part")
    shutil.rmtree(half, ignore_errors=True)
    with tarfile.open(archive, "r:gz") as tar:
        tar.extractall(half, filter="data")
    (top,) = half.iterdir()
    top.rename(tree)
    half.rmdir()


def tool_version(command: str, *arguments: str) -> str:
    """The first version number a tool prints about itself."""
    done = subprocess.run([command, *(arguments or ("--version",))], capture_output=True, text=True, check=False)
    found = re.search(r"\d+(?:\.\d+)+", done.stdout)
    if found is None:
        raise BenchmarkError(f"{command} does not run: install tests/benchmarks/requirements.txt and pass --tools")
    return found.group()
