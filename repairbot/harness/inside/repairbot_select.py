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
        request = json.load(file)
    only = None if request["only"] is None else frozenset(request["only"])
    only_files = None if request["only_files"] is None else frozenset(request["only_files"])
    first_files = frozenset(request["first_files"])
    kept: list[Any] = []
    left_out: list[Any] = []
    for item in items:
        wanted = (only is None or item.nodeid in only) and (only_files is None or file_of(item) in only_files)
        (kept if wanted else left_out).append(item)
    if left_out:
        config.hook.pytest_deselected(items=left_out)
    items[:] = sorted(kept, key=lambda item: file_of(item) not in first_files)


def file_of(item: Any) -> str:
    return os.path.normpath(os.path.join(START, str(getattr(item, "path", None) or item.fspath)))
