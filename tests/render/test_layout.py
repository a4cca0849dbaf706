"""What a target may choose: order, omission and one introduction."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from repairbot.config.load import load
from repairbot.errors import UsageError
from repairbot.render.layout import layout
from repairbot.render.markdown import pull_request_body
from repairbot.render.story import SECTIONS, USUAL, Layout
from tests.evidence.documents import DOCUMENT, FINDING


def configured(folder: Path, text: str) -> Layout:
    (folder / "pyproject.toml").write_text(f"[tool.repairbot]\n{text}", encoding="utf-8")
    return layout(load(folder, None, {}, {}))


def error_of(folder: Path, text: str) -> str:
    with pytest.raises(UsageError) as raised:
        configured(folder, text)
    return str(raised.value)


def titles(body: str) -> list[str]:
    return re.findall(r"^## (.+)$", body, re.MULTILINE)


def test_without_keys_every_section_is_there_in_the_usual_order(tmp_path: Path) -> None:
    assert configured(tmp_path, "") == USUAL
    assert titles(pull_request_body(DOCUMENT)) == [title for name, (title, _) in SECTIONS.items() if name != "summary"]


def test_sections_are_those_named_in_the_order_named(tmp_path: Path) -> None:
    chosen = configured(tmp_path, 'write-up.sections = ["fix", "tests", "cause", "fix"]')
    assert titles(pull_request_body(DOCUMENT, chosen)) == ["The fix", "Tests before and after", "Root cause"]


def test_omitted_sections_are_left_out_and_the_others_stay(tmp_path: Path) -> None:
    chosen = configured(tmp_path, '[tool.repairbot.write-up]\nomit = ["worth", "summary"]')
    assert set(USUAL.sections) - set(chosen.sections) == {"worth", "summary"}


def test_how_it_was_run_and_what_was_withdrawn_cannot_be_left_out(tmp_path: Path) -> None:
    withdrawn = replace(FINDING, disposition="withdrawn", reason="the object iterates", applied=False)
    document = replace(DOCUMENT, findings=(withdrawn,))
    body = pull_request_body(document, configured(tmp_path, 'write-up.sections = ["next-steps"]'))
    assert "> [!WARNING]\n> 1 finding withdrawn: the real object contradicted" in body
    assert "isolation: bubblewrap" in body
    assert "1 of 9 tests failed before the change; outcomes are as reported by the project's tests" in body


def test_the_introduction_is_escaped_and_stands_first(tmp_path: Path) -> None:
    chosen = configured(tmp_path, "write-up.introduction = '''Hello <b>team</b> @owner\n\n# Second'''")
    assert pull_request_body(DOCUMENT, chosen).startswith("Hello \\<b\\>team\\</b\\> `@owner`\n\n\\# Second\n\n**")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('write-up.sections = ["sumary"]', "unknown section 'sumary'; did you mean 'summary'?"),
        ('write-up.omit = ["test"]', "unknown section 'test'; did you mean 'tests'?"),
        ("write-up.sections = 3", "expected a list of strings, got the number 3"),
        ("write-up.sections = []", "leave no section"),
        ("write-up.introduction = 3", "expected a text, got the number 3"),
        (f'write-up.introduction = "{"a" * 2001}"', "2,001 characters, and 2,000 are the most"),
        ("write-up = 3", "expected a table"),
        ("write-up.section = []", "unknown key 'write-up.section'; did you mean 'write-up.sections'?"),
        ('write-up.templates = "x"', "unknown key 'write-up.templates'"),
    ],
)
def test_wrong_values_are_errors_that_name_what_is_near(tmp_path: Path, text: str, said: str) -> None:
    assert said in error_of(tmp_path, text)


def test_omitting_every_section_is_an_error(tmp_path: Path) -> None:
    assert "leave no section" in error_of(tmp_path, f"write-up.omit = {list(SECTIONS)}")
