"""Where installations may connect: the installer's settings in the environment in, hosts and ports out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

MORE_HOSTS = "REPAIRBOT_INDEX_HOSTS"
_PYPI = "https://pypi.org/simple"
# An index whose pages lead to files on another host.
_FILES = {
    "pypi.org": ("files.pythonhosted.org",),
    "test.pypi.org": ("test-files.pythonhosted.org",),
    "download.pytorch.org": ("download-r2.pytorch.org",),
}
# For each installer: what replaces the index, what adds to it, what switches it off.
_INSTALLERS = (
    (
        ("UV_DEFAULT_INDEX", "UV_INDEX_URL"),
        ("UV_INDEX", "UV_EXTRA_INDEX_URL", "UV_FIND_LINKS"),
        ("UV_OFFLINE", "UV_NO_INDEX"),
    ),
    (("PIP_INDEX_URL",), ("PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS"), ("PIP_NO_INDEX",)),
)
_PORTS = {"https": 443, "http": 80}
_LOCAL = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Place:
    """A host and a port; `named`: by the user, who may name one of this machine or of the network around it."""

    host: str
    port: int
    named: bool


@dataclass(frozen=True, slots=True)
class Reach:
    """All that installations may connect to; `proxies` of the user's lead there, by scheme, but to `direct` hosts."""

    places: tuple[Place, ...]
    proxies: Mapping[str, str]
    direct: tuple[str, ...]

    @property
    def inner_direct(self) -> tuple[str, ...]:
        """The hosts that code in the sandbox asks without the relay: its own, unless an index is there."""
        return tuple(host for host in _LOCAL if all(place.host != host for place in self.places))


NOWHERE = Reach((), {}, ())


def reach_of(environ: Mapping[str, str]) -> Reach:
    named = [_place(word) for word in _words(environ.get(MORE_HOSTS, ""))]
    usual: list[Place | None] = []
    for replacing, adding, without in _INSTALLERS:
        given = [word for name in (*replacing, *adding) for word in _words(environ.get(name, ""))]
        named += [_place(word) for word in given if "://" in word]
        if not any(environ.get(name) for name in (*replacing, *without)):
            usual.append(_place(_PYPI, named=False))
    found = {(place.host, place.port): place for place in (*usual, *named) if place is not None}
    for place in [*found.values()]:
        for host in _FILES.get(place.host, ()):
            found.setdefault((host, place.port), Place(host, place.port, named=False))
    return Reach(tuple(found.values()), _proxies(environ), tuple(_words(_either(environ, "no_proxy"))))


def _words(text: str) -> list[str]:
    return [word for word in re.split(r"[\s,]+", text) if word]


def _place(word: str, *, named: bool = True) -> Place | None:
    """Of an address, with or without `name=` before it, or of a bare `host` or `host:port`."""
    url = urlsplit(re.sub(r"^[\w.-]+=(?=\w+://)", "", word) if "://" in word else f"https://{word}")
    try:
        port = url.port or _PORTS.get(url.scheme)
    except ValueError:
        return None
    if not url.hostname or port is None:
        return None
    return Place(url.hostname.lower(), port, named)


def _proxies(environ: Mapping[str, str]) -> Mapping[str, str]:
    found = {scheme: _either(environ, f"{scheme}_proxy") or _either(environ, "all_proxy") for scheme in _PORTS}
    # Installers take a proxy without a scheme as one that is spoken to in the clear.
    return {scheme: one if "://" in one else f"http://{one}" for scheme, one in found.items() if one}


def _either(environ: Mapping[str, str], name: str) -> str:
    return environ.get(name) or environ.get(name.upper()) or ""
