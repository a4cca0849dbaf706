"""Something breaks at every call in turn, or the program is killed there; the next run sets it right."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from repairbot import cli
from repairbot.github import client
from repairbot.publish import ledger as ledgers
from tests.publish.conftest import TOKEN, Bench
from tests.publish.proposals import API, BRANCH, MENDED
from tests.publish.standin.server import Request, _send

pytestmark = pytest.mark.slow

SETTINGS = "[publish]\nlabels = ['bug']\n"
SECONDARY = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."


def server_error(request: Request) -> None:
    request.answer(500, "Server Error")


def lost_answer(request: Request) -> None:
    request.act()
    request.answer(502, "Bad Gateway")


def no_answer(request: Request) -> None:
    """Longer than anybody waits; git has a patience of its own, so to it the line goes dead."""
    request.act()
    if ".git/" not in request.path:
        request.handler.standin.done.wait(3)  # type: ignore[attr-defined]
    request.reset()


def reset(request: Request) -> None:
    request.reset()


def half(request: Request) -> None:
    request.act()
    request.reset()


def secondary(request: Request) -> None:
    request.answer(403, SECONDARY, **{"Retry-After": "7"})


def unauthorized(request: Request) -> None:
    request.answer(401, "Bad credentials")


def unprocessable(request: Request) -> None:
    request.answer(422, "Validation Failed")


@dataclass
class Stage:
    """A bench on which the same scene can be played again and again."""

    bench: Bench
    proposal: Path
    after: Callable[[], None]
    reset: Callable[[], None]

    def calls(self, *, writes: bool) -> list[int]:
        """The requests that the scene takes when nothing breaks, or those of them that change something."""
        self.reset()
        before = len(self.bench.standin.requests)
        assert self.bench.publish(self.proposal).code == 0
        made = self.bench.standin.requests[before:]
        self.after()
        return [index for index, request in enumerate(made) if not writes or is_write(request)]

    def break_at(self, index: int, how: Callable[[Request], None]) -> None:
        start = len(self.bench.standin.requests)

        def fault(request: Request) -> bool:
            if request.number != start + index:
                return False
            how(request)
            return True

        self.bench.standin.fault = fault

    def heal(self) -> None:
        self.bench.standin.fault = None
        ended = self.bench.publish(self.proposal)
        assert ended.code == 0, ended.all
        self.after()


def is_write(request: str) -> bool:
    return not request.startswith("GET") and "upload-pack" not in request


def forget(bench: Bench) -> None:
    bench.repo.pulls.clear()
    for branch in bench.repo.branches():
        if branch != "main":
            bench.repo.git("update-ref", "-d", f"refs/heads/{branch}")


def whole(bench: Bench) -> None:
    """One pull request with the right bytes and the right words, and nothing left over."""
    pull = bench.pull
    assert (pull.state, pull.draft, pull.labels) == ("open", False, ["bug"])
    assert bench.show(BRANCH, "app/api.py") == MENDED
    assert bench.repo.git("diff", "--name-only", "main", BRANCH).split() == ["app/api.py", "app/jobs.py"]
    ledger = ledgers.read(pull.body)
    assert ledger is not None
    assert (ledger.head, ledger.dressed, len(ledger.entries)) == (bench.repo.branch(BRANCH), True, 2)
    assert set(bench.repo.branches()) == {"main", BRANCH}


def created(bench: Bench, mode: str) -> Stage:
    bench.project.commit({".github/repairbot.toml": f"{SETTINGS}commit-mode = '{mode}'\n"})
    return Stage(bench, bench.propose(), lambda: whole(bench), lambda: forget(bench))


def updated(bench: Bench, mode: str) -> Stage:
    stage = created(bench, mode)
    old = bench.project.head
    new = bench.project.commit({"app/api.py": "import os\n" + API})
    later = bench.propose()

    def rewind() -> None:
        forget(bench)
        bench.repo.git("update-ref", "refs/heads/main", old)
        assert bench.publish(stage.proposal).code == 0
        bench.repo.git("update-ref", "refs/heads/main", new)

    def after() -> None:
        assert bench.show(BRANCH, "app/api.py") == "import os\n" + MENDED
        assert (bench.pull.state, bench.pull.labels) == ("open", ["bug"])
        assert set(bench.repo.branches()) == {"main", BRANCH}

    return Stage(bench, later, after, rewind)


def closed(bench: Bench, mode: str) -> Stage:
    stage = created(bench, mode)
    old = bench.project.head
    new = bench.project.commit({"app/api.py": "", "app/jobs.py": ""})
    later = bench.propose()

    def rewind() -> None:
        forget(bench)
        bench.repo.git("update-ref", "refs/heads/main", old)
        assert bench.publish(stage.proposal).code == 0
        bench.repo.git("update-ref", "refs/heads/main", new)

    def after() -> None:
        assert (bench.pull.state, len(bench.pull.comments)) == ("closed", 1)
        ledger = ledgers.read(bench.pull.body)
        assert ledger is not None
        assert ledger.state == "gone"
        assert set(bench.repo.branches()) == {"main"}

    return Stage(bench, later, after, rewind)


EVERYWHERE = (server_error, lost_answer, no_answer, reset, secondary, unauthorized, unprocessable)
SCENES = [
    *((created, "git", how, False) for how in EVERYWHERE),
    # Where an answer is lost after the deed, and where a scene only differs in what it writes.
    *((scene, "git", how, True) for scene in (created, updated, closed) for how in (half, unauthorized)),
    *((scene, "api", how, True) for scene in (created, closed) for how in (half, lost_answer)),
]


@pytest.mark.parametrize(
    ("scene", "mode", "how", "writes"),
    SCENES,
    ids=[
        f"{how.__name__}-{scene.__name__}-{mode}-{'writes' if writes else 'all'}" for scene, mode, how, writes in SCENES
    ],
)
def test_after_a_fault_at_any_call_the_next_run_sets_it_right(
    bench: Bench, scene: Callable[[Bench, str], Stage], mode: str, how: Callable[[Request], None], writes: bool
) -> None:
    bench.monkeypatch.setattr(client, "_TIMEOUT", 1)
    stage = scene(bench, mode)
    for index in stage.calls(writes=writes):
        stage.reset()
        stage.break_at(index, how)
        ended = bench.publish(stage.proposal)
        assert ended.code in {0, 2, 3}, ended.all
        assert "internal error" not in ended.all
        stage.heal()


def test_a_secondary_limit_is_waited_out_in_sight(bench: Bench) -> None:
    stage = created(bench, "git")
    stage.break_at(0, secondary)
    ended = bench.publish(stage.proposal)
    assert ended.code == 0
    assert "waiting 7 s: GitHub's rate limit, to read the repository octo/chat" in ended.err
    assert 7.0 in bench.waits


def killing(stage: Stage, index: int, child: int, *, act: bool) -> None:
    def kill(request: Request) -> None:
        reply = request.act() if act else None
        os.kill(child, signal.SIGKILL)
        if reply is not None and ".git/" in request.path:
            _send(request.handler, reply)  # git outlives its parent
        else:
            request.reset()

    stage.break_at(index, kill)


@pytest.mark.parametrize(
    ("scene", "mode", "act", "writes"),
    [
        (created, "git", False, False),
        (created, "git", True, True),
        *(
            (scene, mode, act, True)
            for scene, mode in ((created, "api"), (updated, "git"), (closed, "git"))
            for act in (False, True)
        ),
    ],
)
def test_killed_between_any_two_steps_the_next_run_sets_it_right(
    bench: Bench, scene: Callable[[Bench, str], Stage], mode: str, act: bool, writes: bool
) -> None:
    stage = scene(bench, mode)
    bench.monkeypatch.setenv("TMPDIR", str(bench.folder))
    for index in stage.calls(writes=writes):
        stage.reset()
        with forked(bench, stage.proposal) as child:
            killing(stage, index, child.number, act=act)
            child.go()
        assert os.WIFSIGNALED(child.status), f"call {index} never came"
        stage.heal()


@dataclass
class Child:
    number: int
    gate: int
    status: int = 0

    def go(self) -> None:
        os.write(self.gate, b"x")
        self.status = os.waitpid(self.number, 0)[1]


class forked:  # noqa: N801 - a verb, used as one
    """The program in a process of its own that waits for a word before it starts."""

    def __init__(self, bench: Bench, proposal: Path) -> None:
        bench.monkeypatch.setenv("GITHUB_TOKEN", TOKEN)
        self._proposal = proposal

    def __enter__(self) -> Child:
        entry, gate = os.pipe()
        number = os.fork()
        if number == 0:
            os.read(entry, 1)
            devnull = os.open(os.devnull, os.O_WRONLY)
            os.dup2(devnull, 1)
            os.dup2(devnull, 2)
            os._exit(cli.main(["publish", str(self._proposal)]))
        os.close(entry)
        self._gate = gate
        return Child(number, gate)

    def __exit__(self, *_: object) -> None:
        os.close(self._gate)
