"""Starts a command in a sandbox without a network, with a proxy on its loopback that leads to a socket of ours.

python repairbot_forward.py SOCKET HOSTS-WITHOUT-PROXY COMMAND...
"""

from __future__ import annotations

import _thread
import os
import socket
import sys
from contextlib import suppress
from typing import NoReturn

CHUNK = 1 << 16
NAMES = ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy")


def main(path: str, direct: str, *command: str) -> NoReturn:
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(128)
    if os.fork() == 0:
        if os.fork() == 0:
            serve(path, listener)
        os._exit(0)
    os.wait()
    proxy = f"http://127.0.0.1:{listener.getsockname()[1]}"
    listener.close()
    environ = {name: value for name, value in os.environ.items() if name.lower() not in {"all_proxy", "no_proxy"}}
    environ.update(dict.fromkeys(NAMES, proxy), NO_PROXY=direct, no_proxy=direct)
    try:
        os.execvpe(command[0], command, environ)
    except OSError as error:
        print(f"cannot start {command[0]!r}: {error.strerror}", file=sys.stderr, flush=True)
        os._exit(127)


def serve(path: str, listener: socket.socket) -> NoReturn:
    """For ever: this is no child of the command, and ends with the sandbox."""
    os.setsid()
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nowhere, number)
    while True:
        near = listener.accept()[0]
        far = socket.socket(socket.AF_UNIX)
        try:
            far.connect(path)
            _thread.start_new_thread(pump, (near, far))
            _thread.start_new_thread(pump, (far, near))
        except (OSError, RuntimeError):
            near.close()
            far.close()


def pump(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(CHUNK):
            sink.sendall(data)
    with suppress(OSError):
        sink.shutdown(socket.SHUT_WR)
    with suppress(OSError):
        source.shutdown(socket.SHUT_RD)


if __name__ == "__main__":
    main(*sys.argv[1:])
