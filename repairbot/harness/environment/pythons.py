"""Which Pythons are on this machine, and which of them the target's tests should run on."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from repairbot.harness.environment.declared import Declared
from repairbot.harness.environment.versions import Version, satisfies

MONITORING = (3, 12)  # from here on, watching lines costs nothing
OLDEST = (3, 9)


@dataclass(frozen=True, slots=True)
class Interpreter:
    """A Python of this machine: `path` is absolute and no link, shim or virtual environment."""

    path: Path
    prefix: Path
    version: Version


@dataclass(frozen=True, slots=True)
class PythonChoice:
    interpreter: Interpreter
    why: str


@dataclass(frozen=True, slots=True)
class NoPython:
    """No interpreter of this machine suits; `reason` is one sentence that says what to do."""

    reason: str


def present(environ: Mapping[str, str], outside: Path) -> tuple[Interpreter, ...]:
    """The interpreters on the search path, in pyenv, uv and the tool cache of a hosted runner: the newest first.

    None of them is started: `outside` is the target's folder, and what lies in it is not looked at.
    """
    found: dict[Path, Interpreter] = {}
    for candidate in _candidates(environ):
        interpreter = described(candidate, outside)
        if interpreter is not None:
            found.setdefault(interpreter.path, interpreter)
    newest: dict[Version, Interpreter] = {}
    for interpreter in found.values():
        minor = interpreter.version[:2]
        if minor not in newest or newest[minor].version < interpreter.version:
            newest[minor] = interpreter
    return tuple(sorted(newest.values(), key=lambda interpreter: interpreter.version, reverse=True))


def _candidates(environ: Mapping[str, str]) -> list[Path]:
    own = [Path(sys.base_prefix) / "bin" / f"python{sys.version_info[0]}.{sys.version_info[1]}"]
    searched = [Path(folder) for folder in environ.get("PATH", "").split(os.pathsep) if folder.startswith("/")]
    on_path = [file for folder in searched for file in _pythons_in(folder)]
    pyenv = Path(environ.get("PYENV_ROOT") or Path(environ.get("HOME") or "/") / ".pyenv") / "versions"
    cache = Path(environ.get("RUNNER_TOOL_CACHE") or "/opt/hostedtoolcache") / "Python"
    managed = Path(environ.get("HOME") or "/") / ".local" / "share" / "uv" / "python"
    folders = [
        *_children(pyenv),
        *(inner for outer in _children(cache) for inner in _children(outer)),
        *_children(managed),
    ]
    return own + on_path + [file for folder in folders for file in _pythons_in(folder / "bin")]


def _children(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _pythons_in(folder: Path) -> list[Path]:
    return [file for file in _children(folder) if re.fullmatch(r"python3\.\d+", file.name)]


def described(candidate: Path, outside: Path) -> Interpreter | None:
    """What the file's place says about it: `PREFIX/bin/python3.12` beside `PREFIX/lib/python3.12/os.py`."""
    try:
        path = candidate.resolve(strict=True)
    except (OSError, RuntimeError):
        return None
    name = re.fullmatch(r"python(3)\.(\d+)", path.name)
    prefix = path.parent.parent
    if name is None or path.is_relative_to(outside.resolve()) or not os.access(path, os.X_OK):
        return None
    if not any((prefix / library / path.name / "os.py").is_file() for library in ("lib", "lib64")):
        return None  # a shim, or a Python without its standard library
    return Interpreter(path, prefix, (int(name[1]), int(name[2]), *_micro(prefix, path.name)))


def _micro(prefix: Path, name: str) -> Version:
    """The third number, from the header that most installations bring."""
    try:
        text = (prefix / "include" / name / "patchlevel.h").read_text(encoding="utf-8")
    except OSError:
        return ()
    found = re.search(r"#define PY_MICRO_VERSION\s+(\d+)", text)
    return (int(found[1]),) if found else ()


def chosen_python(
    declared: Declared, interpreters: Sequence[Interpreter], wanted: str | None
) -> PythonChoice | NoPython:
    """The user's wish, else .python-version, else the newest in the classifiers, else the newest that is allowed."""
    if wanted is not None:
        return _wished(interpreters, wanted)
    required = declared.requires_python or ""
    usable = [found for found in interpreters if found.version >= OLDEST and satisfies(found.version, required)]
    if not usable:
        asked = f"the target asks for Python {required}" if required else "no Python from 3.9 on was found"
        return NoPython(f"{asked}, and here are: {_listed(interpreters)}; install one or name one with --python.")
    for version in declared.python_files:
        for found in usable:
            if satisfies(found.version, "==" + version):
                return PythonChoice(found, f"the target names Python {version} in a version file")
    named = [found for found in usable if ".".join(map(str, found.version[:2])) in declared.classifiers]
    if named:
        return PythonChoice(named[0], "the newest that the target's classifiers name")
    return PythonChoice(usable[0], f"the newest that {required} allows" if required else "the newest on this machine")


def _wished(interpreters: Sequence[Interpreter], wanted: str) -> PythonChoice | NoPython:
    """`--python` takes a version such as 3.12 or the path of an interpreter."""
    if "/" in wanted:
        found = described(Path(wanted), Path("/nonexistent"))
        return (
            PythonChoice(found, "asked for") if found else NoPython(f"{wanted} is not the Python of an installation.")
        )
    for interpreter in interpreters:
        if satisfies(interpreter.version, "==" + wanted):
            return PythonChoice(interpreter, "asked for")
    return NoPython(f"Python {wanted} was asked for, and here are: {_listed(interpreters)}.")


def _listed(interpreters: Sequence[Interpreter]) -> str:
    return ", ".join(".".join(map(str, found.version)) for found in interpreters) or "none"
