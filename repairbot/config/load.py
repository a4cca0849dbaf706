"""What the user asked for: flags over `REPAIRBOT_<KEY>` over `.github/repairbot.toml` over `[tool.repairbot]`."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from repairbot.config.journeys import JourneyPlan
from repairbot.config.keys import FLAGS, KEYS, Choice, Setting, attribute, from_text, kind
from repairbot.errors import UsageError

_LARGEST = 1 << 20
LONGEST_SUITE = 3600  # seconds that a repository may ask for


@dataclass(frozen=True, slots=True)
class Config:
    """Every key with the value that won. `select` is None when nobody chose.

    `by_target` are the keys whose value stands in a file of the repository that is looked at.
    """

    select: tuple[Choice, ...] | None = None
    ignore: tuple[Choice, ...] = ()
    exclude: tuple[str, ...] = ()
    env: Path | None = None
    jobs: int | None = None
    unsafe_fixes: bool = False
    fail_on_skipped: bool = False
    enabled: bool = True
    test_command: str | None = None
    test_install_command: str | None = None
    test_python: str | None = None
    test_selection: str = "all"
    test_network: bool = False
    test_seconds: int | None = None
    publish_base: str | None = None
    publish_labels: tuple[str, ...] = ()
    publish_reviewers: tuple[str, ...] = ()
    publish_team_reviewers: tuple[str, ...] = ()
    publish_assignees: tuple[str, ...] = ()
    publish_milestone: str | None = None
    publish_author: str = "repairbot <repairbot@noreply.invalid>"
    publish_commit_mode: str = "git"
    publish_draft: bool = False
    publish_regressions: bool = False
    publish_fork: bool = True
    publish_max_open: int = 10
    publish_max_new: int = 10
    impact_journeys: tuple[JourneyPlan, ...] = ()
    write_up_sections: tuple[Choice, ...] | None = None
    write_up_omit: tuple[Choice, ...] = ()
    write_up_introduction: str | None = None
    by_target: frozenset[str] = field(default=frozenset(), compare=False)


_Layer = Mapping[str, Setting]


def load(
    root: Path,
    file: Path | None,
    flags: Mapping[str, object],
    environ: Mapping[str, str],
    keys: Container[str] = KEYS,
) -> Config:
    """The configuration of a root. `file` replaces both files; `flags` holds only what was given.

    Of the files and the environment only `keys` count. Raises UsageError: a file that cannot be read, an unknown key,
    a value of the wrong type.
    """
    layers = [*_files(root, file), _environment(environ)]
    wanted = [{key: setting for key, setting in layer.items() if key in keys} for layer in layers]
    return _config(*wanted, _flags(flags))


def from_flags(flags: Mapping[str, object]) -> Config:
    """The flags alone, for a command that has no project. Raises UsageError."""
    return _config(_flags(flags))


def _config(*layers: _Layer) -> Config:
    settings: dict[str, Setting] = {}
    for layer in layers:
        settings.update(layer)
    values: dict[str, Any] = {attribute(key): KEYS[key](setting) for key, setting in settings.items()}
    asked = frozenset(key for key, setting in settings.items() if setting.by_target)
    return Config(**values, by_target=asked)


def granted(config: Config) -> tuple[Config, tuple[str, ...]]:
    """Return what a repository that nobody vouches for gets of what it asks for, and sentences on what it does not."""
    notes = []
    if config.test_network and "test.network" in config.by_target:
        config = replace(config, test_network=False)
        notes.append(
            "the repository asks for a network while its tests run, and gets none: set REPAIRBOT_TEST_NETWORK=true or "
            "give --trust-repo to allow it"
        )
    if (config.test_seconds or 0) > LONGEST_SUITE and "test.seconds" in config.by_target:
        notes.append(
            f"the repository asks for {config.test_seconds:,} seconds for its tests, and gets {LONGEST_SUITE:,}: set "
            "REPAIRBOT_TEST_SECONDS or give --trust-repo to allow more"
        )
        config = replace(config, test_seconds=LONGEST_SUITE)
    return config, tuple(notes)


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
    except (ValueError, RecursionError) as error:  # also for a number of more digits than Python converts
        raise UsageError(f"{path}: not valid TOML: {error}; mend the file, or name another with --config") from None
    where = f"{path} [tool.repairbot]" if in_table else str(path)
    if in_table:
        table = _table(_table(table.get("tool", {}), f"{path} [tool]").get("repairbot", {}), where)
    values = dict(_flattened(table, where))
    for key in values:
        if key not in KEYS:
            raise UsageError(f"{where}: unknown key {key!r}; {nearest(key, KEYS, 'keys')}")
    return {key: Setting(value, f"`{key}` in {where}", root, by_target=not must_exist) for key, value in values.items()}


def _flattened(table: Mapping[str, object], where: str) -> Iterator[tuple[str, object]]:
    """Keys of a table within the table are known as `table.key`."""
    tables = {key.partition(".")[0] for key in KEYS if "." in key}
    for key, value in table.items():
        if key in tables:
            yield from ((f"{key}.{inner}", item) for inner, item in _table(value, f"{where} [{key}]").items())
        else:
            yield key, value


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
        raise UsageError(f"{where}: expected a table, got {kind(value)}")
    return value


def _environment(environ: Mapping[str, str]) -> _Layer:
    settings = {}
    for key in KEYS:
        name = f"REPAIRBOT_{attribute(key).upper()}"
        value = environ.get(name)
        if value:  # a workflow passes an input that nobody filled in as an empty string
            settings[key] = Setting(from_text(key, value, name), name, Path.cwd())
    return settings


def _flags(flags: Mapping[str, object]) -> _Layer:
    return {key: Setting(value, f"--{FLAGS.get(key, key)}", Path.cwd()) for key, value in flags.items()}
