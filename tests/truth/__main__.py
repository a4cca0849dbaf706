"""`python -m tests.truth`: scenes, ways, bodies and random compositions are run and judged, with a table by kind.

Exit code 1 when something is wrong that is not known, or known as wrong and right.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterable, Sequence

from tests.truth.examining import examine
from tests.truth.generating import compositions, every_body, every_scene, every_way, is_known
from tests.truth.judging import Judged
from tests.truth.known import known_open, names, write
from tests.truth.projects import Case
from tests.truth.running import Runner
from tests.truth.shrinking import shrunk

_SHOWN = 10


def main() -> int:
    options = _options()
    seed = random.randrange(10**6) if options.seed is None else options.seed
    print(f"seed {seed}")
    alone = _chosen(options, seed)
    with Runner() as runner:
        found = examine(alone, runner)
        mixed: list[Judged] = []
        while not (options.only or options.all) and _sites([*found, *mixed]) < options.sites:
            mixed += examine(list(compositions(seed + len(mixed), 400)), runner)
        _table([*found, *mixed])
        new = [*(one for one in found if set(names(one)) - known_open()), *_unexpected(mixed)]
        for one in new[: options.show]:
            print(f"\n{one.case.name}", *one.faults, shrunk(one, runner).shown(), sep="\n")
    # A variant and a body may make no sense, a scene and a way must.
    broken = [one for one in found if one.broken and one.case.name.endswith(": as it is") and _row(one) != "bodies"]
    for one in broken:
        print(f"cannot be run: {one.case.name}: {one.broken}")
    judged = {name for one in found for name in (one.case.name, f"disagrees {one.case.name}")}
    failing = {name for one in found for name in names(one)}
    mended = (known_open() & judged) - failing
    print(f"\n{len(new)} new, {len(failing)} known, {len(mended)} of the known are right now")
    if options.mended:
        write(known_open() - mended)
    return 1 if new or broken or (mended and not options.mended) else 0


def _chosen(options: argparse.Namespace, seed: int) -> list[Case]:
    """All scenes as they stand, and of their variants, the ways and the bodies four in five of the sites wanted."""
    every = [one for one in (*every_scene(), *every_way(), *every_body()) if options.only in one.name]
    if options.only or options.all:
        return every
    scenes = [one for one in every if "/" in one.name and one.name.endswith(": as it is")]
    others = [one for one in every if one not in scenes]
    wanted = max(0, options.sites * 4 // 5 - len(scenes))
    return [*scenes, *random.Random(seed).sample(others, min(wanted, len(others)))]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.truth", description=__doc__)
    parser.add_argument("--seed", type=int, help="of the compositions; a new one each time when it is not given")
    parser.add_argument("--sites", type=int, default=5000, help="reach at least so many sites (default: 5000)")
    parser.add_argument("--all", action="store_true", help="every variant, way and body, and no compositions")
    parser.add_argument("--only", default="", metavar="TEXT", help="the scenes and ways with TEXT in their names")
    parser.add_argument("--show", type=int, default=_SHOWN, help="shrink and show so many new ones")
    parser.add_argument("--mended", action="store_true", help="take from open.txt what is right now")
    return parser.parse_args()


def _unexpected(mixed: Iterable[Judged]) -> list[Judged]:
    return [one for one in mixed if one.faults and not is_known(one.case)]


def _sites(found: Iterable[Judged]) -> int:
    return sum(one.counts.get("reached", 0) for one in found)


def _table(found: Sequence[Judged]) -> None:
    """Print for each page, the ways and the compositions: sites, faults by kind, and the share decided."""
    rows: dict[str, Counter[str]] = {}
    for one in found:
        row = rows.setdefault(_row(one), Counter())
        row.update(one.counts)
        row.update({f"!{fault.kind}" for fault in one.faults})
        row["broken"] += one.broken is not None
    kinds = sorted({kind for row in rows.values() for kind in row if kind.startswith("!")})
    print(f"{'':28}{'sites':>7}{'decided':>9}", *(f"{kind[1:]:>13}" for kind in kinds), f"{'not run':>9}")
    rows["all"] = sum(rows.values(), Counter[str]())
    for name, row in rows.items():
        share = row["decided"] / max(row["reached"], 1)
        print(f"{name:28}{row['reached']:7}{share:9.0%}", *(f"{row[kind]:13}" for kind in kinds), f"{row['broken']:9}")


def _row(one: Judged) -> str:
    if len(one.case.features) > 1:
        return "compositions"
    name = one.case.name
    return {"way": "ways", "bod": "bodies"}.get(name[:3], name.partition("/")[0])


if __name__ == "__main__":
    sys.exit(main())
