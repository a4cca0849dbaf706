"""The same room on the stack for the same work, whoever asks for it and from however deep."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

# What Python gives a program by default, so the deepest file it parses for anybody.
FOR_A_PARSER = 1_000
# Enough for three calls on each level of the deepest file that is parsed.
FOR_A_FILE = 10_000


@contextmanager
def room(frames: int) -> Iterator[None]:
    """Let the block use so many frames beyond those in use; RecursionError comes at the same place in each of them."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(_depth() + frames)
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


def _depth() -> int:
    frame: FrameType | None = sys._getframe()  # noqa: SLF001 - `inspect` would read the source of every frame
    depth = 0
    while frame is not None:
        depth += 1
        frame = frame.f_back
    return depth
