"""Bytes of a file become a Parsed, or an Unparsed that says why not and what to do."""

from __future__ import annotations

import ast
import io
import re
import warnings

from repairbot.model import Skipped
from repairbot.source.diagnosis import diagnose
from repairbot.source.files import ModuleFile, Parsed, Unparsed
from repairbot.source.paths import SIZE_LIMIT
from repairbot.source.stack import FOR_A_PARSER, room

_BOM = b"\xef\xbb\xbf"
# Reads differently in every encoding that is not ASCII-based, and where a backslash or a plus begins an escape.
_PROBE = rb"azAZ09_ \x41 +AGE- ~{}[]|#" + b"\n"
# Begins another alphabet in every encoding that has states, ISO-2022 and its like.
_SHIFTS = b"\x1b$B!!\x1b(B\x1b$A!!\x1b(B\x1b$)C\x0e!!\x0f\n"

_TEXTS = ("A" * 200, "a.B\n" * 200, ".." * 100)


def parse(file: ModuleFile, data: bytes) -> Parsed:
    """The file's tree. Raises Unparsed."""
    text = decode(file.path, data)
    try:
        with warnings.catch_warnings(), room(FOR_A_PARSER):
            warnings.simplefilter("ignore")  # an invalid escape in the target is not ours to report
            tree = ast.parse(text)
    except SyntaxError as error:
        raise Unparsed(diagnose(file.path, text, error)) from None
    except (RecursionError, MemoryError):
        raise Unparsed(Skipped(file.path, "too-deep", "nested too deeply for Python's own parser")) from None
    except ValueError as error:
        raise Unparsed(Skipped(file.path, "syntax-error", f"not Python: {error}")) from None
    return Parsed(file, data, text, tree)


def decode(path: str, data: bytes) -> str:
    """Text as Python reads it: by byte order mark or coding cookie, else UTF-8. Raises Unparsed."""
    if len(data) > SIZE_LIMIT:
        reason = f"over {SIZE_LIMIT // 1_000_000} MB, and files that large are not read"
        raise Unparsed(Skipped(path, "too-large", reason))
    if b"\0" in data:
        raise Unparsed(Skipped(path, "nul-bytes", "contains NUL bytes, which Python source cannot"))
    encoding = _encoding(path, data)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unparsed(_undecodable(path, data, encoding, error)) from None


def _encoding(path: str, data: bytes) -> str:
    if b"coding" not in b"".join(re.split(rb"\r\n|\r|\n", data[:4096], maxsplit=2)[:2]):
        return "utf-8-sig" if data.startswith(_BOM) else "utf-8"
    from tokenize import detect_encoding

    try:
        encoding, _ = detect_encoding(io.BytesIO(data).readline)
        plain = (_PROBE + _SHIFTS).decode(encoding)
    except (SyntaxError, LookupError, UnicodeError) as error:
        raise Unparsed(Skipped(path, "unknown-encoding", f"its coding line cannot be followed: {error}")) from None
    if plain != (_PROBE + _SHIFTS).decode() or not _keeps_its_text(encoding):
        # Bytes searched for would mean something else in UTF-7 or UTF-16, and some such codecs take quadratic time.
        raise Unparsed(Skipped(path, "unknown-encoding", f"its coding line names {encoding}, which is not ASCII-based"))
    return encoding


def _keeps_its_text(encoding: str) -> bool:
    """Whether a long line and many lines of ASCII come back from the codec as they were.

    IDNA and its like take text for labels: they lower its case, or refuse one of more than 63 characters.
    """
    try:
        return all(text.encode(encoding).decode(encoding) == text for text in _TEXTS)
    except (LookupError, ValueError):
        return False


def _undecodable(path: str, data: bytes, encoding: str, error: UnicodeDecodeError) -> Skipped:
    line = len(re.findall(rb"\r\n|\r|\n", data[: error.start])) + 1
    name = "UTF-8" if encoding.startswith("utf-8") else encoding
    advice = "; save it as UTF-8 or name its encoding in a coding line" if name == "UTF-8" else ""
    return Skipped(path, "not-utf-8", f"line {line} is not {name}{advice}")
