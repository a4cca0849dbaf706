"""Text of a target for titles and commit messages, which have no escapes, but words that GitHub and others act on."""

from __future__ import annotations

import re

from repairbot.render.pieces import pieces

# Mentions, references that close issues, addresses, and orders to a CI such as `[skip ci]`: their first sign becomes
# its escape, as unprintable characters do.
_ACTED_ON = re.compile(
    r"@(?=\w)|\#(?=\d)|(?<=\bGH)-(?=\d)|:(?=//)|\[(?=[^\]]{0,40}(?:skip|ci\b))|\*\*\*(?=NO_CI)", re.IGNORECASE
)


def plain(sentence: str) -> str:
    """One line of text on which nobody acts. Backticks stay: people read them as code."""
    # Decorators are named so often that their sign is dropped, not escaped.
    return "".join(
        f"`{_quiet(piece.text.removeprefix('@'))}`" if piece.code else _quiet(piece.text) for piece in pieces(sentence)
    )


def _quiet(text: str) -> str:
    return _ACTED_ON.sub(lambda found: f"\\x{ord(found[0][0]):02x}{found[0][1:]}", text)
