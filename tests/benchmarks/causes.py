"""Group the sites that were not restored by cause, with example places, from what `--details` wrote.

Run as `python -m tests.benchmarks.causes FILE`.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from .accounting import Fate, nameless

EXAMPLES = 3


def causes(rows: Iterable[dict[str, Any]]) -> list[str]:
    """One line a cause, the most frequent first, each followed by examples with different reasons."""
    groups: defaultdict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        if row["fate"] not in (Fate.RESTORED, Fate.LEGAL):
            groups[row["project"], row["fate"], nameless(row["reason"] or "nothing was said")].append(row)
    lines: list[str] = []
    for (project, fate, reason), sites in sorted(groups.items(), key=lambda item: -len(item[1])):
        lines.append(f"{len(sites):5} {project}: {fate}: {reason}")
        examples = {site["reason"]: site for site in reversed(sites)}
        lines += [example(site) for site in list(examples.values())[-EXAMPLES:]]
    return lines


def example(site: dict[str, Any]) -> str:
    return f"        {site['path']}:{site['line']}  {' '.join(site['planted'].split())}  [{site['reason']}]"


if __name__ == "__main__":
    written = Path(sys.argv[1]).read_text("utf-8").splitlines()
    sys.stdout.write("\n".join(causes(map(json.loads, written))) + "\n")
