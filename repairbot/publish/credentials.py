"""Who publishes: the token, or the App that may get one. Taken out of the environment, so that no child has them."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass, field

from repairbot.errors import UsageError
from repairbot.github.client import installation_token
from repairbot.github.values import Patience, Server

_TOKENS = ("GITHUB_TOKEN", "GH_TOKEN")
_APP, _KEY = "GITHUB_APP_ID", "GITHUB_APP_PRIVATE_KEY"


@dataclass(frozen=True, slots=True)
class Credentials:
    """A token, or an App's id with its private key."""

    token: str = field(default="", repr=False)
    app: str = ""
    key: str = field(default="", repr=False)

    def token_for(self, repository: str, server: Server, patience: Patience) -> str:
        """Raises UsageError for a key that is none, Rejected when GitHub gives no token."""
        if self.token:
            return self.token
        try:
            return installation_token(server, self.app, self.key.replace("\\n", "\n"), repository, patience)
        except ValueError:
            raise UsageError(f"{_KEY} holds no private key; give the whole text of the App's .pem file") from None


def taken(environ: MutableMapping[str, str]) -> Credentials:
    """What the environment has, removed from it. An App comes before a token. Raises UsageError when it has none."""
    held = {name: environ.pop(name, "").strip() for name in (*_TOKENS, _APP, _KEY)}
    if held[_APP] and held[_KEY]:
        return Credentials(app=held[_APP], key=held[_KEY])
    token = held[_TOKENS[0]] or held[_TOKENS[1]]
    if held[_APP] or held[_KEY]:
        raise UsageError(f"an App needs both {_APP} and {_KEY}, and one of them is not set")
    if not token:
        raise UsageError(
            "no token: set GITHUB_TOKEN (it needs `contents: write` and `pull-requests: write`), or GITHUB_APP_ID with "
            "GITHUB_APP_PRIVATE_KEY"
        )
    if not token.isascii() or not token.isprintable() or " " in token:
        raise UsageError("GITHUB_TOKEN holds characters that no token has; set it again")
    return Credentials(token=token)
