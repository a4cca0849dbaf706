from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from repairbot.errors import UsageError
from repairbot.harness import leftovers
from repairbot.harness.sandbox import bubblewrap, probe, root
from repairbot.harness.sandbox.exposure import credentials, refuse_if_exposed
from repairbot.harness.sandbox.sandbox import Sandbox
from repairbot.harness.sandbox.values import Bind, Kind, Level, Rejection
from repairbot.process import tools
from repairbot.process.run import Limits

HERE = Level(Kind.SAME_USER, None, os.getuid(), secrets_hidden=False, network_off=False)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "place"
    place.mkdir()
    yield place
    leftovers.remove(place)


# What a level shows


def test_the_levels_are_tried_best_first() -> None:
    assert list(Kind) == ["bubblewrap", "namespaces", "container", "other-user", "same-user"]


def test_a_level_that_is_not_there_is_named_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bubblewrap, "located", lambda: None)
    level = probe.probe([Kind.BUBBLEWRAP, Kind.SAME_USER])
    assert level.kind is Kind.SAME_USER
    assert level.rejected == (Rejection(Kind.BUBBLEWRAP, "bubblewrap is not installed"),)


def test_a_level_that_cannot_start_is_rejected_with_what_it_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "bwrap"
    broken.write_text("#!/bin/sh\necho bwrap: setting up uid map: Permission denied >&2\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setattr(bubblewrap, "located", lambda: str(broken))
    level = probe.probe([Kind.BUBBLEWRAP, Kind.SAME_USER])
    assert level.rejected == (Rejection(Kind.BUBBLEWRAP, "bwrap: setting up uid map: Permission denied"),)


def test_a_level_that_lets_the_canary_out_is_rejected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bubblewrap that isolates nothing at all, as a wrapper script on somebody's machine might."""
    fake = tmp_path / "bwrap"
    fake.write_text('#!/bin/sh\nwhile [ "$1" != -- ]; do shift; done; shift\nHOME=/tmp exec "$@"\n')
    fake.chmod(0o755)
    monkeypatch.setattr(bubblewrap, "located", lambda: str(fake))
    monkeypatch.setattr(bubblewrap, "command", lambda cell: list(cell.argv))
    monkeypatch.setattr(root, "BOX", str(tmp_path))
    monkeypatch.setattr(Sandbox, "at", lambda self, *parts: "/".join((str(self.folder), *parts)))
    level = probe.probe([Kind.BUBBLEWRAP, Kind.SAME_USER])
    assert level.kind is Kind.SAME_USER
    reason = level.rejected[0].reason
    for leak in ("a private file could be read", "the environment of another process", "the network could not be"):
        assert leak in reason


def test_without_any_level_there_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bubblewrap, "located", lambda: None)
    with pytest.raises(probe.NotIsolated, match=r"cannot be run on this machine \(bubblewrap: "):
        probe.probe([Kind.BUBBLEWRAP])


def test_the_probe_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tmp_path.chmod(0o711)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    probe.probe()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.getuid() != 0, reason="only root changes users")
def test_root_runs_target_code_as_a_user_that_nobody_is() -> None:
    uid = probe.free_uid()
    with tools.holding({}) as pid:
        assert uid not in (0, os.getuid(), Path(f"/proc/{pid}").stat().st_uid)
    assert tools.capture(["getent", "passwd", str(uid)], env={"PATH": "/usr/bin:/bin"}).returncode == 2


@pytest.mark.skipif(os.getuid() != 0, reason="only root changes users")
def test_two_jobs_at_once_never_run_target_code_as_the_same_user() -> None:
    ask = "from repairbot.harness.sandbox import probe as p; print(p.free_uid(), flush=True); input()"
    jobs = [
        subprocess.Popen([sys.executable, "-c", ask], stdin=subprocess.PIPE, stdout=subprocess.PIPE) for _ in range(3)
    ]
    try:
        claimed = [job.stdout.readline() for job in jobs if job.stdout is not None]
    finally:
        for job in jobs:
            job.communicate(b"\n")
    assert len(set(claimed)) == 3


