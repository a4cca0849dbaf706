"""The file system that target code sees when it has one of its own: the system's programs and little else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from repairbot.harness.sandbox.values import Bind

BOX = "/box"
TEMPORARY_BYTES = 2 << 30
SHARED_MEMORY_BYTES = 1 << 30
RUN_BYTES = 64 << 20

# They name the keys that are open to the user outside.
PROC_EMPTIED = ("keys", "key-users")

_FOLDERS = ("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/nix/store")
# Enough to load libraries, resolve names, check certificates and tell time; no accounts, no private keys.
_ETC = (
    "alternatives",
    "ca-certificates",
    "crypto-policies",
    "fonts",
    "ld.so.cache",
    "ld.so.conf",
    "ld.so.conf.d",
    "localtime",
    "magic",
    "mime.types",
    "nsswitch.conf",
    "pki/ca-trust",
    "pki/tls/cert.pem",
    "pki/tls/certs",
    "pki/tls/openssl.cnf",
    "protocols",
    "resolv.conf",
    "services",
    "ssl/cert.pem",
    "ssl/certs",
    "ssl/openssl.cnf",
    "terminfo",
    "timezone",
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One run in a file system of its own. `inner_uid` is the user id that target code sees itself as."""

    argv: Sequence[str]
    binds: Sequence[Bind]
    cwd: str
    env: Mapping[str, str]
    network: bool
    uid: int
    inner_uid: int
    processes: int | None


@dataclass(frozen=True, slots=True)
class Link:
    """A symbolic link at `at`."""

    at: str
    target: str


def system_binds() -> list[Bind]:
    """What of the machine is shown, read-only. What is absent is left out."""
    folders = [path for path in _FOLDERS if Path(path).is_dir() and not Path(path).is_symlink()]
    etc = [f"/etc/{name}" for name in _ETC if Path("/etc", name).exists()]
    python = sorted(str(path) for path in Path("/etc").glob("python3*") if path.is_dir())
    return [Bind.same(Path(path)) for path in ("/usr", *folders, *etc, *python)]


def system_links() -> list[Link]:
    merged = [Link(path, str(Path(path).readlink())) for path in _FOLDERS if Path(path).is_symlink()]
    return [*merged, Link("/var/tmp", "../tmp"), Link("/var/run", "../run")]  # noqa: S108  # in the box


def account_binds(folder: Path, uid: int) -> list[Bind]:
    """Files for /etc, written to `folder`, that name one ordinary user and this machine."""
    home = f"{BOX}/home"
    texts = {
        "passwd": f"root:x:0:0:root:/:/bin/sh\nrepairbot:x:{uid}:{uid}:repairbot:{home}:/bin/sh\n",
        "group": f"root:x:0:\nrepairbot:x:{uid}:\n",
        "hosts": "127.0.0.1 localhost repairbot\n::1 localhost ip6-localhost\n",
        "hostname": "repairbot\n",
    }
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
        (folder / name).chmod(0o644)
    return [Bind(folder / name, f"/etc/{name}") for name in texts]


def missing_parents(paths: Iterable[str], shown: Sequence[Bind]) -> list[str]:
    """The folders above `paths` that have to be made, outermost first."""
    roots = [PurePosixPath(bind.at) for bind in shown]
    parents = {parent for path in paths for parent in PurePosixPath(path).parents if parent.name}
    wanted = (parent for parent in parents if not any(parent.is_relative_to(root) for root in roots))
    return sorted(map(str, wanted), key=lambda path: (path.count("/"), path))


def uncovered(binds: Sequence[Bind], shown: Sequence[Bind]) -> list[Bind]:
    """Without read-only binds of what is shown anyway, such as an interpreter in /usr."""
    folders = [bind.source for bind in shown if str(bind.source) == bind.at]
    return [
        bind
        for bind in binds
        if bind.writable
        or str(bind.source) != bind.at
        or not any(bind.source.is_relative_to(folder) for folder in folders)
    ]
