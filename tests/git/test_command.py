from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from repairbot.git.command import GitAbsent, GitFailed, ignored_paths


def git(place: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org"]
    done = subprocess.run(["git", *identity, *arguments], cwd=place, check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "repository"
    root.mkdir()
    git(root, "init", "--quiet")
    (root / ".gitignore").write_text("*.log\nbuild/\n")
    (root / "kept.py").write_text("")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "-m", "start")
    (root / "x.log").write_text("")
    (root / "build").mkdir()
    (root / "build/y.py").write_text("")
    return root


@pytest.fixture
def traps(tmp_path: Path) -> tuple[str, Callable[[], bool]]:
    """A program that leaves a trace when it is started, and whether it was."""
    trace, program = tmp_path / "trace", tmp_path / "trap"
    program.write_text(f'#!/bin/sh\necho "$0 $*" >> {trace}\nexit 1\n')
    program.chmod(0o755)
    return str(program), trace.exists


IGNORED = {"x.log", "build/"}


def test_ignored_files_and_whole_directories_are_named(repository: Path) -> None:
    assert ignored_paths(repository) == IGNORED


def test_a_linked_work_tree_is_read_like_any_other(repository: Path, tmp_path: Path) -> None:
    git(repository, "worktree", "add", "--quiet", str(tmp_path / "linked"))
    (tmp_path / "linked/z.log").write_text("")
    assert ignored_paths(tmp_path / "linked") == {"z.log"}


def test_variables_of_the_caller_do_not_point_git_elsewhere(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "nowhere"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
    monkeypatch.setenv("GIT_CONFIG_COUNT", "bad")
    assert ignored_paths(repository) == IGNORED


def test_the_programs_that_a_hostile_configuration_names_are_not_started(
    repository: Path, traps: tuple[str, Callable[[], bool]], tmp_path: Path
) -> None:
    program, was_started = traps
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    for hook in ("post-index-change", "post-checkout", "reference-transaction", "fsmonitor-watchman"):
        (hooks / hook).symlink_to(program)
        (repository / ".git/hooks").mkdir(exist_ok=True)
        (repository / ".git/hooks" / hook).symlink_to(program)
    settings = {
        "core.fsmonitor": program,
        "core.hooksPath": str(hooks),
        "core.pager": program,
        "core.editor": program,
        "core.sshCommand": program,
        "core.askPass": program,
        "core.gitProxy": program,
        "credential.helper": program,
        "diff.external": program,
        "filter.evil.clean": program,
        "filter.evil.smudge": program,
        "filter.evil.process": program,
        "alias.ls-files": f"!{program}",
        "pager.ls-files": program,
        "gpg.program": program,
    }
    for name, value in settings.items():
        git(repository, "config", name, value)
    (repository / ".git/info/attributes").write_text("* filter=evil diff=evil\n")
    (repository / "kept.py").write_text("changed\n")
    assert ignored_paths(repository) == IGNORED
    assert not was_started()
    subprocess.run(["git", "status"], cwd=repository, capture_output=True, check=False)
    assert was_started(), "the trap must work, or this test proves nothing"


def test_a_partial_clone_with_missing_objects_starts_no_program_to_fetch_them(
    repository: Path, traps: tuple[str, Callable[[], bool]], tmp_path: Path
) -> None:
    program, was_started = traps
    blob = git(repository, "rev-parse", "HEAD:.gitignore")
    (repository / ".git/objects" / blob[:2] / blob[2:]).unlink()
    git(repository, "update-index", "--skip-worktree", ".gitignore")
    (repository / ".gitignore").unlink()
    settings = {
        "core.repositoryFormatVersion": "1",
        "extensions.partialClone": "origin",
        "remote.origin.promisor": "true",
        "remote.origin.url": f"file://{tmp_path}",
        "remote.origin.uploadpack": program,
        "protocol.file.allow": "always",
    }
    for name, value in settings.items():
        git(repository, "config", name, value)
    ignored_paths(repository)
    assert not was_started()
    subprocess.run(
        ["git", "ls-files", "--others", "--ignored", "--exclude-standard"],
        cwd=repository,
        capture_output=True,
        check=False,
    )
    assert was_started(), "the trap must work, or this test proves nothing"


def test_a_work_tree_set_elsewhere_is_not_looked_at(repository: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/secret.log").write_text("")
    git(repository, "config", "core.worktree", str(tmp_path / "elsewhere"))
    assert ignored_paths(repository) == IGNORED


def test_nothing_in_the_repository_is_written(repository: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in (repository / ".git").rglob("*")}
    (repository / "kept.py").touch()
    ignored_paths(repository)
    assert {path: path.stat().st_mtime_ns for path in (repository / ".git").rglob("*")} == before


def test_a_place_without_repository_or_git_is_absent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    with pytest.raises(GitAbsent, match="not a git repository"):
        ignored_paths(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(GitAbsent, match="git is not installed"):
        ignored_paths(tmp_path)


def test_a_broken_configuration_fails_with_what_git_says(repository: Path) -> None:
    (repository / ".git/config").write_text("[core\n")
    with pytest.raises(GitFailed, match="bad config"):
        ignored_paths(repository)
