"""Only files are published whose path reads as what it is, and that lie on no system below `.github/`."""

from __future__ import annotations

import pytest

from repairbot.publish.checking import is_ordinary
from tests.publish.conftest import Bench
from tests.publish.proposals import API, BRANCH

ORDINARY = [
    "app/api.py",
    "app/api.pyi",
    "github/client.py",
    "app/github/client.py",
    ".hidden/api.py",
    "a b/c d.py",
    "größe/模块.py",
    "приложение/код.py",
    "app/git~.py",
]
ODD = {
    "a newline": "app/a\nb.py",
    "a tab": "app/a\tb.py",
    "a carriage return": "app/a\rb.py",
    "an escape": "app/\x1b[31ma.py",
    "a right-to-left override": "app/\u202eyp.py",
    "an isolate": "app/\u2066a.py",
    "a zero-width space": "app/a\u200b.py",
    "a zero-width joiner": "app/a\u200d.py",
    "a byte order mark": "app/\ufeffa.py",
    "a soft hyphen": "app/a\u00ad.py",
    "a tag": "app/a\U000e0041.py",
    "a variation selector": "app/a\ufe0f.py",
    "a Hangul filler": "app/\u3164.py",
    "a half-width filler": "app/\uffa0.py",
    "an empty Braille cell": "app/\u2800.py",
    "a line separator": "app/a\u2028b.py",
    "a space that does not break": "app/a\u00a0b.py",
    "bytes that are no UTF-8": "app/a\udcff.py",
    "a private character": "app/a\ue000.py",
    "github's folder": ".github/a.py",
    "other cases": ".GitHub/a.py",
    "full-width letters": ".\uff47ithub/a.py",
    "a joiner in it": ".git\u200chub/a.py",
    "a dot behind": ".github./a.py",
    "a space behind": ".github /a.py",
    "dots and spaces behind": ".GITHUB. . ./a.py",
    "a full-width dot": "\uff0egithub/a.py",
    "a short name": "GITHUB~1/a.py",
    "a stream": ".github::$INDEX_ALLOCATION/a.py",
    "a backslash": ".github\\a.py",
    "below another folder": "app/.github/a.py",
    "git's own folder": "app/.Git/a.py",
    "another kind of file": "app/a.txt",
}
WRITTEN = ("a newline", "a right-to-left override", "a Hangul filler", "other cases", "a dot behind", "a backslash")


@pytest.mark.parametrize("path", ORDINARY)
def test_an_ordinary_path(path: str) -> None:
    assert is_ordinary(path)


@pytest.mark.parametrize("name", ODD)
def test_an_odd_path(name: str) -> None:
    assert not is_ordinary(ODD[name])


def test_files_with_odd_paths_are_left_out_of_the_pull_request(bench: Bench) -> None:
    bench.project.commit({ODD[name]: API for name in WRITTEN})
    ended = bench.publish(bench.propose())
    assert ended.code == 0, ended.all
    assert ended.out.count("is not an ordinary Python file") == len(WRITTEN)
    assert bench.repo.git("diff", "--name-only", "main", BRANCH).split() == ["app/api.py", "app/jobs.py"]
