"""A decorator above a function, and the import it needs."""

from __future__ import annotations

import pytest

from tests.repair.conftest import Bench

F = "async def f():\n    yield\n"
AT = "@asynccontextmanager\n"
IMPORT = "from contextlib import asynccontextmanager\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(f"@a\n# why\n@b\n{F}", f"@a\n# why\n@b\n{AT}{F}", id="below_the_other_decorators"),
        pytest.param(f"@a\n# why\n\n{F}", f"@a\n# why\n\n{AT}{F}", id="below_the_comments"),
        pytest.param(
            "class A:\n\tasync def f(self):\n\t\tyield\n",
            f"class A:\n\t{AT}\tasync def f(self):\n\t\tyield\n",
            id="indented_as_the_function_is",
        ),
        pytest.param(
            "async  def f(): yield",
            f"{AT}async  def f(): yield",
            id="above_a_function_on_one_line_without_an_end",
        ),
    ],
)
def test_the_decorator_stands_directly_above_the_function(bench: Bench, before: str, after: str) -> None:
    assert bench.decorate(IMPORT + before) == IMPORT + after


def test_new_lines_end_as_the_file_s_lines_do(bench: Bench) -> None:
    result = bench.decorate("import os\r\nasync def f():\r\n    yield\r\n")
    assert result == f"import os\r\n{IMPORT}{AT}{F}".replace("\r\n", "\n").replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            "from contextlib import asynccontextmanager as acm\n",
            "from contextlib import asynccontextmanager as acm\n@acm\n",
            id="the_name_under_its_alias",
        ),
        pytest.param("import contextlib\n", "import contextlib\n@contextlib.asynccontextmanager\n", id="the_module"),
        pytest.param(
            "import os, contextlib as c\n",
            "import os, contextlib as c\n@c.asynccontextmanager\n",
            id="the_module_under_its_alias",
        ),
        pytest.param(
            "from contextlib import suppress\n",
            f"from contextlib import asynccontextmanager, suppress\n{AT}",
            id="a_from_import_that_it_goes_first_in",
        ),
        pytest.param(
            "from contextlib import AsyncExitStack as E, aclosing as a  # why\n",
            f"from contextlib import AsyncExitStack as E, aclosing as a, asynccontextmanager  # why\n{AT}",
            id="a_from_import_that_it_goes_last_in",
        ),
        pytest.param(
            "from contextlib import (\n    aclosing,  # one\n    suppress,  # two\n)\n",
            f"from contextlib import (\n    aclosing,  # one\n    asynccontextmanager,\n    suppress,  # two\n)\n{AT}",
            id="a_from_import_of_one_name_a_line",
        ),
        pytest.param(
            "from contextlib import (\n    aclosing  # one\n)\n",
            f"from contextlib import (\n    aclosing,  # one\n    asynccontextmanager\n)\n{AT}",
            id="a_from_import_without_a_last_comma",
        ),
        pytest.param(
            "from contextlib import (\n    aclosing)\n",
            f"from contextlib import (\n    aclosing, asynccontextmanager)\n{AT}",
            id="a_from_import_that_ends_on_a_name_s_line",
        ),
        pytest.param(
            "from contextlib import \\\n    aclosing\n",
            f"from contextlib import \\\n    aclosing, asynccontextmanager\n{AT}",
            id="a_from_import_over_lines_without_parentheses",
        ),
    ],
)
def test_an_import_that_is_there_is_used(bench: Bench, before: str, after: str) -> None:
    assert bench.decorate(before + F) == after + F


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("", f"{IMPORT}\n\n", id="an_empty_file"),
        pytest.param("# licence\n\n", f"# licence\n\n{IMPORT}\n\n", id="below_the_first_comments"),
        pytest.param('"""Doc."""\n\n\n', f'"""Doc."""\n\n{IMPORT}\n\n', id="below_the_docstring"),
        pytest.param('"""Doc."""\n', f'"""Doc."""\n\n{IMPORT}\n', id="below_a_docstring_without_a_blank_line"),
        pytest.param(
            "from __future__ import annotations\n\n\n",
            f"from __future__ import annotations\n\n{IMPORT}\n\n",
            id="below_future",
        ),
        pytest.param(
            "import os\nfrom abc import A\nfrom typing import B\n\nimport httpx\n",
            f"import os\nfrom abc import A\n{IMPORT}from typing import B\n\nimport httpx\n",
            id="sorted",
        ),
        pytest.param(
            "from abc import A\nimport os\n",
            f"from abc import A\n{IMPORT}import os\n",
            id="sorted_without_regard_to_from",
        ),
        pytest.param("import os\n\nimport httpx\n", f"import os\n{IMPORT}\nimport httpx\n", id="after_plain_imports"),
        pytest.param("from typing import B\n", f"{IMPORT}from typing import B\n", id="first_of_its_kind"),
        pytest.param("import httpx\n", f"{IMPORT}\nimport httpx\n", id="apart_from_other_people_s_code"),
        pytest.param("from . import b\n", f"{IMPORT}\nfrom . import b\n", id="apart_from_relative_imports"),
        pytest.param(
            "if TYPE_CHECKING:\n    from contextlib import suppress\n",
            f"{IMPORT}\n\nif TYPE_CHECKING:\n    from contextlib import suppress\n",
            id="not_among_imports_for_types",
        ),
        pytest.param(
            "import os\ntry:\n    import contextlib2 as contextlib\nexcept ImportError:\n    import contextlib\n",
            f"import os\n{IMPORT}"
            "try:\n    import contextlib2 as contextlib\nexcept ImportError:\n    import contextlib\n",
            id="not_among_imports_that_are_tried",
        ),
        pytest.param("from contextlib import *\n", f"from contextlib import *\n{IMPORT}", id="not_in_a_star_import"),
    ],
)
def test_a_new_import_stands_where_imports_stand(bench: Bench, before: str, after: str) -> None:
    assert bench.decorate(before + F) == after + AT + F


