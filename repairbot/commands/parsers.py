"""The parser of each command: its own options, and what its `--help` says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from repairbot.commands.parser import Parser, add_common, add_paths

_SCAN = """\
Reports every construct whose object is known to lack the protocol, with its evidence. PATHs (default: the current
directory) choose what is reported; the whole project around them is used to resolve names."""

_FIX = """\
Prints the safe repairs as one diff with paths from the project's root: repairbot fix | git apply
Findings that have no safe repair are listed on stderr, and `repairbot scan` gives their reasons."""

_EXPLAIN = """\
Prints a rule's page, or says for every construct on a line of a file why it is a finding or not."""

_PUBLISH = """\
Derives the edits of a proposal again from a clean clone, and opens or keeps up one pull request for each rule.
Runs no target code. The token comes from GITHUB_TOKEN, or from GITHUB_APP_ID and GITHUB_APP_PRIVATE_KEY.
The exit code is 0 when the wanted state holds."""

_RULES = "Lists the rules: code, slug and what each looks for."


def _scan_parser() -> Parser:
    parser = Parser(prog="repairbot scan", usage="repairbot scan [PATH ...] [options]", description=_SCAN)
    add_paths(parser)
    group = parser.add_argument_group("options")
    group.add_argument("--format", choices=("text", "json"), default="text", help="text (default) or json")
    group.add_argument("--output", metavar="FILE", type=Path, help="write the report to this file, all or nothing")
    group.add_argument("--exit-zero", action="store_true", help="findings do not make the exit code 1")
    group.add_argument(
        "--fail-on-skipped", action="store_const", const=True, help="a skipped file makes the exit code 1"
    )
    add_common(parser)
    return parser


def _fix_parser() -> Parser:
    parser = Parser(prog="repairbot fix", usage="repairbot fix [PATH ...] [options]", description=_FIX)
    add_paths(parser)
    group = parser.add_argument_group("options")
    group.add_argument("--write", action="store_true", help="change the files; the exit code is 1 if findings remain")
    group.add_argument(
        "--unsafe-fixes", action="store_const", const=True, help="also apply repairs that a person should review"
    )
    group.add_argument("--format", choices=("text", "json"), default="text", help="text (the diff, default) or json")
    add_common(parser)
    return parser


def _explain_parser() -> Parser:
    usage = "repairbot explain RULE | PATH:LINE [options]"
    parser = Parser(prog="repairbot explain", usage=usage, description=_EXPLAIN)
    group = parser.add_argument_group("arguments")
    group.add_argument("topic", metavar="RULE | PATH:LINE", help="a code, a slug, or a place as `scan` prints it")
    add_common(parser)
    return parser


def _publish_parser() -> Parser:
    parser = Parser(prog="repairbot publish", usage="repairbot publish PROPOSAL [options]", description=_PUBLISH)
    group = parser.add_argument_group("arguments")
    group.add_argument("proposal", metavar="PROPOSAL", help="the folder that `repairbot run` left")
    group = parser.add_argument_group("options")
    group.add_argument(
        "--repo", metavar="OWNER/NAME", help="the repository (default: the workflow's, or the proposal's)"
    )
    group.add_argument("--base", metavar="BRANCH", help="the branch to publish to (default: the one it was made from)")
    group.add_argument("--label", metavar="NAME", action="append", help="a label for new pull requests; repeatable")
    group.add_argument("--draft", action="store_const", const=True, help="open pull requests as drafts")
    group.add_argument(
        "--unsafe-fixes", action="store_const", const=True, help="also publish repairs that a person should review"
    )
    group.add_argument("--format", choices=("text", "json"), default="text", help="text (default) or json")
    add_common(parser)
    return parser


def _rules_parser() -> Parser:
    parser = Parser(prog="repairbot rules", usage="repairbot rules [options]", description=_RULES)
    add_common(parser)
    return parser


PARSERS: Mapping[str, Callable[[], Parser]] = {
    "scan": _scan_parser,
    "fix": _fix_parser,
    "explain": _explain_parser,
    "publish": _publish_parser,
    "rules": _rules_parser,
}
