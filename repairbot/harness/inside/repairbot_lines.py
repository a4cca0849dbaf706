"""Pytest plugin: which tests execute the lines that are of interest, and what the watched constructs met in each.

One record (see `repairbot_watch`) for each test; what runs during import and collection has the id "".
"""

from __future__ import annotations

from typing import Any

import pytest
import repairbot_watch


def pytest_load_initial_conftests(early_config: Any) -> None:
    begin(early_config.pluginmanager)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: Any) -> None:
    begin(config.pluginmanager)  # an xdist worker has loaded its conftests before it loads us


def begin(plugins: Any) -> None:
    watch = repairbot_watch.started()
    if watch is not None and not plugins.has_plugin("repairbot-lines") and watch.collect():
        plugins.register(Lines(watch), "repairbot-lines")


class Lines:
    def __init__(self, watch: Any) -> None:
        self.watch = watch

    @pytest.hookimpl(hookwrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: Any) -> Any:
        self.watch.flush("")
        self.watch.test = item.nodeid
        self.watch.start_again()
        yield
        self.watch.test = None
        self.watch.flush(item.nodeid)

    def pytest_unconfigure(self) -> None:
        self.watch.end()
        self.watch.flush("")
