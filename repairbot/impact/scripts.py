"""The programs that a project installs: `[project.scripts]` and its relatives in, the functions they start out."""

from __future__ import annotations

import configparser
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from repairbot.impact.callers import definition_lines, is_marked
from repairbot.protocols import names
from repairbot.protocols.resolver import Resolver
from repairbot.protocols.scopes import Scope
from repairbot.protocols.values import alternatives
from repairbot.source.files import ModuleFile
from repairbot.source.tree import Tree

_SIZE_LIMIT = 1_000_000


class Scripts:
    """What all project files of one tree install."""

    def __init__(self, tree: Tree) -> None:
        self._by_function: defaultdict[str, list[tuple[str, str, str]]] = defaultdict(list)
        for script, module, attribute in _all(tree):
            self._by_function[attribute.rpartition(".")[2]].append((script, module, attribute))

    def of(self, r: Resolver, function: Scope) -> Iterator[str]:
        """The names of the programs that start the function."""
        name = getattr(function.node, "name", "")
        for script, module, attribute in self._by_function.get(name, ()):
            is_own = module == function.file.name and attribute == function.qualified_name
            if is_own or _leads(r, module, attribute, function):
                yield script


def _leads(r: Resolver, module: str, attribute: str, function: Scope) -> bool:
    """Whether the name that a program starts is the function, brought there by imports."""
    file = r.modules.find(module, function.file)
    if not isinstance(file, ModuleFile) or "." in attribute:
        return False
    marks = frozenset((function.file.path, line) for line in definition_lines(function.node))
    values = alternatives(names.member(r, file, attribute))
    return any(is_marked(link, marks) for one in values for link in one.evidence)


def _all(tree: Tree) -> Iterator[tuple[str, str, str]]:
    for path in tree.settings_files():
        read = {"pyproject.toml": _from_toml, "setup.cfg": _from_ini}.get(path.rpartition("/")[2])
        if read is None:
            continue
        for script, target in read(_text(tree, path)):
            module, _, attribute = target.partition("[")[0].strip().partition(":")
            if attribute:
                yield script, module.strip(), attribute.strip()


def _text(tree: Tree, path: str) -> str:
    try:
        data = tree.read(path)
        return data.decode("utf-8-sig") if len(data) <= _SIZE_LIMIT else ""
    except (OSError, UnicodeDecodeError):
        return ""


def _from_toml(text: str) -> Iterator[tuple[str, str]]:
    try:
        table: Any = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return
    project, poetry = _below(table, "project"), _below(table, "tool", "poetry")
    for scripts in (_below(project, "scripts"), _below(project, "gui-scripts"), _below(poetry, "scripts")):
        for name, target in scripts.items():
            if isinstance(target, str):
                yield name, target


def _below(table: Any, *keys: str) -> Mapping[str, Any]:
    for key in keys:
        table = table.get(key) if isinstance(table, dict) else None
    return table if isinstance(table, dict) else {}


def _from_ini(text: str) -> Iterator[tuple[str, str]]:
    ini = configparser.RawConfigParser(strict=False)
    try:
        ini.read_string(text)
    except configparser.Error:
        return
    for key in ("console_scripts", "gui_scripts"):
        for line in ini.get("options.entry_points", key, fallback="").splitlines():
            name, equals, target = line.partition("=")
            if equals:
                yield name.strip(), target.strip()
