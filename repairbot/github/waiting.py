"""What GitHub's limits ask for: the status and headers of a refused call in, seconds to wait out."""

from __future__ import annotations

from collections.abc import Mapping

_SECONDARY = 60.0  # seconds; what GitHub's documentation asks for where an answer names none
_SIGNS = ("rate limit", "abuse detection", "please wait a few minutes", "submitted too quickly")


def asked_to_wait(status: int, headers: Mapping[str, str], message: str, now: float) -> float | None:
    """Seconds until the same call may be made again; None for an answer that is not about limits.

    `headers` have names in lower case; `now` is in seconds since 1970. GraphQL reports its limits with status 200.
    """
    spent = headers.get("x-ratelimit-remaining") == "0"
    limited = spent or any(sign in message.lower() for sign in _SIGNS)
    if status not in {200, 403, 429} or not (limited or status == 429 or "retry-after" in headers):
        return None
    after, reset = headers.get("retry-after", ""), headers.get("x-ratelimit-reset", "")
    if after.isdigit():
        return float(after)
    if spent and reset.isdigit():
        return max(float(reset) - now, 0.0) + 1.0
    return _SECONDARY