def test_what_was_in_force_says_that_the_network_was_on_when_it_could_not_be_switched_off(folder: Path) -> None:
    held = Level(Kind.BUBBLEWRAP, "0.8.0", 1, secrets_hidden=True, network_off=True)
    sandbox = Sandbox(held, folder)
    limits = Limits(seconds=1)
    assert sandbox.in_force(limits).network is False
    assert sandbox.in_force(limits, network=True).network is True
    assert Sandbox(HERE, folder).in_force(limits).network is True
    assert (sandbox.in_force(limits).version, sandbox.in_force(limits).limits) == ("0.8.0", limits)


# Credentials in reach


@pytest.mark.parametrize(
    "name",
    [
        "GITHUB_TOKEN",
        "GH_TOKEN",
        "ACTIONS_RUNTIME_TOKEN",
        "AWS_SECRET_ACCESS_KEY",
        "OPENAI_API_KEY",
        "SSH_AUTH_SOCK",
        "DB_PASSWORD",
        "MY_PAT",
        "PRIVATE_KEY",
        "GOOGLE_APPLICATION_CREDENTIALS",
        "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
    ],
)
def test_a_credential_in_the_environment_is_known_by_its_name(name: str) -> None:
    assert credentials({name: "x", "PATH": "/bin"}) == (name,)


@pytest.mark.parametrize("name", ["PATH", "TOKENIZERS_PARALLELISM", "KEYBOARD", "PATTERN", "LANG", "COMPAT"])
def test_other_variables_are_not_taken_for_credentials(name: str) -> None:
    assert credentials({name: "x"}) == ()


def test_an_empty_variable_is_no_credential() -> None:
    assert credentials({"GITHUB_TOKEN": ""}) == ()


def test_without_isolation_a_run_with_a_token_is_refused_and_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bubblewrap, "located", lambda: None)
    level = Level(Kind.SAME_USER, None, 1, False, False, (Rejection(Kind.BUBBLEWRAP, "bubblewrap is not installed"),))
    with pytest.raises(UsageError) as refused:
        refuse_if_exposed(level, {"GITHUB_TOKEN": "x"}, trust=False, above=[])
    for part in ("GITHUB_TOKEN", "bubblewrap is not installed", "install bubblewrap", "--trust-repo"):
        assert part in str(refused.value)


@pytest.mark.parametrize("name", ["PATH", "SECRET_KEY", "DATABASE_URL", "MYSQL_PWD", "OPENAI_KEY", "NPM_CONFIG__AUTH"])
def test_without_isolation_a_run_is_refused_whatever_the_environment_holds(name: str) -> None:
    with pytest.raises(UsageError, match="all your files and secrets"):
        refuse_if_exposed(HERE, {name: "x"}, trust=False, above=[])


def test_a_token_of_an_outer_shell_counts_as_well() -> None:
    with pytest.raises(UsageError, match="GH_TOKEN"):
        refuse_if_exposed(HERE, {}, trust=False, above=[{"A": "1"}, {"GH_TOKEN": "x"}])


def test_the_environments_above_are_read_from_the_processes_that_started_us(tmp_path: Path) -> None:
    (tmp_path / "ask.py").write_text(
        "import os\nfrom repairbot.process import tree\n"
        "print('MARK_TOKEN' in os.environ, next(tree.environments_above())['MARK_TOKEN'])\n"
    )
    env = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(Path(probe.__file__).parents[3]),
        "MARK_TOKEN": "outer",
    }
    shell = ["sh", "-c", 'unset MARK_TOKEN; "$0" ask.py; true', sys.executable]
    assert tools.capture(shell, env=env, cwd=tmp_path).text == "False outer\n"


