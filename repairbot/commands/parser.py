"""What the commands' parsers share: the parser, its help, and the options that every command has."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, NoReturn, TypeVar

from repairbot.commands.output import write
from repairbot.errors import UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What every command takes; `flags` are the configuration keys that were given."""

    verbosity: int = 0
    config: Path | None = None
    flags: Mapping[str, object] = field(default_factory=dict)


_O = TypeVar("_O", bound=Options)


@dataclass(frozen=True, slots=True)
class Command(Generic[_O]):
    """One command: how its words are read, into which value, and what it does with that; `run` gives the exit code."""

    parser: Callable[[], Parser]
    options: type[_O]
    run: Callable[[_O], int]


class Parser(argparse.ArgumentParser):
    """Wrong usage is an error like every other, and help text does not depend on the terminal it is read in."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            allow_abbrev=False,
            add_help=False,
            formatter_class=lambda prog: argparse.RawDescriptionHelpFormatter(prog, max_help_position=26, width=118),
            **options,
        )

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}; {self._meant(message)}`{self.prog} --help` lists what there is")

    def _meant(self, message: str) -> str:
        """What an unknown option may have been meant to be, as the beginning of a clause."""
        import difflib

        word = message.removeprefix("unrecognized arguments: ").partition(" ")[0].partition("=")[0]
        close = difflib.get_close_matches(word, self._option_string_actions, n=1) if word.startswith("--") else []
        return f"did you mean {close[0]}? " if close else ""


class _Help(argparse.Action):
    """Prints the help through our own door, where a reader that goes away is no error."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        write(parser.format_help())
        parser.exit()


def add_common(parser: Parser) -> None:
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
    group.add_argument(
        "--jobs", metavar="N", type=int, help="number of worker processes (default: depends on the amount of work)"
    )
    group.add_argument("-v", "--verbose", action="count", default=0, help="list what is undecided and skipped, too")
    group.add_argument("-q", "--quiet", action="count", default=0, help="only one line for each finding")
    group.add_argument("--version", action="store_true", help="print the version and end")
    group.add_argument("-h", "--help", action=_Help, nargs=0, help="print this help and end")


def add_paths(parser: Parser) -> None:
    group = parser.add_argument_group("arguments")
    group.add_argument("paths", metavar="PATH", nargs="*", type=Path, help="files and directories (default: .)")


def add_templates(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--templates", metavar="DIR", type=Path, help="templates of your own for the write-up")