@pytest.mark.parametrize(
    "other",
    [
        "asynccontextmanager = 1\n",
        "def asynccontextmanager(): pass\n",
        "from other import asynccontextmanager\n",
        "if x:\n    from contextlib import asynccontextmanager\n",
        "for asynccontextmanager in x: pass\n",
        "def g():\n    global asynccontextmanager\n    asynccontextmanager = 1\n",
    ],
)
def test_a_name_that_means_something_else_is_reached_through_its_module(bench: Bench, other: str) -> None:
    result = bench.decorate(f"import os\n{other}{F}")
    assert result == f"import contextlib\nimport os\n{other}@contextlib.asynccontextmanager\n{F}"


def test_a_name_of_a_scope_around_the_function_hides_the_import(bench: Bench) -> None:
    text = "def g(asynccontextmanager):\n    async def f():\n        yield\n"
    result = bench.decorate(f"import os\n{text}")
    assert "    @contextlib.asynccontextmanager\n    async def f():" in result


def test_a_name_of_a_scope_beside_the_function_hides_nothing(bench: Bench) -> None:
    text = f"def g(asynccontextmanager): pass\n{F}"
    assert bench.decorate(IMPORT + text) == f"{IMPORT}def g(asynccontextmanager): pass\n{AT}{F}"


def test_two_functions_share_one_import(bench: Bench) -> None:
    text = f"import os\n{F}{F.replace('f()', 'g()')}"
    assert bench.decorate(text) == f"import os\n{IMPORT}{AT}{F}{AT}{F.replace('f()', 'g()')}"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (f"{IMPORT}{AT}{F}", "the function at line 3 of module.py has the decorator already"),
        (
            f"asynccontextmanager = contextlib = 1\n{F}",
            "`asynccontextmanager` and `contextlib` both name something else in module.py",
        ),
        (f'import os; x = """\n"""\n{F}', "there is no line for an import after line 1 of module.py"),
        (f'"""\n"""; import httpx\n{F}', "there is no line for an import before line 2 of module.py"),
    ],
)
def test_a_function_that_cannot_be_decorated_is_refused(bench: Bench, text: str, reason: str) -> None:
    assert bench.decorate(text) == f"refused: {reason}"
