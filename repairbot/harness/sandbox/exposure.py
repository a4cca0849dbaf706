"""Refuses to run target code that could reach what its user can: level in, nothing or UsageError out."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping

from repairbot.errors import UsageError
from repairbot.harness.sandbox import bubblewrap
from repairbot.harness.sandbox.advice import advice, this_system
from repairbot.harness.sandbox.values import Level
from repairbot.process import tree

_CREDENTIAL = re.compile(
    r"(TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIALS?|API_?KEY|ACCESS_KEY(_ID)?|PRIVATE_KEY|AUTH_SOCK|_PAT)$", re.IGNORECASE
)


def credentials(environ: Mapping[str, str]) -> tuple[str, ...]:
    """The names of variables that look like credentials and are not empty: examples, never all that there are."""
    return tuple(sorted(name for name, value in environ.items() if value and _CREDENTIAL.search(name)))


def refuse_if_exposed(
    level: Level, environ: Mapping[str, str], trust: bool, above: Iterable[Mapping[str, str]] | None = None
) -> None:
    """Raise UsageError if nothing keeps target code from the user's files and the user has not said to trust it.

    `above` are the environments of the processes that started ours (read when left out); what in them looks like a
    credential is named. That none does changes nothing: files hold credentials as well, under any name.
    """
    if level.secrets_hidden or trust:
        return
    environs = [environ, *(tree.environments_above() if above is None else above)]
    names = sorted({name for each in environs for name in credentials(each)})
    among = f", {', '.join(names)} of the environment among them" if names else ""
    reasons = "; ".join(f"{rejection.kind}: {rejection.reason}" for rejection in level.rejected)
    system = this_system(environ, root=os.getuid() == 0, has_bubblewrap=bubblewrap.located() is not None)
    raise UsageError(
        f"nothing of this repository was run: its code could reach all your files and secrets{among}, because it "
        f"cannot be isolated here ({reasons or 'no level was tried'}). To isolate it, "
        f"{advice(system)}. Or pass --trust-repo if you trust the repository "
        "with all that you can reach"
    )
