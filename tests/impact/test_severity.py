from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from repairbot.evidence.impact import Severity
from tests.evidence.targets import CORE, severity

HEAD = CORE.partition("async def broken")[0]


def of_body(root: Path, body: str, *, signature: str = "async def go(flag, items):") -> Severity:
    return severity(
        root, {"core.py": f"{HEAD}\n{signature}\n{textwrap.indent(textwrap.dedent(body).strip(), '    ')}\n"}
    )


@pytest.mark.parametrize(
    ("body", "always", "in_loop"),
    [
        ("async for s in get_session():\n    pass", True, False),
        ("x = 1\nwith flag:\n    async for s in get_session():\n        pass", True, False),
        ("try:\n    async for s in get_session():\n        pass\nfinally:\n    x = 1", True, False),
        ("try:\n    x = 1\nfinally:\n    async for s in get_session():\n        pass", True, False),
        ("return [s async for s in get_session()]", True, False),
        ("while True:\n    async for s in get_session():\n        pass", True, True),
        ("if flag:\n    async for s in get_session():\n        pass", False, False),
        ("if flag:\n    return\nasync for s in get_session():\n    pass", False, False),
        ("try:\n    x = 1\nexcept ValueError:\n    async for s in get_session():\n        pass", False, False),
        ("for item in items:\n    async for s in get_session():\n        pass", False, True),
        ("while flag:\n    async for s in get_session():\n        pass", False, True),
        ("return [s for item in items async for s in get_session()]", False, True),
        ("return flag and [s async for s in get_session()]", False, False),
        ("match flag:\n    case 1:\n        async for s in get_session():\n            pass", False, False),
        ("def inner():\n    return 1\nasync for s in get_session():\n    pass", True, False),
    ],
)
def test_whether_every_call_runs_the_line_and_whether_a_loop_does(
    body: str, always: bool, in_loop: bool, tmp_path: Path
) -> None:
    known = of_body(tmp_path, body)
    assert (known.always, known.in_loop) == (always, in_loop)


LOOP = "async for s in get_session():\n    pass"


def tried(handlers: str, body: str = LOOP) -> str:
    return f"try:\n{textwrap.indent(body, '    ')}\n{handlers}"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (tried("except Exception:\n    pass"), "`except Exception` in `go` hides the failure"),
        (tried("except:\n    return None"), "`except:` in `go` hides the failure"),
        (
            tried("except (ValueError, TypeError) as e:\n    x = e"),
            "`except (ValueError, TypeError)` in `go` hides the failure",
        ),
        (tried("except Exception as e:\n    logger.exception(e)"), "`except Exception` in `go` only logs the failure"),
        (
            "import contextlib\nwith contextlib.suppress(Exception):\n" + textwrap.indent(LOOP, "    "),
            "`contextlib.suppress(Exception)` in `go` hides the failure",
        ),
        (
            tried("except Exception:\n    pass", tried("except ValueError:\n    pass")),
            "`except Exception` in `go` hides the failure",
        ),
        (
            tried("except Exception:\n    pass", tried("except TypeError as e:\n    raise ValueError from e")),
            "`except Exception` in `go` hides the failure",
        ),
    ],
)
def test_a_broad_handler_around_the_line_hides_its_failure(body: str, text: str, tmp_path: Path) -> None:
    known = of_body(tmp_path, body)
    assert known.swallowed is not None
    assert (known.swallowed.path, known.swallowed.text) == ("core.py", text)
    assert known.skipped is None


@pytest.mark.parametrize(
    "body",
    [
        tried("except ValueError:\n    pass"),
        tried("except Exception:\n    raise"),
        tried("except Exception as e:\n    if flag:\n        raise HTTPError(500) from e"),
        tried("except Exception:\n    pytest.fail('no')"),
        tried("except TypeError:\n    raise\nexcept Exception:\n    pass"),
        f"try:\n    x = 1\nexcept Exception:\n    pass\nelse:\n{textwrap.indent(LOOP, '    ')}",
    ],
)
def test_a_handler_that_lets_the_failure_go_on_hides_nothing(body: str, tmp_path: Path) -> None:
    known = of_body(tmp_path, body)
    assert (known.swallowed, known.skipped) == (None, None)


@pytest.mark.parametrize(
    ("handler", "said"),
    [
        ("except Exception:\n    pytest.skip('database not available')", "pytest.skip('database not available')"),
        ("except Exception as e:\n    raise unittest.SkipTest(str(e))", "raise unittest.SkipTest(str(e))"),
        ("except Exception:\n    self.skipTest('no')", "self.skipTest('no')"),
    ],
)
def test_a_failure_may_become_a_skipped_test(handler: str, said: str, tmp_path: Path) -> None:
    known = of_body(tmp_path, tried(handler))
    assert known.skipped is not None
    assert known.skipped.text == f"`except Exception` in `go` turns the failure into `{said}`"
    assert known.swallowed is None


def test_a_fixture_that_skips_hides_it_from_every_test_that_asks_for_the_fixture(tmp_path: Path) -> None:
    known = severity(
        tmp_path,
        {
            "core.py": CORE,
            "tests/conftest.py": """
            import pytest
            from core import broken

            @pytest.fixture
            async def database():
                try:
                    await broken()
                except Exception:
                    pytest.skip("database not available")
            """,
            "tests/test_it.py": "def test_one(database):\n    pass\n\ndef test_two(database):\n    pass\n",
        },
    )
    assert known.level == "tests only"
    assert known.skipped is not None
    assert (known.skipped.path, known.skipped.line) == ("tests/conftest.py", 8)
    assert known.skipped.text == (
        "`except Exception` in `database` turns the failure into `pytest.skip('database not available')`"
    )


APP = """
from fastapi import FastAPI
from core import broken

app = FastAPI()


@app.get("/quiet")
async def quiet():
    try:
        await broken()
    except Exception:
        return None


@app.get("/loud")
async def loud():
    await broken()
"""


def test_a_handler_in_a_caller_is_told_with_the_ways_in_that_end_there(tmp_path: Path) -> None:
    known = severity(tmp_path, {"core.py": CORE, "app.py": APP})
    assert known.level == "production"
    assert known.swallowed is not None
    assert known.swallowed.text == "`except Exception` in `quiet` hides the failure, on 1 of 2 ways in"


@pytest.mark.parametrize(
    "call", ["asyncio.create_task(broken())", "asyncio.get_event_loop().run_in_executor(None, broken)"]
)
def test_a_handler_around_the_start_of_a_task_does_not_see_its_failure(call: str, tmp_path: Path) -> None:
    head = "import asyncio\nfrom core import broken\n\nasync def test_it():\n"
    text = f"{head}    try:\n        {call}\n    except Exception:\n        pass\n"
    known = severity(tmp_path, {"core.py": CORE, "test_it.py": text})
    assert (known.level, known.swallowed) == ("tests only", None)


def test_what_nothing_known_calls_is_unreached(tmp_path: Path) -> None:
    assert severity(tmp_path, {"core.py": CORE}).level == "unreached"
