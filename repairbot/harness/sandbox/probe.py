"""Finds the best level of isolation that works on this machine by running a canary inside each."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from repairbot.errors import RepairbotError
from repairbot.harness import leftovers, scratch
from repairbot.harness.sandbox import bubblewrap, canary, container
from repairbot.harness.sandbox.sandbox import Sandbox
from repairbot.harness.sandbox.values import Bind, Kind, Level, Rejection
from repairbot.process import tools, tree
from repairbot.process.run import Limits

_BRIEFLY = Limits(seconds=20.0, output_bytes=1 << 20)
_UIDS = range(64999, 61000, -1)
_CLAIMS: list[socket.socket] = []


class NotIsolated(RepairbotError):
    """No level works, not even the weakest."""


@dataclass(frozen=True, slots=True)
class Bait:
    """What a canary tries to reach."""

    secret: Path
    words: str
    outside: Path
    port: int
    public: Path


def probe(kinds: Sequence[Kind] = tuple(Kind)) -> Level:
    """The first of `kinds` whose canary ran; the ones before it are in `rejected` with their reasons."""
    rejected: list[Rejection] = []
    with _folder() as folder, _bait(folder) as bait:
        for kind in kinds:
            result = attempt(kind, folder, bait)
            if isinstance(result, Level):
                return replace(result, rejected=tuple(rejected))
            rejected.append(result)
    reasons = "; ".join(f"{rejection.kind}: {rejection.reason}" for rejection in rejected)
    raise NotIsolated(f"the target's code cannot be run on this machine ({reasons})")


def attempt(kind: Kind, folder: Path, bait: Bait) -> Level | Rejection:
    """Run the canary at one level; a level with less than it promises is rejected."""
    try:
        return _attempt(kind, folder, bait)
    except tools.ToolMissing as error:
        return Rejection(kind, str(error))
    except OSError as error:
        return Rejection(kind, error.strerror or str(error))


def _attempt(kind: Kind, folder: Path, bait: Bait) -> Level | Rejection:
    version = None
    if kind is not Kind.SAME_USER and sys.platform != "linux":
        return Rejection(kind, "it needs Linux")
    if kind is Kind.BUBBLEWRAP:
        program = bubblewrap.located()
        if program is None:
            return Rejection(kind, "bubblewrap is not installed")
        version = bubblewrap.version(program)
    if kind is Kind.CONTAINER:
        engine = container.located()
        if isinstance(engine, str):
            return Rejection(kind, engine)
        version = engine.version
    if kind is Kind.OTHER_USER and os.getuid() != 0:
        return Rejection(kind, "only root can start programs as another user")
    uid = os.getuid() if kind is Kind.SAME_USER or os.getuid() != 0 else free_uid()
    supposed = Level(kind, version, uid, secrets_hidden=False, network_off=False)
    found = _canary(supposed, folder, bait)
    if isinstance(found, str):
        return Rejection(kind, found)
    return _judged(supposed, found)


def free_uid() -> int:
    """A user id without an account and without processes, for root to run target code as.

    It stays ours until this program ends: another job with the same one would kill our processes with its own.
    """
    used = tree.user_ids()
    return next(uid for uid in _UIDS if uid not in used and not _has_account(uid) and _claimed(uid))


def _claimed(uid: int) -> bool:
    """Whether we hold the name that stands for this user id. The kernel gives it to one program at a time."""
    if sys.platform != "linux":
        return True
    claim = socket.socket(socket.AF_UNIX)
    try:
        claim.bind(f"\0repairbot-user-{uid}")
    except OSError:
        claim.close()
        return False
    _CLAIMS.append(claim)
    return True


def _has_account(uid: int) -> bool:
    import pwd  # not on every system that can scan

    try:
        pwd.getpwuid(uid)
    except KeyError:
        return False
    return True


_OPEN = {
    "host_network": "the machine's network",
    "commands": "the command lines of all processes",
    "public": "files that every user of the machine may read",
}


def _judged(level: Level, found: Mapping[str, object]) -> Level | Rejection:
    faults = {
        "secret": "a private file could be read",
        "environment": "the environment of another process could be read",
        "outside": "a private file could be written",
    }
    leaks = [text for name, text in faults.items() if found[name]]
    if level.kind.own_root and found["host_network"]:
        leaks.append("the network could not be switched off")
    if not found["loopback"]:
        leaks.append("connections to 127.0.0.1 fail")
    if found["privileges"]:
        leaks.append("setuid programs still work")
    doors = found["doors"]
    assert isinstance(doors, list)
    leaks += [f"{door} can be used" for door in doors]
    if level.kind is not Kind.SAME_USER and found["uid"] == 0:
        leaks.append("code still runs as root")
    if not found["home"]:
        leaks.append("its home folder cannot be written")
    if not (found["given"] and found["theirs"]):
        leaks.append("what it is given to write to is not its own")
    if leaks and level.kind is not Kind.SAME_USER:
        return Rejection(level.kind, ", ".join(leaks))
    hidden = not any(found[name] for name in faults)
    hidden = hidden and level.kind is not Kind.SAME_USER
    opened = tuple(text for name, text in _OPEN.items() if found[name])
    return replace(level, secrets_hidden=hidden, network_off=not found["host_network"], left_open=opened)


def _canary(level: Level, folder: Path, bait: Bait) -> Mapping[str, object] | str:
    """What the canary found, or why it could not be run, as one clause."""
    place = folder / level.kind
    place.mkdir(mode=0o700)
    sandbox = Sandbox(level, place)
    nest = place / "nest"
    nest.mkdir(mode=0o755)
    shutil.copyfile(canary.__file__, nest / "canary.py")
    given = place / "given"
    given.mkdir(mode=0o755)
    words = [bait.secret, bait.words, bait.outside, bait.port, bait.public, sandbox.at("given", "file")]
    reason = "no Python that it may read"
    for python in pythons():
        binds = [*(Bind.same(prefix) for prefix in python.prefixes), Bind(nest, sandbox.at("nest"))]
        binds.append(Bind(given, sandbox.at("given"), writable=True))
        ended = sandbox.run(
            [str(python.program), "-I", "-S", "-B", sandbox.at("nest", "canary.py"), *map(str, words)],
            binds=binds,
            cwd=sandbox.at("nest"),
            output=place / "output",
            limits=_BRIEFLY,
        )
        text = ended.tail()
        if ended.ok and text.startswith("{"):
            file = given / "file"
            theirs = file.exists() and file.stat().st_uid == level.uid
            found: Mapping[str, object] = {**json.loads(text), "theirs": theirs}
            return found
        lines = text.strip().splitlines()
        reason = lines[-1] if lines else f"its first program ended with {ended.returncode or ended.signal}"
    return reason


@dataclass(frozen=True, slots=True)
class Python:
    program: Path
    prefixes: tuple[Path, ...]


def pythons() -> list[Python]:
    """Our own interpreter, outside of any virtual environment, and the system's: ours may lie in a closed folder."""
    ours = Python(Path(sys.executable).resolve(), (Path(sys.base_prefix), Path(sys.base_exec_prefix)))
    system = Path("/usr/bin/python3")
    return [ours, Python(system, ())] if system.exists() else [ours]


@contextmanager
def _folder() -> Iterator[Path]:
    folder = scratch.make("repairbot-probe-")
    try:
        # Another user has to pass through to its own folder.
        folder.chmod(0o711)
        yield folder
    finally:
        leftovers.remove(folder)


@contextmanager
def _bait(folder: Path) -> Iterator[Bait]:
    words = secrets.token_hex(16)
    private = folder / "private"
    private.mkdir(mode=0o700)
    for name in ("secret", "outside"):
        (private / name).touch(mode=0o600)
    (private / "secret").write_text(words, encoding="ascii")
    public = folder / "public"
    public.write_text(words, encoding="ascii")
    public.chmod(0o644)
    with tools.holding({"CANARY": words}), socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        yield Bait(private / "secret", words, private / "outside", port, public)
