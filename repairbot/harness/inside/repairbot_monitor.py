"""Watches lines and sites by `sys.monitoring`, from Python 3.12 on, and only in the code that holds one."""

from __future__ import annotations

import functools
import sys
from types import CodeType, FrameType, FunctionType, MethodType
from typing import Any, Callable

from repairbot_sites import Watched, lacks_protocol, name_of, told

TOOL = 4  # one of the two numbers that sys.monitoring leaves to tools without a name of their own
DEEPEST = 5  # wrappers around a function that is called
MADE_BY_CALL = ((0x200, "async_generator"), (0x80, "coroutine"), (0x20, "generator"))  # flags of inspect.CO_…


def monitor(watch: Any) -> Callable[[], None]:
    """Begin; returns what ends it."""
    monitoring: Any = vars(sys)["monitoring"]
    events = monitoring.events
    lines, sites = watch.lines, watch.sites
    watched: dict[int, Watched] = {}
    given: dict[int, str | None] = {}  # by frame: the type of the object that its expression came to

    def started(code: CodeType, _offset: int) -> Any:
        path = code.co_filename
        if path in lines or path in sites:
            wanted = lines.get(path, ())
            every = [line for _, _, line in code.co_lines()]
            begin = events.LINE if any(line in wanted for line in every) else 0
            found = Watched(code, sites[path]) if path in sites else None
            if found is not None and found.asks:
                watched[id(code)] = found
                watch.located(found.asks.values())
                begin |= events.INSTRUCTION | (events.CALL if found.calls else 0)
            if begin:
                monitoring.set_local_events(TOOL, code, begin)
        return monitoring.DISABLE

    def reached(code: CodeType, line: int) -> Any:
        if line not in lines.get(code.co_filename, ()):
            return monitoring.DISABLE
        watch.line(code.co_filename, line)
        return None

    def stepped(code: CodeType, offset: int) -> Any:
        found = watched.get(id(code))
        if found is None or (offset not in found.asks and offset not in found.passed):
            return monitoring.DISABLE
        frame = id(sys._getframe(1))
        if offset in found.passed and frame in given:  # a loop comes by again, having asked only once
            watch.site(found.passed[offset]["n"], "ran", given.pop(frame), None)
        if offset in found.asks:
            given.setdefault(frame)
        return None

    def raised(code: CodeType, offset: int, error: BaseException) -> None:
        site = watched[id(code)].asks.get(offset) if id(code) in watched else None
        if site is not None:
            frame = sys._getframe(1)
            note_error(watch, site, frame, error, given.pop(id(frame), None))

    def called(code: CodeType, offset: int, function: Any, _argument: Any) -> Any:
        found = watched.get(id(code))
        if found is None or offset not in found.calls:
            return monitoring.DISABLE
        made = given_by(function)
        if isinstance(made, CodeType):
            events_there = monitoring.get_local_events(TOOL, made) | events.PY_RETURN
            monitoring.set_local_events(TOOL, made, events_there)
            made = None
        given[id(sys._getframe(1))] = made
        return None

    def returned(_code: CodeType, _offset: int, value: Any) -> None:
        caller = sys._getframe(1).f_back
        if caller is not None and id(caller) in given:
            given[id(caller)] = name_of(type(value))

    monitoring.use_tool_id(TOOL, "repairbot")
    monitoring.register_callback(TOOL, events.PY_START, started)
    monitoring.register_callback(TOOL, events.LINE, reached)
    monitoring.register_callback(TOOL, events.INSTRUCTION, stepped)
    monitoring.register_callback(TOOL, events.CALL, called)
    monitoring.register_callback(TOOL, events.PY_RETURN, returned)
    monitoring.register_callback(TOOL, events.RAISE, raised)
    monitoring.set_events(TOOL, events.PY_START | (events.RAISE if sites else 0))

    def stop() -> None:
        monitoring.set_events(TOOL, 0)
        monitoring.free_tool_id(TOOL)

    return stop


def given_by(function: Any) -> Any:
    """What a call gives: the name of a type, the code whose return value tells, or None."""
    for _ in range(DEEPEST):
        if type(function) is MethodType:
            function = function.__func__
        elif type(function) is functools.partial:
            function = function.func
    if type(function) is FunctionType:
        code = function.__code__
        return next((name for flag, name in MADE_BY_CALL if code.co_flags & flag), code)
    return name_of(function) if type(function) is type else None


def note_error(watch: Any, site: Any, frame: FrameType, error: BaseException, kind: str | None) -> None:
    """Take down an error of the construct itself; one that came out of a call it made says nothing of the object."""
    trace = error.__traceback__
    if trace is not None and (trace.tb_next is not None or trace.tb_frame is not frame):
        return
    if type(error) not in (TypeError, AttributeError):
        return
    outcome = "raised" if lacks_protocol(site["construct"], error) else "other"
    watch.site(site["n"], outcome, kind, told(error))
