"""Makes the demo's repository: the files of `target/` with the history in `history/`, the same to the last byte."""

from __future__ import annotations

import email.policy
from collections.abc import Mapping
from dataclasses import dataclass
from email.parser import BytesParser
from pathlib import Path

from repairbot.git import repository as git_own
from repairbot.git.command import run_safely

BRANCH = "main"
TARGET = Path(__file__).with_name("target")
HISTORY = Path(__file__).with_name("history")


@dataclass(frozen=True, slots=True)
class Change:
    """One commit of the history: its patch is as `git format-patch` writes it, and the first one's is empty.

    `date` is as in RFC 5322.
    """

    name: str
    email: str
    date: str
    message: str
    patch: bytes


def make(folder: Path) -> str:
    """Make the repository in `folder`, which does not exist yet, with all checked out. Gives the id of the last commit.

    Raises GitFailed.
    """
    folder.mkdir(parents=True)
    run_safely(folder, "init", "--quiet", "--template=", "--object-format=sha1", f"--initial-branch={BRANCH}", ".")
    files = target_files()
    commit = _commit_all(folder / ".git", files)
    for path, content in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    return commit


def is_untouched(folder: Path, commit: str) -> bool:
    """Whether the repository is still as it was made. Raises GitFailed."""
    place = (f"--git-dir={folder / '.git'}", f"--work-tree={folder}")
    changed = run_safely(folder, *place, "status", "--porcelain", "--ignored")
    branches = run_safely(folder, *place, "for-each-ref", "--format=%(refname) %(objectname)").decode()
    return not changed and branches == f"refs/heads/{BRANCH} {commit}\n"


def target_files() -> dict[str, bytes]:
    """The project as the last commit holds it, by path. What tests or tools left there is not part of it."""
    from pathspec import GitIgnoreSpec

    left_out = GitIgnoreSpec.from_lines((TARGET / ".gitignore").read_text(encoding="utf-8").splitlines())
    paths = {path.relative_to(TARGET).as_posix(): path for path in sorted(TARGET.rglob("*")) if path.is_file()}
    return {name: path.read_bytes() for name, path in paths.items() if not left_out.match_file(name)}


def history() -> list[Change]:
    """The commits, oldest first."""
    return [_change(path.read_bytes()) for path in sorted(HISTORY.glob("*.patch"))]


def _change(mail: bytes) -> Change:
    said, mark, diff = mail.partition(b"\ndiff --git ")
    letter = BytesParser(policy=email.policy.default).parsebytes(said)
    (author,) = letter["from"].addresses
    message = f"{letter['subject']}\n\n{letter.get_content()}".rstrip() + "\n"
    return Change(author.display_name, author.addr_spec, letter["date"], message, mark.lstrip(b"\n") + diff)


def _commit_all(repository: Path, files: Mapping[str, bytes]) -> str:
    """Commit the history on BRANCH: the last tree is `files`, and each one before it comes of taking a patch back."""
    lines = [f"100644 {_stored(repository, content)}\t{path}\0" for path, content in files.items()]
    git_own.run(repository, "update-index", "-z", "--index-info", stdin="".join(lines).encode())
    changes, trees = history(), [_tree(repository)]
    for change in reversed(changes[1:]):
        git_own.run(repository, "apply", "--cached", "--reverse", "-", stdin=change.patch)
        trees.append(_tree(repository))
    commit = ""
    for change, tree in zip(changes, reversed(trees), strict=True):
        commit = _commit(repository, change, tree, parent=commit)
    git_own.set_branch(repository, BRANCH, commit)
    git_own.run(repository, "read-tree", commit)
    return commit


def _stored(repository: Path, content: bytes) -> str:
    return _word(git_own.run(repository, "hash-object", "-w", "--no-filters", "--stdin", stdin=content))


def _tree(repository: Path) -> str:
    return _word(git_own.run(repository, "write-tree"))


def _commit(repository: Path, change: Change, tree: str, parent: str) -> str:
    person = {"NAME": change.name, "EMAIL": change.email, "DATE": change.date}
    env = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in person.items()}
    words = ["commit-tree", *(["-p", parent] if parent else []), tree]
    return _word(git_own.run(repository, *words, stdin=change.message.encode(), env=env))


def _word(output: bytes) -> str:
    return output.decode("ascii").strip()
