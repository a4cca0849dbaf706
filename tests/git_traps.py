"""Repositories that start a program of the attacker's when git is used on them without care, and how to tell."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path


def git(place: Path, *arguments: str, check: bool = True, **environ: str) -> str:
    """Plain git, as a user has it, with the user's home next to the repository."""
    home = place.parent / "home"
    home.mkdir(exist_ok=True)
    env = {"PATH": os.environ["PATH"], "HOME": str(home), "GIT_CONFIG_NOSYSTEM": "1", "GIT_TERMINAL_PROMPT": "0"}
    identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org"]
    done = subprocess.run(
        ["git", *identity, *arguments], cwd=place, check=check, capture_output=True, env={**env, **environ}, timeout=30
    )
    return os.fsdecode(done.stdout).strip()


def commit(place: Path, files: dict[str, str], message: str = "change") -> str:
    for name, text in files.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text)
    git(place, "add", "--all")
    git(place, "commit", "--quiet", "--allow-empty", "-m", message)
    return git(place, "rev-parse", "HEAD")


def start(place: Path, *options: str) -> Path:
    place.mkdir(parents=True)
    git(place, "init", "--quiet", "--initial-branch=main", *options)
    return place


HOOKS = (
    *("pre-commit", "prepare-commit-msg", "commit-msg", "post-commit", "post-checkout", "post-index-change"),
    *("reference-transaction", "pre-auto-gc", "post-rewrite", "post-merge", "pre-push", "fsmonitor-watchman"),
    *("update", "pre-receive", "post-receive"),
)


@dataclass(frozen=True)
class Trap:
    """A way to have a program started, and the careless commands that start it."""

    name: str
    set: Callable[[Path, str], None]
    spring: Sequence[Sequence[str]]
    spring_environ: dict[str, str] = field(default_factory=dict)


def _hooks(place: Path, program: str) -> None:
    (place / ".git/hooks").mkdir(exist_ok=True)
    for name in HOOKS:
        (place / ".git/hooks" / name).symlink_to(program)


def _settings(**settings: str) -> Callable[[Path, str], None]:
    def write(place: Path, program: str) -> None:
        for name, value in settings.items():
            git(place, "config", name.replace("__", "."), value.replace("TRAP", program))

    return write


def _filter(kind: str) -> Callable[[Path, str], None]:
    def write(place: Path, program: str) -> None:
        commit(place, {".gitattributes": "* filter=evil diff=evil\n"})
        git(place, "config", f"filter.evil.{kind}", program)
        (place / "a.py").write_text("touched = 1\n")

    return write


def _textconv(place: Path, program: str) -> None:
    commit(place, {".gitattributes": "* diff=evil\n"})
    git(place, "config", "diff.evil.textconv", program)
    (place / "a.py").write_text("touched = 1\n")


def _external_diff(place: Path, program: str) -> None:
    git(place, "config", "diff.external", program)
    (place / "a.py").write_text("touched = 1\n")


def _submodule(place: Path, program: str) -> None:
    (place / ".gitmodules").write_text(f'[submodule "s"]\n\tpath = s\n\turl = ext::{program}\n')
    git(place, "update-index", "--add", "--cacheinfo", f"160000,{git(place, 'rev-parse', 'HEAD')},s")
    git(place, "add", ".gitmodules")
    git(place, "commit", "--quiet", "-m", "submodule")
    git(place, "config", "submodule.s.url", f"ext::{program}")
    git(place, "config", "submodule.recurse", "true")
    git(place, "config", "protocol.ext.allow", "always")


def _included(place: Path, program: str) -> None:
    (place.parent / "more").write_text(f'[core]\n\tfsmonitor = "{program}"\n')
    (place / ".git/config").open("a").write(f'[includeIf "gitdir:{place.parent}/**"]\n\tpath = {place.parent}/more\n')


def _template(place: Path, program: str) -> None:
    hooks = place.parent / "template/hooks"
    hooks.mkdir(parents=True)
    for name in ("reference-transaction", "post-checkout", "post-index-change", "pre-commit"):
        (hooks / name).symlink_to(program)
    git(place, "config", "--global", "init.templateDir", str(hooks.parent))


