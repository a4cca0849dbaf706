"""What each key of the configuration takes: a value as somebody wrote it in, a checked value or a sentence out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from repairbot.config.journeys import JourneyPlan, journeys
from repairbot.errors import UsageError

_LONGEST_INTRODUCTION = 2000
_MOST = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Choice:
    """A rule selector or the name of a section and where it was written, for the error that it may cause."""

    text: str
    where: str


@dataclass(frozen=True, slots=True)
class Setting:
    """A value as somebody wrote it, where they did, and the directory that a relative path in it starts from.

    `by_target`: it stands in a file of the repository that is looked at, not in one of whoever looks.
    """

    value: object
    where: str
    folder: Path
    by_target: bool = False


def attribute(key: str) -> str:
    """The name in Python of a key: `test.install-command` is `test_install_command`."""
    return key.replace("-", "_").replace(".", "_")


def from_text(key: str, text: str, where: str) -> object:
    """What a variable of the environment says. Raises UsageError."""
    parse = KEYS[key]
    if parse in (_selectors, _globs, _texts):
        return [part.strip() for part in text.split(",") if part.strip()]
    if parse is _switch:
        return _truth(text, where)
    return int(text) if parse is _count and text.isascii() and text.isdigit() else text


def _truth(text: str, where: str) -> bool:
    match text.strip().lower():
        case "1" | "true" | "yes" | "on":
            return True
        case "0" | "false" | "no" | "off":
            return False
        case _:
            raise UsageError(f"{where}: expected true or false, got {text!r}")


def _strings(setting: Setting) -> list[str]:
    value = setting.value
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise UsageError(f"{setting.where}: expected a list of strings, got {kind(value)}")
    return value


def _selectors(setting: Setting) -> tuple[Choice, ...]:
    parts = (part.strip() for item in _strings(setting) for part in item.split(","))
    return tuple(Choice(part, setting.where) for part in parts if part)


def _globs(setting: Setting) -> tuple[str, ...]:
    return tuple(_strings(setting))


def _directory(setting: Setting) -> Path:
    value = setting.value
    if not isinstance(value, str):
        raise UsageError(f"{setting.where}: expected a directory as a string, got {kind(value)}")
    path = setting.folder / Path(value).expanduser()
    if not path.is_dir():
        raise UsageError(
            f"{setting.where}: {path} is no directory; name a virtual environment's directory, such as .venv"
        )
    return path


def _count(setting: Setting) -> int:
    value = setting.value
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        got = repr(value) if isinstance(value, int | str) else kind(value)
        raise UsageError(f"{setting.where}: expected a whole number, 1 or more, got {got}")
    if value > _MOST:
        raise UsageError(f"{setting.where}: expected a whole number, {_MOST:,} at most")
    return value


def _text_of(setting: Setting) -> str:
    if not isinstance(setting.value, str) or not setting.value.strip():
        raise UsageError(f"{setting.where}: expected a text, got {kind(setting.value)}")
    return setting.value


def _texts(setting: Setting) -> tuple[str, ...]:
    return tuple(part.strip() for part in _strings(setting) if part.strip())


def _mode(setting: Setting) -> str:
    if setting.value not in {"git", "api"}:
        raise UsageError(f'{setting.where}: expected "git" or "api", got {kind(setting.value)}')
    return str(setting.value)


def _author(setting: Setting) -> str:
    """`Name <email>`."""
    text = _text_of(setting)
    if not re.fullmatch(r"[^<>\x00-\x1f]+ <[^<>\s\x00-\x1f]+@[^<>\s\x00-\x1f]+>", text):
        raise UsageError(f"{setting.where}: expected `Name <email>`, got {kind(text)}")
    return text


def _introduction(setting: Setting) -> str:
    text = _text_of(setting)
    if len(text) > _LONGEST_INTRODUCTION:
        raise UsageError(
            f"{setting.where}: {len(text):,} characters, and {_LONGEST_INTRODUCTION:,} are the most; shorten it"
        )
    return text


def _selection(setting: Setting) -> str:
    if setting.value not in {"all", "affected"}:
        raise UsageError(f'{setting.where}: expected "all" or "affected", got {kind(setting.value)}')
    return str(setting.value)


def _switch(setting: Setting) -> bool:
    if not isinstance(setting.value, bool):
        raise UsageError(f"{setting.where}: expected true or false, got {kind(setting.value)}")
    return setting.value


def _journeys(setting: Setting) -> tuple[JourneyPlan, ...]:
    return journeys(setting.value, setting.where)


def kind(value: object) -> str:
    match value:
        case bool():
            return "true or false"
        case str():
            return f"the string {value!r}"
        case int() | float():
            return f"the number {value!r}"
        case dict():
            return "a table"
        case list():
            return "a list of other things" if value else "an empty list"
        case _:
            return f"a {type(value).__name__}"


KEYS: Mapping[str, Callable[[Setting], object]] = {
    "select": _selectors,
    "ignore": _selectors,
    "exclude": _globs,
    "env": _directory,
    "jobs": _count,
    "unsafe-fixes": _switch,
    "fail-on-skipped": _switch,
    "enabled": _switch,
    "test.command": _text_of,
    "test.install-command": _text_of,
    "test.python": _text_of,
    "test.selection": _selection,
    "test.network": _switch,
    "test.seconds": _count,
    "publish.base": _text_of,
    "publish.labels": _texts,
    "publish.reviewers": _texts,
    "publish.team-reviewers": _texts,
    "publish.assignees": _texts,
    "publish.milestone": _text_of,
    "publish.author": _author,
    "publish.commit-mode": _mode,
    "publish.draft": _switch,
    "publish.regressions": _switch,
    "publish.fork": _switch,
    "publish.max-open": _count,
    "publish.max-new": _count,
    "impact.journeys": _journeys,
    "write-up.sections": _selectors,
    "write-up.omit": _selectors,
    "write-up.introduction": _introduction,
}

# Where the flag is not called what the key is.
FLAGS = {
    "test.command": "test-command",
    "test.install-command": "install-command",
    "test.python": "python",
    "test.selection": "tests",
    "publish.base": "base",
    "publish.labels": "label",
    "publish.draft": "draft",
}
