# Written by `python -m repairbot.stubs.generate trio`: change its pins or corrections, not this file.
from trio._socket import (
    SocketType as SocketType,
    from_stdlib_socket as from_stdlib_socket,
    fromfd as fromfd,
    fromshare as fromshare,
    getaddrinfo as getaddrinfo,
    getnameinfo as getnameinfo,
    getprotobyname as getprotobyname,
    set_custom_hostname_resolver as set_custom_hostname_resolver,
    set_custom_socket_factory as set_custom_socket_factory,
    socket as socket,
    socketpair as socketpair,
)
from typing import Any

def __getattr__(name: str) -> Any: ...
