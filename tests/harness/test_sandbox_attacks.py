"""Hostile code in the sandbox, level by level: each test fails if the attack that it names succeeds."""

from __future__ import annotations

import ctypes
import json
import os
import secrets
import shutil
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from repairbot.harness import inside, leftovers
from repairbot.harness.sandbox import owner, probe
from repairbot.harness.sandbox.index_hosts import reach_of
from repairbot.harness.sandbox.relaying import index_link
from repairbot.harness.sandbox.sandbox import Sandbox
from repairbot.harness.sandbox.values import Bind, Kind, Level
from repairbot.process import tools as trusted
from repairbot.process import tree
from repairbot.process.run import Ended, Limits, Stopped

ATTACKS = Path(__file__).with_name("sandbox_attacks.py")
SHORT = Limits(seconds=20.0, processes=64, file_bytes=8 << 20, output_bytes=1 << 20)
ISOLATED = (Kind.BUBBLEWRAP, Kind.NAMESPACES, Kind.CONTAINER, Kind.OTHER_USER)
OWN_ROOT = (Kind.BUBBLEWRAP, Kind.NAMESPACES, Kind.CONTAINER)


@dataclass(frozen=True)
class Victim:
    """What the invoking user has and target code must not reach."""

    folder: Path
    words: str
    secret: Path
    command_file: Path
    socket: Path
    port: int
    abstract: str


@dataclass(frozen=True)
class Box:
    sandbox: Sandbox
    victim: Victim
    python: str
    binds: tuple[Bind, ...]
    output: Path
    work: Path
    folder: Path  # bound for reading

    def start(self, *words: str, limits: Limits = SHORT, network: bool = False) -> Ended:
        return self.sandbox.run(
            [self.python, "-I", self.sandbox.at("tools", ATTACKS.name), *words],
            binds=self.binds,
            cwd=self.sandbox.at("work"),
            output=self.output,
            limits=limits,
            network=network,
            env={"EXTRA": "1"},
        )

    def attack(self, *words: str, network: bool = False) -> Any:
        ended = self.start(*words, network=network)
        assert ended.ok, ended.tail()
        return json.loads(ended.tail())


@pytest.fixture
def folder() -> Iterator[Path]:
    """Not pytest's own, through which no other user may pass."""
    path = Path(tempfile.mkdtemp(prefix="repairbot-test-"))
    path.chmod(0o711)
    yield path
    leftovers.remove(path)


@pytest.fixture
def victim(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Victim]:
    words, abstract = secrets.token_hex(16), secrets.token_hex(8)
    home = folder / "user"
    home.mkdir(mode=0o700)
    (home / "secret").write_text(words)
    (home / "secret").chmod(0o600)
    (home / "github_env").touch(0o600)
    plant_key(f"key-{abstract}", words)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("GITHUB_TOKEN", words)
    monkeypatch.setenv("GITHUB_ENV", str(home / "github_env"))
    monkeypatch.setenv("ACTIONS_RUNTIME_URL", f"https://{words}")
    with (
        trusted.holding({"GITHUB_TOKEN": words}),
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.socket(socket.AF_UNIX) as daemon,
        socket.socket(socket.AF_UNIX) as hidden,
    ):
        daemon.bind(str(home / "daemon.sock"))
        hidden.bind("\0" + abstract)
        for server in (daemon, hidden):
            server.listen()
        port = listener.getsockname()[1]
        yield Victim(folder, words, home / "secret", home / "github_env", home / "daemon.sock", port, abstract)


def plant_key(name: str, words: str) -> None:
    """As `keyctl add user NAME WORDS @s` after a login; the session keyring is new, so that no real one is touched."""
    if (calls := {"x86_64": (248, 250), "aarch64": (217, 219)}.get(os.uname().machine)) is None:
        return
    libc, (add_key, keyctl) = ctypes.CDLL(None, use_errno=True), calls
    assert libc.syscall(keyctl, 1, None) > 0
    assert libc.syscall(add_key, b"user", name.encode(), words.encode(), len(words), -3) > 0


