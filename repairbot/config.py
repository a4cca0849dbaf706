"""What the user asked for: flags over `REPAIRBOT_<KEY>` over `.github/repairbot.toml` over `[tool.repairbot]`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from repairbot.errors import UsageError

_LARGEST = 1 << 20


@dataclass(frozen=True, slots=True)
class Choice:
    """A rule selector and where it was written, for the error that it may cause."""

    text: str
    where: str


@dataclass(frozen=True, slots=True)
class Config:
    """Every key with the value that won. `select` is None when nobody chose."""

    select: tuple[Choice, ...] | None = None
    ignore: tuple[Choice, ...] = ()
    exclude: tuple[str, ...] = ()
    env: Path | None = None
    jobs: int | None = None
    unsafe_fixes: bool = False
    fail_on_skipped: bool = False


@dataclass(frozen=True, slots=True)
class _Setting:
    """A value as somebody wrote it, where they did, and the directory that a relative path in it starts from."""

    value: object
    where: str
    folder: Path


_Layer = Mapping[str, _Setting]


def load(root: Path, file: Path | None, flags: Mapping[str, object], environ: Mapping[str, str]) -> Config:
    """The configuration of a root. `file` replaces both files; `flags` holds only what was given.

    Raises UsageError: a file that cannot be read, an unknown key, a value of the wrong type.
    """
    return _config(*_files(root, file), _environment(environ), _flags(flags))


def from_flags(flags: Mapping[str, object]) -> Config:
    """The flags alone, for a command that has no project. Raises UsageError."""
    return _config(_flags(flags))


def _config(*layers: _Layer) -> Config:
    settings: dict[str, _Setting] = {}
    for layer in layers:
        settings.update(layer)
    values: dict[str, Any] = {key.replace("-", "_"): _KEYS[key](setting) for key, setting in settings.items()}
    return Config(**values)


def nearest(word: str, known: Iterable[str], plural: str) -> str:
    """What to write instead of an unknown `word`, as a clause."""
    import difflib

    names = list(known)
    by_lower_case = {name.lower(): name for name in names}
    close = difflib.get_close_matches(word.lower(), by_lower_case, n=1)
    return f"did you mean {by_lower_case[close[0]]!r}?" if close else f"the {plural} are {', '.join(names)}"


def _files(root: Path, file: Path | None) -> list[_Layer]:
    if file is not None:
        return [_file(file, root, must_exist=True)]
    return [_file(root / "pyproject.toml", root), _file(root / ".github" / "repairbot.toml", root)]


def _file(path: Path, root: Path, *, must_exist: bool = False) -> _Layer:
    text = _text(path, must_exist)
    in_table = path.name == "pyproject.toml"
    if not text or (in_table and "repairbot" not in text):
        return {}  # so that a broken file of a project that never heard of us does not stop the scan
    import tomllib

    try:
        table: Any = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UsageError(f"{path}: not valid TOML: {error}; mend the file, or name another with --config") from None
    where = f"{path} [tool.repairbot]" if in_table else str(path)
    if in_table:
        table = _table(_table(table.get("tool", {}), f"{path} [tool]").get("repairbot", {}), where)
    for key in table:
        if key not in _KEYS:
            raise UsageError(f"{where}: unknown key {key!r}; {nearest(key, _KEYS, 'keys')}")
    return {key: _Setting(value, f"`{key}` in {where}", root) for key, value in table.items()}


def _text(path: Path, must_exist: bool) -> str:
    try:
        if not path.is_file():  # also a pipe or a device, which would never end
            if must_exist:
                raise UsageError(f"{path}: no such file; --config wants a TOML file such as .github/repairbot.toml")
            return ""
        if path.stat().st_size > _LARGEST:
            raise UsageError(f"{path}: too large for a configuration (over {_LARGEST:,} bytes)")
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        raise UsageError(f"{path}: not UTF-8, so not TOML; save it as UTF-8") from None
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}); check its permissions") from None


def _table(value: object, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise UsageError(f"{where}: expected a table, got {_kind(value)}")
    return value


def _environment(environ: Mapping[str, str]) -> _Layer:
    settings = {}
    for key in _KEYS:
        name = f"REPAIRBOT_{key.upper().replace('-', '_')}"
        value = environ.get(name)
        if value:  # a workflow passes an input that nobody filled in as an empty string
            settings[key] = _Setting(_from_text(key, value, name), name, Path.cwd())
    return settings


def _from_text(key: str, text: str, where: str) -> object:
    parse = _KEYS[key]
    if parse in (_selectors, _globs):
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


def _flags(flags: Mapping[str, object]) -> _Layer:
    return {key: _Setting(value, f"--{key}", Path.cwd()) for key, value in flags.items()}


def _strings(setting: _Setting) -> list[str]:
    value = setting.value
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise UsageError(f"{setting.where}: expected a list of strings, got {_kind(value)}")
    return value


def _selectors(setting: _Setting) -> tuple[Choice, ...]:
    parts = (part.strip() for item in _strings(setting) for part in item.split(","))
    return tuple(Choice(part, setting.where) for part in parts if part)


def _globs(setting: _Setting) -> tuple[str, ...]:
    return tuple(_strings(setting))


def _directory(setting: _Setting) -> Path:
    value = setting.value
    if not isinstance(value, str):
        raise UsageError(f"{setting.where}: expected a directory as a string, got {_kind(value)}")
    path = setting.folder / Path(value).expanduser()
    if not path.is_dir():
        raise UsageError(
            f"{setting.where}: {path} is no directory; name a virtual environment's directory, such as .venv"
        )
    return path


def _count(setting: _Setting) -> int:
    value = setting.value
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        got = repr(value) if isinstance(value, int | str) else _kind(value)
        raise UsageError(f"{setting.where}: expected a whole number, 1 or more, got {got}")
    return value


def _switch(setting: _Setting) -> bool:
    if not isinstance(setting.value, bool):
        raise UsageError(f"{setting.where}: expected true or false, got {_kind(setting.value)}")
    return setting.value


def _kind(value: object) -> str:
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


_KEYS: Mapping[str, Callable[[_Setting], object]] = {
    "select": _selectors,
    "ignore": _selectors,
    "exclude": _globs,
    "env": _directory,
    "jobs": _count,
    "unsafe-fixes": _switch,
    "fail-on-skipped": _switch,
}
