"""The base is scanned in a process of its own, which comes to the same and which nothing holds up for ever."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from repairbot.config.load import Config
from repairbot.errors import UsageError
from repairbot.git import repository as git_own
from repairbot.git import source
from repairbot.process.run import MIB, Ended, Limits, run
from repairbot.publish import rederive
from repairbot.publish.rederive import PATIENCE, NotRederived, rederived
from repairbot.rules.registry import all_rules
from repairbot.scan.commit import survey
from tests.git_traps import commit, start

CM = "from contextlib import asynccontextmanager\n@asynccontextmanager\nasync def cm():\n    yield 1\n"
FILES = {
    "good.py": f"# é \n{CM}async def f():\n    async for x in cm(): print(x)\n",
    "latin.py": "# coding: latin-1\nfrom good import cm\nasync def f():\n    async for x in cm(): print('ä')\n",
    "g.py": "async def g():\n    yield 1\nasync def f():\n    async with g() as x: print(x)\n",
}


@pytest.fixture
def base(tmp_path: Path) -> tuple[Path, str]:
    place = start(tmp_path / "user" / "repository")
    commit(place, FILES)
    found = source.find(place)
    return git_own.borrow_history(found, tmp_path / "history.git"), found.commit


def test_what_comes_back_is_what_a_scan_in_this_process_comes_to(base: tuple[Path, str]) -> None:
    here = survey(*base, all_rules(), Config())
    with rederived(*base, all_rules(), Config()) as ours:
        assert ours.findings == here.findings
        assert len(ours.findings) == 3
        names = sorted(one.group for one in ours.findings if one.group)
        assert ours.changed(names) == here.derivation.changed(names)
        assert ours.rewrites(names) == here.rewrites(names)
        assert ours.undecided == here.derivation.undecided
        assert set(ours.functions.values()) == {"f"}
        assert all(one.lines for one in ours.excerpts.values())
        assert {ours.code_at(one) for one in ours.findings} == set(ours.statements.values())


def test_a_glob_that_is_none_is_an_error_of_the_configuration(base: tuple[Path, str]) -> None:
    with pytest.raises(UsageError, match="exclude"), rederived(*base, all_rules(), Config(exclude=("!",))):
        pass


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        (replace(PATIENCE, seconds=0.05), r"took more than 0\.05 seconds; exclude the file"),
        (replace(PATIENCE, memory_bytes=1 * MIB), r"took more than 1 MB of memory; exclude the file"),
    ],
)
def test_a_scan_that_is_cut_off_says_so_in_one_sentence(base: tuple[Path, str], limits: Limits, said: str) -> None:
    with (
        pytest.raises(NotRederived, match=said) as raised,
        rederived(*base, all_rules(), Config(), limits),
    ):
        pass
    assert raised.value.exit_code == 3
    assert "\n" not in str(raised.value)


def test_a_scan_that_breaks_off_says_why(base: tuple[Path, str]) -> None:
    with (
        pytest.raises(NotRederived, match=r"broke off: .*; please report it"),
        rederived(base[0], "0" * 40, all_rules(), Config()),
    ):
        pass


def test_the_process_that_reads_strangers_files_holds_no_token(
    base: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", "ghp_FAKE")
    seen: list[Mapping[str, str]] = []

    def noting(argv: Sequence[str], **options: Any) -> Ended:
        seen.append(options["env"])
        return run(argv, **options)

    monkeypatch.setattr(rederive, "run", noting)
    with rederived(*base, all_rules(), Config()):
        pass
    assert os.environ["GITHUB_TOKEN"] not in seen[0].values()