_LEVELS: dict[Kind, Level | str] = {}


def level_of(kind: Kind) -> Level:
    if kind not in _LEVELS:
        try:
            _LEVELS[kind] = probe.probe([kind])
        except probe.NotIsolated as error:
            _LEVELS[kind] = str(error)
    level = _LEVELS[kind]
    if isinstance(level, Level):
        return level
    if kind in os.environ.get("REPAIRBOT_TEST_LEVELS", "").split(","):
        pytest.fail(level)
    pytest.skip(level)


@pytest.fixture
def box(request: pytest.FixtureRequest, folder: Path, victim: Victim) -> Box:
    level = level_of(request.param)
    place, tools, work = folder / "place", folder / "tools", folder / "work"
    for path in (place, tools, work):
        path.mkdir()
    shutil.copyfile(ATTACKS, tools / ATTACKS.name)
    sandbox = Sandbox(level, place)
    binds = (Bind(tools, sandbox.at("tools")), Bind(work, sandbox.at("work"), writable=True))
    python = python_for(sandbox, folder)
    shown = tuple(Bind.same(prefix) for prefix in python.prefixes)
    return Box(sandbox, victim, str(python.program), (*shown, *binds), folder / "output", work, tools)


_PYTHONS: dict[Kind, probe.Python] = {}


def python_for(sandbox: Sandbox, folder: Path) -> probe.Python:
    """One that code in there may start: ours may lie in a closed folder."""
    kind = sandbox.level.kind
    for python in probe.pythons() if kind not in _PYTHONS else ():
        shown = [Bind.same(prefix) for prefix in python.prefixes]
        argv, output = [str(python.program), "-c", ""], folder / "output"
        if sandbox.run(argv, binds=shown, cwd=sandbox.at(), output=output).ok:
            return _PYTHONS.setdefault(kind, python)
    return _PYTHONS[kind]


def at(*kinds: Kind) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("box", kinds, indirect=True, ids=str)


@at(*ISOLATED)
def test_no_environment_of_any_process_holds_the_token(box: Box) -> None:
    assert box.attack("environment", box.victim.words) == []


@at(*ISOLATED)
def test_no_other_process_can_be_traced_or_its_memory_opened(box: Box) -> None:
    assert box.attack("memory", box.victim.words[::-1]) == []


@at(*ISOLATED)
def test_a_private_file_cannot_be_read_by_any_way(box: Box) -> None:
    assert box.attack("secret", box.victim.words, str(box.victim.secret)) == []


@at(*ISOLATED)
def test_nothing_outside_can_be_written_and_so_no_command_file_of_actions(box: Box) -> None:
    paths = [str(box.victim.command_file), str(box.victim.secret), str(box.victim.secret.parent / "new")]
    assert box.attack("outside", *paths) == []
    assert box.attack("host_root", *paths) == []
    assert box.victim.command_file.read_bytes() == b""


@at(*ISOLATED)
def test_what_is_bound_for_reading_cannot_be_written(box: Box) -> None:
    assert box.attack("outside", box.sandbox.at("tools", "stolen"), box.sandbox.at("tools", ATTACKS.name)) == []


@at(*OWN_ROOT)
def test_what_was_given_to_it_once_cannot_be_written_where_it_is_bound_for_reading(box: Box, folder: Path) -> None:
    """An environment: written by an installation, read by tests."""
    theirs = folder / "theirs"
    theirs.mkdir()
    (theirs / "file").touch(0o666)
    owner.give(theirs, box.sandbox.level.uid)
    place = box.sandbox.at("theirs")
    seen = replace(box, binds=(*box.binds, Bind(theirs, place)))
    assert seen.attack("outside", f"{place}/file", f"{place}/new") == []
    given = replace(box, binds=(*box.binds, Bind(theirs, place, writable=True)))
    assert given.attack("outside", f"{place}/file", f"{place}/new") == [f"{place}/file", f"{place}/new"]


