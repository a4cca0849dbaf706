"""Watches lines and sites by a trace function that follows only the wanted files, before Python 3.12."""

from __future__ import annotations

import gc
import sys
import threading
from types import CodeType, FrameType
from typing import Any, Callable

from repairbot_sites import Watched, lacks_protocol, name_of, told

# In Python 3.11 the frame of a coroutine is part of the coroutine, which is mostly a young object.
COROUTINES_HOLD_FRAMES = hasattr(CodeType, "co_positions")
SEARCHES = 200  # for the object that owns a frame; each looks through what the interpreter knows of


def trace(watch: Any) -> tuple[Callable[[], None], Callable[[], None]]:
    """Begin; returns what starts it again, and what ends it."""
    lines, sites, files = watch.lines, watch.sites, watch.files
    watched: dict[int, Watched] = {}
    stack = Stack()

    def called(frame: FrameType, _event: str, _argument: Any) -> Any:
        code = frame.f_code
        if code.co_filename not in files:
            return None
        if code.co_filename in sites and asks(code):
            frame.f_trace_opcodes = True
        return local

    def asks(code: CodeType) -> bool:
        if id(code) not in watched:
            watched[id(code)] = Watched(code, sites[code.co_filename])
            watch.located(watched[id(code)].asks.values())
        return bool(watched[id(code)].asks)

    def local(frame: FrameType, event: str, argument: Any) -> Any:
        code = frame.f_code
        if event == "line":
            if frame.f_lineno in lines.get(code.co_filename, ()):
                watch.line(code.co_filename, frame.f_lineno)
        elif event in ("opcode", "exception") and id(code) in watched:
            stepped(watched[id(code)], frame, event, argument)
        return local

    def stepped(found: Watched, frame: FrameType, event: str, argument: Any) -> None:
        offset = frame.f_lasti
        if event == "exception":
            if offset in found.asks:
                note_error(watch, found.asks[offset], argument[1], argument[2], stack.given.pop(id(frame), None))
            return
        if offset in found.passed and id(frame) in stack.given:  # a loop comes by again, having asked only once
            watch.site(found.passed[offset]["n"], "ran", stack.given.pop(id(frame)), None)
        if offset in found.asks:
            stack.look(frame)

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


class Stack:
    """What lies on top of a frame's stack: the object that is about to be asked for the protocol."""

    def __init__(self) -> None:
        self.given: dict[int, str | None] = {}
        self.searches = SEARCHES

    def look(self, frame: FrameType) -> None:
        self.given[id(frame)] = self.top(frame)

    def top(self, frame: FrameType) -> str | None:
        owner = self.owner(frame) if COROUTINES_HOLD_FRAMES else frame
        found = gc.get_referents(owner) if owner is not None else []
        if found and COROUTINES_HOLD_FRAMES and (found[-1] is None or isinstance(found[-1], BaseException)):
            del found[-1]  # what a coroutine is handling comes after its stack
        if not found:
            return None
        name: str | None = name_of(type(found[-1]))
        return name

    def owner(self, frame: FrameType) -> Any:
        for generation in (0, 1, 2):
            if generation and self.searches <= 0:
                return None
            self.searches -= bool(generation)
            for one in gc.get_objects(generation=generation):
                kind = type(one).__name__
                name = {"coroutine": "cr_frame", "async_generator": "ag_frame", "generator": "gi_frame"}.get(kind)
                if name is not None and getattr(one, name, None) is frame:
                    return one
        return None


def note_error(watch: Any, site: Any, error: Any, trace: Any, kind: str | None) -> None:
    """Take down an error of the construct itself; one that came out of a call it made says nothing of the object."""
    if trace is None or trace.tb_next is not None or type(error) not in (TypeError, AttributeError):
        return
    outcome = "raised" if lacks_protocol(site["construct"], error) else "other"
    watch.site(site["n"], outcome, kind, told(error))
