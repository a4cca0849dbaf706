from __future__ import annotations

import base64
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest

from repairbot.errors import UsageError
from repairbot.git import clone, objects, repository
from repairbot.git import source as git_source
from repairbot.git.clone import NotCloned
from repairbot.process import tools
from tests.git_traps import commit, git, start

TOKEN = "ghs_secret"
BASIC = "Basic " + base64.b64encode(f"x-access-token:{TOKEN}".encode()).decode()


@dataclass
class Server:
    """Git's own HTTP backend; repositories below `private` ask for the token."""

    url: str
    folder: Path
    seen: list[str] = field(default_factory=list)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    folder = tmp_path / "server"
    place = start(tmp_path / "user" / "repository")
    commit(place, {"a.py": "x = 1\n"})
    git(place, "tag", "v1")
    commit(place, {"b.py": "y = 1\n"})
    git(place, "branch", "topic", "v1")
    for name in ("public/x.git", "private/x.git"):
        git(place, "clone", "--quiet", "--bare", str(place), str(folder / name))
    start(tmp_path / "user" / "empty")
    git(place, "clone", "--quiet", "--bare", str(tmp_path / "user/empty"), str(folder / "public/empty.git"))

    class Handler(BaseHTTPRequestHandler):
        state: ClassVar[Server]

        def answer(self) -> None:
            given = self.headers.get("Authorization", "")
            self.state.seen.append(given)
            if self.path.startswith("/private") and given != BASIC:
                self.send_response(401)
                self.send_header("WWW-Authenticate", 'Basic realm="x"')
                self.end_headers()
                return
            path, _, query = self.path.partition("?")
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            env = {
                "PATH": os.environ["PATH"],
                "GIT_PROJECT_ROOT": str(folder),
                "GIT_HTTP_EXPORT_ALL": "1",
                "PATH_INFO": path,
                "QUERY_STRING": query,
                "REQUEST_METHOD": self.command,
                "CONTENT_TYPE": self.headers.get("Content-Type", ""),
                "CONTENT_LENGTH": str(len(body)),
                "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
                "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
                "GIT_CONFIG_COUNT": "1",
                "GIT_CONFIG_KEY_0": "safe.directory",
                "GIT_CONFIG_VALUE_0": "*",
            }
            said = tools.capture(["git", "http-backend"], env=env, stdin=body)
            head, _, content = said.stdout.partition(b"\r\n\r\n")
            headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
            self.send_response(int(headers.pop("Status", "200").split()[0]))
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = answer  # noqa: N815

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        Handler.state = Server(f"http://127.0.0.1:{http.server_address[1]}", folder)
        thread = threading.Thread(target=http.serve_forever)
        thread.start()
        yield Handler.state
        http.shutdown()
        thread.join()


def test_a_clone_has_all_branches_and_tags_and_the_servers_head(server: Server, tmp_path: Path) -> None:
    seen: list[str] = []
    path = clone.clone(clone.address("public/x", server.url), tmp_path / "clone.git", watch=seen.append)
    assert any("objects" in line for line in seen)
    source = git_source.find(path)
    assert (source.root, source.commit) == (None, git(server.folder / "public/x.git", "rev-parse", "HEAD"))
    assert source.branch == "main"
    assert [name for name, _ in source.tags] == ["refs/tags/v1"]
    refs = repository.run(path, "for-each-ref", "--format=%(refname)", "refs/heads").decode().split()
    assert refs == ["refs/heads/main", "refs/heads/topic"]
    history = repository.borrow_history(source, tmp_path / "history.git")
    own = repository.copy_commit(history, source.commit, tmp_path / "own.git")
    assert [entry.path for entry in objects.entries(own, source.commit)] == ["a.py", "b.py"]


def test_a_token_reaches_the_server_and_no_file_and_no_environment_of_ours(server: Server, tmp_path: Path) -> None:
    before = dict(os.environ)
    path = clone.clone(clone.address("private/x", server.url), tmp_path / "clone.git", TOKEN)
    assert BASIC in server.seen
    assert dict(os.environ) == before
    for file in path.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            assert TOKEN.encode() not in content
            assert BASIC.split()[1].encode() not in content


def test_without_a_token_none_is_sent_and_nobody_is_asked(server: Server, tmp_path: Path) -> None:
    with pytest.raises(NotCloned, match="give a token that may read it"):
        clone.clone(clone.address("private/x", server.url), tmp_path / "clone.git")
    assert set(server.seen) == {""}


def test_a_wrong_token_is_said_to_be_wrong(server: Server, tmp_path: Path) -> None:
    with pytest.raises(NotCloned) as refused:
        clone.clone(clone.address("private/x", server.url), tmp_path / "clone.git", "wrong")
    assert "token" in str(refused.value)
    assert "wrong" not in str(refused.value)


def test_a_token_is_not_sent_to_another_server(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A user's or an attacker's `insteadOf` would lead it elsewhere."""
    home = tmp_path / "evil-home"
    home.mkdir()
    (home / ".gitconfig").write_text(f'[url "{server.url}/public/"]\n\tinsteadOf = {server.url}/private/\n')
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", f"url.{server.url}/public/.insteadOf")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", f"{server.url}/private/")
    clone.clone(clone.address("private/x", server.url), tmp_path / "clone.git", TOKEN)
    assert BASIC in server.seen


def test_variables_of_the_caller_lead_nowhere_else(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GIT_DIR", "GIT_OBJECT_DIRECTORY", "GIT_INDEX_FILE", "GIT_WORK_TREE"):
        monkeypatch.setenv(name, str(tmp_path / "nowhere"))
    path = clone.clone(clone.address("public/x", server.url), tmp_path / "clone.git")
    assert git_source.find(path).commit
    assert os.environ["GIT_DIR"] == str(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("name", "words"), [("public/missing", "private or does not exist"), ("public/empty", "no commits yet")]
)
def test_what_is_not_there_is_one_sentence(server: Server, tmp_path: Path, name: str, words: str) -> None:
    with pytest.raises(NotCloned, match=words):
        clone.clone(clone.address(name, server.url), tmp_path / "clone.git")


def test_a_server_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(NotCloned, match="could not be cloned"):
        clone.clone("http://127.0.0.1:1/a/b.git", tmp_path / "clone.git")


@pytest.mark.parametrize("url", ["ext::sh -c true", "file:///etc", "ssh://x/y"])
def test_no_other_protocol_is_spoken(url: str, tmp_path: Path) -> None:
    with pytest.raises(NotCloned):
        clone.clone(url, tmp_path / "clone.git")


def test_a_name_becomes_an_address() -> None:
    assert clone.address("encode/starlette") == "https://github.com/encode/starlette.git"


@pytest.mark.parametrize(
    "name", ["starlette", "a/b/c", "../x", "a/..", "a/.", "-a/b", "a/b c", "https://x/y", "a/b\n", ""]
)
def test_a_name_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="OWNER/NAME"):
        clone.address(name)
