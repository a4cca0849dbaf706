"""The program that looks, from inside a sandbox, for what it should not reach; prints what it found as JSON.

It imports nothing of ours and runs on any Python 3. Its arguments: the path of a secret, the words in it, a path to
write to, and a port on which somebody listens outside.
"""

from __future__ import annotations

import json
import os
import socket
import sys


def main(secret: str, words: str, outside: str, port: str) -> None:
    found = {
        "uid": os.getuid(),
        "secret": can_read(secret, words),
        "environment": any(can_read(f"/proc/{pid}/environ", words) for pid in processes()),
        "outside": can_write(outside),
        "host_network": can_connect(int(port)),
        "loopback": loopback_works(),
        "home": can_write(os.path.join(os.environ["HOME"], "canary")),
        "privileges": can_gain_privileges(),
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


if __name__ == "__main__":
    main(*sys.argv[1:])
