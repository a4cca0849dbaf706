"""The inputs of action.yml as checked values. Those that are keys of the configuration reach it by their own names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from repairbot.errors import UsageError

MODES = ("dry-run", "propose", "publish", "run")
_TRUTHS = {"": False, "false": False, "true": True}


@dataclass(frozen=True, slots=True)
class Inputs:
    """`paths` empty means the checkout; `proposal` is the folder to publish."""

    mode: str
    paths: tuple[str, ...]
    repository: str | None
    since: str | None
    proposal: Path | None
    fail_on_findings: bool
    write_test: bool
    trust_repo: bool


def inputs(environ: Mapping[str, str]) -> Inputs:
    """Raises UsageError."""
    mode = _text(environ, "MODE") or "dry-run"
    if mode not in MODES:
        raise UsageError(f"input `mode`: {mode!r} is none; write {', '.join(MODES[:-1])} or {MODES[-1]}")
    proposal = _text(environ, "PROPOSAL")
    read = Inputs(
        mode=mode,
        paths=tuple(line.strip() for line in environ.get("INPUT_PATHS", "").splitlines() if line.strip()),
        repository=_text(environ, "REPOSITORY"),
        since=_text(environ, "SINCE"),
        proposal=Path(proposal) if proposal else None,
        fail_on_findings=_truth(environ, "FAIL_ON_FINDINGS"),
        write_test=_truth(environ, "WRITE_TEST"),
        trust_repo=_truth(environ, "TRUST_REPO"),
    )
    _check(read)
    return read


def _check(read: Inputs) -> None:
    if (read.mode == "publish") != (read.proposal is not None):
        raise UsageError("input `proposal`: the folder that mode `propose` left, for mode `publish` and for no other")
    if read.mode == "dry-run" and read.repository is not None:
        raise UsageError(
            "input `repository`: a dry run looks at the checkout; check that repository out first (actions/checkout "
            "has an input `repository`), or use mode `propose`"
        )
    if read.mode != "dry-run" and read.since is not None:
        raise UsageError("input `since`: only for mode `dry-run`; the other modes work on the whole commit")
    if read.mode in {"propose", "run"} and len(read.paths) > 1:
        raise UsageError("input `paths`: mode `propose` works on one repository; give one path, or none")
    if read.repository is not None and read.paths:
        raise UsageError("inputs `repository` and `paths`: give one of them")


def _text(environ: Mapping[str, str], name: str) -> str | None:
    return environ.get(f"INPUT_{name}", "").strip() or None


def _truth(environ: Mapping[str, str], name: str) -> bool:
    said = environ.get(f"INPUT_{name}", "").strip().lower()
    if said not in _TRUTHS:
        raise UsageError(f"input `{name.lower().replace('_', '-')}`: expected true or false, got {said!r}")
    return _TRUTHS[said]