def _global_pack_hook(place: Path, program: str) -> None:
    git(place, "config", "--global", "uploadpack.packObjectsHook", program)


def _insteadof(place: Path, program: str) -> None:
    git(place, "config", f"url.ext::{program} .insteadOf", "file://")
    git(place, "config", "protocol.ext.allow", "always")
    git(place, "remote", "add", "origin", f"file://{place}")


def _promisor(place: Path, program: str) -> None:
    """A partial clone brings what it lacks by itself, with a program that its configuration names."""
    git(place, "config", "core.repositoryFormatVersion", "1")
    for name, value in {
        "extensions.partialClone": "origin",
        "remote.origin.promisor": "true",
        "remote.origin.url": f"file://{place}",
        "remote.origin.uploadpack": program,
        "protocol.file.allow": "always",
    }.items():
        git(place, "config", name, value)
    blob = git(place, "rev-parse", "HEAD:a.py")
    (place / ".git/objects" / blob[:2] / blob[2:]).unlink()


def _alternate_refs(place: Path, program: str) -> None:
    other = start(place.parent / "other")
    commit(other, {"x": "1"})
    (place / ".git/objects/info").mkdir(exist_ok=True)
    (place / ".git/objects/info/alternates").write_text(f"{other}/.git/objects\n")
    git(place, "config", "core.alternateRefsCommand", program)
    git(place, "remote", "add", "origin", str(other))


TRAPS = (
    Trap("hooks", _hooks, [["commit", "--allow-empty", "-m", "x"]]),
    Trap("fsmonitor", _settings(core__fsmonitor="TRAP"), [["status"]]),
    Trap("clean filter", _filter("clean"), [["add", "a.py"]]),
    Trap("smudge filter", _filter("smudge"), [["checkout", "--", "a.py"]]),
    Trap("process filter", _filter("process"), [["add", "a.py"]]),
    Trap("textconv", _textconv, [["diff"]]),
    Trap("external diff", _external_diff, [["diff"]]),
    Trap("insteadOf and ext::", _insteadof, [["fetch", "origin"]]),
    Trap("ext:: remote", _settings(remote__origin__url="ext::TRAP", protocol__ext__allow="always"), [["fetch"]]),
    Trap("submodule", _submodule, [["-c", "protocol.ext.allow=always", "submodule", "update", "--init"]]),
    Trap("ssh command", _settings(core__sshCommand="TRAP", remote__origin__url="ssh://x.invalid/y"), [["fetch"]]),
    Trap("includeIf", _included, [["status"]]),
    Trap("template", _template, [["init", "new"], ["-C", "new", "commit", "--allow-empty", "-m", "x"]]),
    Trap("pack hook", _global_pack_hook, [["clone", "--no-local", "file://HERE", "copy"]]),
    Trap("alternate refs", _alternate_refs, [["fetch", "origin"]]),
    Trap("alias", _settings(alias__st="!TRAP"), [["st"]]),
    Trap("gpg", _settings(gpg__program="TRAP", commit__gpgSign="true"), [["commit", "--allow-empty", "-m", "x"]]),
    Trap("editor", _settings(core__editor="TRAP"), [["commit", "--allow-empty"]]),
    Trap("lazy fetch", _promisor, [["cat-file", "-p", "HEAD:a.py"]]),
)


def state(place: Path) -> dict[str, tuple[object, ...]]:
    """Every byte, mode, time and link below a folder."""
    found: dict[str, tuple[object, ...]] = {}
    for folder, folders, files in os.walk(place):
        for name in (*folders, *files, "."):
            path = Path(folder) / name
            facts = path.lstat()
            content: object = None
            if path.is_symlink():
                content = path.readlink()
            elif path.is_file():
                content = path.read_bytes()
            key = os.path.relpath(os.path.normpath(path), place)
            found[key] = (facts.st_mode, facts.st_mtime_ns, facts.st_ino, facts.st_uid, content)
    return found
