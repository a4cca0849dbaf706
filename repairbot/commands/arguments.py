"""argv becomes Arguments; a wrong one becomes a UsageError, and `--help` prints and ends the program."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from repairbot.commands.parser import Parser, add_common
from repairbot.commands.parsers import PARSERS
from repairbot.config.keys import FLAGS, KEYS, attribute
from repairbot.errors import UsageError


@dataclass(frozen=True, slots=True)
class Arguments:
    """What was typed; `flags` are the configuration keys that were given, and `command` is None for --version.

    `options` are the options of this command that have no field here, by their names in Python.
    """

    command: str | None
    paths: tuple[Path, ...]
    topic: str | None
    format: str
    output: Path | None
    exit_zero: bool
    write: bool
    verbosity: int
    config: Path | None
    flags: Mapping[str, object]
    options: Mapping[str, object] = field(default_factory=dict)


_MAIN = """\
Finds Python constructs used on objects with the wrong protocol, such as `async for` over an async context manager,
proves each one from the real definition, and fixes it. Only `run` and `demo` run code of others, in a sandbox."""

_COMMANDS = """\
commands:
  scan [PATH ...]       report what is found, with the evidence
  fix [PATH ...]        print the fixes as a diff that `git apply` takes, or make them with --write
  run [PATH]            the whole job: scan, prove, fix, test; leaves a proposal
  explain               list the rules and topics that have a page; `explain RULE`, `explain TOPIC` print one
  explain PATH:LINE     say why that line is or is not a finding
  publish PROPOSAL      open or keep up the pull request of a proposal
  report EVIDENCE       render an evidence document again, in any format
  rules                 list the rules
  demo                  the whole job on a small chat backend that comes with the program

`repairbot COMMAND --help` describes a command's own options."""

_END = """\
exit codes: 0 nothing found, 1 findings, 2 wrong usage or configuration, 3 internal error, 130 interrupted

Options also come from REPAIRBOT_<KEY> (REPAIRBOT_JOBS=4, REPAIRBOT_TEST_PYTHON=3.12), .github/repairbot.toml, or
[tool.repairbot] in pyproject.toml, in this order; `test.python` is `python` in the table [tool.repairbot.test].
"""


def parse(argv: Sequence[str]) -> Arguments:
    """The arguments of one call, options before or after the command. Raises UsageError, or SystemExit for --help."""
    early = _main_parser().parse_args(argv)
    if early.version:
        return _arguments(None, argparse.Namespace(), early)
    if early.command is None:
        _main_parser().parse_args(["--help"])
    if early.command not in PARSERS:
        from repairbot.config.load import nearest

        raise UsageError(f"unknown command {early.command!r}; {nearest(early.command, PARSERS, 'commands')}")
    late = PARSERS[early.command]().parse_intermixed_args(_without_end_mark(early.rest))
    return _arguments(None if late.version else early.command, early, late)


def _without_end_mark(words: Sequence[str]) -> list[str]:
    """Words after `--` are paths whatever they begin with; argparse loses that mark when options may stand anywhere."""
    if "--" not in words:
        return list(words)
    mark = words.index("--")
    return [*words[:mark], *(f"./{word}" if word.startswith("-") else word for word in words[mark + 1 :])]


def _arguments(command: str | None, early: argparse.Namespace, late: argparse.Namespace) -> Arguments:
    return Arguments(
        command=command,
        paths=tuple(Path(path) for path in getattr(late, "paths", ())),
        topic=getattr(late, "topic", None),
        format=getattr(late, "format", "text"),
        output=getattr(late, "output", None),
        exit_zero=getattr(late, "exit_zero", False),
        write=getattr(late, "write", False),
        verbosity=_verbosity(early) + _verbosity(late),
        config=late.config or getattr(early, "config", None),
        flags=_flags(early, late),
        options={name: value for name, value in vars(late).items() if name not in _KNOWN},
    )


def _verbosity(given: argparse.Namespace) -> int:
    return getattr(given, "verbose", 0) - getattr(given, "quiet", 0)


def _flags(early: argparse.Namespace, late: argparse.Namespace) -> dict[str, object]:
    """The configuration keys that were given; a list given on both sides of the command is one list."""
    flags: dict[str, object] = {}
    for key in KEYS:
        name = _name_of_flag(key)
        before, after = getattr(early, name, None), getattr(late, name, None)
        if isinstance(before, list) and isinstance(after, list):
            after = [*before, *after]
        if after is not None or before is not None:
            flags[key] = before if after is None else after
    return flags


def _name_of_flag(key: str) -> str:
    return attribute(FLAGS.get(key, key))


_KNOWN = {
    *(_name_of_flag(key) for key in KEYS),
    *("paths", "topic", "format", "output", "exit_zero", "write", "verbose", "quiet", "config", "version", "help"),
}


def _main_parser() -> Parser:
    parser = Parser(
        prog="repairbot",
        usage="repairbot COMMAND [PATH ...] [options]",
        description=f"{_MAIN}\n\n{_COMMANDS}",
        epilog=_END + textwrap.fill(f"Keys: {', '.join(KEYS)}.", 118),
    )
    parser.add_argument("command", nargs="?", help=argparse.SUPPRESS)
    parser.add_argument("rest", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    add_common(parser)
    return parser