@at(*OWN_ROOT)
def test_its_file_system_shows_nothing_but_what_programs_need(box: Box) -> None:
    engine_adds = ["sys", ".dockerenv"] if box.sandbox.level.kind is Kind.CONTAINER else []
    assert box.attack("sights", *engine_adds) == []


@at(*OWN_ROOT)
def test_no_other_process_is_in_sight(box: Box) -> None:
    assert box.attack("others") == []


@at(*OWN_ROOT)
def test_no_parameter_of_the_kernel_can_be_set(box: Box) -> None:
    assert box.attack("kernel") == []


@at(*ISOLATED)
def test_there_is_no_privilege_and_no_way_to_gain_one(box: Box, folder: Path) -> None:
    helper = folder / "helper"
    helper.mkdir()
    shutil.copyfile("/usr/bin/id", helper / "id")
    (helper / "id").chmod(0o4755)
    seen = Bind(helper, box.sandbox.at("helper"))
    armed = replace(box, binds=(*box.binds, seen))
    assert armed.attack("privileges", box.sandbox.at("helper", "id")) == []


@at(*ISOLATED)
def test_nothing_can_be_mounted_and_no_device_made(box: Box) -> None:
    assert box.attack("mounts") == []


@at(*ISOLATED)
def test_no_further_user_namespace_can_be_made(box: Box) -> None:
    assert box.attack("user_namespace") is False
    assert box.attack("new_user_namespace") == []


@at(*Kind)
def test_keys_of_the_session_can_be_neither_read_nor_planted(box: Box) -> None:
    found = box.attack("keyrings", f"key-{box.victim.abstract}", box.victim.words[::-1])
    assert found == ([] if box.sandbox.level.kind in ISOLATED else ["listed"])


@at(*ISOLATED)
def test_parts_of_the_kernel_that_no_test_needs_are_shut(box: Box) -> None:
    assert box.attack("surface") == []


@at(*ISOLATED)
def test_nothing_can_be_typed_into_a_terminal(box: Box) -> None:
    assert box.attack("terminal") == []


@at(*ISOLATED)
@pytest.mark.skipif(os.uname().machine != "x86_64", reason="its calls by 32-bit numbers")
def test_a_call_by_the_numbers_of_another_architecture_is_fatal(box: Box) -> None:
    assert box.attack("foreign_calls") is False


@at(*ISOLATED)
def test_names_of_hosts_and_interfaces_can_be_looked_up(box: Box) -> None:
    """Which takes a netlink socket of the one kind that is left open."""
    found = box.attack("names")
    assert "lo" in found
    assert "127.0.0.1" in found


@at(*OWN_ROOT)
def test_with_the_network_off_neither_the_host_nor_the_world_is_reached(box: Box) -> None:
    assert box.attack("network", str(box.victim.port), box.victim.abstract) == []