@pytest.mark.parametrize(
    ("level", "environ", "trust"),
    [
        (HERE, {"GITHUB_TOKEN": "x"}, True),
        (Level(Kind.BUBBLEWRAP, "1", 1, secrets_hidden=True, network_off=True), {"GITHUB_TOKEN": "x"}, False),
    ],
    ids=["trusted", "isolated"],
)
def test_a_run_is_not_refused_without_need(level: Level, environ: dict[str, str], trust: bool) -> None:
    refuse_if_exposed(level, environ, trust, above=[])


# Without a file system of its own


def test_what_is_bound_is_moved_into_place_for_the_run_and_back(folder: Path, tmp_path: Path) -> None:
    source = tmp_path / "tree-7"
    source.mkdir()
    (source / "file").write_text("hello")
    sandbox = Sandbox(HERE, folder)
    for _ in range(2):
        ended = sandbox.run(
            ["sh", "-c", "pwd; cat file; echo; ls .."],
            binds=[Bind(source, sandbox.at("repo"), writable=True)],
            cwd=sandbox.at("repo"),
            output=tmp_path / "output",
        )
        assert ended.tail().split() == [f"{folder}/box/repo", "hello", "home", "repo", "tmp"]
    assert (source / "file").read_text() == "hello"
    assert list((folder / "box").iterdir()) == []


def test_what_is_bound_comes_back_after_an_interrupt(folder: Path, tmp_path: Path) -> None:
    source = tmp_path / "tree"
    source.mkdir()
    sandbox = Sandbox(HERE, folder)

    def interrupt(_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sandbox.run(
            ["sleep", "30"],
            binds=[Bind(source, sandbox.at("repo"))],
            cwd=sandbox.at("repo"),
            output=tmp_path / "output",
            watch=interrupt,
        )
    assert source.is_dir()
    assert list((folder / "box").iterdir()) == []


def test_a_home_that_is_bound_is_kept(folder: Path, tmp_path: Path) -> None:
    home = tmp_path / "kept"
    home.mkdir()
    sandbox = Sandbox(HERE, folder)
    argv = ["sh", "-c", 'echo hi > "$HOME/new"']
    binds = [Bind(home, sandbox.at("home"), writable=True)]
    assert sandbox.run(argv, binds=binds, cwd="/", output=tmp_path / "output").ok
    assert (home / "new").read_text() == "hi\n"


# What target code leaves


def test_a_closed_folder_is_removed(tmp_path: Path) -> None:
    deep = tmp_path / "top" / "closed" / "deep"
    deep.mkdir(parents=True)
    (deep / "file").touch(0o000)
    for path in (deep, deep.parent, deep.parent.parent):
        path.chmod(0o000)
    leftovers.remove(tmp_path / "top")
    assert list(tmp_path.iterdir()) == []


def test_a_link_is_removed_and_what_it_points_to_is_not(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir(mode=0o500)
    (tmp_path / "kept" / "file").touch()
    top = tmp_path / "top"
    top.mkdir()
    (top / "link").symlink_to(tmp_path / "kept")
    (top / "loop").symlink_to(top)
    leftovers.remove(top)
    assert (tmp_path / "kept" / "file").exists()
    assert (tmp_path / "kept").stat().st_mode & 0o777 == 0o500
    assert not top.exists()


def test_a_tree_deeper_than_stack_and_path_allow_is_removed(tmp_path: Path) -> None:
    top = tmp_path / "top"
    top.mkdir()
    here = os.open(top, os.O_RDONLY)
    for _ in range(3000):
        os.mkdir("d", dir_fd=here)
        below = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)
    leftovers.remove(top)
    assert not top.exists()


def test_odd_things_are_removed(tmp_path: Path) -> None:
    top = tmp_path / "top"
    (top / "a\nb" / "-rf").mkdir(parents=True)
    os.mkfifo(top / "pipe")
    (top / os.fsdecode(b"\xff")).touch()
    leftovers.remove(top)
    leftovers.remove(top)
    assert not top.exists()
