"""Pytest plugin: one JSON line for everything that happens to a test, written at once, so that a crash loses nothing.

Set `REPAIRBOT_REPORT` to the file to append to. Every line holds `event` and `pid`, and:

    start           python, pytest, rootdir, plugins (distribution names)
    collected       ids that will run
    deselected      ids left out by -m, -k or the like
    collect-error   id, text                    collect-skip    id, text
    internal-error  text
    begin           id
    phase           id, when, outcome, seconds, xfail, message, text,
                    errors [{type, message, path, line, frames, system}]
    end             exit

`frames` are the places of an error's traceback, outermost first, in the files that `REPAIRBOT_LINES` names. `system`:
it came from the operating system, as when a server is not there.
"""

from __future__ import annotations

import json
import os
import platform
import traceback
from typing import Any

import pytest

MESSAGE_LIMIT = 500
TEXT_LIMIT = 4000
CHAIN_LIMIT = 20
FRAMES_LIMIT = 20

START = os.getcwd()


def files_of_interest() -> frozenset[str]:
    place = os.environ.get("REPAIRBOT_LINES")
    if not place:
        return frozenset()
    with open(place, encoding="utf-8") as file:
        return frozenset(json.load(file))


FILES = files_of_interest()


def pytest_configure(config: Any) -> None:
    worker = hasattr(config, "workerinput")
    # Taken out of the environment: a pytest that a test starts must not write into this report.
    path = os.environ.pop("REPAIRBOT_REPORT", None)
    config.pluginmanager.register(Errors(), "repairbot-errors")
    if path and not worker:
        config.pluginmanager.register(Report(path, config), "repairbot-report")


class Errors:
    """Notes on each failed phase where every exception of its chain was raised; travels from xdist workers."""

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_makereport(self, item: Any, call: Any) -> Any:
        outcome = yield
        if call.excinfo is not None:
            report = outcome.get_result()
            if report.failed:
                report.repairbot_errors = chain_of(call.excinfo.value)


def chain_of(raised: BaseException) -> list[dict[str, Any]]:
    """The exception, what caused it and, for groups, its members: type, text and innermost frame of each."""
    found: list[dict[str, Any]] = []
    waiting: list[BaseException | None] = [raised]
    seen = set()
    while waiting and len(found) < CHAIN_LIMIT:
        error = waiting.pop(0)
        if error is None or id(error) in seen:
            continue
        seen.add(id(error))
        found.append(described(error))
        waiting += [error.__cause__, error.__context__]
        members = getattr(error, "exceptions", ())
        if isinstance(members, (list, tuple)):
            waiting += [member for member in members if isinstance(member, BaseException)]
    return found


def described(error: BaseException) -> dict[str, Any]:
    path, line = None, None
    frames: list[list[Any]] = []
    frame = error.__traceback__
    while frame is not None:
        path, line = absolute(frame.tb_frame.f_code.co_filename), frame.tb_lineno
        if path in FILES and [path, line] not in frames[-FRAMES_LIMIT:]:
            frames.append([path, line])
        frame = frame.tb_next
    # format_exception_only survives a `__str__` that raises.
    text = "".join(traceback.format_exception_only(type(error), error)).strip()
    return {
        "type": type(error).__name__,
        "message": cut(text, MESSAGE_LIMIT),
        "path": path,
        "line": line,
        "frames": frames[-FRAMES_LIMIT:],
        "system": isinstance(error, OSError),
    }


def absolute(path: str) -> str:
    # No realpath: it asks the file system, and tests that forbid blocking calls would see it.
    return os.path.normpath(os.path.join(START, path))


def cut(text: str, limit: int) -> str:
    """Head and tail of a long text: the error line of a traceback stands last."""
    if len(text) <= limit:
        return text
    return text[: limit // 2] + "\n[…]\n" + text[-(limit // 2) :]


class Report:
    def __init__(self, path: str, config: Any) -> None:
        self.file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self.pid = os.getpid()
        self.shared_ids: list[str] | None = None
        self.write(
            "start",
            python=platform.python_version(),
            pytest=pytest.__version__,
            rootdir=str(getattr(config, "rootpath", None) or getattr(config, "rootdir", "")),
            plugins=distributions(config),
        )

    def write(self, event: str, **fields: Any) -> None:
        if os.getpid() != self.pid:
            return  # a test forked, and the child runs on into pytest
        line = json.dumps({"event": event, "pid": self.pid, **fields}) + "\n"
        os.write(self.file, line.encode("ascii"))

    def pytest_collection_finish(self, session: Any) -> None:
        self.write("collected", ids=[item.nodeid for item in session.items])

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, node: Any, ids: Any) -> None:
        if self.shared_ids is None:  # every worker collects the same
            self.shared_ids = list(ids)
            self.write("collected", ids=self.shared_ids)

    def pytest_deselected(self, items: Any) -> None:
        self.write("deselected", ids=[item.nodeid for item in items])

    def pytest_collectreport(self, report: Any) -> None:
        if report.failed or report.skipped:
            event = "collect-error" if report.failed else "collect-skip"
            self.write(event, id=report.nodeid, text=cut(text_of(report), TEXT_LIMIT))

    def pytest_internalerror(self, excrepr: Any) -> None:
        self.write("internal-error", text=cut(str(excrepr), TEXT_LIMIT))

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        self.write("begin", id=nodeid)

    def pytest_runtest_logreport(self, report: Any) -> None:
        errors = getattr(report, "repairbot_errors", [])
        crash = getattr(report.longrepr, "reprcrash", None)
        message = getattr(crash, "message", None) or (errors[0]["message"] if errors else text_of(report))
        self.write(
            "phase",
            id=report.nodeid,
            when=report.when,
            outcome=report.outcome,
            seconds=round(getattr(report, "duration", 0.0), 4),
            xfail=hasattr(report, "wasxfail"),
            errors=errors,
            message=cut(str(message), MESSAGE_LIMIT) if report.outcome != "passed" else "",
            text=cut(text_of(report), TEXT_LIMIT) if report.failed else "",
        )

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: Any) -> None:
        self.write("end", exit=int(session.exitstatus))


def text_of(report: Any) -> str:
    if isinstance(report.longrepr, tuple):  # a skip: path, line, reason
        return str(report.longrepr[2])
    return str(getattr(report, "longreprtext", "") or "")


def distributions(config: Any) -> list[str]:
    """Names of the installed packages that gave pytest its plugins, such as `pytest-xdist`."""
    return sorted({str(found.project_name) for _, found in config.pluginmanager.list_plugin_distinfo()})
