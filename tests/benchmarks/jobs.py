"""Plant the bug in real projects, give each to `repairbot run`, and record from its evidence what came of it.

Run as `python -m tests.benchmarks.jobs`. The projects' own tests run, in repairbot's sandbox.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import circumstances
from .correctness import RESULTS
from .jobs_read import row_of
from .jobs_table import jobs_table
from .planting import Site, plant, survey
from .sdists import BenchmarkError, Sdist, default_cache, pinned, unpacked

JOBS = Path(__file__).with_name("jobs.toml")
LIMIT = 3600
WHO = ("benchmark", "benchmark@localhost")
# What a shell may hold and no run should: tokens, and settings that would change what is asked.
NOT_PASSED = ("GITHUB_", "GH_", "ACTIONS_", "REPAIRBOT_", "GIT_")


@dataclass(frozen=True, slots=True)
class Place:
    """One statement to plant at; `header` is its text as published, so that a moved line is noticed."""

    path: str
    line: int
    header: str


@dataclass(frozen=True, slots=True)
class Job:
    """What is done to one pinned project. `released` dates its commits; `note` explains a result that is not whole."""

    project: str
    released: str
    places: tuple[Place, ...]
    options: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Planted:
    """A repository of two commits: the tree as published, and the same with the bug at some sites."""

    repository: Path
    published: str
    planted: str
    sites: tuple[Site, ...]


def all_jobs() -> tuple[Job, ...]:
    return tuple(map(parse_job, tomllib.loads(JOBS.read_text("utf-8"))["job"]))


def parse_job(row: dict[str, Any]) -> Job:
    places = tuple(Place(one["path"], one["line"], one["header"]) for one in row["places"])
    return Job(row["project"], row["released"].isoformat(), places, tuple(row.get("options", ())), row.get("note", ""))


def planted(tree: Path, repository: Path, job: Job, version: str) -> Planted:
    """Make a git repository of a tree and commit the bug on top; the same input gives the same commits."""
    shutil.rmtree(repository, ignore_errors=True)
    shutil.copytree(tree, repository, symlinks=True)
    git(repository, job, "init", "-q", "-b", "main")
    published = committed(repository, job, f"{job.project} {version}")
    git(repository, job, "tag", version)
    sites = tuple(site_at(repository, place) for place in job.places)
    for path in dict.fromkeys(site.path for site in sites):
        source = (repository / path).read_bytes()
        (repository / path).write_bytes(plant(source, [site for site in sites if site.path == path]))
    return Planted(repository, published, committed(repository, job, "Iterate what is to be entered"), sites)


def site_at(tree: Path, place: Place) -> Site:
    """The site of a place; the run ends where the pinned tree has something else there."""
    source = tree / place.path
    sites = survey(place.path, source.read_bytes()).sites if source.is_file() else ()
    for site in sites:
        if site.line == place.line and " ".join(site.original.decode().split()) == place.header:
            return site
    raise BenchmarkError(f"{tree}: {place.path}:{place.line} is not `{place.header}`: mend jobs.toml")


def committed(repository: Path, job: Job, message: str) -> str:
    # What a .gitignore in the archive names was published all the same.
    git(repository, job, "add", "--all", "--force")
    git(repository, job, "commit", "-q", "--no-verify", "-m", message)
    return git(repository, job, "rev-parse", "HEAD")


def git(repository: Path, job: Job, *arguments: str) -> str:
    name, email = WHO
    when = f"{job.released}T12:00:00+00:00"
    people = {"GIT_AUTHOR_NAME": name, "GIT_AUTHOR_EMAIL": email, "GIT_AUTHOR_DATE": when}
    people |= {key.replace("AUTHOR", "COMMITTER"): value for key, value in people.items()}
    alone = {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}
    settings = ("-c", "core.autocrlf=false", "-c", "commit.gpgSign=false", "-c", "gc.auto=0")
    command = ["git", "-C", str(repository), *settings, *arguments]
    done = subprocess.run(command, env=environment() | people | alone, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BenchmarkError(f"{' '.join(command)} failed: {done.stderr.strip()}")
    return done.stdout.strip()


def environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(NOT_PASSED)}


def measure(job: Job, sdist: Sdist, options: argparse.Namespace) -> dict[str, Any]:
    folder = options.cache / "jobs" / sdist.folder
    folder.mkdir(parents=True, exist_ok=True)
    tree = unpacked(sdist, options.cache, str(options.tools / "unearth"))
    made = planted(tree, folder / sdist.name, job, sdist.version)
    out, said = folder / "proposal", folder / "said.txt"
    document = evidence_of(out, made.planted) if options.resume else None
    if document is None:
        code = run(made.repository, out, said, job.options, folder / "xdg", cold=not options.keep)
        document = evidence_of(out, made.planted) if code in (0, 1) else None
        if document is None:
            raise BenchmarkError(f"repairbot run on {made.repository} ended with {code}: {said} has its words")
    row = {"name": sdist.name, "version": sdist.version, "options": list(job.options), "note": job.note}
    return row | row_of(document, made.sites, same_tree(job, made, out, document))


def evidence_of(out: Path, commit: str) -> dict[str, Any] | None:
    """What a proposal says, if it is there and about this commit."""
    evidence = out / "evidence.json"
    document: dict[str, Any] = json.loads(evidence.read_text("utf-8")) if evidence.is_file() else {}
    return document if document and document["target"]["commit"] == commit else None


def run(repository: Path, out: Path, said: Path, options: Sequence[str], xdg: Path, *, cold: bool) -> int:
    """One job in a process of its own, with caches of its own: `cold` starts without an environment."""
    shutil.rmtree(out, ignore_errors=True)
    if cold:
        shutil.rmtree(xdg, ignore_errors=True)
    homes = {"XDG_CACHE_HOME": str(xdg / "cache"), "XDG_STATE_HOME": str(xdg / "state")}
    command = [sys.executable, "-P", "-m", "repairbot", "run", str(repository), "--out", str(out), *options]
    with said.open("wb") as stream:
        done = subprocess.run(
            command, env=environment() | homes, stdout=stream, stderr=stream, timeout=LIMIT, check=False
        )
    return done.returncode


def same_tree(job: Job, made: Planted, out: Path, document: dict[str, Any]) -> bool:
    """Whether the proposed commit's tree is the published one, every byte and name of it."""
    changes = document["changes"]
    if changes is None:
        return False
    trees = git(made.repository, job, "rev-parse", f"{made.published}^{{tree}}")
    return trees == git(out / "repository.git", job, "rev-parse", f"{changes['commit']}^{{tree}}")


def arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.jobs", description=__doc__)
    parser.add_argument("projects", nargs="*", metavar="PROJECT", help="only these; then nothing is published")
    parser.add_argument("--cache", type=Path, default=default_cache(), help="where archives and trees are kept")
    parser.add_argument("--tools", type=Path, default=Path(sys.executable).parent, help="the folder that holds unearth")
    parser.add_argument("--keep", action="store_true", help="use kept environments; then nothing is published")
    parser.add_argument("--resume", action="store_true", help="run only what has no proposal in the cache yet")
    options = parser.parse_args(argv)
    options.partial = bool(options.projects or options.keep)
    options.cache, options.tools = options.cache.resolve(), options.tools.resolve()
    return options


def main(argv: Sequence[str] | None = None) -> int:
    options = arguments(argv)
    sdists = {sdist.name: sdist for sdist in pinned("jobs")}
    rows: list[dict[str, Any]] = []
    for job in all_jobs():
        if not options.projects or job.project in options.projects:
            rows.append(measure(job, sdists[job.project], options))
            sys.stderr.write(json.dumps(rows[-1]) + "\n")
    document = circumstances.describe(options.tools, ()) | {"projects": rows}
    if options.partial:
        sys.stdout.write(jobs_table(document))
        return 0
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "jobs.json").write_text(json.dumps(document, indent=1) + "\n", "utf-8")
    (RESULTS / "jobs.md").write_text(jobs_table(document), "utf-8")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BenchmarkError as error:
        sys.exit(f"error: {error}")
