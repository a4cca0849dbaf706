"""The only place that builds commands which start our own Python: nothing of a target is imported there."""

from __future__ import annotations

import site
import sys
from pathlib import Path


def module_command(module: str, *words: str) -> list[str]:
    """Return the command that runs a module of ours, whatever the current directory and PYTHON* variables hold."""
    return [sys.executable, *_isolation(), "-m", module, *words]


def program_command(file: str, *words: str) -> list[str]:
    """Return the command that runs one file of ours with the standard library alone."""
    return [sys.executable, "-I", "-S", "-B", file, *words]


def _isolation() -> tuple[str, ...]:
    """Return `-I`, or the same without `-s` where we lie in the user's own site-packages (`pip install --user`)."""
    ours = Path(__file__).resolve()
    at_home = site.ENABLE_USER_SITE and ours.is_relative_to(Path(site.getusersitepackages()).resolve())
    return ("-E", "-P") if at_home else ("-I",)
