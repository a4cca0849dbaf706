"""A run in bubblewrap: the cell in, its options and command out."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from repairbot.harness.sandbox import root
from repairbot.harness.sandbox.root import Cell
from repairbot.harness.sandbox.values import Bind
from repairbot.process import tools

PATH = "/usr/bin:/bin"


def located() -> str | None:
    # Not from the user's own PATH: a folder of the target may be on it.
    return shutil.which("bwrap", path=f"{PATH}:/usr/local/bin:/run/current-system/sw/bin")


def version(program: str) -> str:
    return tools.capture([program, "--version"], env={"PATH": PATH}).text.removeprefix("bubblewrap").strip()


def options(program: str) -> frozenset[str]:
    """The options that this version knows: 0.6 lacks --size and --disable-userns."""
    words = tools.capture([program, "--help"], env={"PATH": PATH}).text.split()
    return frozenset(word for word in words if word.startswith("--"))


def arguments(cell: Cell, accounts: Path, known: frozenset[str]) -> list[str]:
    """The options, of which no word is secret, yet other users of the machine need not see them."""
    shown = [*root.system_binds(), *root.account_binds(accounts, cell.inner_uid)]
    binds = root.uncovered(cell.binds, shown)
    links = root.system_links()
    home = f"{root.BOX}/home"
    places = [*(bind.at for bind in (*shown, *binds)), *(link.at for link in links), home]
    shared = _sized("/dev/shm", root.SHARED_MEMORY_BYTES, known)  # noqa: S108  # a path in the box
    # Bubblewrap itself covers a folder of /proc only if it could write there; files in it may be open to us still.
    proc = ["--proc", "/proc", "--ro-bind", "/proc/sys", "/proc/sys"]
    proc += [word for name in root.PROC_EMPTIED for word in ("--ro-bind-try", "/dev/null", f"/proc/{name}")]
    words = [*_apart(cell, known), *proc, "--dev", "/dev", "--remount-ro", "/dev", *shared]
    words += ["--clearenv", *(word for item in cell.env.items() for word in ("--setenv", *item))]
    for folder in root.missing_parents(places, shown):
        words += ["--perms", "0755", "--dir", folder]
    words += _bound(shown)
    for link in links:
        words += ["--symlink", link.target, link.at]
    # It cannot bind a part of a file system of its own: each has a size, and their use is counted together.
    words += _sized("/run", root.RUN_BYTES, known)
    for folder in ("/tmp", home):  # noqa: S108  # paths in the box
        words += _sized(folder, root.TEMPORARY_BYTES, known)
    words += _bound(binds)
    return [*words, "--remount-ro", "/", "--chdir", cell.cwd]


def command(cell: Cell) -> list[str]:
    """The command with what comes before it to take on another user and the limit on processes."""
    limit = []
    if cell.processes is not None and shutil.which("prlimit", path=PATH):
        # Set outside it would count, and be used up by, all other processes of the invoking user.
        limit = ["/usr/bin/prlimit", f"--nproc={cell.processes}", "--"]
    if os.getuid() != 0:
        return [*limit, *cell.argv]
    uid = str(cell.inner_uid)
    switch = ["/usr/bin/setpriv", "--reuid", uid, "--regid", uid, "--clear-groups", "--no-new-privs"]
    dropped = ["--inh-caps=-all", "--ambient-caps=-all", "--bounding-set=-all", "--"]
    return [*switch, *dropped, *limit, *cell.argv]


def _apart(cell: Cell, known: frozenset[str]) -> list[str]:
    words = ["--die-with-parent", "--new-session", "--unshare-ipc", "--unshare-pid", "--unshare-uts"]
    words += ["--unshare-cgroup-try", "--hostname", "repairbot", "--cap-drop", "ALL"]
    words += [] if cell.network else ["--unshare-net"]
    if os.getuid() == 0:
        # A user namespace of root's would leave target code root's own id outside, which no process limit holds for.
        return [*words, *(word for name in ("SETUID", "SETGID", "SETPCAP") for word in ("--cap-add", f"CAP_{name}"))]
    words += ["--unshare-user", "--uid", str(cell.inner_uid), "--gid", str(cell.inner_uid)]
    return [*words, "--disable-userns"] if "--disable-userns" in known else words


def _bound(binds: Sequence[Bind]) -> list[str]:
    words = []
    for bind in binds:
        words += ["--bind" if bind.writable else "--ro-bind", str(bind.source), bind.at]
    return words


def _sized(folder: str, size: int, known: frozenset[str]) -> list[str]:
    return [*(("--size", str(size)) if "--size" in known else ()), "--perms", "1777", "--tmpfs", folder]
