"""The names of our branches: a rule's slug and a base branch in, a name that no other pair has out."""

from __future__ import annotations

import re

PREFIX = "repairbot/"
_ODD = re.compile(rb"[^A-Za-z0-9._-]")


def branch_of(slug: str, base: str) -> str:
    """`repairbot/<slug>/<base>`, the base with `+XX` for each byte that is not plain.

    A slash is not: git keeps no branch `x` beside a branch `x/y`.
    """
    escaped = _ODD.sub(lambda match: b"+%02X" % match[0][0], base.encode("utf-8", "surrogateescape"))
    return f"{PREFIX}{slug}/{escaped.decode('ascii')}"


def staging_of(branch: str) -> str:
    """Where a commit is made by the API before the branch is moved to it; no escaped base ends like this."""
    return f"{branch}+new"
