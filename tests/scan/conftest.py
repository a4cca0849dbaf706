"""Tests of a scan write files and take snapshots as those of the source layer do."""

from __future__ import annotations

from tests.source.conftest import snap, write

__all__ = ["snap", "write"]