class Page(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(f"page {self.path}".encode())

    def log_message(self, *args: object) -> None:
        """Be silent."""


@pytest.fixture
def user_index() -> Iterator[str]:
    """A package index of the user's own, on this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@at(*OWN_ROOT)
def test_while_packages_are_installed_the_index_alone_is_reached(box: Box, user_index: str) -> None:
    victim = box.victim
    words = ("index", f"{user_index}/simple/", str(victim.port), victim.abstract)
    forward = Path(inside.__file__).with_name("repairbot_forward.py")
    shutil.copyfile(forward, box.folder / forward.name)
    with index_link(box.sandbox, reach_of({"PIP_INDEX_URL": user_index})) as link:
        assert link is not None
        argv = [box.python, "-I", box.sandbox.at("tools", ATTACKS.name), *words]
        ended = box.sandbox.run(
            link.through(box.python, box.sandbox.at("tools", forward.name), argv),
            binds=(*box.binds, link.bind),
            cwd=box.sandbox.at("work"),
            output=box.output,
            limits=SHORT,
        )
        said = link.complaint()
    assert json.loads(ended.tail()) == {
        "index": "page /simple/",
        "hops": ["403", "403", "<urlopen error Tunnel connection failed: 403 Forbidden>"],
        "self": [],
        "around": 0,
    }
    assert "169.254.169.254:80" in said


@at(*OWN_ROOT)
def test_with_the_network_off_the_loopback_still_works(box: Box) -> None:
    assert "127.0.0.1" in box.attack("loopback")


@at(*OWN_ROOT)
def test_the_network_is_there_when_asked_for(box: Box) -> None:
    assert repr(("127.0.0.1", box.victim.port)) in box.attack("network", str(box.victim.port), "x", network=True)


@at(*ISOLATED)
def test_a_daemon_of_the_host_cannot_be_asked_for_help(box: Box) -> None:
    assert box.attack("sockets", str(box.victim.socket), "/var/run/docker.sock", "/run/docker.sock") == []


@at(*ISOLATED)
def test_it_cannot_kill_what_started_it(box: Box) -> None:
    assert box.attack("kill_others") is False


@at(*Kind)
def test_a_daemon_with_neither_session_nor_parent_does_not_survive(box: Box) -> None:
    trace = box.work / "alive"
    assert box.attack("daemon", box.sandbox.at("work", "alive")) is True
    size = trace.stat().st_size
    time.sleep(0.2)
    assert trace.stat().st_size == size


@at(*ISOLATED)
def test_a_fork_bomb_is_bounded_and_leaves_nothing(box: Box) -> None:
    assert box.attack("bomb") < 64
    uid = box.sandbox.level.uid
    assert uid == os.getuid() or uid not in tree.user_ids()


@at(*Kind)
def test_a_flood_of_output_is_cut(box: Box) -> None:
    ended = box.start("flood")
    assert (ended.stopped, ended.output.stat().st_size) == (Stopped.OUTPUT, SHORT.output_bytes)


@at(*Kind)
def test_a_file_is_bounded(box: Box) -> None:
    box.start("big_file", box.sandbox.at("work", "big"))
    assert (box.work / "big").stat().st_size <= (SHORT.file_bytes or 0)


@at(*ISOLATED)
def test_nothing_is_left_where_everybody_may_write(box: Box) -> None:
    folders = ["/tmp", "/dev/shm", "/var/tmp"]
    if box.sandbox.level.kind.own_root:
        folders.pop()  # the same as the first
    assert box.attack("leave", *folders) == ["True"] * 3
    uid = box.sandbox.level.uid
    left = [path for folder in ("/tmp", "/dev/shm", "/var/tmp") for path in Path(folder).glob("left-*")]
    assert left == []
    for kind in ("shm", "msg", "sem"):
        rows = Path("/proc/sysvipc", kind).read_text().splitlines()[1:]
        assert [row for row in rows if uid != os.getuid() and str(uid) in row.split()] == []


@at(Kind.OTHER_USER)
def test_no_queue_is_left_that_outlives_every_process(box: Box) -> None:
    assert box.attack("queue") is False


@at(*OWN_ROOT)
def test_files_in_memory_count_as_memory(box: Box) -> None:
    limits = replace(SHORT, memory_bytes=96 << 20, file_bytes=None)
    ended = box.start("fill", "/tmp", "/dev/shm", box.sandbox.at("home"), limits=limits)
    assert ended.stopped is Stopped.MEMORY


@at(*Kind)
def test_what_idle_workers_share_counts_once(box: Box) -> None:
    ended = box.start("idle_workers", limits=replace(SHORT, memory_bytes=512 << 20))
    assert (ended.stopped, ended.tail()) == (None, "64\n")


@at(*Kind)
def test_a_crash_is_a_signal_and_leaves_no_core(box: Box) -> None:
    ended = box.start("core")
    assert (ended.returncode, ended.signal) == (None, signal.SIGABRT)
    assert list(box.work.iterdir()) == []


@at(*Kind)
def test_a_hang_is_ended_with_all_that_it_started(box: Box) -> None:
    ended = box.sandbox.run(
        ["/bin/sh", "-c", "sleep 4321 & echo on; sleep 4321"],
        binds=box.binds,
        cwd=box.sandbox.at("work"),
        output=box.output,
        limits=Limits(seconds=(start := 6.0 if box.sandbox.level.kind is Kind.CONTAINER else 0.5)),
    )
    assert (ended.stopped, ended.tail()) == (Stopped.TIME, "on\n")
    assert ended.seconds < start + 4.5


@at(*Kind)
def test_it_finds_a_clean_place_of_its_own(box: Box) -> None:
    for _ in range(2):
        facts = box.attack("facts")
        given = {"EXTRA", "HOME", "LANG", "LOGNAME", "PATH", "TMPDIR", "USER"}
        assert given <= facts["environ"].keys() <= given | {"PWD"}
        assert facts["home"] == facts["temporary"] == [[], True]
        assert (facts["here"], facts["stdin"], facts["files"][:3]) == (True, "", ["0", "1", "2"])
        assert len(facts["files"]) == 4  # the folder that is being listed
        assert facts["cwd"] == box.sandbox.at("work")
    assert (box.work / "mine").read_bytes() == b"stolen\nstolen\n"


@at(*ISOLATED)
def test_it_is_not_root(box: Box) -> None:
    assert box.attack("facts")["uid"] != 0


@at(Kind.SAME_USER)
def test_without_isolation_the_same_attacks_succeed(box: Box) -> None:
    """So the tests above can fail."""
    victim = box.victim
    assert box.attack("secret", victim.words, str(victim.secret)) != []
    assert box.attack("environment", victim.words) != []
    assert box.attack("outside", str(victim.command_file)) != []
    assert len(box.attack("network", str(victim.port), victim.abstract)) >= 2
    assert box.attack("sockets", str(victim.socket)) != []


def opened(prefixes: set[Path]) -> list[str]:
    """Options of bubblewrap that show interpreters to everybody even if they lie in closed folders, such as /root."""
    covers, folders, binds = list[str](), list[str](), list[str]()
    for prefix in sorted(prefixes):
        above = [parent for parent in reversed(prefix.parents) if parent.name]
        closed = next((number for number, parent in enumerate(above) if not parent.stat().st_mode & 0o001), None)
        if closed is not None:
            cover = ["--perms", "0755", "--tmpfs", str(above[closed])]
            covers += [] if str(above[closed]) in covers else cover
            folders += [word for parent in above[closed + 1 :] for word in ("--perms", "0755", "--dir", str(parent))]
            binds += ["--ro-bind", str(prefix), str(prefix)]
    return [*covers, *folders, *binds]


@pytest.mark.slow
@pytest.mark.skipif(os.getuid() != 0, reason="all tests here ran as an ordinary user already")
def test_an_ordinary_user_is_as_safe_as_root(folder: Path) -> None:
    """All of this file again, started without privilege: another path through bubblewrap and through the kernel."""
    level_of(Kind.BUBBLEWRAP)
    code = folder / "code"
    shutil.copytree(Path(probe.__file__).parents[2], code / "repairbot")
    for name in (ATTACKS.name, Path(__file__).name):
        shutil.copyfile(ATTACKS.with_name(name), code / name)
    home = folder / "home"
    home.mkdir()
    os.chown(home, 64980, 64980)
    user = ["setpriv", "--reuid", "64980", "--regid", "64980", "--clear-groups", "--inh-caps=-all"]
    user += ["--ambient-caps=-all", "--bounding-set=-all", "--"]
    view = [
        "bwrap",
        "--cap-add",
        "ALL",
        "--bind",
        "/",
        "/",
        "--dev-bind",
        "/dev",
        "/dev",
        *opened({Path(sys.base_prefix), Path(sys.prefix)}),
    ]
    tests = [sys.executable, "-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider", str(code / Path(__file__).name)]
    env = {"PATH": "/usr/bin:/bin", "HOME": str(home), "TMPDIR": str(home), "PYTHONPATH": str(code)}
    env |= {name: os.environ[name] for name in ("DOCKER_HOST", "REPAIRBOT_TEST_LEVELS") if name in os.environ}
    said = trusted.capture([*view, *user, *tests], env=env, cwd=code, seconds=300)
    assert said.returncode == 0, said.text
    assert " passed" in said.text, said.text
