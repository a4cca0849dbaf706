"""The program that builds a cell from Linux namespaces and runs the command in it, where bubblewrap is not installed.

It imports nothing of ours; its one argument is the descriptor of a JSON object (`sandbox_namespaces.specification`).
Three processes: the outer one waits, the first inside builds and reaps, the third becomes the command. That one has no
capability, cannot trace the others and, unless root started us, cannot make further user namespaces.
"""

from __future__ import annotations

import ctypes
import fcntl
import json
import os
import resource
import signal
import socket
import struct
import sys
from typing import Any, NoReturn

CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC = 0x20000, 0x4000000, 0x8000000
CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = 0x10000000, 0x20000000, 0x40000000
MS_NOSUID, MS_NODEV, MS_NOEXEC = 2, 4, 8
MS_BIND, MS_REC, MS_SLAVE = 4096, 16384, 1 << 19
MNT_DETACH = 2
MOUNT_SETATTR = 442  # the same number on every architecture; Linux 5.12
PIVOT_ROOT = {"x86_64": 155, "aarch64": 41, "riscv64": 41, "ppc64le": 203, "s390x": 217}
ATTR_RDONLY, ATTR_NOSUID, ATTR_NODEV = 1, 2, 4
AT_FDCWD, AT_RECURSIVE = -100, 0x8000
PR_SET_PDEATHSIG, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 1, 24, 38
PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 22, 2
SIOCSIFFLAGS, IFF_UP = 0x8914, 1
DEVICES = ("null", "zero", "full", "random", "urandom", "tty")
DEVICE_LINKS = {
    "fd": "/proc/self/fd",
    "stdin": "/proc/self/fd/0",
    "stdout": "/proc/self/fd/1",
    "stderr": "/proc/self/fd/2",
    "ptmx": "pts/ptmx",
}
# As bubblewrap does: a process that is root outside could set the host's kernel parameters here.
PROC_COVERED = ("sys", "sysrq-trigger", "irq", "bus")
OLD, NEW, MEMORY = "/old", "/new", "/memory"
LIBC = ctypes.CDLL(None, use_errno=True)


def main(descriptor: int) -> NoReturn:
    with os.fdopen(descriptor, "rb") as stream:
        spec = json.loads(stream.read().rstrip(b"\0"))
    # What has no handler cannot be sent to the first process of a cell from inside.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    uid, gid = os.getuid(), os.getgid()
    apart = CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWIPC | CLONE_NEWUTS | (0 if spec["network"] else CLONE_NEWNET)
    call("unshare", apart | (CLONE_NEWUSER if uid else 0))
    if uid:
        map_ids(0, uid, gid)
    pid = os.fork()
    if pid == 0:
        call("prctl", PR_SET_PDEATHSIG, signal.SIGKILL)
        inside(spec, root=not uid)
    finish(os.waitpid(pid, 0)[1])


def inside(spec: dict[str, Any], *, root: bool) -> NoReturn:
    """The first process of the cell; it ends when the command does, and all others with it."""
    if not spec["network"]:
        raise_loopback()
    socket.sethostname("repairbot")
    build(spec, root=root)
    command = os.fork()
    if command == 0:
        start(spec, root=root)
    while True:
        pid, status = os.wait()
        if pid == command:
            finish(status)


