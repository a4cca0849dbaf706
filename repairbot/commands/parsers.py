"""The parser of each command: its own options, and what its `--help` says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from repairbot.commands.parser import Parser, add_common, add_paths

_SCAN = """\
Reports every construct whose object is known to lack the protocol, with its evidence. PATHs (default: the current
directory) choose what is reported; the whole project around them is used to resolve names."""

_FIX = """\
Prints the safe fixes as one diff with paths from the project's root: repairbot fix | git apply
Findings that have no safe fix are listed on stderr, and `repairbot scan` gives their reasons."""

_EXPLAIN = """\
Prints the page of a rule or of a topic, or says for every construct on a line of a file why it is a finding or not."""

_PUBLISH = """\
Derives the edits of a proposal again from a clean clone, and opens or keeps up one pull request for each rule.
Runs no target code. The token comes from GITHUB_TOKEN, or from GITHUB_APP_ID and GITHUB_APP_PRIVATE_KEY.
The exit code is 0 when the wanted state holds."""

_REPORT = """\
Renders an evidence document again, in any format and from nothing else. It is the evidence.json of a proposal."""

_RULES = "Lists the rules: code, slug and what each looks for."


def _scan_parser() -> Parser:
    parser = Parser(prog="repairbot scan", usage="repairbot scan [PATH ...] [options]", description=_SCAN)
    add_paths(parser)
    group = parser.add_argument_group("options")
    group.add_argument(
        "--format",
        choices=("text", "json", "sarif", "github"),
        default="text",
        help="text (default), json, sarif (2.1.0, for code scanning) or github (annotations of a workflow run)",
    )
    group.add_argument("--output", metavar="FILE", type=Path, help="write the report to this file, all or nothing")
    group.add_argument(
        "--since",
        metavar="REF",
        help="report only findings that involve lines changed since REF (as in `git diff REF...`), or whose "
        "evidence does",
    )
    group.add_argument(
        "--traceback",
        metavar="FILE",
        type=Path,
        help="check whether the bug in a traceback still exists ('-' reads standard input)",
    )
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
        "--unsafe-fixes", action="store_const", const=True, help="also apply fixes that a person should review"
    )
    group.add_argument("--format", choices=("text", "json"), default="text", help="text (the diff, default) or json")
    add_common(parser)
    return parser


def _explain_parser() -> Parser:
    usage = "repairbot explain [RULE | TOPIC | PATH:LINE] [options]"
    parser = Parser(prog="repairbot explain", usage=usage, description=_EXPLAIN)
    group = parser.add_argument_group("arguments")
    group.add_argument(
        "topic",
        metavar="RULE | TOPIC | PATH:LINE",
        nargs="?",
        help="a rule's code or slug, a topic, or a place as `scan` prints it; without it, what there is to explain",
    )
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
    _add_templates(group.add_argument)
    group.add_argument("--label", metavar="NAME", action="append", help="a label for new pull requests; repeatable")
    group.add_argument("--draft", action="store_const", const=True, help="open pull requests as drafts")
    group.add_argument(
        "--unsafe-fixes", action="store_const", const=True, help="also publish fixes that a person should review"
    )
    group.add_argument("--format", choices=("text", "json"), default="text", help="text (default) or json")
    add_common(parser)
    return parser


def _add_templates(add_argument: Callable[..., object]) -> None:
    add_argument("--templates", metavar="DIR", type=Path, help="templates of your own for the write-up")


def _report_parser() -> Parser:
    parser = Parser(prog="repairbot report", usage="repairbot report EVIDENCE [options]", description=_REPORT)
    group = parser.add_argument_group("arguments")
    group.add_argument("topic", metavar="EVIDENCE", help="the file, or the folder of the proposal that holds it")
    group = parser.add_argument_group("options")
    formats = ("text", "json", "markdown", "html", "sarif", "github")
    group.add_argument("--format", choices=formats, default="text", help="text is the default")
    group.add_argument("--output", metavar="FILE", type=Path, help="write the report to this file, all or nothing")
    _add_templates(group.add_argument)
    add_common(parser)
    return parser


def _rules_parser() -> Parser:
    parser = Parser(prog="repairbot rules", usage="repairbot rules [options]", description=_RULES)
    add_common(parser)
    return parser


_RUN = """\
Does the whole job on a repository, from its commit: scans it, proves each finding with the real object, fixes it on
a branch, runs the repository's own tests without and with the change, and leaves a proposal: a folder with the branch,
the patch and the evidence. The repository itself is never written to. Its code runs in a sandbox, without tokens."""


def _run_parser() -> Parser:
    usage = "repairbot run [PATH | --repo OWNER/NAME] [options]"
    parser = Parser(prog="repairbot run", usage=usage, description=_RUN)
    group = parser.add_argument_group("arguments")
    group.add_argument("paths", metavar="PATH", nargs="*", help="a git repository, or a folder in one (default: .)")
    group = parser.add_argument_group("options")
    group.add_argument("--repo", metavar="OWNER/NAME", help="work on a clone of this repository instead of PATH")
    group.add_argument("--out", metavar="DIR", type=Path, help="where the proposal goes, outside of the repository")
    group.add_argument("--publish", action="store_true", help="then push the branch and open its pull request")
    group.add_argument("--write-test", action="store_true", help="add a regression test to the branch")
    group.add_argument("--python", metavar="VERSION", help="the Python for the tests: a version or a path")
    group.add_argument("--test-command", metavar="COMMAND", help="how the tests are run, if not by pytest alone")
    group.add_argument("--install-command", metavar="COMMAND", help="how what the tests need is installed")
    group.add_argument("--tests", choices=("all", "affected"), help="all (default), or those that reach the change")
    group.add_argument(
        "--unsafe-fixes", action="store_const", const=True, help="also apply fixes that a person should review"
    )
    group.add_argument("--authors", action="store_true", help="name the authors of commits in the evidence")
    _add_templates(group.add_argument)
    group.add_argument(
        "--trust-repo",
        action="store_true",
        help="run the repository's code even if the sandbox cannot hide your credentials",
    )
    add_common(parser)
    return parser


_DEMO = """\
Makes a git repository of a small chat backend in a temporary folder, does the whole job on it as `run` does, and says
of each promise whether it held. One caller in it was forgotten when a definition changed, and some near misses look
like it. The backend's tests need packages from PyPI, the first time; the exit code is 0 when every promise held."""


def _demo_parser() -> Parser:
    parser = Parser(prog="repairbot demo", usage="repairbot demo [options]", description=_DEMO)
    group = parser.add_argument_group("options")
    group.add_argument(
        "--trust-repo", action="store_true", help="run its packages even if the sandbox cannot hide your credentials"
    )
    add_common(parser)
    return parser


PARSERS: Mapping[str, Callable[[], Parser]] = {
    "scan": _scan_parser,
    "fix": _fix_parser,
    "run": _run_parser,
    "explain": _explain_parser,
    "publish": _publish_parser,
    "report": _report_parser,
    "rules": _rules_parser,
    "demo": _demo_parser,
}
