"""Why Python refused a file: a plain syntax error, Python 2, syntax of a newer Python, or nesting."""

from __future__ import annotations

import re
import sys

from repairbot.model import Skipped

_ENOUGH = 1000  # characters of the refused line
_RUNNING = sys.version_info[:2]
_TOO_DEEP = re.compile(r"too many (?:nested parentheses|levels of indentation|statically nested blocks)|too complex")
_PYTHON_2 = re.compile(
    r"""^[ \t]*(?:print[ \t]+(?:["'\w%]|>>)|exec[ \t]+["'\w]|raise[ \t]+[\w.]+[ \t]*,[ \t]*\S)
      | ^[ \t]*except[ \t]+[\w.()\x20,]+,[ \t]*[a-z_]\w*[ \t]*:
      | \bur["'] | \b0[0-7]+\b(?!\.) | \b(?:0x[0-9a-fA-F]+|\d+)[lL]\b | <> | `[^`\n]+`""",
    re.VERBOSE,
)
_OLD_F_STRING = re.compile(r"f-string.*(?:cannot include|expecting '}'|unmatched|unterminated string)")
# What each Python brought that an older one refuses, looked for in the refused line.
_NEWER = (
    ((3, 12), "a `type` statement", re.compile(r"^[ \t]*type[ \t]+\w+[ \t]*[\[=]")),
    ((3, 13), "a default of a type parameter", re.compile(r"^[ \t]*(?:async[ \t]+def|def|class)[ \t]+\w+\[[^\]]*=")),
    ((3, 12), "type parameters", re.compile(r"^[ \t]*(?:async[ \t]+def|def|class)[ \t]+\w+\[")),
    ((3, 14), "a template string", re.compile(r"""(?<![\w"'])(?:t|tr|rt)["']""", re.IGNORECASE)),
    ((3, 14), "`except` with several types and no parentheses", re.compile(r"^[ \t]*except\*?[ \t]+[\w.]+[ \t]*,")),
)


def diagnose(path: str, text: str, error: SyntaxError) -> Skipped:
    """The `skipped` entry for text that `ast` refused with `error`."""
    message = error.msg or "invalid syntax"
    at = f"line {error.lineno}: {message}" if error.lineno else message
    line = _line(text, error.lineno)
    if _TOO_DEEP.search(message):
        return Skipped(path, "too-deep", f"nested too deeply for Python's own parser ({at})")
    if _is_python_2(message, line):
        advice = "port it to Python 3, for example with 2to3, or exclude it"
        return Skipped(path, "python-2", f"looks like Python 2 ({at}); {advice}")
    if newer := _newer(message, line):
        version, what = newer
        needs, ours = ".".join(map(str, version)), ".".join(map(str, _RUNNING))
        reason = f"line {error.lineno} seems to use {what} of Python {needs}, and repairbot runs on Python {ours}"
        return Skipped(path, "newer-syntax", f"{reason}; run repairbot with Python {needs} or newer")
    return Skipped(path, "syntax-error", at)


def _line(text: str, number: int | None) -> str:
    lines = re.split(r"\r\n|\r|\n", text)
    return lines[number - 1][:_ENOUGH] if number and number <= len(lines) else ""


def _is_python_2(message: str, line: str) -> bool:
    return message.startswith("Missing parentheses in call to") or bool(_PYTHON_2.search(line))


def _newer(message: str, line: str) -> tuple[tuple[int, int], str] | None:
    if _RUNNING < (3, 12) and _OLD_F_STRING.match(message):
        return (3, 12), "quotes, backslashes or comments inside an f-string"
    for version, what, pattern in _NEWER:
        if version > _RUNNING and pattern.search(line):
            return version, what
    return None
