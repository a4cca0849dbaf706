"""The rim to git: every call runs with settings under which a hostile repository starts no program."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from repairbot.process import tools

SAFE_SETTINGS = (
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "protocol.ext.allow=never",
    "submodule.recurse=false",
    "safe.bareRepository=explicit",
    "core.pager=cat",
    "core.sshCommand=false",
    "credential.helper=",
    "core.askPass=",
    "commit.gpgSign=false",
    "core.attributesFile=/dev/null",
)
SAFE_ENVIRONMENT = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_LFS_SKIP_SMUDGE": "1",
    # A partial clone fetches missing objects on its own, and `remote.*.uploadpack` names a program to fetch with.
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    # A replacement would show other content under a commit's name.
    "GIT_NO_REPLACE_OBJECTS": "1",
    "LC_ALL": "C",
}
NO_EXTRA: Mapping[str, str] = {}
_PATIENCE = 60.0  # seconds; a hostile `core.excludesFile` can be a pipe that never ends
_QUICK = 5.0


class GitFailed(Exception):
    """Git gave up or hung; the text is one clause."""


class GitAbsent(GitFailed):
    """There is no git program, or no repository."""


class GitHung(GitFailed):
    """Git gave no answer in time."""


def ignored_paths(root: Path) -> frozenset[str]:
    """What git ignores under a root that holds `.git`: files, and whole directories with a final "/".

    Raises GitFailed, GitAbsent.
    """
    # An explicit directory and work tree: the repository's own `core.worktree` could point elsewhere.
    place = (f"--git-dir={root / '.git'}", f"--work-tree={root}")
    command = (*place, "ls-files", "--others", "--ignored", "--exclude-standard", "--directory", "-z")
    try:
        output = run_safely(root, *command, seconds=_QUICK)
    except GitHung:
        # It may only be slow: in a large tree, or on one that is read from far away.
        _check_ignore_files(root)
        output = run_safely(root, *command)
    return frozenset(os.fsdecode(name) for name in output.split(b"\0") if name)


def _check_ignore_files(root: Path) -> None:
    """Raises GitFailed for an ignore file that git would wait for ever to read, such as a pipe."""
    places = [root / ".git" / "info" / "exclude"]
    places += (Path(folder) / ".gitignore" for folder, _, files in os.walk(root) if ".gitignore" in files)
    for place in places:
        if place.exists() and not place.is_file():
            raise GitFailed(f"{place.relative_to(root)} is no regular file")


def run_safely(
    folder: Path,
    *arguments: str,
    stdin: bytes = b"",
    env: Mapping[str, str] = NO_EXTRA,
    seconds: float | None = None,
) -> bytes:
    """Run a git command in `folder` with safe settings and give its output. Raises GitFailed, GitAbsent.

    `env` adds to an environment that holds nothing of ours but PATH.
    """
    try:
        said = tools.capture(
            safe_command(*arguments),
            cwd=folder,
            env={**safe_environment(), **env},
            stdin=stdin,
            seconds=seconds or _PATIENCE,
        )
    except tools.ToolMissing as error:
        raise GitAbsent(str(error)) from None
    except tools.ToolHung as error:
        raise GitHung(str(error)) from None
    except OSError as error:
        raise GitFailed(str(error)) from None
    if said.returncode:
        raise GitAbsent(said.complaint) if "not a git repository" in said.complaint else GitFailed(said.complaint)
    return said.stdout


def safe_command(*arguments: str) -> list[str]:
    return ["git", *(part for setting in SAFE_SETTINGS for part in ("-c", setting)), *arguments]


def safe_environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", os.defpath), **SAFE_ENVIRONMENT}
