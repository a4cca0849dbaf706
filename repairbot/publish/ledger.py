"""What a pull request of ours remembers, as an HTML comment in its body: values in, text out, and back."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from repairbot.plain import decoded, encoded, strict

VERSION = 1
_COMMENT = re.compile(r"<!-- repairbot:ledger (\d+) sha256=([0-9a-f]{64})\n(.*?)\n-->", re.DOTALL)
_ESCAPES = {"-": "\\u002d", "<": "\\u003c", ">": "\\u003e"}


@dataclass(frozen=True, slots=True)
class Ledger:
    """`entries` are fingerprints with a digest of the code there; `state` is `open`, or `gone` once we closed it.

    `head` is the commit we last pushed, `evidence` and `title` are digests of what the text was last made from.
    `dressed`: labels, reviewers and the like have been set, and are left to people from then on.
    """

    rule: str
    base: str
    entries: Mapping[str, str]
    evidence: str
    title: str
    head: str = ""
    draft: bool = False
    dressed: bool = False
    state: str = "open"


def written(ledger: Ledger) -> str:
    """The comment; nothing in it can end it early."""
    text = json.dumps(encoded(ledger), separators=(",", ":"))
    # Outside of strings JSON of ours has none of these: no number is negative.
    for character, escape in _ESCAPES.items():
        text = text.replace(character, escape)
    return f"<!-- repairbot:ledger {VERSION} sha256={_digest(text)}\n{text}\n-->"


def read(body: str) -> Ledger | None:
    """The last ledger in a text; None where there is none that is whole and of a version we know."""
    for version, digest, text in reversed(_COMMENT.findall(body.replace("\r\n", "\n"))):
        if int(version) == VERSION and digest == _digest(text):
            try:
                return decoded(Ledger, strict(text))
            except ValueError:
                continue
    return None


def without(body: str) -> str:
    """A text without its ledgers, whole or not."""
    return _COMMENT.sub("", body)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
