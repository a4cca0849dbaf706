"""No credential of a setting reaches code of the target, and none stands in any text, whoever printed it."""

from __future__ import annotations

import base64
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from repairbot.evidence import recording
from repairbot.evidence.observed import Phase, Runs
from repairbot.harness.environment.credentials import HIDDEN, Redaction, carries_credential, redaction
from repairbot.harness.environment.detect import detect
from repairbot.harness.environment.environment import Environment, NoEnvironment
from repairbot.harness.environment.fallbacks import rungs
from repairbot.harness.environment.installer import Supplies, about_withheld, download_settings, supplies
from repairbot.harness.environment.provision import Wishes, provision
from repairbot.harness.environment.pythons import Interpreter, PythonChoice
from repairbot.harness.session import Bench, Side
from repairbot.run.logs import LARGEST, Logs
from tests.harness.test_provision import INSTALLABLE, PROJECT

SECRET = "FAKESECRETvalue"
HOST = "packages.example"
# A token in every part of an address that can hold one.
PARTS = {
    "password": f"https://user:{SECRET}@{HOST}/simple",
    "password without a scheme": f"user:{SECRET}@proxy:3128",
    "user alone": f"https://{SECRET}@{HOST}/simple",
    "user alone without a scheme": f"{SECRET}@proxy:3128",
    "user before a well-known password": f"https://{SECRET}:x-oauth-basic@{HOST}/simple",
    "password with a slash": f"https://user:{SECRET}/x@{HOST}/simple",
    "password with a hash": f"https://user:{SECRET}#x@{HOST}/simple",
    "password with a space": f"https://user:a {SECRET}@{HOST}/simple",
    "password with a comma": f"https://user:a,{SECRET}@{HOST}/simple",
    "password in escapes": f"https://user%3A{SECRET}%40{HOST}/simple",
    "path": f"https://{HOST}/{SECRET}/simple",
    "end of the path": f"https://{HOST}/simple/{SECRET}",
    "path of a file": f"file:///srv/{SECRET}/simple",
    "bare path": f"/srv/{SECRET}/wheels",
    "query": f"https://{HOST}/?token={SECRET}",
    "query without a key": f"https://{HOST}/simple?{SECRET}",
    "one of many queries": f"https://{HOST}/simple?a=b&c={SECRET}&d=e",
    "parameters": f"https://{HOST}/simple;key={SECRET}",
    "fragment": f"https://{HOST}/simple#{SECRET}",
    "host": f"https://{SECRET}.{HOST}/simple",
    "port": f"proxy:{SECRET}",
    "second of a list": f"https://pypi.org/simple https://{HOST}/{SECRET}/simple",
    "second of a list with commas": f"/opt/wheels,https://{HOST}/{SECRET}/simple",
    "named index": f"corp=https://{HOST}/{SECRET}/simple",
    "another scheme": f"git+ssh://{SECRET}@{HOST}/simple",
}
TOKENS = [
    "ghp_0123456789abcdefABCDEF",
    "aB3dE5fG7hI9",
    "deadbeefcafe1234",
    "s3cr3t",
    "my-token",
    "npm_abcdefghijklmnop",
]
HARMLESS = [
    "https://pypi.org/simple",
    "http://proxy.example:3128",
    "proxy:3128",
    "/opt/wheels",
    "file:///opt/pypi/simple file:///opt/pypi-more/simple",
    "10.0.0.0/8,localhost,127.0.0.1,.corp.example,*",
    "http://[fe80::1]:3128/",
    "https://nexus.corp.example:8443/repository/pypi-all/simple/",
    "corp=https://pkgs.dev.azure.com/org/_packaging/feed/pypi/simple",
    "http://192.168.1.10:3141/root/pypi/+simple/",
    "https://download.pytorch.org/whl/cu118",
    "https://artifacts.example/artifactory/api/pypi/python-local/simple",
    "1",
    "",
]
NAMES = ["HTTPS_PROXY", "http_proxy", "ALL_PROXY", "PIP_INDEX_URL", "UV_EXTRA_INDEX_URL", "UV_INDEX", "UV_FIND_LINKS"]


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("name", NAMES)
def test_a_setting_with_a_token_in_any_part_is_not_handed_on_and_its_name_is_said(part: str, name: str) -> None:
    environ = {name: PARTS[part], "SSL_CERT_FILE": "/etc/ssl/cert.pem"}
    assert set(download_settings(environ)) == {"SSL_CERT_FILE"}
    said = about_withheld(environ)
    assert said is not None
    assert said.startswith(f"{name} is not used to install packages")
    assert SECRET not in said


