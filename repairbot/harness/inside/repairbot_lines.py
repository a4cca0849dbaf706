"""Pytest plugin: which tests execute the lines that are of interest.

`REPAIRBOT_LINES` names a JSON file `{"/absolute/file.py": [12, 13]}`, `REPAIRBOT_LINES_OUT` a file to append to: one
JSON line `{"id", "hits": [[path, line], …]}` per test; what runs during import and collection has the id "". From
Python 3.12 on only the code objects that hold such a line are monitored; older ones pay for a trace function. What a
test starts as another process is not seen.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from types import CodeType, FrameType
from typing import Any, Callable

import pytest

TOOL = 4  # one of the two numbers that sys.monitoring leaves to tools without a name of their own


def pytest_load_initial_conftests(early_config: Any) -> None:
    begin(early_config.pluginmanager)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: Any) -> None:
    begin(config.pluginmanager)  # an xdist worker has loaded its conftests before it loads us


def begin(plugins: Any) -> None:
    wanted, out = os.environ.get("REPAIRBOT_LINES"), os.environ.get("REPAIRBOT_LINES_OUT")
    if not wanted or not out or plugins.has_plugin("repairbot-lines"):
        return
    with open(wanted, encoding="utf-8") as file:
        lines = {path: frozenset(numbers) for path, numbers in json.load(file).items()}
    plugins.register(Lines(lines, out), "repairbot-lines")


Watch = Callable[[str, int], None]


def _nothing() -> None: ...


class Lines:
    def __init__(self, wanted: dict[str, frozenset[int]], out: str) -> None:
        self.file = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self.hits: set[tuple[str, int]] = set()
        self.start_again: Callable[[], None] = _nothing
        if hasattr(sys, "monitoring"):
            self.stop = monitor(wanted, self.note)
        else:
            self.start_again, self.stop = trace(wanted, self.note)

    def note(self, path: str, line: int) -> None:
        # Called between any two lines of the target's event loop: nothing here may ask the operating system.
        self.hits.add((path, line))

    def flush(self, test: str) -> None:
        hits, self.hits = self.hits, set()
        if hits:
            os.write(self.file, (json.dumps({"id": test, "hits": sorted(hits)}) + "\n").encode("ascii"))

    @pytest.hookimpl(hookwrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: Any) -> Any:
        self.flush("")
        self.start_again()
        yield
        self.flush(item.nodeid)

    def pytest_unconfigure(self) -> None:
        self.stop()  # else the callbacks meet a half dismantled interpreter
        self.flush("")


def monitor(wanted: dict[str, frozenset[int]], note: Watch) -> Callable[[], None]:
    """Line events in the code objects that hold a wanted line, nothing anywhere else. Returns what ends it."""
    monitoring: Any = vars(sys)["monitoring"]  # from Python 3.12 on
    events = monitoring.events

    def started(code: CodeType, _offset: int) -> Any:
        lines = wanted.get(code.co_filename)
        if lines is not None and any(line in lines for _, _, line in code.co_lines()):
            monitoring.set_local_events(TOOL, code, events.LINE)
        return monitoring.DISABLE

    def reached(code: CodeType, line: int) -> Any:
        if line not in wanted[code.co_filename]:
            return monitoring.DISABLE
        note(code.co_filename, line)
        return None

    monitoring.use_tool_id(TOOL, "repairbot")
    monitoring.register_callback(TOOL, events.PY_START, started)
    monitoring.register_callback(TOOL, events.LINE, reached)
    monitoring.set_events(TOOL, events.PY_START)

    def stop() -> None:
        monitoring.set_events(TOOL, 0)
        monitoring.free_tool_id(TOOL)

    return stop


def trace(wanted: dict[str, frozenset[int]], note: Watch) -> tuple[Callable[[], None], Callable[[], None]]:
    """A trace function that follows only the wanted files. Returns what starts it again, and what ends it."""

    def called(frame: FrameType, _event: str, _argument: Any) -> Any | None:
        return local if frame.f_code.co_filename in wanted else None

    def local(frame: FrameType, event: str, _argument: Any) -> Any:
        if event == "line" and frame.f_lineno in wanted[frame.f_code.co_filename]:
            note(frame.f_code.co_filename, frame.f_lineno)
        return local

    def start_again() -> None:  # for when a test has ended it
        if sys.gettrace() is None:
            sys.settrace(called)

    def stop() -> None:
        if sys.gettrace() is called:
            sys.settrace(None)
        threading.settrace(None)

    threading.settrace(called)
    start_again()
    return start_again, stop
