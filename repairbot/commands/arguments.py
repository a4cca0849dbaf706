"""argv becomes Arguments; a wrong one becomes a UsageError, and `--help` prints and ends the program."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from repairbot.commands.output import write
from repairbot.errors import UsageError


@dataclass(frozen=True, slots=True)
class Arguments:
    """What was typed; `flags` are the configuration keys that were given, and `command` is None for --version."""

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


_MAIN = """\
Finds Python constructs used on objects with the wrong protocol, such as `async for` over an async context manager,
proves each one from the real definition, and repairs it. Nothing of the scanned code is imported or run."""

_COMMANDS = """\
commands:
  scan [PATH ...]       report what is found, with the evidence
  fix [PATH ...]        print the repairs as a diff that `git apply` takes, or make them with --write
  explain RULE          the page of a rule
  explain PATH:LINE     why that line is or is not a finding
  rules                 list the rules

`repairbot COMMAND --help` describes a command's own options."""

_END = """\
exit codes: 0 nothing found, 1 findings, 2 wrong usage or configuration, 3 internal error, 130 interrupted

Options also come from REPAIRBOT_<KEY> (REPAIRBOT_JOBS=4), .github/repairbot.toml, or [tool.repairbot] in
pyproject.toml, in this order. Keys: select, ignore, exclude, env, jobs, unsafe-fixes, fail-on-skipped."""

_SCAN = """\
Reports every construct whose object is known to lack the protocol, with its evidence. PATHs (default: the current
directory) choose what is reported; the whole project around them is used to resolve names."""

_FIX = """\
Prints the safe repairs as one diff with paths from the project's root: repairbot fix | git apply
Findings that have no safe repair are listed on stderr, and `repairbot scan` gives their reasons."""

_EXPLAIN = """\
Prints a rule's page, or says for every construct on a line of a file why it is a finding or not."""

_RULES = "Lists the rules: code, slug and what each looks for."


def parse(argv: Sequence[str]) -> Arguments:
    """The arguments of one call, options before or after the command. Raises UsageError, or SystemExit for --help."""
    early = _main_parser().parse_args(argv)
    if early.version:
        return _arguments(None, argparse.Namespace(), early)
    if early.command is None:
        raise UsageError("no command given; try `repairbot scan`, or `repairbot --help` for the others")
    if early.command not in _PARSERS:
        from repairbot.config import nearest

        raise UsageError(f"unknown command {early.command!r}; {nearest(early.command, _PARSERS, 'commands')}")
    late = _PARSERS[early.command]().parse_intermixed_args(_without_end_mark(early.rest))
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
    )


def _verbosity(given: argparse.Namespace) -> int:
    return getattr(given, "verbose", 0) - getattr(given, "quiet", 0)


def _flags(early: argparse.Namespace, late: argparse.Namespace) -> dict[str, object]:
    """The configuration keys that were given; a list given on both sides of the command is one list."""
    flags: dict[str, object] = {}
    for key in ("select", "ignore", "exclude", "env", "jobs", "unsafe_fixes", "fail_on_skipped"):
        before, after = getattr(early, key, None), getattr(late, key, None)
        if isinstance(before, list) and isinstance(after, list):
            after = [*before, *after]
        if after is not None or before is not None:
            flags[key.replace("_", "-")] = before if after is None else after
    return flags


class _Parser(argparse.ArgumentParser):
    """Wrong usage is an error like every other, and help text does not depend on the terminal it is read in."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            allow_abbrev=False,
            add_help=False,
            formatter_class=lambda prog: argparse.RawDescriptionHelpFormatter(prog, max_help_position=26, width=118),
            **options,
        )

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}; `{self.prog} --help` lists what there is")


class _Help(argparse.Action):
    """Prints the help through our own door, where a reader that goes away is no error."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        write(parser.format_help())
        parser.exit()


def _main_parser() -> _Parser:
    parser = _Parser(
        prog="repairbot",
        usage="repairbot COMMAND [PATH ...] [options]",
        description=f"{_MAIN}\n\n{_COMMANDS}",
        epilog=_END,
    )
    parser.add_argument("command", nargs="?", help=argparse.SUPPRESS)
    parser.add_argument("rest", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    _add_common(parser)
    return parser


def _add_common(parser: _Parser) -> None:
    group = parser.add_argument_group("options of every command")
    names = "codes, slugs or prefixes such as RB1, comma-separated; repeatable"
    group.add_argument("--select", metavar="RULES", action="append", help=f"look only for these: {names}")
    group.add_argument(
        "--ignore", metavar="RULES", action="append", help="leave these out, even when selected; likewise"
    )
    group.add_argument(
        "--exclude",
        metavar="GLOB",
        action="append",
        help="leave out paths that match, as in a .gitignore file; repeatable",
    )
    group.add_argument("--config", metavar="FILE", type=Path, help="read this file instead of the project's own")
    group.add_argument("--env", metavar="DIR", help="the virtual environment to read libraries from (never run)")
    group.add_argument("--jobs", metavar="N", type=int, help="processes to scan with (default: as many as pay)")
    group.add_argument("-v", "--verbose", action="count", default=0, help="list what is undecided and skipped, too")
    group.add_argument("-q", "--quiet", action="count", default=0, help="only one line for each finding")
    group.add_argument("--version", action="store_true", help="print the version and end")
    group.add_argument("-h", "--help", action=_Help, nargs=0, help="print this help and end")


def _scan_parser() -> _Parser:
    parser = _Parser(prog="repairbot scan", usage="repairbot scan [PATH ...] [options]", description=_SCAN)
    _add_paths(parser)
    group = parser.add_argument_group("options")
    group.add_argument("--format", choices=("text", "json"), default="text", help="text (default) or json")
    group.add_argument("--output", metavar="FILE", type=Path, help="write the report to this file, all or nothing")
    group.add_argument("--exit-zero", action="store_true", help="findings do not make the exit code 1")
    group.add_argument(
        "--fail-on-skipped", action="store_const", const=True, help="a skipped file makes the exit code 1"
    )
    _add_common(parser)
    return parser


def _fix_parser() -> _Parser:
    parser = _Parser(prog="repairbot fix", usage="repairbot fix [PATH ...] [options]", description=_FIX)
    _add_paths(parser)
    group = parser.add_argument_group("options")
    group.add_argument("--write", action="store_true", help="change the files; the exit code is 1 if findings remain")
    group.add_argument(
        "--unsafe-fixes", action="store_const", const=True, help="also apply repairs that a person should review"
    )
    group.add_argument("--format", choices=("text", "json"), default="text", help="text (the diff, default) or json")
    _add_common(parser)
    return parser


def _explain_parser() -> _Parser:
    usage = "repairbot explain RULE | PATH:LINE [options]"
    parser = _Parser(prog="repairbot explain", usage=usage, description=_EXPLAIN)
    group = parser.add_argument_group("arguments")
    group.add_argument("topic", metavar="RULE | PATH:LINE", help="a code, a slug, or a place as `scan` prints it")
    _add_common(parser)
    return parser


def _rules_parser() -> _Parser:
    parser = _Parser(prog="repairbot rules", usage="repairbot rules [options]", description=_RULES)
    _add_common(parser)
    return parser


def _add_paths(parser: _Parser) -> None:
    group = parser.add_argument_group("arguments")
    group.add_argument("paths", metavar="PATH", nargs="*", help="files and directories (default: .)")


_PARSERS: Mapping[str, Callable[[], _Parser]] = {
    "scan": _scan_parser,
    "fix": _fix_parser,
    "explain": _explain_parser,
    "rules": _rules_parser,
}
