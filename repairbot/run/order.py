"""What one job is asked to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Order:
    """`path` is the repository, or a folder in it that narrows what is reported; with `repository` (OWNER/NAME) it is
    cloned from `server` instead, with `token` if there is one.

    `out` is where the proposal goes, None for a folder of ours; `config` and `flags` are as for a scan; `environ` is
    the environment that settings and interpreters are looked up in. `trust`: target code may run without isolation.
    `identity` names the target between runs where its place does not. `templates` are of the operator's own.
    """

    path: Path
    repository: str | None
    server: str
    token: str | None
    out: Path | None
    config: Path | None
    flags: Mapping[str, object]
    environ: Mapping[str, str]
    write_test: bool = False
    trust: bool = False
    authors: bool = False
    identity: str | None = None
    templates: Path | None = None
