from __future__ import annotations

import pytest

from repairbot.harness.environment.detect_project import poetry_requirement, requirement
from repairbot.harness.environment.versions import ranges, satisfies


@pytest.mark.parametrize(
    "text",
    ["-e .", "--index-url=https://evil.example", "./local", "../up", "file:///x", "/abs", "git+ssh://x", "", "#c"],
)
def test_what_an_installer_could_read_as_an_option_or_a_path_is_no_requirement(text: str) -> None:
    assert requirement(text) is None


@pytest.mark.parametrize(
    "text", ["pytest", "pytest>=8,<9", "x[a,b]==1.*; python_version<'3.12'", "x @ https://e.example/x"]
)
def test_ordinary_requirements_are_kept(text: str) -> None:
    assert requirement(text) == text


@pytest.mark.parametrize(
    ("wanted", "text"),
    [
        ("^1.2.3", "x>=1.2.3,<2"),
        ("^0.2.3", "x>=0.2.3,<0.3"),
        ("^0.0.3", "x>=0.0.3,<0.0.4"),
        ("~1.2", "x>=1.2,<1.3"),
        ("1.2.*", "x==1.2.*"),
        ("*", "x"),
        (">=1,<2", "x>=1,<2"),
        ("^1 || ^2", "x"),
        ({"git": "https://e.example/x.git", "rev": "abc"}, "x @ git+https://e.example/x.git@abc"),
        ({"path": "../x"}, None),
    ],
    ids=str,
)
def test_poetry_versions_are_said_as_ranges(wanted: object, text: str | None) -> None:
    assert poetry_requirement("x", wanted) == text


@pytest.mark.parametrize(
    ("version", "specifier", "allowed"),
    [
        ((3, 12, 1), ">=3.9", True),
        ((3, 8, 1), ">=3.9", False),
        ((3, 12, 1), ">=3.8,<3.12", False),
        ((3, 12, 1), "^3.8", True),
        ((3, 10, 2), "~3.9", False),
        ((3, 9, 2), "~=3.9", True),
        ((3, 12, 0), "!=3.12.*", False),
        ((3, 12, 4), ">3.12", True),
        ((3, 11), ">=3.11.4", True),
        ((3, 12, 0), "nonsense", True),
        ((3, 12, 0), ">=3.8 <3.12", False),
    ],
    ids=str,
)
def test_a_python_is_allowed_or_not(version: tuple[int, ...], specifier: str, allowed: bool) -> None:
    assert satisfies(version, specifier) is allowed


def test_ranges_leave_what_is_a_range_already() -> None:
    assert ranges(">=1.0, ~=1.2") == ">=1.0,~=1.2"
