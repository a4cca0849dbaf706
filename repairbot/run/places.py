"""Where a job keeps things outside of the target: environments between runs, and the proposal it leaves."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping
from pathlib import Path

from repairbot.errors import UsageError
from repairbot.git.source import Source

EVIDENCE = "evidence.json"


def cache_for(identity: str, environ: Mapping[str, str]) -> Path:
    """The folder for what is kept of one target, made if it is missing; `identity` is its path or address.

    Raises UsageError.
    """
    name = hashlib.sha256(identity.encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return _made(_home(environ, "XDG_CACHE_HOME", ".cache") / "repairbot" / name)


def proposal_for(name: str, commit: str, environ: Mapping[str, str]) -> Path:
    """The proposal's folder where none is given: the same for the same target and commit."""
    readable = re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-.") or "target"
    folder = _made(_home(environ, "XDG_STATE_HOME", ".local/state") / "repairbot" / "proposals")
    return folder / f"{readable}-{commit[:12]}"


def check_out(out: Path, source: Source) -> None:
    """Raise UsageError for a folder that must not become, or be replaced by, a proposal."""
    place = Path(os.path.realpath(out))
    inside = [folder for folder in (source.root, source.git_dir) if folder is not None]
    if any(place.is_relative_to(Path(os.path.realpath(folder))) for folder in inside):
        raise UsageError(f"--out {out}: that lies in the repository, which `run` never writes to; name another folder")
    if not place.parent.is_dir():
        raise UsageError(f"--out {out}: there is no directory {place.parent}; create it first")
    if os.path.lexists(place) and not place.is_dir():
        raise UsageError(f"--out {out}: that is no directory; name a new one")
    if place.is_dir() and any(place.iterdir()) and not (place / EVIDENCE).is_file():
        raise UsageError(f"--out {out}: that directory holds other things; name a new one, or an earlier proposal")


def _home(environ: Mapping[str, str], variable: str, usual: str) -> Path:
    named = Path(environ.get(variable, ""))
    if named.is_absolute():  # what is relative is to be ignored, says the XDG specification
        return named
    return Path(environ.get("HOME") or Path.home()) / usual


def _made(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            f"{folder}: cannot be created ({error.strerror}); set XDG_CACHE_HOME and XDG_STATE_HOME to folders of yours"
        ) from None
    return folder
