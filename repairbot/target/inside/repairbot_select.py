"""Pytest plugin: leaves out tests, or runs some files first, whatever command started pytest.

`REPAIRBOT_SELECT` names a JSON file `{"only": [ids] or null, "only_files": [paths] or null, "first_files": [paths]}`;
paths are absolute. The order is otherwise the one pytest has: a different one can change what tests do.
"""

from __future__ import annotations

import json
import os
from typing import Any

import pytest

START = os.getcwd()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: Any, items: list[Any]) -> None:
    path = os.environ.get("REPAIRBOT_SELECT")
    if not path:
        return
    with open(path, encoding="utf-8") as file:
        wanted = json.load(file)
    kept = [item for item in items if is_wanted(item, wanted)]
    first = frozenset(wanted["first_files"])
    left_out = set(map(id, items)) - set(map(id, kept))
    if left_out:
        config.hook.pytest_deselected(items=[item for item in items if id(item) in left_out])
    items[:] = sorted(kept, key=lambda item: file_of(item) not in first)


def is_wanted(item: Any, wanted: Any) -> bool:
    only, files = wanted["only"], wanted["only_files"]
    return (only is None or item.nodeid in only) and (files is None or file_of(item) in files)


def file_of(item: Any) -> str:
    return os.path.normpath(os.path.join(START, str(getattr(item, "path", None) or item.fspath)))
