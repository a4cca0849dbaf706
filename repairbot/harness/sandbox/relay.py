"""The program through which a sandbox without a network reaches the package index: HTTP proxy requests in, bytes out.

It imports nothing of ours and runs outside. Its arguments are the descriptors of a listening socket, of a JSON object
(`index_hosts.Reach`) and of a file for its record. It ends when its standard input does.
"""

from __future__ import annotations

import asyncio
import base64
import ipaddress
import json
import os
import re
import socket
import ssl
import sys
from contextlib import suppress
from typing import Any
from urllib.parse import unquote, urlsplit

HEAD_BYTES = 64 << 10
PATIENCE = 30.0
RECORDED = 100
HOST = re.compile(r"[a-z0-9_.:-]{1,255}")
# Where no index of the whole world is: the machine itself, the networks around it, and the metadata of clouds.
CLOSED = [
    *map(
        ipaddress.ip_network,
        (
            *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
            *("192.0.0.0/24", "192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/4", "240.0.0.0/4"),
            *("::/96", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8", "64:ff9b:1::/48", "2002::/16", "2001::/32"),
        ),
    )
]
EMBEDDING = [*map(ipaddress.ip_network, ("::ffff:0:0/96", "64:ff9b::/96"))]

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Refused(Exception):
    """The text is one clause."""


class Relay:
    """What may be reached, and by which proxy of the user's."""

    def __init__(self, reach: dict[str, Any], record: int) -> None:
        self.places = {(host, port): bool(named) for host, port, named in reach["places"]}
        self.proxies: dict[str, str] = reach["proxies"]
        self.direct: list[str] = reach["direct"]
        self.record = record
        self.said: set[str] = set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                head = await reader.readuntil(b"\r\n\r\n")
            await self.answer(head.decode("latin-1"), reader, writer)
        except Refused as why:
            await refuse(writer, "403 Forbidden", str(why))
        except (OSError, TimeoutError, ssl.SSLError) as why:
            await refuse(writer, "502 Bad Gateway", f"the index cannot be reached: {why}")
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError):
            await refuse(writer, "400 Bad Request", "not a request to a proxy")
        finally:
            writer.close()

    async def answer(self, head: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        lines = head.split("\r\n")
        # A server or proxy that ends lines at less than we do would see further requests in one.
        if any(character in line for line in lines for character in "\r\n\0"):
            raise Refused("an odd request")
        method, target, _ = lines[0].split(" ")
        if method == "CONNECT":
            url = urlsplit(f"//{target}")
            there = await self.tunnel((url.hostname or "").lower(), url.port or 0)
            writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            await both_ways((reader, writer), there)
        elif method in {"GET", "HEAD"}:
            there = await self.fetch(method, target, head)
            await pump(there[0], writer)
            there[1].close()
        else:
            raise Refused("only what downloads need is passed on")

    async def tunnel(self, host: str, port: int) -> Streams:
        named = self.allowed(host, port)
        proxy = self.proxy_for("https", host)
        if proxy is None:
            return await self.connected(host, port, named)
        there = await self.to_proxy(proxy)
        there[1].write(f"CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}:{port}\r\n{signed(proxy)}\r\n".encode())
        async with asyncio.timeout(PATIENCE):
            said = await there[0].readuntil(b"\r\n\r\n")
        if said.split(b" ", 2)[1:2] != [b"200"]:
            raise OSError(0, "the proxy refuses")
        return there

    async def fetch(self, method: str, target: str, head: str) -> Streams:
        """One request over plain HTTP; nothing that follows it on the connection is passed on."""
        url = urlsplit(target)
        host, port = (url.hostname or "").lower(), url.port or 80
        if url.scheme != "http" or re.search(
            r"^(content-length|transfer-encoding)\s*:", head, re.IGNORECASE | re.MULTILINE
        ):
            raise Refused("only plain downloads are passed on")
        named = self.allowed(host, port)
        proxy = self.proxy_for("http", host)
        there = await (self.connected(host, port, named) if proxy is None else self.to_proxy(proxy))
        path = (url.path or "/") + (f"?{url.query}" if url.query else "")
        place = path if proxy is None else f"http://{authority(host, port)}{path}"
        kept = [line for line in head.split("\r\n")[1:] if line and not DROPPED.match(line)]
        lines = [f"{method} {place} HTTP/1.1", f"Host: {authority(host, port)}", "Connection: close", *kept]
        extra = signed(proxy) if proxy is not None else ""
        there[1].write(("\r\n".join(lines) + "\r\n" + extra + "\r\n").encode("latin-1"))
        return there

    def allowed(self, host: str, port: int) -> bool:
        """Whether the user named it; raises Refused for what is no index."""
        named = self.places.get((host, port))
        if named is None:
            place = f"{host}:{port}" if HOST.fullmatch(host) else "an odd name"
            self.note(f"refused {place}")
            raise Refused(f"{place} is no package index of yours")
        return named

    def note(self, line: str) -> None:
        if line not in self.said and len(self.said) < RECORDED:
            self.said.add(line)
            os.write(self.record, f"{line}\n".encode())

    def proxy_for(self, scheme: str, host: str) -> str | None:
        names = [name.lstrip("*.") for name in self.direct]
        if any(name == host or host.endswith("." + name) for name in names) or "*" in self.direct:
            return None
        return self.proxies.get(scheme)

    async def to_proxy(self, proxy: str) -> Streams:
        url = urlsplit(proxy)
        secure = url.scheme == "https"
        default = 443 if secure else 80
        context = ssl.create_default_context() if secure else None
        if url.scheme not in {"http", "https"}:
            self.note("unreachable proxy")
            raise OSError(0, f"a proxy that speaks {url.scheme} cannot be used")
        try:
            async with asyncio.timeout(PATIENCE):
                return await asyncio.open_connection(url.hostname, url.port or default, ssl=context)
        except (OSError, TimeoutError):
            self.note("unreachable proxy")
            raise

    async def connected(self, host: str, port: int, named: bool) -> Streams:
        """To an address that was looked at: a name could lead somewhere else the next time."""
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(PATIENCE):
                found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, TimeoutError):
            self.note(f"unreachable {host}:{port}")
            raise
        reason: Exception = OSError(0, "it has no address")
        for family, _, _, _, address in found:
            if not named and closed(str(address[0])):
                self.note(f"refused {host}:{port} at {address[0]}")
                reason = Refused(f"{host} leads into this machine or the network around it")
                continue
            try:
                link = await linked(family, address)
            except (OSError, TimeoutError) as error:
                reason = error
                continue
            if named or link.getsockname()[0] != address[0]:
                return await asyncio.open_connection(sock=link)
            link.close()
            reason = Refused(f"{host} leads to this machine")
        if not isinstance(reason, Refused):
            self.note(f"unreachable {host}:{port}")
        raise reason


