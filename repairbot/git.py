"""The rim to git: every call runs with settings under which a hostile repository starts no program."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

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
    "LC_ALL": "C",
}
_PATIENCE = 60.0  # seconds; a hostile `core.excludesFile` can be a pipe that never ends


class GitFailed(Exception):
    """Git gave up or hung; the text is one clause."""


class GitAbsent(GitFailed):
    """There is no git program, or no repository."""


def ignored_paths(root: Path) -> frozenset[str]:
    """What git ignores under a root that holds `.git`: files, and whole directories with a final "/".

    Raises GitFailed, GitAbsent.
    """
    # An explicit directory and work tree: the repository's own `core.worktree` could point elsewhere.
    place = (f"--git-dir={root / '.git'}", f"--work-tree={root}")
    output = run_safely(root, *place, "ls-files", "--others", "--ignored", "--exclude-standard", "--directory", "-z")
    return frozenset(os.fsdecode(name) for name in output.split(b"\0") if name)


def run_safely(folder: Path, *arguments: str) -> bytes:
    """Run a git command that reads only, in `folder`, and give its output. Raises GitFailed."""
    flags = [part for setting in SAFE_SETTINGS for part in ("-c", setting)]
    try:
        done = subprocess.run(
            ["git", *flags, *arguments],
            cwd=folder,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
        )
    except FileNotFoundError:
        raise GitAbsent("git is not installed") from None
    except subprocess.TimeoutExpired:
        raise GitFailed(f"git gave no answer within {_PATIENCE:.0f} seconds") from None
    except OSError as error:
        raise GitFailed(f"git could not be started: {error.strerror}") from None
    if done.returncode:
        complaint = done.stderr.decode(errors="replace").strip().splitlines()
        text = complaint[-1] if complaint else f"git ended with status {done.returncode}"
        raise GitAbsent(text) if "not a git repository" in text else GitFailed(text)
    return done.stdout


def _environment() -> dict[str, str]:
    ours = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return ours | SAFE_ENVIRONMENT
