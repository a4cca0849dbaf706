"""argv becomes a call of a command; a wrong one becomes a UsageError, and `--help` prints and ends the program."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, fields
from importlib import import_module
from typing import Any

from repairbot.commands.output import write
from repairbot.commands.parser import Command, Options, Parser, add_common
from repairbot.config.keys import FLAGS, KEYS, attribute
from repairbot.errors import UsageError

NAMES = ("scan", "fix", "run", "explain", "publish", "report", "rules", "demo")


@dataclass(frozen=True, slots=True)
class Call:
    """A command and what it is asked."""

    command: Command[Any]
    options: Options


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


def parse(argv: Sequence[str]) -> Call:
    """The call that was typed, options before or after the command. Raises UsageError, or SystemExit for --help."""
    early = _main_parser().parse_args(argv)
    if early.version:
        return Call(VERSION, Options())
    if early.command is None:
        _main_parser().parse_args(["--help"])
    if early.command not in NAMES:
        from repairbot.config.load import nearest

        raise UsageError(f"unknown command {early.command!r}; {nearest(early.command, NAMES, 'commands')}")
    command = named(early.command)
    late = command.parser().parse_intermixed_args(_without_end_mark(early.rest))
    return Call(VERSION, Options()) if late.version else Call(command, _options(command, early, late))


def named(name: str) -> Command[Any]:
    """A command of NAMES; its module is imported now: a scan need not wait for what only `fix` uses."""
    found: Command[Any] = import_module(f"repairbot.commands.{name}").COMMAND
    return found


def _show_version(_: Options) -> int:
    from repairbot.commands.version import version

    write(f"repairbot {version()}\n")
    return 0


VERSION = Command(lambda: Parser(prog="repairbot"), Options, _show_version)


def _without_end_mark(words: Sequence[str]) -> list[str]:
    """Words after `--` are paths whatever they begin with; argparse loses that mark when options may stand anywhere."""
    if "--" not in words:
        return list(words)
    mark = words.index("--")
    return [*words[:mark], *(f"./{word}" if word.startswith("-") else word for word in words[mark + 1 :])]


def _options(command: Command[Any], early: argparse.Namespace, late: argparse.Namespace) -> Options:
    """The command's options, each from the word of its name."""
    given = {
        one.name: getattr(late, one.name)
        for one in fields(command.options)
        if getattr(late, one.name, None) is not None
    }
    if "paths" in given:
        given["paths"] = tuple(given["paths"])
    common = {
        "verbosity": _verbosity(early) + _verbosity(late),
        "config": late.config or getattr(early, "config", None),
        "flags": _flags(early, late),
    }
    made: Options = command.options(**{**given, **common})
    return made


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
