"""`repairbot report`: any format again, from the document alone."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from repairbot.evidence.entries import Excerpt, Span
from repairbot.evidence.storing import text as as_json
from repairbot.render.html import html_report
from repairbot.render.markdown import whole
from tests.cli.conftest import Run
from tests.evidence.documents import DOCUMENT, FINDING


@pytest.fixture
def evidence(tmp_path: Path) -> Path:
    proposal = tmp_path / "proposal"
    proposal.mkdir()
    file = proposal / "evidence.json"
    file.write_text(as_json(DOCUMENT), encoding="utf-8")
    return file


def test_text_shows_each_finding_as_scan_does_and_what_was_observed(run: Run, evidence: Path, tmp_path: Path) -> None:
    ran = run("report", evidence, cwd=tmp_path)
    assert ran.code == 0
    assert ran.text.startswith(
        "app/handler.py:12:5: RB101 `async for` needs an object with `__aiter__`, but this is "
        "`_AsyncGeneratorContextManager`\n"
        "     |\n"
        "  12 |     async for session in get_session():\n"
        "     |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
    )
    assert "      +     async with get_session() as session:\n" in ran.text
    assert "  evidence A: 1 test failed" in ran.text
    assert "2 findings in chat at cccccccccccc: 1 mended, 1 left alone." in ran.text


def test_quiet_and_verbose_are_as_for_scan(run: Run, evidence: Path, tmp_path: Path) -> None:
    assert len(run("report", evidence, "-q", cwd=tmp_path).text.splitlines()) == 2
    verbose = run("report", evidence, "-v", cwd=tmp_path).text
    assert "app/other.py:5:1: RB101 undecided: `self.pool.take()`" in verbose
    assert "old/legacy.py: skipped (syntax-error)" in verbose


def test_the_folder_of_the_proposal_will_do(run: Run, evidence: Path, tmp_path: Path) -> None:
    assert run("report", evidence.parent, cwd=tmp_path).text == run("report", evidence, cwd=tmp_path).text


def test_json_is_the_document_itself(run: Run, evidence: Path, tmp_path: Path) -> None:
    ran = run("report", evidence, "--format", "json", cwd=tmp_path)
    assert ran.json == json.loads(as_json(DOCUMENT))


def test_markdown_and_html_are_whole(run: Run, evidence: Path, tmp_path: Path) -> None:
    assert run("report", evidence, "--format", "markdown", cwd=tmp_path).text == whole(DOCUMENT)
    assert run("report", evidence, "--format", "html", cwd=tmp_path).text == html_report(DOCUMENT)


def test_the_configuration_where_one_stands_orders_the_sections(run: Run, evidence: Path, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text('write-up.sections = ["next-steps"]\n', encoding="utf-8")
    ran = run("report", evidence, "--format", "markdown", "--config", tmp_path / "own.toml", cwd=tmp_path)
    assert ran.text.startswith("## Next steps\n")


def test_a_report_goes_into_a_file_whole_or_not_at_all(run: Run, evidence: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert run("report", evidence, "--format", "html", "--output", page, cwd=tmp_path).out == b""
    assert page.read_text(encoding="utf-8") == html_report(DOCUMENT)
    templates = tmp_path / "templates"
    templates.mkdir()
    (templates / "report.html.j2").write_text("\n{{ 1 / 0 }}", encoding="utf-8")
    options = ("--format", "html", "--output", page, "--templates", templates)
    ran = run("report", evidence, *options, cwd=tmp_path)
    assert ran.code == 2
    assert f"{templates / 'report.html.j2'}, line 2: ZeroDivisionError" in ran.said
    assert page.read_text(encoding="utf-8") == html_report(DOCUMENT)


@pytest.mark.parametrize("name", ["absent.json", "broken.json"])
def test_what_is_no_document_is_wrong_usage(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "broken.json").write_text("{}", encoding="utf-8")
    ran = run("report", name, cwd=tmp_path)
    assert ran.code == 2
    assert ran.said.startswith(f"repairbot: error: {name}: ")


def test_regions_that_the_excerpt_does_not_hold_show_no_code(run: Run, tmp_path: Path) -> None:
    """A document may come from anywhere."""
    odd = (
        replace(FINDING, excerpt=Excerpt(900_000_000, ("x",)), fingerprint="1"),
        replace(FINDING, excerpt=Excerpt(12, ("x",)), line=12, end_line=10**14, fingerprint="2"),
        replace(FINDING, edits=(replace(FINDING.edits[0], span=Span(11, 1, 10**9, 1)),), fingerprint="3", group="g2"),
        replace(FINDING, line=-5, end_line=-7, column=-1, end_column=-9, fingerprint="4"),
        replace(FINDING, disposition="odd", safety="odd", fingerprint="5"),
    )
    (tmp_path / "evidence.json").write_text(as_json(replace(DOCUMENT, findings=odd)), encoding="utf-8")
    for form in ("text", "markdown", "html"):
        ran = run("report", tmp_path, "--format", form, cwd=tmp_path)
        assert (ran.code, ran.said) == (0, "")
