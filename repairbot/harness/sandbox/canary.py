"""The program that looks, from inside a sandbox, for what it should not reach; prints what it found as JSON.

It imports nothing of ours and runs on any Python 3. Its arguments: the path of a secret, the words in it, a path to
write to, a port on which somebody listens outside, the path of a file that every user may read, and a path in a folder
that it is given to write to.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import socket
import sys


def main(secret: str, words: str, outside: str, port: str, public: str, given: str) -> None:
    found = {
        "uid": os.getuid(),
        "secret": can_read(secret, words),
        "environment": any(can_read(f"/proc/{pid}/environ", words) for pid in processes()),
        "outside": can_write(outside),
        "host_network": can_connect(int(port)),
        "loopback": loopback_works(),
        "home": can_write(os.path.join(os.environ["HOME"], "canary")),
        "given": can_write(given),
        "privileges": can_gain_privileges(),
        "doors": doors(),
        "public": can_read(public, words),
        "commands": any(can_read(f"/proc/{pid}/cmdline", "sleep\x00600") for pid in processes()),
    }
    print(json.dumps(found))


def can_read(path: str, words: str) -> bool:
    try:
        with open(path, "rb") as stream:
            return words.encode() in stream.read()
    except OSError:
        return False


def can_write(path: str) -> bool:
    try:
        with open(path, "ab") as stream:
            stream.write(b"canary\n")
    except OSError:
        return False
    return True


def processes() -> list[str]:
    try:
        return [name for name in os.listdir("/proc") if name.isdigit()]
    except OSError:
        return []


def can_connect(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=2).close()
    except OSError:
        return False
    return True


def loopback_works() -> bool:
    with socket.socket() as server:
        try:
            server.bind(("127.0.0.1", 0))
            server.listen(1)
        except OSError:
            return False
        return can_connect(server.getsockname()[1])


def can_gain_privileges() -> bool:
    try:
        with open("/proc/self/status", encoding="ascii", errors="replace") as stream:
            return "NoNewPrivs:\t1" not in stream.read()
    except OSError:
        return False


def doors() -> list[str]:
    """What of the kernel is open that no test needs. A call that is refused or not there at all is shut."""
    machine = os.uname().machine
    if machine not in CALLS:
        return [f"all system calls (they are not filtered on {machine})"]
    libc = ctypes.CDLL(None, use_errno=True)
    add_key, request_key, keyctl = CALLS[machine]
    session_keyring = -3
    keys = ((keyctl, 0, session_keyring, 0), (add_key, b"canary", None, None, 0, 0), (request_key, None, None, None, 0))
    found = []
    if any(answers(libc.syscall, *words) for words in keys):
        found.append("the kernel's keyrings")
    if answers(libc.syscall, 425, 0, None):
        found.append("io_uring")
    found += [name for name, words in SOCKETS.items() if can_open(*words)]
    if makes_user_namespace(libc):
        found.append("new user namespaces")
    return found


CALLS = {"x86_64": (248, 249, 250), "aarch64": (217, 218, 219)}
SOCKETS = {"sockets to the machine's host": (40, 1, 0), "netlink sockets besides routes": (16, 3, 4)}
SHUT = (errno.EPERM, errno.EACCES, errno.ENOSYS)


def answers(call: object, *arguments: object) -> bool:
    assert callable(call)
    return bool(call(*arguments) >= 0 or ctypes.get_errno() not in SHUT)


def can_open(*words: int) -> bool:
    try:
        socket.socket(*words).close()
    except OSError:
        return False
    return True


def makes_user_namespace(libc: ctypes.CDLL) -> bool:
    pid = os.fork()
    if pid == 0:
        os._exit(libc.unshare(0x10000000) == 0)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) != 0


if __name__ == "__main__":
    main(*sys.argv[1:])
