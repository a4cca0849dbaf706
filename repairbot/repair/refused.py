"""How the engine says no: one exception inside, one Refusal outside."""

from __future__ import annotations


class Refused(Exception):
    """A rewrite that cannot be made; its text is the reason, as one sentence without a full stop."""
