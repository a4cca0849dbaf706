"""Refuses to run target code that could read a credential: level and environment in, nothing or UsageError out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from repairbot.errors import UsageError
from repairbot.harness.sandbox.values import Level
from repairbot.process import tree

_CREDENTIAL = re.compile(
    r"(TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIALS?|API_?KEY|ACCESS_KEY(_ID)?|PRIVATE_KEY|AUTH_SOCK|_PAT)$", re.IGNORECASE
)


def credentials(environ: Mapping[str, str]) -> tuple[str, ...]:
    """The names of variables that look like credentials and are not empty."""
    return tuple(sorted(name for name, value in environ.items() if value and _CREDENTIAL.search(name)))


def refuse_if_exposed(
    level: Level, environ: Mapping[str, str], trust: bool, above: Iterable[Mapping[str, str]] | None = None
) -> None:
    """Raise UsageError if target code could read a credential at this level and the user has not said to trust it.

    `above` are the environments of the processes that started ours (read when left out): without isolation those are
    as open as our own, so that it does not help to unset a variable in the last shell of many.
    """
    if level.secrets_hidden or trust:
        return
    environs = [environ, *(tree.environments_above() if above is None else above)]
    names = sorted({name for each in environs for name in credentials(each)})
    if names:
        reasons = "; ".join(f"{rejection.kind}: {rejection.reason}" for rejection in level.rejected)
        raise UsageError(
            f"the code of this repository could read {', '.join(names)} from the environment, because it cannot be "
            f"isolated here ({reasons}); install bubblewrap, or start repairbot without these variables, or pass "
            "--trust-repo if you trust the repository with them"
        )
