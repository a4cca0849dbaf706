"""`scan .`, `scan FILE`, `explain PATH:LINE` and `fix` say the same of a line, whatever marks the project."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from repairbot.cli import main

GENERATORS = "async def gen():\n    yield 1\nasync def other():\n    yield 1\n"
ENTERS = {
    "plain": "from core.db import gen\nasync def f():\n    async with gen() as v: print(v)\n",
    "renamed": "from core.db import gen as make\nasync def f():\n    async with make() as v: print(v)\n",
    "alias": "from core import db\nmake = db.gen\nasync def f():\n    async with make() as v: print(v)\n",
    "forwarded": "from core.db import gen\ndef make(): return gen()\n"
    "async def f():\n    async with make() as v: print(v)\n",
    "held": "from core.db import gen\nclass C:\n    make = staticmethod(gen)\n"
    "    async def f(self):\n        async with self.make() as v: print(v)\n",
    "listed": "from core.db import gen\nmakers = (gen,)\nasync def f():\n    async with makers[0]() as v: print(v)\n",
}
MARKERS: Mapping[str, str | None] = {"nothing": None, "git": ".git/HEAD", "pyproject": "pyproject.toml"}


@pytest.fixture(params=list(MARKERS))
def tree(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    marker = MARKERS[request.param]
    for path, text in {"core/db.py": GENERATORS, **({marker: ""} if marker else {})}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    (tmp_path / "bot").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def scanned(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, object]]:
    main(["scan", "--format", "json", *words])
    found: list[dict[str, object]] = json.loads(capsys.readouterr().out)["findings"]
    return found


@pytest.mark.parametrize("way", ENTERS)
def test_every_command_finds_what_one_of_them_finds(tree: Path, way: str, capsys: pytest.CaptureFixture[str]) -> None:
    (tree / "bot" / "start.py").write_text(ENTERS[way])
    whole = scanned(capsys, ".")
    assert [(one["rule"], one["path"]) for one in whole] == [("RB102", "bot/start.py")]
    assert scanned(capsys, "bot/start.py") == whole == scanned(capsys, "bot", "--jobs", "2")
    main(["explain", f"bot/start.py:{whole[0]['line']}"])
    assert "RB102" in (said := capsys.readouterr().out)
    assert "undecided" not in said
    main(["fix", "--format", "json", "bot/start.py"])
    assert [one["fingerprint"] for one in json.loads(capsys.readouterr().out)["findings"]] == [whole[0]["fingerprint"]]