@pytest.mark.parametrize("token", TOKENS)
def test_what_is_no_plain_word_is_taken_for_a_token(token: str) -> None:
    assert carries_credential(f"https://{HOST}/{token}/simple")


@pytest.mark.parametrize("value", HARMLESS)
def test_plain_addresses_are_handed_on(value: str) -> None:
    assert not carries_credential(value)
    assert about_withheld({"UV_INDEX_URL": value}) is None
    assert redaction({"UV_INDEX_URL": value}) == Redaction()


@pytest.mark.parametrize("part", PARTS)
def test_every_part_that_may_be_a_token_is_hidden_wherever_it_stands(part: str) -> None:
    hidden = redaction({"UV_INDEX_URL": PARTS[part]})
    for text in (
        PARTS[part],
        f"error: {SECRET}",
        f"x{SECRET}x",
        f"GET /{SECRET.lower()}/simple",
        repr({"token": SECRET}),
        f"a\n{SECRET}\nb",
    ):
        assert SECRET.lower() not in hidden.text(text).lower()
        assert HIDDEN in hidden.text(text)


def test_a_login_is_hidden_as_a_header_has_it_and_in_escapes() -> None:
    hidden = redaction({"HTTPS_PROXY": "http://user:p%40ss!word@proxy:3128"})
    for spelling in ("p@ss!word", "p%40ss!word", "p%40ss%21word", base64.b64encode(b"user:p@ss!word").decode()):
        assert hidden.text(f"<{spelling}>") == f"<{HIDDEN}>"


def test_a_short_password_is_hidden_as_a_word_and_not_within_others() -> None:
    hidden = redaction({"HTTPS_PROXY": "http://user:abc@proxy:3128"})
    assert hidden.text("abc abcd user:abc@ dabc") == f"{HIDDEN} abcd {HIDDEN}@ dabc"


def test_names_and_passwords_of_indexes_are_hidden_too() -> None:
    hidden = redaction({"UV_INDEX_CORP_USERNAME": "somebody1", "UV_INDEX_CORP_PASSWORD": SECRET})
    assert hidden.text(f"somebody1 {SECRET}") == f"{HIDDEN} {HIDDEN}"


@pytest.mark.parametrize("kept", range(8, len(SECRET)))
def test_what_a_cut_has_left_of_a_token_is_hidden(kept: int) -> None:
    hidden = redaction({"HTTPS_PROXY": PARTS["password"]})
    assert hidden.cut(f"{SECRET[-kept:]} is the end") == f"{HIDDEN} is the end"
    assert hidden.cut(f"the start is {SECRET[:kept]}") == f"the start is {HIDDEN}"


def test_a_log_is_kept_without_it_also_where_it_was_cut(tmp_path: Path) -> None:
    place = tmp_path / "run" / "log"
    place.parent.mkdir()
    filler = b"x" * (LARGEST - 100)
    place.write_bytes(b"begin " + SECRET.encode() + b"\xff" + filler + SECRET.encode() + b" end" + b"y" * 70)
    logs = Logs(tmp_path / "logs", redaction({"HTTPS_PROXY": PARTS["password"]}))
    name = logs.kept(str(place))
    assert name is not None
    kept = (tmp_path / "logs" / name).read_bytes()
    assert b"ECRETvalue" not in kept
    assert HIDDEN.encode() + b" end" in kept


def test_a_value_is_kept_without_it() -> None:
    runs = Runs("2026", 1.0, phases=(Phase(f"<{SECRET}>", 1.0),), untested=SECRET)
    hidden = redaction({"HTTPS_PROXY": PARTS["password"]}).value(runs)
    assert hidden == Runs("2026", 1.0, phases=(Phase(f"<{HIDDEN}>", 1.0),), untested=HIDDEN)


