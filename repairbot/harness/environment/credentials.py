"""Credentials in the settings of downloads: which values carry one, and every text without them, whoever printed it."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import quote, unquote

from repairbot.plain import decoded, encoded

T = TypeVar("T")

HIDDEN = "[hidden]"
_SHORTEST = 3  # anything shorter would blot out half of every text
_ALONE = 8  # from this length on, a value is hidden inside of words too
_CUT = 8  # characters of a value at the edge of a text that was cut

_SETTINGS = re.compile(
    r"(https?|ftp|all|socks|no)_proxy|(uv|pip)_.*(index|url|proxy|links|username|password|token).*", re.IGNORECASE
)
_BARE = re.compile(r".*_(username|password|token)", re.IGNORECASE)
_SCHEMES = frozenset({"", "http", "https", "socks4", "socks5", "socks5h", "file"})
_ADDRESS = re.compile(
    r"(?:[\w.-]+=(?=[A-Za-z][\w+.-]*://))?(?:(?P<scheme>[A-Za-z][\w+.-]*)://)?(?P<rest>.*)", re.DOTALL
)
_ORDINARY = re.compile(r"[\w.~+*/:\[\]-]*", re.ASCII)
_DIVIDED = re.compile(r"[/.:@?#&=;,\s]+")
_IPV6 = re.compile(r"\[[0-9A-Fa-f:.]+\]")
# What people call folders and machines: short words, with a number at the end or alone. All else may be a token.
_WORD = re.compile(r"[A-Z]?[a-z]{0,12}\d{0,3}|\d{1,4}|\*")
_TELLING = re.compile(r"secret|token|passw|pwd|api_?key|credential", re.IGNORECASE)


def carries_credential(value: str) -> bool:
    """Whether the value of a setting may hold one: anything but addresses made of plain words, numbers and ports."""
    return any(not _is_plain(word) for word in _words(value))


@dataclass(frozen=True, slots=True)
class Redaction:
    """`secrets` are the values that no text may hold, the longest first."""

    secrets: tuple[str, ...] = ()

    def text(self, text: str) -> str:
        """Return the text with every secret hidden."""
        for secret in self.secrets:
            around = ("", "") if len(secret) >= _ALONE else (r"(?<![A-Za-z0-9])", r"(?![A-Za-z0-9])")
            text = re.sub(re.escape(secret).join(around), HIDDEN, text, flags=re.IGNORECASE)
        return text

    def cut(self, text: str) -> str:
        """Return a piece of a longer text with every secret hidden, and what an edge has left of one."""
        text = self.text(text)
        for secret in self.secrets:
            for length in range(len(secret) - 1, _CUT - 1, -1):
                if text.startswith(secret[-length:]):
                    text = HIDDEN + text[length:]
                if text.endswith(secret[:length]):
                    text = text[:-length] + HIDDEN
        return text

    def data(self, data: bytes) -> bytes:
        """Return what a program printed, or the end of it, likewise."""
        if not self.secrets:
            return data
        return self.cut(data.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")

    def value(self, value: T) -> T:
        """Return a frozen value with all of its texts likewise."""
        return decoded(type(value), self._plain(encoded(value))) if self.secrets else value

    def _plain(self, value: object) -> object:
        match value:
            case str():
                return self.text(value)
            case dict():
                return {key: self._plain(item) for key, item in value.items()}
            case list():
                return [self._plain(item) for item in value]
        return value


def redaction(environ: Mapping[str, str], others: Iterable[str] = ()) -> Redaction:
    """Return what hides the credentials of every setting of downloads in the environment, and `others`."""
    found = {other for other in others if other}
    for name, value in environ.items():
        if _SETTINGS.fullmatch(name):
            found.update([value] if _BARE.fullmatch(name) else _secrets(value))
    plain = {spelling for one in found for spelling in (one, unquote(one))}
    spelt = plain | {quote(one, safe=safe) for one in plain for safe in ("", "/")}
    return Redaction(tuple(sorted((one for one in spelt if len(one) >= _SHORTEST), key=lambda one: (-len(one), one))))


def _words(value: str) -> list[str]:
    """Return the addresses of a list, which some settings separate by white space and some by commas."""
    return [word for word in re.split(r"[\s,]+", value) if word]


def _secrets(value: str) -> Iterator[str]:
    words = _words(value)
    if any(not _is_plain(word) for word in words):
        yield value
        yield from _parts(value)  # a password may hold what separates addresses
    for word in words:
        if not _is_plain(word):
            yield word
            yield from _parts(word)


def _is_plain(word: str) -> bool:
    found = _ADDRESS.fullmatch(word)
    assert found is not None  # it matches everything
    if (found["scheme"] or "").lower() not in _SCHEMES or not _ORDINARY.fullmatch(found["rest"]):
        return False
    host, _, path = found["rest"].partition("/")
    return not any(True for _ in _odd_parts(host, path))


def _parts(word: str) -> Iterator[str]:
    """Yield what of an address may be a credential by itself."""
    found = _ADDRESS.fullmatch(word)
    assert found is not None
    rest, _, fragment = found["rest"].partition("#")
    _, _, query = rest.partition("?")
    # A password may hold any of the characters that end it: the first and the last "@" are both tried.
    for user_and_more in {found["rest"].partition("@")[0], found["rest"].rpartition("@")[0]}:
        if "@" in found["rest"]:
            yield from _of_login(user_and_more)
    for text in (query, fragment):
        yield text
        yield from (part.partition("=")[2] or part for part in re.split(r"[&;]", text))
    for spelling in {word, unquote(word)}:
        yield from (chunk for chunk in _DIVIDED.split(spelling) if not _is_name(chunk))


def _of_login(login: str) -> Iterator[str]:
    user, colon, password = login.partition(":")
    yield login
    for spelling in {login, unquote(login)}:
        yield base64.b64encode(spelling.encode("utf-8", "surrogateescape")).decode("ascii")
    yield password
    if not (colon and password) or not _is_name(user):
        yield user


def _odd_parts(host: str, path: str) -> Iterator[str]:
    """Yield the labels of a host, its port and the parts of a path that are no plain names."""
    bare, colon, port = host.rpartition(":")
    if not colon or _IPV6.fullmatch(host):
        bare, port = host, ""
    if port and not re.fullmatch(r"\d{1,5}", port):
        yield port
    if not _IPV6.fullmatch(bare):
        yield from (label for label in bare.split(".") if not _is_name(label))
    yield from (part for part in path.split("/") if not _is_name(part))


def _is_name(text: str) -> bool:
    return not _TELLING.search(text) and all(_WORD.fullmatch(piece) for piece in re.split(r"[-_.~+]", text))
