"""Bounded repairs of an environment in which tests do not start: what the run complained of in, one remedy out."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from repairbot.harness.environment import known_packages
from repairbot.harness.suite.runs import SuiteRun

FILES_LIMIT = 2000


@dataclass(frozen=True, slots=True)
class Remedy:
    """Packages to add, pytest options to give, or test files to name; `why` quotes the complaint."""

    why: str
    packages: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


def remedy(run: SuiteRun, log: str, tree: Path, tried: Sequence[Remedy]) -> Remedy | None:
    """What may help a collection that failed or found nothing; never what was tried before."""
    complaints = "\n".join([*(problem.text for problem in run.problems), *run.internal_errors, log])
    found = (
        _missing_modules(complaints, tree),
        _unknown_options(complaints),
        _unknown_markers(complaints),
        _loop_scope(complaints),
        _unnamed_tests(run, tree),
    )
    return next((one for one in found if one is not None and one not in tried), None)


def remedy_after_run(run: SuiteRun) -> Remedy | None:
    """What the tests themselves asked for: fixtures of plugins, and a plugin that runs async tests."""
    texts = [case.text + case.message for case in run.cases if case.outcome.red or case.message]
    names = {name for text in texts for name in re.findall(r"fixture '(\w+)' not found", text)}
    packages = {known_packages.FIXTURES[name] for name in names if name in known_packages.FIXTURES}
    asynchronous = (
        "async def functions are not natively supported",
        "async def function and no async plugin installed",
    )
    if any(word in text for text in texts for word in asynchronous):
        packages.add("pytest-asyncio")
    have = {name.lower().replace("_", "-") for name in run.plugins}
    packages -= have
    if not packages:
        return None
    return Remedy(f"tests ask for {', '.join(sorted(names)) or 'async support'}", packages=tuple(sorted(packages)))


def missing_modules(complaints: str) -> tuple[str, ...]:
    """The modules that a complaint says are missing, by their whole names."""
    return tuple(dict.fromkeys(re.findall(r"No module named ['\"]?([A-Za-z_][\w.]*)", complaints)))


def _missing_modules(complaints: str, tree: Path) -> Remedy | None:
    asked = re.findall(r"requires the ['\"`]?([A-Za-z_]\w*)['\"`]? package", complaints)
    names = [name.split(".", maxsplit=1)[0] for name in (*missing_modules(complaints), *asked)]
    known = [name for name in names if name in known_packages.MODULES and not _is_local(name, tree)]
    if not known:
        return None
    packages = tuple(sorted({known_packages.MODULES[name] for name in known}))
    return Remedy(f"no module named {', '.join(sorted(set(known)))}", packages=packages)


def _is_local(name: str, tree: Path) -> bool:
    """Part of the target: then a file is missing there, not a package."""
    return any((tree / root / name).is_dir() or (tree / root / f"{name}.py").is_file() for root in ("", "src", "tests"))


def _unknown_options(complaints: str) -> Remedy | None:
    lines = re.findall(r"unrecognized arguments: (.+)", complaints)
    options = [word for line in lines for word in line.split() if word.startswith("-")]
    packages = {package for option in options if (package := known_packages.for_option(option))}
    return (
        Remedy(f"pytest does not know {' '.join(options)[:200]}", packages=tuple(sorted(packages)))
        if packages
        else None
    )


def _unknown_markers(complaints: str) -> Remedy | None:
    names = set(re.findall(r"'(\w+)' not found in `markers` configuration option", complaints))
    packages = {known_packages.MARKERS[name] for name in names if name in known_packages.MARKERS}
    return Remedy(f"unknown markers {', '.join(sorted(names))}", packages=tuple(sorted(packages))) if packages else None


def _loop_scope(complaints: str) -> Remedy | None:
    if "asyncio_default_fixture_loop_scope" not in complaints:
        return None
    option = "asyncio_default_fixture_loop_scope=function"
    return Remedy("pytest-asyncio asks for a loop scope, and warnings are errors", options=("-o", option))


def _unnamed_tests(run: SuiteRun, tree: Path) -> Remedy | None:
    """pytest started and found nothing: files with tests whose names its defaults do not match."""
    if run.pytest is None or run.cases or run.problems:
        return None
    files = tuple(_files_with_tests(tree))
    return Remedy("nothing was collected, and these files hold tests", files=files) if files else None


def _files_with_tests(tree: Path) -> Iterable[str]:
    seen = 0
    for path in sorted(tree.rglob("*.py")):
        relative = path.relative_to(tree)
        folders = relative.parts[:-1]
        if not {"test", "tests"} & set(folders) or path.is_symlink() or any(part.startswith(".") for part in folders):
            continue
        seen += 1
        if seen > FILES_LIMIT:
            return
        if _holds_tests(path):
            yield relative.as_posix()


def _holds_tests(path: Path) -> bool:
    try:
        tree = ast.parse(path.read_bytes())
    except (SyntaxError, ValueError, RecursionError, MemoryError, OSError):
        return False
    return any(
        (isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"))
        or (isinstance(node, ast.ClassDef) and any("TestCase" in ast.unparse(parent) for parent in node.bases))
        for node in tree.body
    )
