from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from dataclasses import astuple
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from repairbot.harness.sandbox.index_hosts import Place, Reach, reach_of
from repairbot.harness.sandbox.relay import closed
from repairbot.harness.sandbox.relaying import IndexLink, index_link
from repairbot.harness.sandbox.sandbox import Sandbox
from repairbot.harness.sandbox.values import Kind, Level

PYPI = {("pypi.org", 443, False), ("files.pythonhosted.org", 443, False)}


@pytest.mark.parametrize(
    ("environ", "wanted"),
    [
        ({}, PYPI),
        ({"UV_OFFLINE": "1", "PIP_NO_INDEX": "1"}, set()),
        ({"PIP_EXTRA_INDEX_URL": "https://a.example/simple https://b.example:8443/"},
         {*PYPI, ("a.example", 443, True), ("b.example", 8443, True)}),
        ({"PIP_INDEX_URL": "http://localhost:3141/root", "UV_DEFAULT_INDEX": "http://localhost:3141/root"},
         {("localhost", 3141, True)}),
        ({"UV_INDEX": "mine=https://u:secret@c.example/x", "UV_INDEX_URL": "https://c.example", "PIP_NO_INDEX": "1"},
         {("c.example", 443, True)}),
        ({"UV_FIND_LINKS": "/opt/wheels,https://d.example/x", "UV_NO_INDEX": "1", "PIP_NO_INDEX": "1"},
         {("d.example", 443, True)}),
        ({"REPAIRBOT_INDEX_HOSTS": "github.com, e.example:444", "UV_OFFLINE": "1", "PIP_NO_INDEX": "1"},
         {("github.com", 443, True), ("e.example", 444, True)}),
        ({"PIP_INDEX_URL": "file:///opt/simple", "UV_INDEX_URL": "file:///opt/simple"}, set()),
        ({"PIP_INDEX_URL": "https://host:port/", "UV_OFFLINE": "1"}, set()),
    ],
)  # fmt: skip
def test_the_places_are_those_of_the_installers_settings(
    environ: dict[str, str], wanted: set[tuple[str, int, bool]]
) -> None:
    assert {astuple(place) for place in reach_of(environ).places} == wanted


def test_proxies_are_those_of_the_environment() -> None:
    reach = reach_of({"HTTPS_PROXY": "user:pw@proxy:3128", "no_proxy": "a.example,.b.example"})
    assert reach.proxies == {"https": "http://user:pw@proxy:3128"}
    assert reach.direct == ("a.example", ".b.example")


def test_code_in_the_sandbox_asks_its_own_loopback_itself_unless_an_index_is_there() -> None:
    assert reach_of({}).inner_direct == ("localhost", "127.0.0.1", "::1")
    assert reach_of({"PIP_INDEX_URL": "http://127.0.0.1:1/"}).inner_direct == ("localhost", "::1")


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.31.0.1", "192.168.1.1", "169.254.169.254"),
        *("100.64.0.1", "100.100.100.200", "224.0.0.1", "255.255.255.255", "192.0.0.192"),
        *("::1", "::", "fe80::1%eth0", "fd00:ec2::254", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::a9fe:a9fe"),
        *("2002:7f00:1::", "ff02::1", "::127.0.0.1"),
    ],
)
def test_an_address_of_the_machine_or_around_it_is_closed(address: str) -> None:
    assert closed(address)


@pytest.mark.parametrize("address", ["151.101.0.223", "2a04:4e42::223", "::ffff:151.101.0.223", "64:ff9b::9765:df"])
def test_an_address_of_the_world_is_open(address: str) -> None:
    assert not closed(address)


class Server(BaseHTTPRequestHandler):
    seen: list[str]

    def do_GET(self) -> None:
        self.seen.append(f"{self.command} {self.path} {self.headers['Host']} {self.headers['Proxy-Authorization']}")
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"content")

    def do_CONNECT(self) -> None:
        self.do_GET()

    def log_message(self, *args: object) -> None:
        """Be silent."""


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    Server.seen = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Server) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    deep = tmp_path / ("long" * 30)
    deep.mkdir()
    return Sandbox(Level(Kind.NAMESPACES, None, os.getuid(), secrets_hidden=True, network_off=True), deep)


def asked(link: IndexLink, request: str) -> str:
    """What the relay answers to these bytes."""
    here = os.open(link.socket.parent, os.O_RDONLY)
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(20)
        client.connect(f"/proc/self/fd/{here}/socket")
        os.close(here)
        client.sendall(request.encode())
        client.shutdown(socket.SHUT_WR)
        answer = b""
        while data := client.recv(65536):
            answer += data
    return answer.decode()


def named(port: int, host: str = "127.0.0.1") -> Reach:
    return Reach((Place(host, port, named=True),), {}, ())


def test_a_download_from_the_index_is_passed_on_and_what_follows_it_is_not(
    sandbox: Sandbox, server: ThreadingHTTPServer
) -> None:
    port = server.server_port
    with index_link(sandbox, named(port)) as link:
        assert link is not None
        one = (
            f"GET http://127.0.0.1:{port}/simple/?a=1 HTTP/1.1\r\nHost: inner.example\r\nProxy-Authorization: x\r\n\r\n"
        )
        assert "content" in asked(link, one + "GET /admin HTTP/1.1\r\nHost: x\r\n\r\n")
    assert Server.seen == [f"GET /simple/?a=1 127.0.0.1:{port} None"]


