"""A run in a container of Docker or Podman: the cell in, the engine's command out. No image is downloaded.

The image holds nothing but links; programs are those of this machine, bound for reading as at the other levels.
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
import shutil
import tarfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from repairbot.harness.sandbox import root
from repairbot.harness.sandbox.root import Cell
from repairbot.process import tools
from repairbot.process.run import Limits

_PATH = "/usr/bin:/bin:/usr/local/bin"
# How the user's own client finds its engine.
_KEPT = ("HOME", "DOCKER_HOST", "DOCKER_CONTEXT", "CONTAINER_HOST", "CONTAINERS_CONF", "XDG_RUNTIME_DIR")
# The first process of a container gets no signal by default and inherits orphans: a shell is that, without a word.
_FIRST = 'exec 3>&2 2>/dev/null; "$@" 2>&3 3>&-; exit $?'
_OF_USER = 8192
# What engines put into every environment.
_ADDED = ("HOSTNAME", "TERM", "container")


@dataclass(frozen=True, slots=True)
class Engine:
    """A client that answers; `image` is the empty one, made here if it was not there."""

    program: str
    version: str
    image: str

    @property
    def is_podman(self) -> bool:
        return Path(self.program).name == "podman"


def client_environment() -> Mapping[str, str]:
    return {"PATH": _PATH, **{name: os.environ[name] for name in _KEPT if name in os.environ}}


def located() -> Engine | str:
    """The first engine that answers, or why there is none, as one clause."""
    reason = "neither Docker nor Podman is installed"
    for name in ("docker", "podman"):
        program = shutil.which(name, path=_PATH)
        if program is None:
            continue
        said = tools.capture([program, "version", "--format", "{{.Server.Version}}"], env=client_environment())
        if said.returncode:
            reason = f"{name}: {said.complaint}"
            continue
        image = _image(program)
        if image is not None:
            return Engine(program, f"{name} {said.text.strip()}", image)
        reason = f"{name}: its empty image could not be made"
    return reason


def _image(program: str) -> str | None:
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for link in root.system_links():
            entry = tarfile.TarInfo(link.at.lstrip("/"))
            entry.type, entry.linkname = tarfile.SYMTYPE, link.target
            tar.addfile(entry)
    name = f"localhost/repairbot-links:{hashlib.sha256(content.getvalue()).hexdigest()[:16]}"
    env = client_environment()
    if tools.capture([program, "image", "inspect", name], env=env).returncode == 0:
        return name
    made = tools.capture([program, "import", "-", name], env=env, stdin=content.getvalue())
    return name if made.returncode == 0 else None


def command(engine: Engine, name: str, cell: Cell, accounts: Path, filters: Path, limits: Limits) -> list[str]:
    shown = [*root.system_binds(), *root.account_binds(accounts, cell.inner_uid)]
    home = f"{root.BOX}/home"
    words = [engine.program, "run", "--name", name, "--pull", "never", "--hostname", "repairbot", "--read-only"]
    words += ["--network", "host" if cell.network else "none", "--ipc", "private", "--cap-drop", "ALL"]
    words += ["--security-opt", "no-new-privileges", "--security-opt", "label=disable"]
    words += ["--security-opt", f"seccomp={filters}", "--user", f"{cell.inner_uid}:{cell.inner_uid}"]
    if engine.is_podman:
        words += ["--read-only-tmpfs=false", *(() if os.getuid() == 0 else ("--userns", "keep-id"))]
        # Left out, it asks for more than the invoking user may have. It counts all processes of that user.
        words += ["--ulimit", f"nproc={_OF_USER}:{_OF_USER}"]
    words += _limited(limits)
    words += ["--shm-size", str(root.SHARED_MEMORY_BYTES)]
    for folder, size in (("/tmp", root.TEMPORARY_BYTES), (home, root.TEMPORARY_BYTES), ("/run", root.RUN_BYTES)):  # noqa: S108
        if all(bind.at != folder for bind in cell.binds):
            words += ["--tmpfs", f"{folder}:rw,exec,nosuid,nodev,mode=1777,size={size}"]
    for bind in (*shown, *root.uncovered(cell.binds, shown)):
        fields = ["type=bind", f"source={bind.source}", f"target={bind.at}"]
        words += ["--mount", _row([*fields, *(() if bind.writable else ("readonly",))])]
    for key, value in cell.env.items():
        words += ["--env", f"{key}={value}"]
    if not cell.network and Path("/proc/sys/net/ipv6").exists():
        # Without a network an engine takes the loopback's second address away as well.
        words += ["--sysctl", "net.ipv6.conf.lo.disable_ipv6=0"]
    first = f"unset {' '.join(name for name in _ADDED if name not in cell.env)}; {_FIRST}"
    words += ["--workdir", cell.cwd, "--entrypoint", "/bin/sh", engine.image, "-c", first, "sh"]
    return [*words, *cell.argv]


def removal(engine: Engine, name: str) -> list[str]:
    """What ends a container with all that runs in it; the client's own end does not."""
    return [engine.program, "rm", "--force", "--volumes", name]


def ran_out_of_memory(removal: Sequence[str]) -> bool:
    """Of the container that this would remove."""
    asked = [removal[0], "inspect", "--format", "{{.State.OOMKilled}}", removal[-1]]
    return tools.capture(asked, env=client_environment()).text.strip() == "true"


def _limited(limits: Limits) -> list[str]:
    words = ["--ulimit", "core=0:0"]
    for name, value in (("fsize", limits.file_bytes), ("nofile", limits.open_files)):
        words += [] if value is None else ["--ulimit", f"{name}={value}:{value}"]
    if limits.memory_bytes is not None:
        words += ["--memory", str(limits.memory_bytes), "--memory-swap", str(limits.memory_bytes)]
    # The first shell is one more.
    return words + ([] if limits.processes is None else ["--pids-limit", str(limits.processes + 1)])


def _row(fields: Iterable[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(fields)
    return text.getvalue()
