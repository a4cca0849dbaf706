"""What installing takes from this machine: uv, the settings for downloads; and what an installer's output says."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from repairbot.harness.sandbox.index_hosts import NOWHERE, Reach, reach_of

_DOWNLOADS = (
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "REQUESTS_CA_BUNDLE",
    "PIP_CERT",
    "PIP_DEFAULT_TIMEOUT",
    "PIP_INDEX_URL",
    "PIP_EXTRA_INDEX_URL",
    "UV_DEFAULT_INDEX",
    "UV_INDEX",
    "UV_INDEX_URL",
    "UV_EXTRA_INDEX_URL",
    "UV_HTTP_TIMEOUT",
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
_NO_NETWORK = re.compile(
    r"dns error|Temporary failure in name resolution|Network is unreachable|Name or service not known|"
    r"Connection refused|Could not resolve host|NewConnectionError|tcp connect error"
)

_TELLING = re.compile(r"(?:error|cause|ERROR|Caused by|E)[: ]\s*(?P<marked>.+)|(?P<raised>\w*(?:Error|Exception)\b.*)")


@dataclass(frozen=True, slots=True)
class Supplies:
    """uv if there is one, the variables that downloads need, a folder that caches them for this target alone, and where
    downloads may come from.

    Alone, because building runs the target's code, which could leave something for others in a shared cache.
    """

    uv: Path | None
    downloads: Mapping[str, str]
    cache: Path
    reach: Reach = NOWHERE


def supplies(environ: Mapping[str, str], target: Path, cache: Path) -> Supplies:
    return Supplies(located_uv(environ, target), download_settings(environ), cache, reach_of(environ))


def located_uv(environ: Mapping[str, str], target: Path) -> Path | None:
    """The uv that was installed with repairbot, else one on the search path, but none that lies in the target."""
    beside = Path(sys.executable).parent / "uv"
    found = shutil.which("uv", path=environ.get("PATH", ""))
    for candidate in (beside, Path(found) if found else None):
        if candidate is not None and candidate.is_file() and not candidate.resolve().is_relative_to(target.resolve()):
            return candidate.resolve()
    return None


def download_settings(environ: Mapping[str, str]) -> Mapping[str, str]:
    """Indexes, proxies and certificates of the user's, but none that carries a password: the target could read it."""
    found = {name: environ[name] for name in _DOWNLOADS if environ.get(name)}
    return {name: value for name, value in found.items() if not re.search(r"//[^/\s]*@", value)}


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
