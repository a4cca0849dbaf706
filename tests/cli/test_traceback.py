from __future__ import annotations

import json
from importlib import resources

import pytest
from jsonschema import Draft202012Validator

from tests.cli.conftest import DB, FINE, SAFE, UNDECIDED, Run, Tree

ERROR = "TypeError: 'async for' requires an object with __aiter__ method, got _AsyncGeneratorContextManager"


def trace(path: str, line: int, code: str, function: str = "handler") -> str:
    return f'Traceback (most recent call last):\n  File "{path}", line {line}, in {function}\n    {code}\n{ERROR}\n'


LINE = "async for session in get_session():"
STILL = trace("/srv/app/api.py", 5, LINE)


def test_a_bug_that_is_still_there_is_shown_with_its_chain(tree: Tree, run: Run) -> None:
    root = tree({"db.py": DB, "api.py": SAFE, "trace.txt": STILL})
    ended = run("scan", "--traceback", "trace.txt", cwd=root)
    assert ended.code == 1
    assert "raised at /srv/app/api.py:5 in handler" in ended.text
    assert "the code still has this bug (api.py:5)" in ended.text
    assert "db.py:4   `get_session` is decorated with `@asynccontextmanager`" in ended.text


def test_a_line_that_has_moved_is_found_by_its_text(tree: Tree, run: Run) -> None:
    root = tree({"db.py": DB, "api.py": SAFE, "trace.txt": trace("api.py", 99, LINE)})
    assert "the code still has this bug (api.py:5)" in run("scan", "--traceback", "trace.txt", cwd=root).text


def test_a_bug_that_was_mended_is_said_to_be_gone(tree: Tree, run: Run) -> None:
    root = tree({"db.py": DB, "api.py": FINE, "trace.txt": trace("api.py", 5, LINE)})
    ended = run("scan", "--traceback", "trace.txt", cwd=root)
    assert ended.code == 0
    assert "the code does not have this bug any more" in ended.text


def test_a_line_that_the_text_leaves_undecided_is_decided_by_the_traceback(tree: Tree, run: Run) -> None:
    root = tree({"api.py": UNDECIDED, "trace.txt": trace("/srv/api.py", 2, "async for item in source:")})
    ended = run("scan", "--traceback", "trace.txt", cwd=root)
    assert ended.code == 1
    assert "raised in the traceback that was given" in ended.text
    assert "the text alone does not show the mistake" in ended.text


def test_a_file_of_another_project_is_said_to_be_elsewhere(tree: Tree, run: Run) -> None:
    root = tree({"api.py": FINE, "trace.txt": trace("/usr/lib/python3/other.py", 5, "async for a in b():")})
    ended = run("scan", "--traceback", "trace.txt", cwd=root)
    assert (ended.code, "not in this project" in ended.text) == (0, True)


def test_the_json_says_what_became_of_each_traceback(tree: Tree, run: Run) -> None:
    log = json.dumps({"exc_info": STILL})
    root = tree({"db.py": DB, "api.py": SAFE, "app.log": log})
    document = run("scan", "--traceback", "app.log", "--format", "json", cwd=root).json
    schema = json.loads((resources.files("repairbot") / "schemas/scan.schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(document)
    assert [(one["path"], one["line"], one["verdict"]) for one in document["tracebacks"]] == [
        ("api.py", 5, "still there")
    ]
    assert [finding["path"] for finding in document["findings"]] == ["api.py"]


@pytest.mark.parametrize("text", ["", "ValueError: no", 'File "x.py", line 1, in f\nValueError: other\n'])
def test_a_log_without_a_protocol_error_is_wrong_usage(tree: Tree, run: Run, text: str) -> None:
    root = tree({"api.py": FINE, "trace.txt": text})
    ended = run("scan", "--traceback", "trace.txt", cwd=root)
    assert (ended.code, "no traceback of a protocol error" in ended.said) == (2, True)


def test_a_log_that_is_missing_is_wrong_usage(tree: Tree, run: Run) -> None:
    root = tree({"api.py": FINE})
    assert run("scan", "--traceback", "none.txt", cwd=root).code == 2


GENERATOR = "async def rows():\n    yield 1\n"
ENTERS = "from db import rows\nasync def handler():\n    async with rows() as row:\n        print(row)\n"
CLASS = "class Box:\n    async def __aenter__(self): return 1\n    async def __aexit__(self, *x): ...\n"
LOOPS = "from db import Box\nasync def handler():\n    async for x in Box():\n        print(x)\n"


@pytest.mark.parametrize(
    ("error", "files", "line"),
    [
        (
            "TypeError: 'async_generator' object does not support the asynchronous context manager protocol",
            {"db.py": GENERATOR, "api.py": ENTERS},
            "async with rows() as row:",
        ),
        ("AttributeError: __aenter__", {"db.py": GENERATOR, "api.py": ENTERS}, "async with rows() as row:"),
        (
            "TypeError: 'async for' requires an object with __aiter__ method, got Box",
            {"db.py": CLASS, "api.py": LOOPS},
            "async for x in Box():",
        ),
    ],
    ids=["of RB102", "of RB102 before Python 3.11", "of RB101 on a class"],
)
def test_the_error_of_every_rule_is_recognised(
    error: str, files: dict[str, str], line: str, tree: Tree, run: Run
) -> None:
    log = trace("api.py", 3, line).replace(ERROR, error)
    ended = run("scan", "--traceback", "trace.txt", cwd=tree({**files, "trace.txt": log}))
    assert ended.code == 1
    assert "the code still has this bug (api.py:3)" in ended.text
