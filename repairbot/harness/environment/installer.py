"""What installing takes from this machine: uv, the settings for downloads; and what an installer's output says."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from repairbot.harness.environment.credentials import Redaction, carries_credential, redaction
from repairbot.harness.sandbox.index_hosts import NOWHERE, Reach, reach_of
from repairbot.harness.sandbox.sandbox import Sandbox
from repairbot.harness.sandbox.values import Bind

_DOWNLOADS = (
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "REQUESTS_CA_BUNDLE",
    "PIP_CERT",
    "PIP_DEFAULT_TIMEOUT",
    "UV_HTTP_TIMEOUT",
    "PIP_INDEX_URL",
    "PIP_EXTRA_INDEX_URL",
    "UV_DEFAULT_INDEX",
    "UV_INDEX",
    "UV_INDEX_URL",
    "UV_EXTRA_INDEX_URL",
    "PIP_NO_INDEX",
    "PIP_FIND_LINKS",
    "UV_NO_INDEX",
    "UV_FIND_LINKS",
    "UV_OFFLINE",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "ALL_PROXY",
    "NO_PROXY",
    "http_proxy",
    "https_proxy",
    "all_proxy",
    "no_proxy",
)
_FILES_AND_TIMES = frozenset(_DOWNLOADS[:6])
_LOCAL = re.compile(r"(?<![^\s,=])(?P<scheme>file://)?(?P<path>/[^\s,#?]+)")
_NO_NETWORK = re.compile(
    r"dns error|Temporary failure in name resolution|Network is unreachable|Name or service not known|"
    r"Connection refused|Could not resolve host|NewConnectionError|tcp connect error"
)

_TELLING = re.compile(r"(?:error|cause|ERROR|Caused by|E)[: ]\s*(?P<marked>.+)|(?P<raised>\w*(?:Error|Exception)\b.*)")


@dataclass(frozen=True, slots=True)
class Supplies:
    """uv if there is one, the variables that downloads need, a folder that caches them for this job alone, and where
    downloads may come from.

    Alone, because building runs the target's code, which could leave something for others in a shared cache. What an
    installer prints goes through `redaction` before anybody keeps it.
    """

    uv: Path | None
    downloads: Mapping[str, str]
    cache: Path
    redaction: Redaction = field(default_factory=Redaction)
    reach: Reach = NOWHERE


def supplies(environ: Mapping[str, str], target: Path, cache: Path) -> Supplies:
    uv, settings = located_uv(environ, target), download_settings(environ)
    return Supplies(uv, settings, cache, redaction(environ), reach_of(environ))


def located_uv(environ: Mapping[str, str], target: Path) -> Path | None:
    """The uv that was installed with repairbot, else one on the search path, but none that lies in the target."""
    beside = Path(sys.executable).parent / "uv"
    found = shutil.which("uv", path=environ.get("PATH", ""))
    for candidate in (beside, Path(found) if found else None):
        if candidate is not None and candidate.is_file() and not candidate.resolve().is_relative_to(target.resolve()):
            return candidate.resolve()
    return None


def download_settings(environ: Mapping[str, str]) -> Mapping[str, str]:
    """Return the user's indexes, proxies and certificates, but none that may hold a credential: builds can read it."""
    withheld = withheld_settings(environ)
    return {name: environ[name] for name in _DOWNLOADS if environ.get(name) and name not in withheld}


def withheld_settings(environ: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names of the settings that installations go without."""
    addresses = (name for name in _DOWNLOADS if name not in _FILES_AND_TIMES)
    return tuple(name for name in addresses if carries_credential(environ.get(name, "")))


def brought_in(downloads: Mapping[str, str], sandbox: Sandbox) -> tuple[Mapping[str, str], tuple[Bind, ...]]:
    """Return the settings as they read inside, and the folders of this machine that they name, for reading."""
    if not sandbox.level.kind.own_root:
        return downloads, ()
    binds: dict[str, Bind] = {}

    def inside(found: re.Match[str]) -> str:
        folder = Path(found["path"])
        if not folder.is_dir():
            return found[0]
        bind = binds.setdefault(found["path"], Bind(folder, sandbox.at("indexes", str(len(binds)))))
        return f"{found['scheme'] or ''}{bind.at}"

    told = {name: _LOCAL.sub(inside, value) for name, value in downloads.items() if name not in _FILES_AND_TIMES}
    return {**downloads, **told}, tuple(binds.values())


def about_withheld(environ: Mapping[str, str]) -> str | None:
    """Return one sentence on the settings that installations go without; None when there are none."""
    names = withheld_settings(environ)
    if not names:
        return None
    are = "is" if len(names) == 1 else "are"
    return (
        f"{', '.join(names)} {are} not used to install packages: the value may hold a credential, which the "
        "repository's code could read"
    )


def no_network(output: str) -> bool:
    return bool(_NO_NETWORK.search(output))


def complaint(output: str) -> str:
    """What an installer or pytest says went wrong, and the deepest cause it names, without control characters."""
    lines = [plain for line in output.splitlines() if (plain := _plain(line))]
    found = (_TELLING.match(line) for line in lines)
    telling = [match["marked"] or match["raised"] for match in found if match]
    if not telling:
        return (lines or [""])[-1][:300]
    first, last = telling[0][:150], telling[-1][:300]
    return last if last.startswith(first) else f"{first}: {last}"


def _plain(line: str) -> str:
    text = re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", line)
    # uv draws a tree beside its reasons.
    return "".join(character for character in text if character.isprintable()).strip(
        " \u2502\u251c\u2500\u25b6\u2570\u00d7"
    )


def tail(log: str, size: int = 8192) -> str:
    """The end of what a run printed. Hostile text."""
    with Path(log).open("rb") as stream:
        stream.seek(max(0, os.fstat(stream.fileno()).st_size - size))
        return stream.read().decode("utf-8", "replace")
