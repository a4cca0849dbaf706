"""Real files in a temporary directory, and the snapshot of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from repairbot.source.snapshot import Snapshot

Files = Mapping[str, str | bytes]
Write = Callable[[Files], Path]
Snap = Callable[[Files], Snapshot]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes files below one root and gives the root."""
    root = tmp_path / "root"

    def write_files(files: Files) -> Path:
        root.mkdir(exist_ok=True)
        for path, content in files.items():
            place = root / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content if isinstance(content, bytes) else content.encode())
        return root

    return write_files


@pytest.fixture
def snap(write: Write) -> Snap:
    """Writes files and gives the snapshot of their root."""
    return lambda files: Snapshot.of([write(files)])
