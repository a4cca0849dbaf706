"""Every example of every rule page does what its section says."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import repairbot.rules
from repairbot.model import Disposition, Finding, Safety
from repairbot.rules.registry import all_rules
from repairbot.scan.pipeline import Derivation, Settings, derive
from tests.rules.pages import SECTIONS, Example, examples

RULES = Path(repairbot.rules.__path__[0])
EXAMPLES = [
    example for rule in all_rules() for example in examples(RULES / f"{rule.slug.replace('-', '_')}.md", rule.code)
]


def scanned(root: Path) -> Derivation:
    return derive(Settings((root,), root, tuple(rule.code for rule in all_rules()), jobs=1))


def planted(example: Example, root: Path) -> Path:
    (root / ".git").mkdir()
    for path, text in example.before.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


def of_rule(derivation: Derivation, example: Example) -> list[Finding]:
    return [finding for finding in derivation.findings if finding.rule == example.rule]


def ids(example: Example) -> str:
    return f"{example.rule}-{example.section}-{example.title}"


def in_section(*sections: str) -> list[Example]:
    return [example for example in EXAMPLES if example.section in sections]


@pytest.mark.parametrize("example", in_section("Fixed", "Unsafe"), ids=ids)
def test_a_fix_makes_the_files_as_the_page_shows_them(example: Example, tmp_path: Path) -> None:
    derivation = scanned(planted(example, tmp_path))
    found = of_rule(derivation, example)
    safety = Safety.SAFE if example.section == "Fixed" else Safety.UNSAFE
    assert [(one.disposition, one.safety) for one in found] == [(Disposition.FIX, safety)] * len(found), found
    assert found
    changed = derivation.changed(one.group for one in found if one.group is not None)
    assert {path: data.decode() for path, data in changed.items()} == example.after
    for finding in found:
        assert example.reason in (finding.reason or "")
        assert (finding.reason is None) == (safety is Safety.SAFE)


@pytest.mark.parametrize("example", in_section("Fixed", "Unsafe"), ids=ids)
def test_what_a_fix_makes_has_nothing_left_to_fix(example: Example, tmp_path: Path) -> None:
    fixed = Example(example.rule, example.section, example.title, {**example.before, **example.after})
    derivation = scanned(planted(fixed, tmp_path))
    assert derivation.findings == ()


@pytest.mark.parametrize("example", in_section("Refused"), ids=ids)
def test_a_refusal_keeps_the_files_and_says_why(example: Example, tmp_path: Path) -> None:
    derivation = scanned(planted(example, tmp_path))
    found = of_rule(derivation, example)
    assert [one.disposition for one in found] == [Disposition.REFUSE] * len(found)
    assert found
    assert derivation.groups == {}
    for finding in found:
        assert example.reason
        assert example.reason in (finding.reason or "")


@pytest.mark.parametrize("example", in_section("Expected"), ids=ids)
def test_a_failure_that_is_meant_is_told_and_left(example: Example, tmp_path: Path) -> None:
    derivation = scanned(planted(example, tmp_path))
    found = of_rule(derivation, example)
    assert [one.disposition for one in found] == [Disposition.EXPECTED]
    assert example.reason in (found[0].reason or "")
    assert found[0].edits == ()


@pytest.mark.parametrize("example", in_section("Left alone"), ids=ids)
def test_what_is_left_alone_is_no_finding(example: Example, tmp_path: Path) -> None:
    derivation = scanned(planted(example, tmp_path))
    assert of_rule(derivation, example) == []
    assert derivation.skipped == ()
    assert derivation.crashes == ()


@pytest.mark.parametrize("example", EXAMPLES, ids=ids)
def test_examples_are_python(example: Example) -> None:
    for path, text in [*example.before.items(), *example.after.items()]:
        if path.endswith(".py"):
            ast.parse(text, path)


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_a_page_has_every_section_and_no_two_examples_of_one_name(rule: object) -> None:
    code = getattr(rule, "code")  # noqa: B009 - the parameter is typed loosely for the ids
    own = [example for example in EXAMPLES if example.rule == code]
    assert {example.section for example in own} == set(SECTIONS)
    assert len({example.title for example in own}) == len(own)
