"""What would isolate target code on this system: facts about the system in, one line that a person can follow out."""

from __future__ import annotations

import platform
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_INSTALL = {
    "debian": "sudo apt-get install bubblewrap",
    "ubuntu": "sudo apt-get install bubblewrap",
    "fedora": "sudo dnf install bubblewrap",
    "rhel": "sudo dnf install bubblewrap",
    "alpine": "sudo apk add bubblewrap",
    "arch": "sudo pacman -S bubblewrap",
    "suse": "sudo zypper install bubblewrap",
}
_PROFILE = (
    "sudo apt-get install bubblewrap apparmor-profiles && "
    "sudo install -m 0644 -t /etc/apparmor.d /usr/share/apparmor/extra-profiles/bwrap-userns-restrict && "
    "sudo apparmor_parser -r /etc/apparmor.d/bwrap-userns-restrict"
)
_IN_DOCKER = (
    'docker run --rm -v "$PWD:/target:ro" -w /tmp python:3.13 '
    "sh -c \"pip install 'repairbot[run]' && repairbot run /target\""
)


@dataclass(frozen=True, slots=True)
class System:
    """What decides which advice helps. `distributions`: the ids of /etc/os-release, most particular first."""

    platform: str
    distributions: tuple[str, ...] = ()
    root: bool = False
    has_bubblewrap: bool = False
    in_container: bool = False
    first_wsl: bool = False
    hosted_runner: bool = False
    names_restricted: bool = False  # by AppArmor: only programs with a profile may make user namespaces
    names_off: bool = False  # by a kernel parameter, for everybody


def this_system(environ: Mapping[str, str], *, root: bool, has_bubblewrap: bool) -> System:
    release = platform.release()
    return System(
        platform=sys.platform,
        distributions=_distributions(_text("/etc/os-release")),
        root=root,
        has_bubblewrap=has_bubblewrap,
        in_container=bool(environ.get("container")) or any(Path(name).exists() for name in _CONTAINER_MARKS),
        first_wsl="Microsoft" in release,  # the second one says "microsoft"
        hosted_runner=environ.get("GITHUB_ACTIONS") == "true",
        names_restricted=_text("/proc/sys/kernel/apparmor_restrict_unprivileged_userns") == "1",
        names_off="0" in (_text(f"/proc/sys/{name}") for name in _NAMESPACE_SWITCHES),
    )


_CONTAINER_MARKS = ("/.dockerenv", "/run/.containerenv")
_NAMESPACE_SWITCHES = ("user/max_user_namespaces", "kernel/unprivileged_userns_clone")


def _text(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""


def _distributions(release: str) -> tuple[str, ...]:
    fields = dict(line.split("=", 1) for line in release.splitlines() if "=" in line)
    return tuple(f"{fields.get('ID', '')} {fields.get('ID_LIKE', '')}".replace('"', "").split())


def advice(system: System) -> str:
    """Return what to do, for the most particular thing that is known to stand in the way."""
    if system.platform == "darwin":
        return f"macOS has nothing that isolates it: run repairbot in a container, such as {_IN_DOCKER}"
    if system.platform != "linux":
        return "run repairbot on Linux, or on Windows in WSL 2 (wsl --install)"
    if system.first_wsl:
        return "WSL 1 cannot isolate it: change to WSL 2 (wsl --set-version NAME 2), then install bubblewrap in it"
    if system.in_container and not system.root:
        return "start this container as root (--user 0): repairbot then runs the code as another user"
    if system.names_off:
        return "allow user namespaces: sudo sysctl -w kernel.unprivileged_userns_clone=1 user.max_user_namespaces=15000"
    if system.names_restricted:
        where = "in a step before this one" if system.hosted_runner else "once"
        return f"let bubblewrap make user namespaces, {where}: {_PROFILE}"
    if system.has_bubblewrap:
        return "repair what stops bubblewrap, or start repairbot as root: it then runs the code as another user"
    for name in system.distributions:
        if name in _INSTALL:
            return f"install bubblewrap: {_INSTALL[name]}"
    return "install bubblewrap with your system's package manager"
