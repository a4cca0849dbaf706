"""The version of the installed program."""

from __future__ import annotations


def version() -> str:
    """As its package metadata says; "unknown" for a checkout that is not installed."""
    from importlib import metadata

    try:
        return metadata.version("repairbot")
    except metadata.PackageNotFoundError:
        return "unknown"
