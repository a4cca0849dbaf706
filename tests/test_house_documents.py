"""Facts that stand in more than one document agree."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from repairbot.rules.registry import all_rules

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
RULES = [(rule.code, rule.slug) for rule in all_rules()]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def name_of(requirement: str) -> str:
    return re.split(r"[^\w.-]", requirement, maxsplit=1)[0]


def test_each_run_time_dependency_is_justified_in_one_line() -> None:
    section = read("CONTRIBUTING.md").partition("## Dependencies\n")[2].partition("\n## ")[0]
    justified = re.findall(r"^- `([\w.-]+)`: \S.{20,}$", section, re.MULTILINE)
    optional = [needs for extra in PROJECT["optional-dependencies"].values() for needs in extra]
    assert justified == [name_of(requirement) for requirement in [*PROJECT["dependencies"], *optional]]


def test_every_python_that_the_package_names_is_tested() -> None:
    named = re.findall(r"Python :: (3\.\d+)", "\n".join(PROJECT["classifiers"]))
    matrix = re.search(r"python: \[(.+)\]", read(".github/workflows/ci.yml"))
    assert matrix is not None
    assert set(named) <= set(re.findall(r"3\.\d+", matrix[1]))


@pytest.mark.parametrize(("code", "slug"), RULES)
def test_a_rule_has_a_module_and_a_page_named_by_its_slug(code: str, slug: str) -> None:
    stem = slug.replace("-", "_")
    assert f'"{code}"' in read(f"rules/{stem}.py")
    assert read(f"rules/{stem}.md").startswith(f"# {code} {slug}\n")


@pytest.mark.parametrize(("code", "slug"), RULES)
def test_the_changelog_says_when_a_rule_came(code: str, slug: str) -> None:
    assert re.search(rf"^- Rule {code} `{slug}`", read("CHANGELOG.md"), re.MULTILINE)


def test_every_module_beside_a_page_is_a_registered_rule() -> None:
    assert {page.stem for page in (ROOT / "rules").glob("*.md")} == {slug.replace("-", "_") for _, slug in RULES}
