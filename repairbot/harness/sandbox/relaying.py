"""Opens the one way from a sandbox without a network to the package index, for as long as a block runs."""

from __future__ import annotations

import json
import os
import socket
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path

from repairbot.harness.sandbox import relay
from repairbot.harness.sandbox.index_hosts import MORE_HOSTS, Reach
from repairbot.harness.sandbox.sandbox import Sandbox
from repairbot.harness.sandbox.values import Bind
from repairbot.process import run as process
from repairbot.process import tools
from repairbot.process.own_python import program_command


@dataclass(frozen=True, slots=True)
class IndexLink:
    """A relay that is running: where it listens, and its record of what it would not or could not reach."""

    socket: Path
    record: Path
    reach: Reach
    at: str

    @property
    def bind(self) -> Bind:
        return Bind(self.socket, self.at)

    def through(self, python: str, forward: str, argv: Sequence[str]) -> tuple[str, ...]:
        """The command with what makes the relay its proxy. `python` and the program `forward` are inner paths."""
        return (python, "-I", "-S", "-B", forward, self.at, ",".join(self.reach.inner_direct), *argv)

    def complaint(self) -> str:
        """What was asked for and is no index, as one clause; empty when nothing was."""
        refused = [line.removeprefix("refused ") for line in self._lines() if line.startswith("refused ")]
        if not refused:
            return ""
        more = f" and {len(refused) - 3} more" if refused[3:] else ""
        return (
            f"installations reach the package index alone, and {', '.join(refused[:3])}{more} is none; "
            f"{MORE_HOSTS} can name more hosts"
        )

    @property
    def cut_off(self) -> bool:
        """The index itself could not be reached."""
        return any(line.startswith("unreachable ") for line in self._lines())

    def _lines(self) -> list[str]:
        return self.record.read_text(encoding="utf-8", errors="replace").splitlines()


@contextmanager
def index_link(sandbox: Sandbox, reach: Reach) -> Iterator[IndexLink | None]:
    """None where the level has no network of its own to be led out of, or nothing is to be reached."""
    if not sandbox.level.kind.own_network or not reach.places:
        yield None
        return
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="relay-", dir=sandbox.folder)))
        record = stack.enter_context((folder / "record").open("ab", buffering=0))
        listener = stack.enter_context(_listening(folder))
        wishes = {"places": [astuple(place) for place in reach.places], "proxies": dict(reach.proxies)}
        text = json.dumps({**wishes, "direct": reach.direct})
        given = stack.enter_context(process.nul_separated([text]))
        numbers = (listener.fileno(), given, record.fileno())
        command = program_command(relay.__file__, *map(str, numbers))
        stack.enter_context(tools.serving(command, env={}, inherit=numbers))
        yield IndexLink(folder / "socket", folder / "record", reach, sandbox.at("relay"))


def _listening(folder: Path) -> socket.socket:
    """A socket in the folder, by a short way to it: the kernel takes no long ones."""
    listener = socket.socket(socket.AF_UNIX)
    here = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        listener.bind(f"/proc/self/fd/{here}/socket")
    finally:
        os.close(here)
    # The folder is closed to others; in the sandbox another user than ours connects.
    (folder / "socket").chmod(0o666)
    listener.listen(128)
    return listener