def test_a_tunnel_to_the_index_is_opened(sandbox: Sandbox, server: ThreadingHTTPServer) -> None:
    port = server.server_port
    with index_link(sandbox, named(port)) as link:
        assert link is not None
        answer = asked(link, f"CONNECT 127.0.0.1:{port} HTTP/1.1\r\n\r\nGET /in HTTP/1.0\r\n\r\n")
    assert answer.startswith("HTTP/1.1 200 Connection established\r\n\r\nHTTP/1.0 200")


@pytest.mark.parametrize(
    ("request_line", "status"),
    [
        ("CONNECT 127.0.0.1:{other} HTTP/1.1", "403"),
        ("CONNECT localhost:{port} HTTP/1.1", "403"),
        ("CONNECT 127.1:{port} HTTP/1.1", "403"),
        ("CONNECT 127.0.0.1:{port}@example.org:443 HTTP/1.1", "403"),
        ("CONNECT [::ffff:127.0.0.1]:{port} HTTP/1.1", "403"),
        ("GET http://127.0.0.1:{other}/ HTTP/1.1", "403"),
        ("GET http://127.0.0.1:{port}@169.254.169.254/ HTTP/1.1", "403"),
        ("GET ftp://127.0.0.1:{port}/ HTTP/1.1", "403"),
        ("GET /simple/ HTTP/1.1", "403"),
        ("POST http://127.0.0.1:{port}/ HTTP/1.1", "403"),
        ("GET http://127.0.0.1:{port}/ HTTP/1.1\r\nContent-Length: 5", "403"),
        ("GET http://127.0.0.1:{port}/ HTTP/1.1\r\nTransfer-Encoding : chunked", "403"),
        ("GET http://127.0.0.1:{port}/ HTTP/1.1\r\nX: y\nGET http://127.0.0.1:{other}/ HTTP/1.1", "403"),
        ("CONNECT 127.0.0.1:nonsense HTTP/1.1", "400"),
        ("nonsense", "400"),
        ("", "400"),
    ],
)
def test_all_else_is_refused(sandbox: Sandbox, server: ThreadingHTTPServer, request_line: str, status: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other, index_link(sandbox, named(server.server_port)) as link:
        assert link is not None
        line = request_line.format(port=server.server_port, other=other.getsockname()[1])
        assert asked(link, f"{line}\r\n\r\n").split(" ")[1] == status
    assert Server.seen == []


def test_a_name_that_nobody_gave_may_not_lead_into_this_machine(sandbox: Sandbox, server: ThreadingHTTPServer) -> None:
    """As that of a public index does where its answer from the name server is made up."""
    reach = Reach((Place("localhost", server.server_port, named=False),), {}, ())
    with index_link(sandbox, reach) as link:
        assert link is not None
        answer = asked(link, f"CONNECT localhost:{server.server_port} HTTP/1.1\r\n\r\n")
        assert "leads into this machine" in answer
        assert f"localhost:{server.server_port} at 127.0.0.1" in link.complaint()
        assert not link.cut_off
    assert Server.seen == []


def test_the_index_is_reached_through_the_users_proxy_whose_password_stays_outside(
    sandbox: Sandbox, server: ThreadingHTTPServer
) -> None:
    proxy = f"http://me:p%40ss@127.0.0.1:{server.server_port}"
    reach = Reach((Place("index.invalid", 443, named=False), Place("index.invalid", 80, named=False)),
                  {"https": proxy, "http": proxy}, ())  # fmt: skip
    with index_link(sandbox, reach) as link:
        assert link is not None
        assert asked(link, "CONNECT index.invalid:443 HTTP/1.1\r\n\r\n").startswith(
            "HTTP/1.1 200 Connection established"
        )
        assert "content" in asked(link, "GET http://index.invalid/simple/ HTTP/1.1\r\n\r\n")
    basic = "Basic bWU6cEBzcw=="
    assert Server.seen == [
        f"CONNECT index.invalid:443 index.invalid:443 {basic}",
        f"GET http://index.invalid/simple/ index.invalid {basic}",
    ]


def test_an_index_that_cannot_be_reached_is_told_from_one_that_is_refused(sandbox: Sandbox) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    with index_link(sandbox, named(port)) as link:
        assert link is not None
        assert asked(link, f"CONNECT 127.0.0.1:{port} HTTP/1.1\r\n\r\n").startswith("HTTP/1.1 502 ")
        assert (link.cut_off, link.complaint()) == (True, "")


def test_a_level_without_a_network_of_its_own_has_no_link(sandbox: Sandbox) -> None:
    weak = Sandbox(Level(Kind.SAME_USER, None, os.getuid(), secrets_hidden=False, network_off=False), sandbox.folder)
    with index_link(weak, named(1)) as link:
        assert link is None


def test_the_relay_ends_with_the_block(sandbox: Sandbox) -> None:
    with index_link(sandbox, named(1)) as link:
        assert link is not None
    assert not link.socket.parent.exists()
