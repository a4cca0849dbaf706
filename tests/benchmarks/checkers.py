"""Type checkers run on a tree with nothing installed: the lines where they say that a value is not async-iterable."""

from __future__ import annotations

import json
import re
import venv
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .programs import run

PYTHON_VERSION = "3.13"
ZUBAN_LINE = re.compile(r'^(?P<path>.+?):(?P<line>\d+): error: .*"__aiter__"')


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The lines of each file with a diagnostic about asynchronous iteration, and the processor seconds it took."""

    lines: dict[str, frozenset[int]]
    seconds: float


Checker = Callable[[Path, Path, Path], Diagnosis]


def empty_environment(cache: Path) -> Path:
    """An environment without any package, because both checkers would otherwise read the one they run in."""
    folder = cache / "empty-environment"
    if not folder.is_dir():
        venv.create(folder, with_pip=False)
    return folder


def ty(tool: Path, tree: Path, environment: Path) -> Diagnosis:
    """Default settings and every import root; the project's configuration may leave its tests out: it is set aside."""
    neutral = environment / "ty.toml"
    neutral.write_text("")
    command: list[str | Path] = [
        tool,
        "check",
        "--python",
        environment,
        "--python-version",
        PYTHON_VERSION,
        "--config-file",
        neutral,
    ]
    roots = [f"--extra-search-path={root}" for root in import_roots(tree)]
    output, seconds = run([*command, *roots, "--output-format", "gitlab", "--exit-zero", "."], tree)
    return Diagnosis(grouped(map(place, ty_rows(json.loads(output)))), seconds)


def ty_rows(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The diagnostics that say a value cannot be iterated asynchronously."""
    return [row for row in rows if row["check_name"] == "not-iterable" and "async-iterable" in row["description"]]


def place(row: Mapping[str, Any]) -> tuple[str, int]:
    """Where a diagnostic in the GitLab format points."""
    return row["location"]["path"], row["location"]["positions"]["begin"]["line"]


def zuban(tool: Path, tree: Path, environment: Path) -> Diagnosis:
    """Default settings and every import root, as for ty."""
    neutral = environment / "zuban.ini"
    neutral.write_text(f"[mypy]\nmypy_path = {':'.join(map(str, import_roots(tree)))}\n")
    python = environment / "bin" / "python"
    command: list[str | Path] = [tool, "check", "--python-executable", python, "--python-version", PYTHON_VERSION]
    output, seconds = run([*command, "--config-file", neutral, "."], tree)
    return Diagnosis(grouped(zuban_rows(output)), seconds)


def zuban_rows(output: str) -> list[tuple[str, int]]:
    found = (ZUBAN_LINE.match(line) for line in output.splitlines())
    return [(match["path"], int(match["line"])) for match in found if match]


def import_roots(tree: Path) -> list[Path]:
    """Where imports start: the root, every nested project, and their `src` folders, as the projects would name them."""
    projects = {tree, *(found.parent for found in tree.rglob("pyproject.toml"))}
    return [root for project in sorted(projects) for root in (project, project / "src") if root.is_dir()]


def grouped(rows: Iterable[tuple[str, int]]) -> dict[str, frozenset[int]]:
    lines: defaultdict[str, set[int]] = defaultdict(set)
    for path, line in rows:
        lines[path.removeprefix("./")].add(line)
    return {path: frozenset(numbers) for path, numbers in lines.items()}


CHECKERS: dict[str, Checker] = {"ty": ty, "zuban": zuban}