# -- the real installers

Making = Callable[..., Bench]
NEEDY = PROJECT + 'dependencies = ["no-such-package-anywhere"]\n'


def climbed(bench: Bench, given: Supplies, interpreter: Interpreter, folder: Path) -> Environment | NoEnvironment:
    with bench.trees(Side.BEFORE) as tree:
        declared = detect(tree)
    choice = PythonChoice(interpreter, "the only one")
    ladder = rungs(declared, choice, [], shell=None, committed=None, today=date(2026, 1, 1))
    return provision(bench, declared, ladder[:1], given, Wishes(), folder)


@pytest.mark.parametrize(
    ("engine", "part"),
    [
        *(("uv", part) for part in ("path", "query", "host", "end of the path", "fragment")),
        *(("pip", part) for part in ("path", "query", "end of the path")),
    ],
)
def test_an_installers_own_error_is_kept_without_the_token(
    bench_for: Making, supplies: Supplies, interpreter: Interpreter, tmp_path: Path, part: str, engine: str
) -> None:
    """As if the setting had been handed on: what an installer prints is searched for it all the same."""
    value = PARTS[part].replace(f"{HOST}", "localhost:1")
    downloads = {"UV_FIND_LINKS": value, "UV_INDEX_URL": value, "PIP_INDEX_URL": value, "PIP_FIND_LINKS": value}
    uv = supplies.uv if engine == "uv" else None
    given = replace(supplies, uv=uv, downloads=downloads, redaction=redaction(downloads))
    found = climbed(bench_for({**INSTALLABLE, "pyproject.toml": NEEDY}), given, interpreter, tmp_path)
    assert isinstance(found, NoEnvironment)
    raw = [Path(step.log).read_text(encoding="utf-8", errors="replace") for one in found.attempts for step in one.steps]
    assert any(SECRET.lower() in text.lower() for text in raw), "the installer printed it"
    logs = Logs(tmp_path / "logs", given.redaction)
    kept = repr(recording.attempts(found.attempts, logs.kept)) + found.reason
    kept += "".join(path.read_text(encoding="utf-8", errors="replace") for path in (tmp_path / "logs").iterdir())
    assert SECRET.lower() not in kept.lower()
    assert HIDDEN in kept


@contextmanager
def index() -> Iterator[tuple[int, list[str]]]:
    """A server that notes what it is asked for, and has nothing."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path + str(self.headers))
            self.send_error(404)

        def log_message(self, *_: object) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_port, asked
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("engine", ["uv", "pip"])
def test_a_variable_in_a_file_of_the_target_expands_to_nothing_of_ours(
    bench_for: Making,
    interpreter: Interpreter,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    engine: str,
) -> None:
    """Installers expand `${NAME}` in a requirements file, also within the address of an index."""
    monkeypatch.setenv("MY_TOKEN", SECRET)
    monkeypatch.setenv("HTTPS_PROXY", f"http://user:{SECRET}@proxy.invalid:3128")
    names = ("MY_TOKEN", "HTTPS_PROXY", "GITHUB_TOKEN", "UV_INDEX_URL")
    with index() as (port, asked):
        lines = [f"--index-url http://127.0.0.1:{port}/${{MY_TOKEN}}/simple"]
        lines += [f"--extra-index-url http://127.0.0.1:{port}/${{{name}}}/simple" for name in names]
        files = {
            "requirements.txt": "\n".join([*lines, "no-such-package-anywhere", ""]),
            "test_a.py": "def test_a(): 0\n",
        }
        given = supplies(os.environ, Path("/nonexistent"), tmp_path)
        given = given if engine == "uv" else replace(given, uv=None)
        (tmp_path / "environments").mkdir()
        found = climbed(bench_for(files), given, interpreter, tmp_path / "environments")
    assert isinstance(found, NoEnvironment)
    printed = "".join(
        Path(step.log).read_text(encoding="utf-8", errors="replace") for one in found.attempts for step in one.steps
    )
    assert "no-such-package-anywhere" in printed or "MY_TOKEN" in printed
    assert SECRET not in printed + "".join(asked)
