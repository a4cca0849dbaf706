"""The text of a proposal, as the target and the operator may shape it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.run.conftest import Bot

Repository = Callable[..., Path]
CLEAN = {"src/pkg/use.py": None, "tests/test_use.py": None}


def test_the_targets_own_order_of_sections_and_the_operators_templates_shape_the_text(
    bot: Bot, repository: Repository, tmp_path: Path
) -> None:
    target = repository(
        {**CLEAN, ".github/repairbot.toml": '[write-up]\nsections = ["summary"]\nintroduction = "Hello."\n'}
    )
    templates = tmp_path / "templates"
    templates.mkdir()
    text = "{{ page.introduction[0] }} {% for section in page.sections %}{{ section.title }}{% endfor %}"
    (templates / "pull_request.md.j2").write_text(text, encoding="utf-8")
    job = bot.run(target, "--templates", str(templates))
    assert job.code == 0, job.stderr
    assert (job.folder / "pull_request.md").read_text(encoding="utf-8") == "Hello. Summary\n"


def test_an_unknown_section_ends_the_job_before_anything_runs(bot: Bot, repository: Repository) -> None:
    target = repository({".github/repairbot.toml": '[write-up]\nomit = ["sumary"]\n'})
    job = bot.run(target)
    assert job.code == 2
    assert "unknown section 'sumary'; did you mean 'summary'?" in job.stderr
    assert not job.folder.exists()


def test_a_folder_without_templates_ends_the_job_before_it_starts(
    bot: Bot, repository: Repository, tmp_path: Path
) -> None:
    job = bot.run(repository(), "--templates", str(tmp_path / "none"))
    assert job.code == 2
    assert f"--templates {tmp_path / 'none'}: no such directory" in job.stderr
    assert not job.folder.exists()


def test_a_template_that_raises_leaves_no_proposal(bot: Bot, repository: Repository, tmp_path: Path) -> None:
    templates = tmp_path / "templates"
    templates.mkdir()
    (templates / "pull_request.md.j2").write_text("\n{{ page.nothing }}", encoding="utf-8")
    job = bot.run(repository(CLEAN), "--templates", str(templates))
    assert job.code == 2
    assert f"{templates / 'pull_request.md.j2'}, line 2: UndefinedError" in job.stderr
    assert not job.folder.exists()