async def linked(family: int, address: Any) -> socket.socket:
    link = socket.socket(family, socket.SOCK_STREAM)
    link.setblocking(False)
    try:
        async with asyncio.timeout(PATIENCE):
            await asyncio.get_running_loop().sock_connect(link, address)
    except BaseException:
        link.close()
        raise
    return link


DROPPED = re.compile(r"(host|connection|keep-alive|te|trailer|upgrade|expect|proxy-[\w-]+)\s*:", re.IGNORECASE)


def closed(address: str) -> bool:
    """Whether it is on this machine or in the networks around it."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if any(found in network for network in EMBEDDING):
        return closed(str(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)))
    return any(found in network for network in CLOSED)


def authority(host: str, port: int) -> str:
    shown = f"[{host}]" if ":" in host else host
    return shown if port == 80 else f"{shown}:{port}"


def signed(proxy: str) -> str:
    """The header line with the user's name for the proxy, which never enters the sandbox."""
    url = urlsplit(proxy)
    if url.username is None:
        return ""
    words = f"{unquote(url.username)}:{unquote(url.password or '')}"
    return f"Proxy-Authorization: Basic {base64.b64encode(words.encode()).decode()}\r\n"


async def refuse(writer: asyncio.StreamWriter, status: str, why: str) -> None:
    text = f"repairbot: {why}\n".encode()
    head = f"HTTP/1.1 {status}\r\nContent-Type: text/plain\r\nContent-Length: {len(text)}\r\nConnection: close\r\n\r\n"
    with suppress(OSError):
        writer.write(head.encode() + text)
        await writer.drain()


async def both_ways(one: Streams, other: Streams) -> None:
    await asyncio.gather(pump(one[0], other[1]), pump(other[0], one[1]))
    other[1].close()


async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(1 << 16):
            writer.write(data)
            await writer.drain()
        if writer.can_write_eof():
            writer.write_eof()


async def main(listening: int, reach: int, record: int) -> None:
    with os.fdopen(reach, "rb") as stream:
        relay = Relay(json.loads(stream.read().rstrip(b"\0")), record)
    ended = asyncio.Event()
    asyncio.get_running_loop().add_reader(0, ended.set)
    link = socket.socket(fileno=listening)
    async with await asyncio.start_unix_server(relay.serve, sock=link, limit=HEAD_BYTES):
        await ended.wait()


if __name__ == "__main__":
    asyncio.run(main(*map(int, sys.argv[1:])))
