"""Runs the target's code at one level of isolation: command, binds and limits in, how it ended out."""

from __future__ import annotations

import errno
import json
import os
import secrets
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock

from repairbot.harness import leftovers
from repairbot.harness.sandbox import bubblewrap, container, enter, namespaces, owner, remains, syscall_filter
from repairbot.harness.sandbox import root as sandbox_root
from repairbot.harness.sandbox.root import Cell
from repairbot.harness.sandbox.values import Bind, InForce, Kind, Level
from repairbot.process import run as process
from repairbot.process import tools
from repairbot.process.own_python import program_command
from repairbot.process.run import AT_ONCE, OURS, PATIENT, USUAL, Ended, Graces, Identity, Limits, Progress, Stopped

NO_EXTRA: Mapping[str, str] = {}
INNER_UID = 1000
_CLEAN = {"PATH": bubblewrap.PATH}


@dataclass(frozen=True, slots=True)
class _Prepared:
    argv: Sequence[str]
    cwd: str
    env: Mapping[str, str]
    graces: Graces
    identity: Identity
    inherit: tuple[int, ...] = ()
    last: Sequence[str] = ()


class Sandbox:
    """One place for many runs. `folder` is an existing private directory of ours, best on the workspace's file system.

    With a file system of its own, target code sees `/box`; without one the same names lie in `folder`, and what is
    bound is moved there for the time of the run. So always build inner paths with `at`.
    """

    def __init__(self, level: Level, folder: Path) -> None:
        self.level = level
        self.folder = folder
        self._placing = Lock()
        if not level.kind.own_root:
            # Another user has to pass through, and may list nothing.
            folder.chmod(0o711)
            (folder / "box").mkdir(mode=0o711, exist_ok=True)
        if level.kind is Kind.SAME_USER:
            process.hide_memory()

    def at(self, *parts: str) -> str:
        """The path of a name inside: `at("repo")` is the same for every run, whatever is bound there."""
        root = sandbox_root.BOX if self.level.kind.own_root else str(self.folder / "box")
        return "/".join((root, *parts))

    def in_force(self, limits: Limits, *, network: bool = False) -> InForce:
        level = self.level
        return InForce(
            level=level.kind,
            version=level.version,
            uid=level.uid,
            secrets_hidden=level.secrets_hidden,
            network=network or not level.network_off,
            limits=limits,
            rejected=level.rejected,
            left_open=level.left_open,
        )

    def run(
        self,
        argv: Sequence[str],
        *,
        binds: Sequence[Bind],
        cwd: str,
        output: Path,
        limits: Limits = USUAL,
        network: bool = False,
        env: Mapping[str, str] = NO_EXTRA,
        watch: Callable[[Progress], None] | None = None,
    ) -> Ended:
        """Run `argv`; `cwd` and all paths in it are inner paths, `output` (a new file, outside the binds) is ours.

        The environment is PATH, HOME, TMPDIR, USER, LOGNAME, LANG and what `env` adds or replaces, never ours.
        HOME and the temporary directory are new and empty for each run unless a bind is put at `at("home")`.
        """
        for bind in binds:
            if bind.writable:
                owner.give(bind.source, self.level.uid)
            else:
                owner.take(bind.source, self.level.uid)
        if self.level.kind.own_root:
            running = self._in_cell(argv, binds, cwd, limits, network, env)
        else:
            running = self._in_place(argv, binds, cwd, env)
        with running as prepared:
            ended = process.run(
                prepared.argv,
                cwd=prepared.cwd,
                env=prepared.env,
                output=output,
                limits=self._watched(limits),
                graces=prepared.graces,
                identity=prepared.identity,
                inherit=prepared.inherit,
                last=prepared.last,
                watch=watch,
            )
            if self.level.kind is Kind.CONTAINER:
                ended = _contained(ended, prepared.last)
        return _signalled(ended) if self.level.kind.own_root else ended

    def _watched(self, limits: Limits) -> Limits:
        """The kernel or the engine counts only what runs in a cell; we also see the processes that keep it."""
        if limits.processes is None or not self.level.kind.own_root:
            return limits
        return replace(limits, processes=limits.processes + (8 if self.level.kind is Kind.CONTAINER else 2))

    @contextmanager
    def _in_cell(
        self,
        argv: Sequence[str],
        binds: Sequence[Bind],
        cwd: str,
        limits: Limits,
        network: bool,
        env: Mapping[str, str],
    ) -> Iterator[_Prepared]:
        base = _base(f"{sandbox_root.BOX}/home", "/tmp")  # noqa: S108  # a path in the cell
        # Only root can be another user outside, and then has the same number inside. In a container it always is.
        same = os.getuid() == 0 or self.level.kind is Kind.CONTAINER
        inner_uid = self.level.uid if same else INNER_UID
        cell = Cell(argv, binds, cwd, {**base, **env}, network, self.level.uid, inner_uid, limits.processes)
        accounts = self.folder / "accounts"
        with ExitStack() as stack:
            if self.level.kind is Kind.BUBBLEWRAP:
                program = bubblewrap.located() or "bwrap"
                words = bubblewrap.arguments(cell, accounts, bubblewrap.options(program))
                given = stack.enter_context(process.nul_separated(words))
                code = syscall_filter.program()
                filters = (stack.enter_context(process.unnamed(code)),) if code is not None else ()
                seccomp = [word for number in filters for word in ("--seccomp", str(number))]
                command = [program, "--args", str(given), *seccomp, "--", *bubblewrap.command(cell)]
                yield _Prepared(command, "/", _CLEAN, AT_ONCE, OURS, (given, *filters))
            elif self.level.kind is Kind.CONTAINER:
                yield stack.enter_context(self._in_container(cell, accounts, limits))
            else:
                given = stack.enter_context(process.nul_separated([namespaces.specification(cell, accounts)]))
                command = program_command(enter.__file__, str(given))
                yield _Prepared(command, "/", _CLEAN, AT_ONCE, OURS, (given,))

    @contextmanager
    def _in_container(self, cell: Cell, accounts: Path, limits: Limits) -> Iterator[_Prepared]:
        engine = container.located()
        if isinstance(engine, str):
            raise OSError(errno.ENOENT, engine)
        name = f"repairbot-{secrets.token_hex(8)}"
        filters = self.folder / "filter.json"
        filters.write_text(json.dumps(syscall_filter.profile()), encoding="ascii")
        command = container.command(engine, name, cell, accounts, filters, limits)
        removal = container.removal(engine, name)
        env = container.client_environment()
        try:
            yield _Prepared(command, "/", env, AT_ONCE, OURS, last=removal)
        finally:
            tools.capture(removal, env=env)

    @contextmanager
    def _in_place(
        self, argv: Sequence[str], binds: Sequence[Bind], cwd: str, env: Mapping[str, str]
    ) -> Iterator[_Prepared]:
        uid = None if self.level.uid == os.getuid() else self.level.uid
        identity = Identity(uid, no_new_privileges=True, syscall_filter=syscall_filter.program())
        with self._placing, ExitStack() as stack:
            if uid is not None:
                places = (self.folder, *(bind.source for bind in binds))
                stack.callback(remains.remove, uid, {*places, *(place.resolve() for place in places)})
            for bind in binds:
                stack.enter_context(_placed(bind))
            home = Path(self.at("home"))
            if not home.exists():
                stack.enter_context(self._new(home))
            temporary = stack.enter_context(self._new(Path(self.at("tmp"))))
            yield _Prepared(argv, cwd, {**_base(str(home), str(temporary)), **env}, PATIENT, identity)

    @contextmanager
    def _new(self, folder: Path) -> Iterator[Path]:
        leftovers.remove(folder)
        folder.mkdir(mode=0o700)
        owner.give(folder, self.level.uid)
        try:
            yield folder
        finally:
            leftovers.remove(folder)


@contextmanager
def _placed(bind: Bind) -> Iterator[None]:
    """The source moved to where target code expects it, and back again."""
    place = Path(bind.at)
    if place == bind.source:
        yield
        return
    try:
        bind.source.rename(place)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        place.symlink_to(bind.source)
        try:
            yield
        finally:
            place.unlink()
        return
    try:
        yield
    finally:
        place.rename(bind.source)


def _contained(ended: Ended, removal: Sequence[str]) -> Ended:
    """The engine ends what needs too much memory by itself."""
    killed = ended.returncode == 128 + signal.SIGKILL and ended.stopped is None
    return replace(ended, stopped=Stopped.MEMORY) if killed and container.ran_out_of_memory(removal) else ended


def _base(home: str, temporary: str) -> dict[str, str]:
    user = "repairbot"
    return {
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "HOME": home,
        "TMPDIR": temporary,
        "USER": user,
        "LOGNAME": user,
        "LANG": "C.UTF-8",
    }


def _signalled(ended: Ended) -> Ended:
    """A cell hands on death by a signal as 128 and its number, as shells do."""
    code = ended.returncode or 0
    if code - 128 not in signal.valid_signals():
        return ended
    return replace(ended, returncode=None, signal=code - 128)
