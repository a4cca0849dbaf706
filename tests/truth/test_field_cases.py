"""What people met: each is as a page shows it, with what is right of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.truth import product
from tests.truth.product import Said
from tests.truth.scenes import scenes_of

PAGE = Path(__file__).with_name("field_cases.md")


def write(root: Path, name: str, marker: str = "pyproject.toml") -> Path:
    files = next(scene.files for scene in scenes_of(PAGE) if scene.name == name)
    for path, text in (*files, *([(marker, "")] if marker else [])):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


def at(scan: product.Scan, path: str, line: int) -> list[Said]:
    return [said for site, said in scan.said.items() if (site.place.path, site.place.line) == (path, line)]


def fixed(scan: product.Scan, path: str) -> str:
    return scan.changed.get(path, b"").decode()


def wrong_today(number: str) -> pytest.MarkDecorator:
    return pytest.mark.xfail(strict=True, reason=f"field case {number}")


def test_a_response_is_not_used_as_one_of_its_lines(tmp_path: Path) -> None:
    scan = product.scan(write(tmp_path, "lines of a response"))
    assert [said.verdict for said in at(scan, "client.py", 8)] == ["finding"]
    assert "as line:" not in fixed(scan, "client.py")


def test_a_pubsub_is_not_used_as_one_of_its_messages(tmp_path: Path) -> None:
    scan = product.scan(write(tmp_path, "messages of a pubsub"))
    assert [said.verdict for said in at(scan, "listen.py", 8)] == ["finding"]
    assert "as message:" not in fixed(scan, "listen.py")


def test_an_object_without_items_is_not_used_as_one(tmp_path: Path) -> None:
    scan = product.scan(write(tmp_path, "items of an own class"))
    assert [said.verdict for said in at(scan, "use.py", 6)] == ["finding"]
    assert "as item:" not in fixed(scan, "use.py")


@wrong_today("06")
def test_the_class_that_a_sessionmaker_is_given_decides(tmp_path: Path) -> None:
    scan = product.scan(write(tmp_path, "sessionmaker of an async class"))
    assert [said.verdict for said in at(scan, "jobs.py", 5)] == ["finding"]


@pytest.mark.parametrize(
    ("line", "links"), [(5, {("use.py", 1), ("store.py", 3)}), (10, {("use.py", 1), ("store.py", 11)})]
)
def test_the_evidence_begins_at_the_expression(tmp_path: Path, line: int, links: set[tuple[str, int]]) -> None:
    evidence = product.evidence(write(tmp_path, "evidence without the receiver"), "use.py", line)
    assert links <= set(evidence)


def test_a_file_of_a_tree_without_a_marker_is_judged_in_the_tree(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write(tmp_path, "root without git", marker="")
    monkeypatch.chdir(root)
    whole, alone = product.scan(root), product.scan(root, [Path("bot/start.py")])
    assert [said.verdict for said in at(whole, "bot/start.py", 5)] == ["finding"]
    assert alone.said == whole.said


@wrong_today("09")
def test_a_dependency_that_is_entered_elsewhere_is_wrapped_there(tmp_path: Path) -> None:
    scan = product.scan(write(tmp_path, "entered and depended on"))
    assert "async with asynccontextmanager(get_db)() as db:" in fixed(scan, "job.py")
    assert fixed(scan, "db.py") == ""


@wrong_today("11")
def test_an_awaited_manager_is_not_undecided(tmp_path: Path) -> None:
    explained = product.explain(write(tmp_path, "await of a manager"), ["use.py"])
    assert [said.verdict for said in explained.values() if said.verdict == "undecided"] == []


@wrong_today("12")
def test_a_type_in_brackets_changes_nothing_of_what_a_call_gives(tmp_path: Path) -> None:
    scan = product.scan(write(tmp_path, "parametrised call"))
    assert [said.verdict for said in at(scan, "use.py", 6)] == ["finding"]


@wrong_today("13")
def test_a_variable_named_as_the_method_is_no_mention_of_it(tmp_path: Path) -> None:
    scan = product.scan(write(tmp_path, "a variable of the same name"))
    assert [(said.verdict, said.safety) for said in at(scan, "pool.py", 6)] == [("finding", "safe")]
