"""A run in Linux namespaces without bubblewrap: the cell in, what `sandbox_enter` has to build out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from repairbot.harness.sandbox import root, syscall_filter
from repairbot.harness.sandbox.root import Cell
from repairbot.harness.sandbox.values import Bind


def specification(cell: Cell, accounts: Path) -> str:
    shown = [*root.system_binds(), *root.account_binds(accounts, cell.inner_uid)]
    binds = root.uncovered(cell.binds, shown)
    links = root.system_links()
    empty = ("/tmp", "/run", f"{root.BOX}/home")  # noqa: S108  # paths in the cell
    places = [*(bind.at for bind in (*shown, *binds)), *(link.at for link in links), *empty]
    return json.dumps(
        {
            "argv": list(cell.argv),
            "cwd": cell.cwd,
            "env": dict(cell.env),
            "network": cell.network,
            "uid": cell.uid,
            "inner_uid": cell.inner_uid,
            "processes": cell.processes,
            "folders": root.missing_parents(places, shown),
            "shown": _triples(shown),
            "links": [(link.at, link.target) for link in links],
            "empty": empty,
            "memory": root.TEMPORARY_BYTES,
            "binds": _triples(binds),
            "emptied": list(root.PROC_EMPTIED),
            "filter": (syscall_filter.program() or b"").hex(),
        }
    )


def _triples(binds: Sequence[Bind]) -> list[tuple[str, str, bool]]:
    # Resolved here: in there an absolute link would lead into the cell.
    return [(str(bind.source.resolve()), bind.at, bind.writable) for bind in binds]
