"""What every rewritten file must stand up to before anyone sees it."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable

from repairbot.model import TextEdit
from repairbot.repair.layout import Layout, merged
from repairbot.repair.refused import Refused

_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


def check_compiles(path: str, data: bytes) -> None:
    """Raises Refused for a file that this Python does not compile; it is never run."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the target's own warnings are not ours to report
            compile(data, path, "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        reason = error.msg if isinstance(error, SyntaxError) else str(error)
        raise Refused(f"the rewritten file would not compile: {reason}") from error


def check_only_spans_changed(old: bytes, edits: Iterable[TextEdit], new: bytes) -> None:
    """Raises Refused when a byte outside of the edits' spans differs; works on bytes alone, unlike the engine."""
    encoding = Layout.of(old).encoding.removesuffix("-sig")
    starts = [0]
    for line in _LINE.findall(old):
        starts.append(starts[-1] + len(line))
    lines = [*_LINE.findall(old), b""]

    def offset(line: int, column: int) -> int:
        bom = 3 if line == 1 and old.startswith(b"\xef\xbb\xbf") else 0
        text = lines[line - 1][bom:].decode(encoding)
        return starts[line - 1] + bom + len(text[: column - 1].encode(encoding))

    done = at = 0
    for edit in merged(edits):
        kept = old[done : offset(edit.region.line, edit.region.column)]
        if new[at : at + len(kept)] != kept:
            break
        at += len(kept) + len(edit.replacement.encode(encoding))
        done = offset(edit.region.end_line, edit.region.end_column)
    if new[at:] != old[done:]:
        raise Refused("the rewrite would change text outside of its edits")
