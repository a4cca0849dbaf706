"""A `.git` folder for target code that asks for one: tags and commits for version tools, nothing of the user's own."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from repairbot.git import objects, repository
from repairbot.git.command import GitFailed, run_safely


def prepare(folder: Path, history: Path, own: Path, commit: str) -> Path:
    """A `.git` folder whose HEAD is `commit` of `own`, to be copied into as many trees as needed.

    It holds the whole of that commit, and of its ancestors the commits and tags alone: enough for `git describe` and
    `git log`. To git the files that we never write, links and submodules, are absent on purpose.
    """
    object_format = run_safely(own, f"--git-dir={own}", "rev-parse", "--show-object-format").decode().strip()
    folder.mkdir(parents=True)
    run_safely(folder, "init", "--quiet", "--template=", f"--object-format={object_format}", str(folder))
    dot_git = folder / ".git"
    shutil.copytree(own / "objects", dot_git / "objects", dirs_exist_ok=True)
    _add_history(dot_git, history)
    (dot_git / "HEAD").write_text(f"{commit}\n", encoding="ascii")
    repository.run(dot_git, "read-tree", commit)
    absent = [entry.path for entry in objects.entries(own, commit) if not entry.is_file]
    names = b"".join(os.fsencode(path) + b"\0" for path in absent)
    run_safely(
        folder,
        f"--git-dir={dot_git}",
        f"--work-tree={folder}",
        "update-index",
        "--skip-worktree",
        "-z",
        "--stdin",
        stdin=names,
    )
    return dot_git


def _add_history(dot_git: Path, history: Path) -> None:
    tags = _tags(history)
    revisions = "\n".join([repository.BASE, *(oid for _, oid in tags), ""]).encode()
    words = ["pack-objects", "--revs", "--filter=tree:0", "--window=0", "--stdout", "-q"]
    packs = dot_git / "objects" / "pack"
    (packs / "pack-history.pack").write_bytes(repository.run(history, *words, stdin=revisions))
    repository.run(dot_git, "index-pack", str(packs / "pack-history.pack"))
    lines = [f"{oid} {name}\n" for name, oid in tags]
    (dot_git / "packed-refs").write_text("# pack-refs with: sorted\n" + "".join(lines), encoding="utf-8")
    if (history / "shallow").exists():
        shutil.copyfile(history / "shallow", dot_git / "shallow")


def _tags(history: Path) -> list[tuple[str, str]]:
    """Those that lead to the commit. None if one of them points at something that is missing."""
    words = ["for-each-ref", "--merged", repository.BASE, "--format=%(refname) %(objectname)", "refs/tags"]
    try:
        listed = repository.run(history, *words).decode("utf-8", "surrogateescape").splitlines()
    except GitFailed:
        return []
    return [(line.split(" ")[0], line.split(" ")[1]) for line in listed]
