"""What GitHub or git refused becomes one sentence: what happened, and what to do about it."""

from __future__ import annotations

from urllib.parse import quote

from repairbot.errors import UsageError
from repairbot.github.values import Rejected, Server
from repairbot.publish.branch import PREFIX

_PUSH = {
    (
        "refusing to allow",
    ): "the token may not push workflow files, and GitHub counts some of the base commit's as new; "
    "use the token of an App or a person that may",
    (
        "GH006",
        "GH013",
        "protected branch",
        "rule violations",
    ): "a protection rule of the repository covers branches that "
    f"begin with `{PREFIX}`; let repairbot's token past it, or leave these branches out of the rule",
    ("error: 403", "Permission to", "not granted"): "the token may not push; it needs `contents: write`",
    (
        "error: 401",
        "Authentication failed",
        "could not read Username",
    ): "GitHub does not accept the token; check that it is still valid",
    ("error: 404", "not found"): "the repository is gone, or hidden from this token",
}


class NotPublished(UsageError):
    """GitHub does not let it be done, and somebody has to change something first."""


def of_call(rejected: Rejected, server: Server, repository: str, base: str, branch: str) -> NotPublished:
    """`branch` as `owner:name` where it is in a fork."""
    message = rejected.message
    if "not permitted to create or approve pull requests" in message:
        link = f"{server.web}/{repository}/compare/{quote(base, safe='')}...{quote(branch, safe=':')}?expand=1"
        return NotPublished(
            f'GitHub Actions may not create pull requests in {repository}; tick "Allow GitHub Actions to create and '
            f'approve pull requests" under Settings, Actions, General, or open it by hand: {link}'
        )
    if rejected.status == 401:
        return NotPublished(f"GitHub does not accept the token ({message}); check that it is still valid")
    if rejected.status == 403:
        needed = f"it needs {_permissions(rejected.accepted)}" if rejected.accepted else "check its permissions"
        return NotPublished(f"the token may not {rejected.what} in {repository} ({message}); {needed}")
    if rejected.status == 404:
        return NotPublished(
            f"GitHub knows no {repository} that this token may see (asked to {rejected.what}); check the name, and "
            "that the token is for this repository"
        )
    return NotPublished(f"{rejected}; nothing more was done in {repository}")


def _permissions(accepted: str) -> str:
    """`contents=write,pull_requests=write; issues=write` as people write it."""
    options = [part.strip().replace("=", ": ").replace(",", " and ") for part in accepted.split(";")]
    return " or ".join(f"`{option}`" for option in options if option)


def of_push(said: str, repository: str, branch: str) -> NotPublished:
    advice = next((text for signs, text in _PUSH.items() if any(sign in said for sign in signs)), None)
    return NotPublished(f"{branch} could not be pushed to {repository}: {advice or said[:400]}")