def build(spec: dict[str, Any], *, root: bool) -> None:
    """Make the file system and move into it."""
    os.umask(0)
    step_back()
    for path in spec["folders"]:
        os.makedirs(NEW + path, 0o755, exist_ok=True)
    for source, at, writable in spec["shown"]:
        attach(OLD + source, NEW + at, writable)
    for path, target in spec["links"]:
        os.symlink(target, NEW + path)
    mount("tmpfs", MEMORY, "tmpfs", MS_NOSUID | MS_NODEV, f"mode=0755,size={spec['memory']}")
    make_dev(f"{NEW}/dev")
    for path in (*spec["empty"], "/dev/shm"):  # noqa: S108
        part = f"{MEMORY}/{path.replace('/', '-')}"
        os.mkdir(part, 0o1777)
        os.makedirs(NEW + path, 0o755, exist_ok=True)
        mount(part, NEW + path, None, MS_BIND)
        set_attributes(NEW + path, ATTR_NOSUID | ATTR_NODEV, 0)
    set_attributes(f"{NEW}/dev", ATTR_RDONLY, 0)
    make_proc(f"{NEW}/proc", spec["emptied"], root=root)
    for source, at, writable in spec["binds"]:
        attach(OLD + source, NEW + at, writable)
    set_attributes(NEW, ATTR_RDONLY, 0)
    os.chdir(NEW)
    pivot_root(".", ".")
    call("umount2", b".", MNT_DETACH)
    os.chdir("/")


def step_back() -> None:
    """Move to a root that holds nothing but the machine's own root and an empty one to build in."""
    mount("none", "/", None, MS_REC | MS_SLAVE)
    mount("tmpfs", "/tmp", "tmpfs", MS_NOSUID | MS_NODEV, "mode=0755,size=1m")  # noqa: S108
    for name in (OLD, NEW, MEMORY):
        os.mkdir("/tmp" + name, 0o755)  # noqa: S108
    pivot_root("/tmp", "/tmp" + OLD)  # noqa: S108
    os.chdir("/")
    mount("tmpfs", NEW, "tmpfs", MS_NOSUID | MS_NODEV, "mode=0755,size=1m")


def attach(source: str, at: str, writable: bool) -> None:
    if os.path.isdir(source):
        os.makedirs(at, 0o755, exist_ok=True)
    elif not os.path.exists(at):
        os.close(os.open(at, os.O_CREAT | os.O_WRONLY, 0o644))
    mount(source, at, None, MS_BIND | MS_REC)
    set_attributes(at, ATTR_NOSUID | ATTR_NODEV | (0 if writable else ATTR_RDONLY), AT_RECURSIVE)


def make_proc(at: str, emptied: list[str], *, root: bool) -> None:
    os.mkdir(at)
    mount("proc", at, "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC)
    if not root:
        # One more is made for the command, and none after that.
        with open(f"{at}/sys/user/max_user_namespaces", "w", encoding="ascii") as stream:
            stream.write("1")
    for name in PROC_COVERED:
        if os.path.exists(f"{at}/{name}"):
            attach(f"{at}/{name}", f"{at}/{name}", writable=False)
    for name in emptied:
        if os.path.exists(f"{at}/{name}"):
            attach(f"{OLD}/dev/null", f"{at}/{name}", writable=False)


def make_dev(at: str) -> None:
    os.mkdir(at)
    mount("tmpfs", at, "tmpfs", MS_NOSUID, "mode=0755,size=1m")
    for name in DEVICES:
        os.close(os.open(f"{at}/{name}", os.O_CREAT | os.O_WRONLY, 0o666))
        mount(f"{OLD}/dev/{name}", f"{at}/{name}", None, MS_BIND)
    for name, target in DEVICE_LINKS.items():
        os.symlink(target, f"{at}/{name}")
    for name in ("shm", "pts"):
        os.mkdir(f"{at}/{name}")
    mount("devpts", f"{at}/pts", "devpts", MS_NOSUID | MS_NOEXEC, "newinstance,ptmxmode=0666,mode=620")


def pivot_root(new: str, old: str) -> None:
    number = PIVOT_ROOT.get(os.uname().machine)
    if number is None:
        raise OSError(0, f"pivot_root is not known for {os.uname().machine}")
    call("syscall", number, os.fsencode(new), os.fsencode(old))


def start(spec: dict[str, Any], *, root: bool) -> NoReturn:
    """Give up every privilege and become the command."""
    call("prctl", PR_SET_PDEATHSIG, signal.SIGKILL)
    if not root:
        # Fills the set of capabilities that programs may gain, so it comes before that set is emptied.
        call("unshare", CLONE_NEWUSER)
        map_ids(spec["inner_uid"], 0, 0)
    for capability in range(64):
        LIBC.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)
    if root:
        os.setgroups([])
        os.setresgid(spec["uid"], spec["uid"], spec["uid"])
        os.setresuid(spec["uid"], spec["uid"], spec["uid"])
    call("prctl", PR_SET_NO_NEW_PRIVS, 1)
    if spec["processes"] is not None:
        hard = resource.getrlimit(resource.RLIMIT_NPROC)[1]
        most = spec["processes"] if hard == resource.RLIM_INFINITY else min(spec["processes"], hard)
        resource.setrlimit(resource.RLIMIT_NPROC, (most, most))
    os.umask(0o022)
    for number in (signal.SIGPIPE, signal.SIGXFSZ):
        # Python ignores them, and what is ignored stays ignored in the command.
        signal.signal(number, signal.SIG_DFL)
    try:
        os.chdir(spec["cwd"])
        refuse_calls(bytes.fromhex(spec["filter"]))
        os.execve(located(spec["argv"][0], spec["env"]), spec["argv"], spec["env"])
    except OSError as error:
        print(f"cannot start {spec['argv'][0]!r}: {error.strerror}", file=sys.stderr, flush=True)
        os._exit(127)


