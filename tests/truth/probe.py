"""Run projects with a probe around the object of every site: tasks as JSON lines come in, what happened goes out.

A program of its own: `python probe.py`. Each run is a forked process, so that nothing of one is seen by the next.
"""

from __future__ import annotations

import ast
import asyncio
import builtins
import collections.abc
import contextlib
import dataclasses
import enum
import functools
import gc
import importlib
import importlib.abc
import importlib.machinery
import inspect
import json
import os
import random
import re
import resource
import signal
import sys
import traceback
import types
import typing
import unittest.mock
from collections.abc import Sequence

import pytest
from _pytest.config import get_config

# Imported once, before the forks, because most projects import them.
WARM = (collections.abc, contextlib, dataclasses, enum, functools, random, typing, unittest.mock)
PROTOCOLS = {
    "async for": ("__aiter__",),
    "async with": ("__aenter__", "__aexit__"),
    "for": ("__iter__",),
    "with": ("__enter__", "__exit__"),
    "await": ("__await__",),
}
_ADDRESS = re.compile(r" at 0x[0-9a-f]+")


class Instrument(ast.NodeTransformer):
    """Put the probe around the object of every site; lines and columns stay as they are."""

    def __init__(self, path: str) -> None:
        self.path = path

    def visit_AsyncFor(self, node: ast.AsyncFor) -> ast.AST:
        node.iter = self._probed(node.iter, "async for")
        return self.generic_visit(node)

    def visit_For(self, node: ast.For) -> ast.AST:
        node.iter = self._probed(node.iter, "for")
        return self.generic_visit(node)

    def visit_comprehension(self, node: ast.comprehension) -> ast.AST:
        node.iter = self._probed(node.iter, "async for" if node.is_async else "for")
        return self.generic_visit(node)

    def visit_AsyncWith(self, node: ast.AsyncWith) -> ast.AST:
        for item in node.items:
            item.context_expr = self._probed(item.context_expr, "async with")
        return self.generic_visit(node)

    def visit_With(self, node: ast.With) -> ast.AST:
        for item in node.items:
            item.context_expr = self._probed(item.context_expr, "with")
        return self.generic_visit(node)

    def visit_Await(self, node: ast.Await) -> ast.AST:
        node.value = self._probed(node.value, "await")
        return self.generic_visit(node)

    def _probed(self, expression: ast.expr, construct: str) -> ast.expr:
        place = [self.path, construct, expression.end_lineno, (expression.end_col_offset or 0) + 1]
        call = ast.Call(ast.Name("__probe__", ast.Load()), [expression, ast.Constant(json.dumps(place))], [])
        for node in (call, call.func, call.args[1]):
            ast.copy_location(node, expression)
        return call


class Loader(importlib.machinery.SourceFileLoader):
    """Source with probes, never a compiled file."""

    root = ""

    def get_code(self, fullname: str) -> types.CodeType:
        path = self.get_filename(fullname)
        tree = ast.parse(self.get_data(path), path)
        return compile(Instrument(os.path.relpath(path, self.root)).visit(tree), path, "exec", dont_inherit=True)


class Finder(importlib.abc.MetaPathFinder):
    """Finds the project's modules alone."""

    def __init__(self, root: str) -> None:
        self.root = root
        Loader.root = root

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        del target
        places = [self.root] if path is None else path
        details = (Loader, [".py"])
        for place in places:
            if place.startswith(self.root) and os.path.isdir(place):
                found = importlib.machinery.FileFinder(place, details).find_spec(name)
                if found is not None and found.loader is not None:
                    return found
        return None


@dataclasses.dataclass
class Run:
    """What one entry did: what it printed, the sites it reached, the error that ended it."""

    root: str
    entry: str
    log: list[str] = dataclasses.field(default_factory=list)
    reaches: list[list[object]] = dataclasses.field(default_factory=list)
    error: list[object] | None = None

    def probe(self, value: object, place: str) -> object:
        path, construct, line, column = json.loads(place)
        kinds = {name: offers(value, name) for name in PROTOCOLS}
        self.reaches.append([path, construct, line, column, type(value).__name__, kinds, inspect.isasyncgen(value)])
        return value

    def print(self, *values: object, **options: object) -> None:
        del options
        self.log.append(_ADDRESS.sub("", " ".join(map(str, values))))

    def failed(self, error: BaseException) -> None:
        frames = [
            (os.path.relpath(frame.filename, self.root), frame.lineno)
            for frame in traceback.extract_tb(error.__traceback__)
            if frame.filename.startswith(self.root + "/")
        ]
        self.error = [type(error).__name__, str(error), *(frames[-1] if frames else ("", 0))]


