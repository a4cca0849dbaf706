"""GitHub on this machine: REST, GraphQL and git over one HTTP server, with faults where a test wants them."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote

from tests.publish.standin import mutations
from tests.publish.standin.contract import operation
from tests.publish.standin.rest import AS_APP, HANDLERS, Call
from tests.publish.standin.world import Actor, Refused, World

PREFIX = "/api/v3"
Fault = Callable[["Request"], bool]


@dataclass
class Reply:
    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Request:
    """One request, and how to break it off: a fault answers True when it took the answer into its own hands."""

    number: int
    verb: str
    path: str
    handler: BaseHTTPRequestHandler
    act: Callable[[], Reply]

    @property
    def is_write(self) -> bool:
        return self.verb != "GET" and "upload-pack" not in self.path

    def answer(self, status: int, message: str, **headers: str) -> None:
        body = json.dumps({"message": message}).encode()
        _send(self.handler, Reply(status, body, {"Content-Type": "application/json", **headers}))

    def reset(self) -> None:
        """End the connection without a word."""
        self.handler.close_connection = True
        self.handler.connection.close()


@dataclass
class Standin:
    """`requests` are what was asked, in order; `complaints` what the description had against either side."""

    world: World
    url: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    fault: Fault | None = None
    done: threading.Event = field(default_factory=threading.Event)

    @property
    def api(self) -> str:
        return f"{self.url}{PREFIX}"


@contextmanager
def standing(world: World) -> Iterator[Standin]:
    class Handler(_Handler):
        pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        http.daemon_threads = True
        Handler.standin = Standin(world, f"http://127.0.0.1:{http.server_address[1]}")
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield Handler.standin
        finally:
            Handler.standin.done.set()
            http.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    standin: Standin
    protocol_version = "HTTP/1.1"

    def _answer(self) -> None:
        standin = self.standin
        body = _body(self)
        with standin.world.lock:
            number = len(standin.requests)
            standin.requests.append(f"{self.command} {self.path}")
            standin.heard.append(self.headers.get("Authorization", ""))

        def act() -> Reply:
            with standin.world.lock:
                return self._act(body)

        request = Request(number, self.command, self.path, self, act)
        if standin.fault is not None and standin.fault(request):
            return
        _send(self, act())

    do_GET = do_POST = do_PATCH = do_DELETE = do_PUT = _answer  # noqa: N815

    def _act(self, body: bytes) -> Reply:
        path, _, query = self.path.partition("?")
        self.standin.world.settle()
        if path == "/api/graphql":
            return self._graphql(body)
        if path.startswith(PREFIX):
            return self._rest(path.removeprefix(PREFIX), query, body)
        return self._git(unquote(path), query, body)

    # -- REST

    def _rest(self, path: str, query: str, body: bytes) -> Reply:
        called = operation(self.command, path)
        value = json.loads(body) if body else None
        if called is None:
            return self._complained(f"{self.command} {path} is not described")
        problems = called.complaints_about_request(query, value)
        if problems:
            return self._complained(f"{self.command} {path}: {problems}")
        handler = HANDLERS[called.verb, called.template]
        headers = {"x-ratelimit-remaining": "4000", "x-ratelimit-reset": "0"}
        try:
            token = self._token()
            actor = Actor("an app") if handler in AS_APP else self.standin.world.actor(token)
            moved = self._moved(called.values)
            if moved is not None:
                return Reply(301, b"{}", {"Location": moved})
            root = self.standin.api
            call = Call(self.standin.world, actor, called, dict(parse_qsl(query)), value, root, token)
            status, said = handler(call)
            if isinstance(said, list):
                said, link = self._page(said, dict(parse_qsl(query)), path)
                headers |= link
        except Refused as refused:
            status, headers = refused.status, headers | refused.headers
            said = {"message": refused.message, "documentation_url": "http://x.invalid/"}
            if refused.errors:
                errors = [{"resource": "PullRequest", "code": "custom", "message": text} for text in refused.errors]
                said["errors"] = errors
        problems = called.complaints_about_reply(status, said)
        if problems:
            return self._complained(f"our reply {status} to {self.command} {path}: {problems}")
        return Reply(status, json.dumps(said).encode(), {"Content-Type": "application/json", **headers})

    def _moved(self, values: dict[str, str]) -> str | None:
        repo = self.standin.world.repos.get(f"{values.get('owner')}/{values.get('repo')}")
        return f"{self.standin.api}/repos/{repo.moved_to}" if repo and repo.moved_to else None

    def _page(self, listed: list[Any], query: dict[str, str], path: str) -> tuple[list[Any], dict[str, str]]:
        size, number = int(query.get("per_page", 30)), int(query.get("page", 1))
        rest = listed[number * size :]
        shown = listed[(number - 1) * size : number * size]
        if not rest:
            return shown, {}
        again = "&".join(f"{name}={value}" for name, value in {**query, "page": str(number + 1)}.items())
        return shown, {"Link": f'<{self.standin.api}{path}?{again}>; rel="next"'}

    def _complained(self, text: str) -> Reply:
        self.standin.complaints.append(text)
        return Reply(400, json.dumps({"message": text}).encode(), {"Content-Type": "application/json"})

    def _token(self) -> str:
        kind, _, token = self.headers.get("Authorization", "").partition(" ")
        if kind.lower() not in {"token", "bearer"}:
            raise Refused(401, "Requires authentication")
        return token

    # -- GraphQL

    def _graphql(self, body: bytes) -> Reply:
        asked = json.loads(body)
        try:
            actor = self.standin.world.actor(self._token())
            said = mutations.execute(self.standin.world, actor, asked["query"], asked["variables"])
            unknown = [one["message"] for one in said.get("errors", ()) if "Cannot query" in one["message"]]
            self.standin.complaints += unknown
            return Reply(200, json.dumps(said).encode(), {"Content-Type": "application/json"})
        except Refused as refused:
            return Reply(refused.status, json.dumps({"message": refused.message}).encode())

    # -- git

    def _git(self, path: str, query: str, body: bytes) -> Reply:
        name = path[1:].partition(".git/")[0]
        secret = self.headers.get("Authorization", "").removeprefix("Basic ")
        token = base64.b64decode(secret).decode().partition(":")[2]
        repo = self.standin.world.repos.get(name)
        if token not in self.standin.world.tokens:
            return Reply(401, b"", {"WWW-Authenticate": 'Basic realm="GitHub"'})
        actor = self.standin.world.tokens[token]
        if repo is None or (repo.private and name not in actor.pushes):
            return Reply(404, b"not found")
        if "receive-pack" in f"{path}?{query}" and (name not in actor.pushes or repo.archived):
            return Reply(403, f"Permission to {name}.git denied to {actor.login}.".encode())
        return _backend(self, path, query, body)

    def log_message(self, *_: Any) -> None:
        pass


def _backend(handler: _Handler, path: str, query: str, body: bytes) -> Reply:
    env = {
        "PATH": os.environ["PATH"],
        "GIT_PROJECT_ROOT": str(handler.standin.world.folder),
        "GIT_HTTP_EXPORT_ALL": "1",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "REQUEST_METHOD": handler.command,
        "CONTENT_TYPE": handler.headers.get("Content-Type", ""),
        "CONTENT_LENGTH": str(len(body)),
        "HTTP_CONTENT_ENCODING": handler.headers.get("Content-Encoding", ""),
        "GIT_PROTOCOL": handler.headers.get("Git-Protocol", ""),
        "REMOTE_USER": "somebody",
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "safe.directory",
        "GIT_CONFIG_VALUE_0": "*",
    }
    said = subprocess.run(["git", "http-backend"], env=env, input=body, capture_output=True, check=False).stdout
    head, _, content = said.partition(b"\r\n\r\n")
    headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
    return Reply(int(headers.pop("Status", "200").split()[0]), content, headers)


def _body(handler: BaseHTTPRequestHandler) -> bytes:
    if handler.headers.get("Transfer-Encoding") != "chunked":
        return handler.rfile.read(int(handler.headers.get("Content-Length", 0)))
    parts = []
    while size := int(handler.rfile.readline(), 16):
        parts.append(handler.rfile.read(size))
        handler.rfile.readline()
    handler.rfile.readline()
    return b"".join(parts)


def _send(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
    handler.send_response(reply.status)
    for name, value in reply.headers.items():
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(reply.body)))
    handler.end_headers()
    handler.wfile.write(reply.body)
