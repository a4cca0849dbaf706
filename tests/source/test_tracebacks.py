from __future__ import annotations

import json

import pytest

from repairbot.source.tracebacks import Frame, Traceback, file_for, tracebacks

ERROR = "TypeError: 'async for' requires an object with __aiter__ method, got _AsyncGeneratorContextManager"
TEXT = f"""\
Traceback (most recent call last):
  File "/app/pkg/main.py", line 10, in chat
    await handle(message)
    ^^^^^^^^^^^^^^^^^^^^^
  File "/app/pkg/handler.py", line 12, in handle
    async for session in get_session():
{ERROR}
"""
EXPECTED = Traceback(
    (
        Frame("/app/pkg/main.py", 10, "chat", "await handle(message)"),
        Frame("/app/pkg/handler.py", 12, "handle", "async for session in get_session():"),
    ),
    ERROR,
)
CHAINED = TEXT + "\nDuring handling of the above exception, another exception occurred:\n\n" + TEXT.replace("12", "14")


def prefixed(prefix: str) -> str:
    return "".join(f"{prefix}{line}\n" for line in TEXT.splitlines())


@pytest.mark.parametrize(
    "log",
    [
        TEXT,
        f"INFO starting\nERROR failed\n{TEXT}INFO going on\n",
        prefixed("2025-01-08 10:00:00 ERROR "),
        prefixed("  | "),
        json.dumps({"level": "error", "exc_info": TEXT}),
        json.dumps([{"event": {"exception": TEXT}}], indent=2),
        "\n".join([json.dumps({"msg": "fine"}), json.dumps({"a": {"traceback": TEXT}}), "plain line"]),
    ],
    ids=["plain", "in a log", "with a prefix", "in a group", "JSON", "an array of JSON", "JSON lines"],
)
def test_a_traceback_is_found_in_a_log(log: str) -> None:
    assert tracebacks(log) == [EXPECTED]


def test_each_of_a_chain_is_a_traceback_of_its_own() -> None:
    assert [one.frames[-1].line for one in tracebacks(CHAINED)] == [12, 14]


def test_the_same_traceback_twice_is_one() -> None:
    assert tracebacks(TEXT + TEXT) == [EXPECTED]


def test_what_is_no_traceback_gives_none() -> None:
    assert tracebacks("ValueError: no frames\n{broken json\n" + "[" * 100_000) == []


@pytest.mark.parametrize(
    ("path", "known", "file"),
    [
        ("/app/pkg/handler.py", ["pkg/handler.py", "other/handler.py"], "pkg/handler.py"),
        ("/app/pkg/handler.py", ["src/pkg/handler.py"], "src/pkg/handler.py"),
        ("C:\\app\\pkg\\handler.py", ["pkg/handler.py"], "pkg/handler.py"),
        ("/app/handler.py", ["handler.py"], "handler.py"),
        ("/app/pkg/handler.py", ["a/pkg/handler.py", "b/pkg/handler.py"], None),
        ("/usr/lib/python3.12/asyncio/base.py", ["pkg/base.py"], None),
        ("/app/pkg/handler.py", [], None),
    ],
)
def test_a_path_of_another_machine_means_the_file_that_shares_the_most_of_its_end(
    path: str, known: list[str], file: str | None
) -> None:
    assert file_for(path, known) == file
