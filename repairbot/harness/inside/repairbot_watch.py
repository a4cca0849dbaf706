"""Which lines of interest run in this process, and what each watched construct met there.

`REPAIRBOT_LINES` names a JSON file `{"/absolute/file.py": [12, 13]}`, `REPAIRBOT_SITES` one with the sites of each file
(see `repairbot_sites`), `REPAIRBOT_LINES_OUT` a file to append to: JSON lines `{"id", "hits": [[path, line], …],
"sites": [[number, outcome, type, error], …]}`; `sites` is left out where it is empty. An outcome is `raised` (the
object lacks the protocol), `ran` (it has it) or `other` (the construct itself raised something else); `located` says
only that the construct was found in the code that runs, `unwatched`, with the number -1, that a Python was started
which cannot be watched. The process of pytest writes at the end of each test, any other
at once: nobody knows how it will end.
"""

from __future__ import annotations

import atexit
import json
import os
import sys
from collections.abc import Iterable
from typing import Any, Callable

MOST = 1000  # different observations of one test


def nothing() -> None: ...


class Watch:
    def __init__(self, lines: dict[str, frozenset[int]], sites: dict[str, list[Any]], out: str) -> None:
        self.lines = lines
        self.sites = sites
        self.file = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self.at_once = True
        self.test: str | None = None
        self.hits: set[tuple[str, int]] = set()
        self.seen: set[tuple[int, str, str | None, str | None]] = set()
        self.start_again: Callable[[], None] = nothing
        self.stop: Callable[[], None] = nothing

    @property
    def files(self) -> frozenset[str]:
        return frozenset(self.lines) | frozenset(self.sites)

    # Both are called between any two lines of the target's event loop: nothing in them may ask the operating system
    # while a test of pytest's own process runs.
    def line(self, path: str, number: int) -> None:
        if (path, number) not in self.hits:
            self.hits.add((path, number))
            if self.at_once:
                self.write([(path, number)], [])

    def site(self, number: int, outcome: str, kind: str | None, error: str | None) -> None:
        one = (number, outcome, kind, error)
        if one not in self.seen and len(self.seen) < MOST:
            self.seen.add(one)
            if self.at_once:
                self.write([], [one])

    def located(self, sites: Iterable[Any]) -> None:
        """Note that what happens at a site can be told on this Python: once, as its code is first run."""
        for site in sites:
            self.site(site["n"], "located", None, None)

    def unwatched(self) -> None:
        self.site(-1, "unwatched", None, None)

    def collect(self) -> bool:
        """From now on keep what is seen until `flush`; False where that is so already, for a pytest around this one."""
        first, self.at_once = self.at_once, False
        return first

    def end(self) -> None:
        """Else the callbacks meet a half dismantled interpreter."""
        stop, self.stop = self.stop, nothing
        stop()

    def flush(self, test: str) -> None:
        hits, self.hits = self.hits, set()
        seen, self.seen = self.seen, set()
        if hits or seen:
            self.write(sorted(hits), sorted(seen, key=repr), test)

    def write(self, hits: list[tuple[str, int]], seen: list[Any], test: str | None = None) -> None:
        if test is None:
            # As pytest says it in the environment: `test_it.py::test_one (call)`.
            test = self.test or os.environ.get("PYTEST_CURRENT_TEST", "").rpartition(" (")[0]
        record: dict[str, Any] = {"id": test, "hits": hits}
        if seen:
            record["sites"] = seen
        os.write(self.file, (json.dumps(record) + "\n").encode("ascii"))

    def forked(self) -> None:
        self.at_once = True
        self.hits, self.seen = set(), set()


def loaded(variable: str) -> dict[str, Any]:
    place = os.environ.get(variable)
    if not place:
        return {}
    with open(place, encoding="utf-8") as file:
        found: dict[str, Any] = json.load(file)
    return found


def started() -> Watch | None:
    """The watch of this process, begun where the environment asks for one."""
    out = os.environ.get("REPAIRBOT_LINES_OUT")
    known: Watch | None = vars(sys.modules[__name__]).get("watch")
    if known is not None or not out:
        return known
    lines = {path: frozenset(numbers) for path, numbers in loaded("REPAIRBOT_LINES").items()}
    begun = Watch(lines, loaded("REPAIRBOT_SITES"), out)
    if sys.version_info >= (3, 12):
        import repairbot_monitor

        begun.stop = repairbot_monitor.monitor(begun)
    else:
        import repairbot_trace

        begun.start_again, begun.stop = repairbot_trace.trace(begun)
    import repairbot_processes

    repairbot_processes.listen(begun.unwatched)
    os.register_at_fork(after_in_child=begun.forked)
    atexit.register(begun.end)
    globals()["watch"] = begun
    return begun