def offers(value: object, construct: str) -> bool:
    """Whether the construct works, as Python looks for special methods: in the type, and None is none."""
    return all(_special(type(value), name) is not None for name in PROTOCOLS[construct])


def _special(cls: type, name: str) -> object:
    return next((vars(base)[name] for base in type.__dict__["__mro__"].__get__(cls) if name in vars(base)), None)


class Recorder:
    """The run that is under way, and a plugin of pytest that makes each test one."""

    def __init__(self, root: str) -> None:
        self.root = root
        self.runs = [Run(root, "")]

    @property
    def run(self) -> Run:
        return self.runs[-1]

    def probe(self, value: object, place: str) -> object:
        return self.run.probe(value, place)

    def record(self, *values: object, **options: object) -> None:
        self.run.print(*values, **options)

    def begin(self, entry: str) -> None:
        self.runs.append(Run(self.root, entry))

    def pytest_runtest_setup(self, item: typing.Any) -> None:
        self.begin(item.nodeid.partition("::")[2])

    def pytest_runtest_makereport(self, item: typing.Any, call: typing.Any) -> None:
        del item
        if call.excinfo is not None and self.run.error is None:
            self.run.failed(call.excinfo.value)

    def pytest_collectreport(self, report: typing.Any) -> None:
        if report.failed:
            self.run.error = ["CollectError", str(report.longrepr)[-300:], "", 0]


def happened(root: str, package: str, flags: dict[str, bool]) -> list[Run]:
    """Import the package's `use` and call each `go…` of it, or let pytest run its `test_use`."""
    sys.meta_path.insert(0, Finder(root))
    recorder = Recorder(root)
    rt = types.ModuleType("rt")
    rt.flag = lambda name: flags.get(name, False)  # type: ignore[attr-defined]
    sys.modules["rt"] = rt
    vars(builtins).update(__probe__=recorder.probe, print=recorder.record)
    test = os.path.join(root, package, "test_use.py")
    if os.path.exists(test):
        options = [
            "-p",
            "no:cacheprovider",
            "-p",
            "no:xdist",
            "--assert=plain",
            "-q",
            "--rootdir",
            root,
            "-c",
            os.devnull,
        ]
        pytest.main([*options, test], plugins=[recorder])
    else:
        call_all(package, recorder)
    return recorder.runs


def call_all(package: str, recorder: Recorder) -> None:
    """Import the package's `use` and call each `go…` of it."""
    try:
        module = importlib.import_module(f"{package}.use")
    except Exception as error:  # noqa: BLE001 - whatever a project does is the result
        recorder.run.failed(error)
        return
    for name in [name for name in vars(module) if name.startswith("go")]:
        recorder.begin(name)
        try:
            result = vars(module)[name]()
            if inspect.iscoroutine(result):
                result = asyncio.run(result)
            recorder.record("returned", result)
        except Exception as error:  # noqa: BLE001 - as above
            recorder.run.failed(error)


def in_a_process(task: dict[str, typing.Any]) -> list[dict[str, object]]:
    """The runs of a task, made in a forked process that ends after some seconds."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        # Seconds of its own, because the machine may be busy; the alarm is for one that waits.
        resource.setrlimit(resource.RLIMIT_CPU, (task["seconds"], task["seconds"]))
        signal.alarm(20 * task["seconds"])
        null = os.open(os.devnull, os.O_RDWR)
        os.dup2(null, 1)
        os.dup2(null, 2)
        runs = [dataclasses.asdict(run) for run in happened(task["root"], task["package"], task["flags"])]
        with os.fdopen(writer, "w") as stream:
            json.dump(runs, stream)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as stream:
        text = stream.read()
    os.waitpid(child, 0)
    error = ["TimeLimit", "it was ended", "", 0]
    return json.loads(text) if text else [{"root": task["root"], "entry": "", "log": [], "reaches": [], "error": error}]


def main() -> None:
    sys.dont_write_bytecode = True
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    get_config()  # imports what pytest is made of
    gc.disable()
    gc.freeze()  # a forked process copies fewer pages
    for line in sys.stdin:
        sys.stdout.write(json.dumps(in_a_process(json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
