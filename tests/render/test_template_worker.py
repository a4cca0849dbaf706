"""Templates that are not ours."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from repairbot.errors import UsageError
from repairbot.render.markdown import whole
from repairbot.render.story import USUAL, Layout
from repairbot.render.template_worker import rendered
from repairbot.render.templates import shipped_names
from tests.evidence.documents import DOCUMENT
from tests.render.hostile import MEANT_AS, poisoned


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "templates"
    made.mkdir()
    return made


def put(folder: Path, text: str, name: str = "pull_request.md.j2") -> None:
    (folder / name).write_text(text, encoding="utf-8")


def error_of(folder: Path, kind: str = "markdown", seconds: float = 20.0) -> str:
    with pytest.raises(UsageError) as raised:
        rendered(kind, DOCUMENT, USUAL, folder, seconds)
    return str(raised.value)


def test_without_a_folder_the_shipped_templates_speak() -> None:
    assert rendered("markdown", DOCUMENT) == whole(DOCUMENT)


def test_a_template_of_the_operator_takes_the_place_of_one_of_ours(folder: Path) -> None:
    put(folder, "{% for section in page.sections %}{{ section.title }}\n{% endfor %}")
    assert rendered("markdown", DOCUMENT, Layout(("fix", "cause")), folder) == "The fix\nRoot cause\n"


def test_templates_that_are_not_replaced_stay_ours(folder: Path) -> None:
    put(folder, "{% import 'sections.md.j2' as sections %}{{ sections.dropped(page) }}")
    assert "`evidence.json`" in rendered("markdown", DOCUMENT, USUAL, folder)


def test_what_an_operators_template_prints_is_escaped_as_well(folder: Path) -> None:
    put(folder, "{{ page.document.findings[0].path }} {{ page.document.findings[0].path | upper }}")
    text = rendered("markdown", poisoned(["<b>@someone</b>"]), USUAL, folder)
    assert "<b>" not in text.replace("`<b>@someone</b>", "`")
    put(folder, "{{ page.title }}{{ page.document.findings[0].path | upper }}", "report.html.j2")
    assert "<script>" not in rendered("html", poisoned(["<script>"]), USUAL, folder).lower()


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("one\n{{ 1 / 0 }}\n", "line 2: ZeroDivisionError: division by zero"),
        ("{{ page.nothing }}", "line 1: UndefinedError"),
        ("\n\n{% for %}", "line 3: Expected an expression"),
        ("{{ page.document.__class__ }}", "line 1: SecurityError"),
        ("{{ page.sections.append(1) }}", "line 1: "),
        ("{% include 'pull_request.md.j2' %}", "line 1: RecursionError"),
        ("{% include '../../etc/passwd' %}", "line 1: TemplateNotFound"),
        ("{{ 'a' * 900000000 }}", "line 1: SecurityError"),
        ("{{ 9 ** 9 ** 9 }}", "line 1: SecurityError"),
        ("{{ '%900000000d' % 1 }}", "line 1: "),
    ],
)
def test_a_template_that_raises_is_named_with_its_line(folder: Path, template: str, said: str) -> None:
    put(folder, template)
    error = error_of(folder)
    assert error.startswith(f"--templates {folder}: {folder / 'pull_request.md.j2'}, {said}")
    assert error.endswith("mend the template, or leave --templates out")


def test_a_macro_of_the_operator_that_raises_is_named_with_its_own_line(folder: Path) -> None:
    put(folder, "{% macro dropped(page) %}\n\n{{ page.no }}{% endmacro %}", "own.j2")
    put(folder, "{% import 'own.j2' as own %}\n{{ own.dropped(page) }}")
    assert f"{folder / 'own.j2'}, line 3: UndefinedError" in error_of(folder)


def test_a_template_that_does_not_end_is_ended_and_named_with_its_line(folder: Path) -> None:
    put(folder, "{% for a in range(90000) %}\n{% for b in range(90000) %}{% endfor %}\n{% endfor %}")
    started = time.monotonic()
    assert f"{folder / 'pull_request.md.j2'}, line 2: it does not end" in error_of(folder, seconds=1.0)
    assert time.monotonic() - started < 20


def test_a_folder_that_is_none_or_holds_no_template_is_refused(folder: Path) -> None:
    assert error_of(folder / "absent").startswith(f"--templates {folder / 'absent'}: no such directory")
    put(folder, "", "mine.j2")
    assert "their names are commit_message.txt.j2, pull_request.md.j2" in error_of(folder)


def test_what_can_be_replaced_are_the_templates_of_write_ups() -> None:
    assert shipped_names() == [
        "commit_message.txt.j2",
        "pull_request.md.j2",
        "report.css.j2",
        "report.html.j2",
        "sections.html.j2",
        "sections.md.j2",
        "step_summary.md.j2",
    ]


def test_hostile_text_is_data_to_the_template_engine() -> None:
    assert "49" not in whole(poisoned(["{{ 7 * 7 }}"]))
    assert whole(poisoned(list(MEANT_AS)))
