"""Brings a repository from a server into a bare repository of ours; the token is known to that one command alone."""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from repairbot import git_own
from repairbot.errors import RepairbotError, UsageError
from repairbot.git import SAFE_ENVIRONMENT, SAFE_SETTINGS

_HEAD = "refs/repairbot/head"
_REFS = (f"+HEAD:{_HEAD}", "+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*")
_NAME = re.compile(r"(?!.*(?:^|/)\.\.?$)[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+")
_WHAT_TO_DO = {
    "could not read Username": "it is private or does not exist; check the name, and give a token that may read it",
    "not found": "it is private or does not exist; check the name, and give a token that may read it",
    "Authentication failed": "the token is not accepted; check that it is still valid and may read this repository",
    "couldn't find remote ref HEAD": "it has no commits yet",
    "Could not resolve host": "the server cannot be reached; check the connection",
}


class NotCloned(RepairbotError):
    """The server did not give the repository."""


def address(repository: str, server: str = "https://github.com") -> str:
    """The address of OWNER/NAME. Raises UsageError."""
    if not _NAME.fullmatch(repository):
        raise UsageError(f"--repo {repository!r}: write it as OWNER/NAME, for example encode/starlette")
    return f"{server.rstrip('/')}/{repository}.git"


def clone(url: str, path: Path, token: str | None = None, watch: Callable[[str], None] | None = None) -> Path:
    """All branches and tags of `url` in a new bare repository at `path`; `watch` is told git's own progress.

    Raises NotCloned with what to do.
    """
    from git import GitCommandError, RemoteProgress, Repo  # slow to import, and only here
    from git.cmd import handle_process_output

    class Told(RemoteProgress):
        def update(self, *_: object) -> None:
            if watch is not None and self._cur_line:
                watch(self._cur_line)

    git_own.create(path)
    told = Told()
    with _no_variables_of_git(), Repo(path) as repository:
        with repository.git.custom_environment(**{**SAFE_ENVIRONMENT, **_settings(url, token)}):
            options = ["--progress", "--no-recurse-submodules", "--update-head-ok", "--no-write-fetch-head", "--"]
            fetching = repository.git.fetch(*options, url, *_REFS, as_process=True, universal_newlines=True)
        handle_process_output(fetching, None, told.new_message_handler(), finalizer=None, decode_streams=False)
        try:
            fetching.wait()
        except GitCommandError:
            raise _explained(url, told.error_lines) from None
    head = git_own.run(path, "rev-parse", "--verify", _HEAD).decode().strip()
    git_own.run(path, "update-ref", "--no-deref", "HEAD", head)
    return path


def _settings(url: str, token: str | None) -> dict[str, str]:
    """Our settings and the token as variables of the command: neither its arguments nor any file holds them."""
    # GitPython starts git inside the bare repository, which here is our own.
    settings = [setting.split("=", 1) for setting in SAFE_SETTINGS if not setting.startswith("safe.bareRepository=")]
    if token is not None:
        secret = base64.b64encode(f"x-access-token:{token}".encode()).decode()
        settings.append([f"http.{url}.extraHeader", f"Authorization: Basic {secret}"])
    variables = {"GIT_CONFIG_COUNT": str(len(settings)), "GIT_ALLOW_PROTOCOL": "https:http"}
    for number, (name, value) in enumerate(settings):
        variables |= {f"GIT_CONFIG_KEY_{number}": name, f"GIT_CONFIG_VALUE_{number}": value}
    return variables


@contextmanager
def _no_variables_of_git() -> Iterator[None]:
    """GitPython hands on our environment, in which a GIT_DIR would lead elsewhere."""
    held = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("GIT_")}
    try:
        yield
    finally:
        os.environ.update(held)


def _explained(url: str, complaints: Sequence[str]) -> NotCloned:
    advice = next((text for sign, text in _WHAT_TO_DO.items() for line in complaints if sign in line), None)
    return NotCloned(f"{url} could not be cloned: {advice or ' '.join(complaints[-1:]) or 'git gave no reason'}")