class Program(ctypes.Structure):
    """`struct sock_fprog`."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def refuse_calls(code: bytes) -> None:
    if code:
        call("prctl", PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(Program(len(code) // 8, code)), 0, 0)


def located(name: str, env: dict[str, str]) -> str:
    if "/" in name:
        return name
    folders = env.get("PATH", os.defpath).split(":")
    return next((found for folder in folders if os.access(found := os.path.join(folder, name), os.X_OK)), name)


def map_ids(inner_id: int, uid: int, gid: int) -> None:
    """Make this process `inner_id` in the user namespace that it has just entered."""
    for name, text in (("setgroups", "deny"), ("uid_map", f"{inner_id} {uid} 1"), ("gid_map", f"{inner_id} {gid} 1")):
        with open(f"/proc/self/{name}", "w", encoding="ascii") as stream:
            stream.write(text)


def raise_loopback() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        fcntl.ioctl(control, SIOCSIFFLAGS, struct.pack("16sH22x", b"lo", IFF_UP))


def mount(source: str, target: str, kind: str | None, flags: int, data: str = "") -> None:
    words = [os.fsencode(source), os.fsencode(target), kind.encode() if kind else None]
    call("mount", *words, ctypes.c_ulong(flags), data.encode() or None, about=f" {target}")


def set_attributes(path: str, attributes: int, flags: int) -> None:
    wanted = (ctypes.c_uint64 * 4)(attributes, 0, 0, 0)
    arguments = (AT_FDCWD, os.fsencode(path), flags, ctypes.byref(wanted), ctypes.c_size_t(32))
    call("syscall", MOUNT_SETATTR, *arguments, about=f" {path}")


def call(name: str, *arguments: Any, about: str = "") -> None:
    padded = (*arguments, 0, 0, 0)[:5] if name == "prctl" else arguments
    if getattr(LIBC, name)(*padded) != 0:
        error = ctypes.get_errno()
        raise OSError(error, f"{name}{about}: {os.strerror(error)}")


def finish(status: int) -> NoReturn:
    """End with the command's status, 128 and the signal's number when a signal ended it."""
    code = os.waitstatus_to_exitcode(status)
    os._exit(code if code >= 0 else 128 - code)


if __name__ == "__main__":
    try:
        main(int(sys.argv[1]))
    except OSError as error:
        print(f"namespaces: {error.strerror}", file=sys.stderr, flush=True)
        os._exit(125)
