from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from repairbot.harness.suite.import_graph import reaching
from repairbot.source.snapshot import Snapshot

Reaching = Callable[..., frozenset[str] | None]


@pytest.fixture
def reached(tmp_path: Path) -> Reaching:
    def make(files: Mapping[str, str], *changed: str, seconds: float = 60.0) -> frozenset[str] | None:
        for name, text in {"pyproject.toml": "[project]\nname = 'x'\n", **files}.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
        return reaching(Snapshot.of([tmp_path]), changed, seconds)

    return make


FILES = {
    "src/pkg/__init__.py": "",
    "src/pkg/db.py": "def session(): ...\n",
    "src/pkg/service.py": "from .db import session\n",
    "src/pkg/other.py": "import os\n",
    "src/pkg/web/__init__.py": "from pkg import service\n",
    "tests/test_db.py": "from pkg.db import session\n",
    "tests/test_web.py": "import pkg.web\n",
    "tests/test_other.py": "from pkg import other\n",
    "tests/test_names.py": "text = 'the db is here'\n",
}


def test_importers_reach_a_file_directly_and_through_others(reached: Reaching) -> None:
    assert reached(FILES, "src/pkg/db.py") == frozenset(
        {
            "src/pkg/db.py",
            "src/pkg/service.py",
            "src/pkg/web/__init__.py",
            "tests/test_db.py",
            "tests/test_web.py",
        }
    )


def test_a_package_is_reached_by_all_that_import_below_it(reached: Reaching) -> None:
    found = reached(FILES, "src/pkg/__init__.py")
    assert found is not None
    assert {"tests/test_db.py", "tests/test_web.py", "tests/test_other.py"} <= found
    assert "tests/test_names.py" not in found


def test_a_conftest_reaches_for_everything_below_it(reached: Reaching) -> None:
    files = {**FILES, "tests/api/conftest.py": "import pkg.db\n", "tests/api/test_a.py": "def test(session): ...\n"}
    found = reached(files, "src/pkg/db.py")
    assert found is not None
    assert "tests/api/test_a.py" in found
    assert "tests/test_other.py" not in found


def test_a_name_in_a_string_counts_as_an_import(reached: Reaching) -> None:
    files = {
        **FILES,
        "tests/test_run.py": "APP = 'pkg.service:app'\n",
        "tests/test_patch.py": "patch('pkg.db.session')\n",
    }
    found = reached(files, "src/pkg/db.py")
    assert found is not None
    assert {"tests/test_run.py", "tests/test_patch.py"} <= found


def test_imports_in_a_circle_end(reached: Reaching) -> None:
    files = {"a.py": "import b\n", "b.py": "import a\n", "test_a.py": "import a\n"}
    assert reached(files, "b.py") == frozenset({"a.py", "b.py", "test_a.py"})


def test_a_file_that_does_not_parse_reaches_nothing(reached: Reaching) -> None:
    assert reached({"db.py": "", "bad.py": "import db (\n"}, "db.py") == frozenset({"db.py"})


def test_without_the_time_to_tell_nothing_is_claimed(reached: Reaching) -> None:
    assert reached(FILES, "src/pkg/db.py", seconds=-1) is None
