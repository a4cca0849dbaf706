from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from repairbot.evidence.impact import History
from repairbot.git import repository as git_own
from repairbot.git import source as git_source
from repairbot.impact.impact_of import assess
from repairbot.rules.registry import all_rules
from repairbot.scan.pipeline import derived
from repairbot.scan.queries import Inquiry
from repairbot.source.snapshot import Snapshot

GENERATOR = "from contextlib import asynccontextmanager\n\n\nasync def get_session():\n    yield 1\n"
MANAGER = GENERATOR.replace("async def", "@asynccontextmanager\nasync def")
CALLER = (
    "from db import get_session\n\n\nasync def go():\n    async for session in get_session():\n        print(session)\n"
)


class Repository:
    """A repository to write history in; each commit is a day after the one before."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._days = 0
        root.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *words: str) -> str:
        date = f"2025-01-{self._days + 1:02} 12:00:00 +0000"
        env = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.root.parent),
            "GIT_AUTHOR_DATE": date,
            "GIT_COMMITTER_DATE": date,
            "GIT_CONFIG_NOSYSTEM": "1",
        }
        command = ["git", "-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "protocol.file.allow=always"]
        done = subprocess.run([*command, *words], cwd=self.root, env=env, capture_output=True, text=True, check=True)
        return done.stdout

    def commit(self, title: str, **files: str | None) -> None:
        """Write files (None removes) named with `__` for `/`, and commit all."""
        self._days += 1
        for name, text in files.items():
            path = self.root / f"{name.replace('__', '/')}.py"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8") if text is not None else path.unlink()
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", title)

    def histories(self, *, authors: bool = False, seconds: float = 60.0) -> dict[str, History]:
        source = git_source.find(self.root)
        bare = git_own.borrow_history(source, self.root.parent / f"history{len(list(self.root.parent.iterdir()))}")
        derivation = derived(Snapshot.of([self.root]), all_rules(), 1)
        inquiry = Inquiry(derivation.snapshot)
        known = assess(inquiry, derivation.findings, bare, source.commit, authors=authors, seconds=seconds)
        found = {f"{one.path}:{one.region.line}": known[one.fingerprint].history for one in derivation.findings}
        return {place: history for place, history in found.items() if history is not None}

    def history(self, *, authors: bool = False, seconds: float = 60.0) -> History:
        (only,) = self.histories(authors=authors, seconds=seconds).values()
        return only


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "target")


def titles(history: History) -> tuple[str | None, str | None]:
    return (
        history.introduced.title if history.introduced else None,
        history.flip.title if history.flip else None,
    )


def test_a_caller_written_after_the_decorator_was_born_broken(repository: Repository) -> None:
    repository.commit("Add sessions", db=MANAGER)
    repository.commit("Use them", app=CALLER)
    history = repository.history()
    assert (history.broken, titles(history), history.missing) == ("born", ("Use them", None), None)
    assert history.introduced is not None
    assert history.introduced.date == "2025-01-03T12:00:00+00:00"
    assert history.introduced.author is None


def test_a_decorator_gained_later_broke_every_caller_that_was_there(repository: Repository) -> None:
    repository.commit("Add sessions", db=GENERATOR, app=CALLER)
    repository.commit("Work at night", jobs=CALLER)
    repository.commit("Manage sessions", db=MANAGER)
    repository.commit("Come too late", late=CALLER)
    known = repository.histories(authors=True)
    assert {place: one.broken for place, one in known.items()} == {
        "app.py:5": "flip",
        "jobs.py:5": "flip",
        "late.py:5": "born",
    }
    app = known["app.py:5"]
    assert titles(app) == ("Add sessions", "Manage sessions")
    assert app.flip_text == "`get_session` gained `@asynccontextmanager`"
    assert [f"{hop.path}:{hop.line} {hop.function}" for hop in app.stale] == ["jobs.py:5 go"]
    assert app.flip is not None
    assert app.flip.author == "Ada"


def test_a_decorator_lost_later_is_the_flip_of_the_mirror_mistake(repository: Repository) -> None:
    entered = CALLER.replace("async for session in get_session():", "async with get_session() as session:")
    repository.commit("Add sessions", db=MANAGER, app=entered)
    repository.commit("Yield plainly", db=GENERATOR)
    history = repository.history()
    assert (history.broken, history.flip_text) == ("flip", "`get_session` lost `@asynccontextmanager`")


def test_the_last_of_several_flips_counts(repository: Repository) -> None:
    repository.commit("One", db=GENERATOR, app=CALLER)
    repository.commit("Two", db=MANAGER)
    repository.commit("Three", db=GENERATOR)
    repository.commit("Four", db=MANAGER)
    assert titles(repository.history()) == ("One", "Four")


def test_rewriting_the_line_around_the_construct_is_not_its_beginning(repository: Repository) -> None:
    repository.commit("Add sessions", db=GENERATOR, app=CALLER)
    repository.commit("Manage sessions", db=MANAGER)
    repository.commit("Call it s", app=CALLER.replace("session in", "s in"))
    history = repository.history()
    assert (history.broken, titles(history)) == ("flip", ("Add sessions", "Manage sessions"))


def test_renamed_files_are_followed_on_both_sides(repository: Repository) -> None:
    filler = "".join(f"\n\ndef filler_{n}():\n    return {n}\n" for n in range(20))
    repository.commit("Add sessions", db=GENERATOR + filler, app=CALLER)
    repository.commit("Manage sessions", db=MANAGER + filler)
    repository.commit("Sort files", db=None, store=MANAGER + filler, app=None, web=CALLER.replace("db", "store"))
    history = repository.history()
    assert (history.broken, titles(history)) == ("flip", ("Add sessions", "Manage sessions"))


def test_a_definition_that_moved_between_files_is_followed(repository: Repository) -> None:
    others = "x = 1\n" * 50
    repository.commit("Add sessions", db=GENERATOR + others, store=others, app=CALLER)
    repository.commit("Manage sessions", db=MANAGER + others)
    repository.commit("Move", db=others + "from store import get_session\n", store=MANAGER + others)
    history = repository.history()
    assert (history.broken, titles(history)) == ("flip", ("Add sessions", "Manage sessions"))


def test_a_definition_that_changed_while_it_moved_is_the_flip(repository: Repository) -> None:
    others = "x = 1\n" * 50
    repository.commit("Add sessions", db=GENERATOR + others, store=others, app=CALLER)
    repository.commit("Move", db=others + "from store import get_session\n", store=MANAGER + others)
    history = repository.history()
    assert (history.broken, titles(history)) == ("flip", ("Add sessions", "Move"))
    assert history.flip_text == ("`get_session` gained `@asynccontextmanager` when it moved from `db.py` to `store.py`")


def test_branches_that_a_merge_brought_together_are_told_as_such(repository: Repository) -> None:
    repository.commit("Add sessions", db=GENERATOR)
    repository.git("checkout", "--quiet", "-b", "feature")
    repository.commit("Use them", app=CALLER)
    repository.git("checkout", "--quiet", "main")
    repository.commit("Manage sessions", db=MANAGER)
    repository.git("merge", "--quiet", "--no-ff", "--message", "Merge", "feature")
    history = repository.history()
    assert (history.broken, titles(history)) == ("flip", ("Use them", "Manage sessions"))
    assert history.flip_text is not None
    assert history.flip_text.endswith("on another branch than the line, and a merge brought both together")


def test_a_flip_on_a_merged_branch_is_named_by_its_own_commit(repository: Repository) -> None:
    repository.commit("Add sessions", db=GENERATOR, app=CALLER)
    repository.git("checkout", "--quiet", "-b", "feature")
    repository.commit("Manage sessions", db=MANAGER)
    repository.git("checkout", "--quiet", "main")
    repository.commit("Meanwhile", other="x = 1\n")
    repository.git("merge", "--quiet", "--no-ff", "--message", "Merge", "feature")
    repository.commit("After", other="x = 2\n")
    assert titles(repository.history()) == ("Add sessions", "Manage sessions")


def test_a_class_may_flip_by_its_special_methods(repository: Repository) -> None:
    body = "\n\nasync def go():\n    async for row in Rows():\n        print(row)\n"
    before = "class Rows:\n    def __aiter__(self): ...\n\n    async def __anext__(self): ...\n"
    after = "class Rows:\n    async def __aenter__(self): ...\n\n    async def __aexit__(self, *args): ...\n"
    repository.commit("Add rows", app=before + body)
    repository.commit("Enter rows", app=after + body)
    history = repository.history()
    assert history.broken == "flip"
    assert history.flip_text == "`Rows` gained `__aenter__` and `__aexit__` and lost `__aiter__` and `__anext__`"


def test_a_shallow_clone_says_that_history_is_missing(repository: Repository, tmp_path: Path) -> None:
    repository.commit("Add sessions", db=GENERATOR, app=CALLER)
    repository.commit("Manage sessions", db=MANAGER)
    repository.git("clone", "--quiet", "--depth=1", f"file://{repository.root}", str(tmp_path / "shallow"))
    clone = Repository.__new__(Repository)
    clone.root = tmp_path / "shallow"
    history = clone.history()
    assert history.broken == "unknown"
    assert history.missing is not None
    assert "shallow" in history.missing
    assert "git fetch --unshallow" in history.missing


def test_without_git_the_history_is_missing(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(MANAGER + CALLER.partition("\n")[2], encoding="utf-8")
    derivation = derived(Snapshot.of([tmp_path]), all_rules(), 1)
    (known,) = assess(Inquiry(derivation.snapshot), derivation.findings, None, None).values()
    assert known.history == History("unknown", missing="there is no git history to read")


def test_a_file_that_the_commit_does_not_hold_has_no_history(repository: Repository) -> None:
    repository.commit("Add sessions", db=MANAGER)
    (repository.root / "app.py").write_text(CALLER, encoding="utf-8")
    history = repository.history()
    assert (history.broken, history.introduced) == ("unknown", None)
    assert history.missing is not None
    assert "app.py" in history.missing


def test_a_definition_of_a_library_has_no_past_here(repository: Repository) -> None:
    head = "import httpx\n\n\nasync def go(client: httpx.AsyncClient):\n"
    text = f"{head}    async for part in client.stream('GET', ''):\n        print(part)\n"
    repository.commit("Stream", app=text)
    history = repository.history()
    assert (history.broken, titles(history)) == ("unknown", ("Stream", None))
    assert history.missing == "what decides it is defined outside this repository"


def test_odd_file_names_are_read_back(repository: Repository) -> None:
    repository.commit("Add sessions", db=GENERATOR)
    repository.commit("Odd", **{"ä b'\"c": CALLER})
    repository.commit("Manage sessions", db=MANAGER)
    repository.commit("Rename", **{"ä b'\"c": None, "tab\tname": CALLER.replace("session in", "s in")})
    history = repository.history()
    assert (history.broken, titles(history)) == ("flip", ("Odd", "Manage sessions"))


def test_history_that_takes_too_long_is_given_up(repository: Repository) -> None:
    repository.commit("Add sessions", db=MANAGER, app=CALLER)
    history = repository.history(seconds=0.0)
    assert (history.broken, history.missing) == ("unknown", "the time for reading the history was up")
