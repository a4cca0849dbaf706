"""Generated blocks of the README and the pages equal what the program says; run as a program, this makes them anew.

`python tests/test_house_readme.py demo` writes only that block.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Collection
from pathlib import Path

import pytest

from repairbot.cli import INTERNAL_ERROR, INTERRUPTED
from repairbot.errors import UsageError

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
PAGES = ROOT / "repairbot/pages"

DB = """\
from contextlib import asynccontextmanager

from asyncpg import connect


@asynccontextmanager
async def session():
    connection = await connect()
    yield connection
    await connection.close()
"""

API = """\
from db import session


async def users():
    async for connection in session():
        return await connection.fetch("select * from users")
"""


def said(*arguments: str, cwd: Path = ROOT) -> str:
    """What the program prints, without colour, whatever its exit code."""
    environ = {key: value for key, value in os.environ.items() if not key.startswith("REPAIRBOT_")}
    command = [sys.executable, "-m", "repairbot", *arguments]
    ended = subprocess.run(command, cwd=cwd, env=environ, capture_output=True, text=True, check=False)
    assert ended.returncode in {0, 1}, ended.stderr
    return ended.stdout


def console(*commands: tuple[str, str]) -> str:
    return "```console\n" + "\n".join(f"$ {command}\n{output}" for command, output in commands) + "```\n"


def example() -> str:
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        (project / "db.py").write_text(DB, encoding="utf-8")
        (project / "api.py").write_text(API, encoding="utf-8")
        scan = said("scan", cwd=project)
    return console(("repairbot scan", re.sub(r"\d+\.\d+ s\b", "0.1 s", scan)))


def rules() -> str:
    from repairbot.rules.registry import all_rules

    rows = [
        f"| [{rule.code}](rules/{rule.slug.replace('-', '_')}.md) | `{rule.slug}` | {rule.summary} |\n"
        for rule in all_rules()
    ]
    return "| code | slug | what it finds |\n|---|---|---|\n" + "".join(rows)


def usage() -> str:
    calls = [("--help",), *((command, "--help") for command in ("scan", "fix", "run")), ("publish", "--help")]
    return console(*[("repairbot " + " ".join(call), without_common(call, said(*call))) for call in calls])


def without_common(call: tuple[str, ...], text: str) -> str:
    """The options of every command are shown once, with the program's own help."""
    return text if len(call) == 1 else text.partition("\noptions of every command:\n")[0]


def stubs() -> str:
    files = sorted((ROOT / "repairbot/stubs").glob("*/METADATA.toml"))
    read = [(file.parent.name, tomllib.loads(file.read_text(encoding="utf-8"))) for file in files]
    rows = [f"| `{name}` | {about['distribution']} | {', '.join(about['versions_read'])} |\n" for name, about in read]
    return "| import | distribution | versions read |\n|---|---|---|\n" + "".join(rows)


def levels() -> str:
    from repairbot.harness.grade import TABLE

    rows = [f"| {row.level} | {'yes' if row.publishable else 'no'} | {row.when} |\n" for row in TABLE]
    rows.append("| E | as in the row | a row of C or D, where nothing showed the error: read from the source only |\n")
    return "| level | may be published | what was seen |\n|---|---|---|\n" + "".join(rows)


def totals() -> str:
    sys.path.insert(0, str(ROOT))  # where this file is run as a program
    from tests.benchmarks.totals import totals as made

    return made()


def demo() -> str:
    return as_in_readme(said("demo"))


def as_in_readme(output: str) -> str:
    """What the demo prints, without what differs between machines and runs."""
    assert "NOT HELD" not in output, output
    for found, put in (
        (r"(?<=  )/\S+?/repairbot-demo-\w+/", "/tmp/repairbot-demo/"),
        (r"on Python \d+\.\d+\.\d+", "on Python 3.13.0"),
        (r", kept from an earlier run", ""),
        (r"(?m)^Isolation:   .*", "Isolation:   bubblewrap; network off"),
        (r"held in \d+ s", "held in … s"),
    ):
        output = re.sub(found, put, output)
    return f"````console\n$ repairbot demo\n{output}````\n"  # four, because the write-up has fences of three


# Compared by the test of the command, which takes a minute.
MADE_ELSEWHERE: dict[str, Callable[[], str]] = {"demo": demo}

BLOCKS: dict[str, Callable[[], str]] = {
    "example": example,
    "rules": rules,
    "help": usage,
    "stubs": stubs,
    "levels": levels,
    "totals": totals,
}
DOCUMENTS = {
    "help": PAGES / "commands.md",
    "stubs": PAGES / "libraries.md",
    "levels": PAGES / "evidence.md",
    "demo": PAGES / "demo.md",
}


def document_of(name: str) -> Path:
    """The file that a block stands in."""
    return DOCUMENTS.get(name, README)


def block(name: str) -> str:
    found = re.search(_pattern(name), document_of(name).read_text(encoding="utf-8"), re.DOTALL)
    assert found, f"{document_of(name).name} has no block called {name}"
    return found[1]


def _pattern(name: str) -> str:
    return rf"<!-- begin {name} -->\n(.*?)<!-- end {name} -->"


def refresh(names: Collection[str]) -> None:
    """Make these blocks anew."""
    for name in names:
        made = {**BLOCKS, **MADE_ELSEWHERE}[name]()
        document = document_of(name)
        text = document.read_text(encoding="utf-8")
        before, after = (f"<!-- {edge} {name} -->" for edge in ("begin", "end"))
        new = text.replace(f"{before}\n{block(name)}{after}", f"{before}\n{made}{after}")
        document.write_text(new, encoding="utf-8")


@pytest.mark.parametrize("name", BLOCKS)
def test_a_generated_block_equals_what_the_program_says(name: str) -> None:
    assert block(name) == BLOCKS[name]()


def test_the_exit_codes_are_those_the_program_ends_with() -> None:
    rows = re.findall(r"^\| (\d+) \|", (PAGES / "exit-codes.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert {int(code) for code in rows} == {0, 1, UsageError.exit_code, INTERNAL_ERROR, INTERRUPTED}


def test_every_page_a_document_links_to_exists() -> None:
    documents = [*ROOT.glob("*.md"), *ROOT.glob("rules/*.md"), *ROOT.glob("repairbot/**/*.md")]
    broken = [
        f"{document.relative_to(ROOT)}: {link}"
        for document in documents
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8"))
        if not (document.parent / link).exists()
    ]
    assert broken == []


def test_each_line_to_copy_is_one_line_of_shell() -> None:
    readme = README.read_text(encoding="utf-8")
    assert re.findall(r"<!-- (main|test) line -->\n```sh\n[^\n]+\n```\n", readme) == ["main", "test"]


def test_a_newcomer_reads_the_readme_to_the_end() -> None:
    assert len(README.read_text(encoding="utf-8").splitlines()) <= 170


def test_the_readme_links_every_page() -> None:
    linked = re.findall(r"\]\(repairbot/pages/([\w-]+)\.md\)", README.read_text(encoding="utf-8"))
    assert sorted(linked) == sorted(page.stem for page in PAGES.glob("*.md"))


def test_the_page_of_the_configuration_describes_every_key() -> None:
    from repairbot.config.keys import KEYS

    rows = re.findall(r"^\| `([\w.-]+)` \|", (PAGES / "configuration.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert rows == list(KEYS)


@pytest.mark.parametrize("page", sorted(PAGES.glob("*.md")), ids=lambda page: page.stem)
def test_a_page_has_a_title_and_says_first_in_one_sentence_what_it_is_about(page: Path) -> None:
    title, sentence, _ = page.read_text(encoding="utf-8").split("\n\n", 2)
    assert re.fullmatch(r"# [^\n]+", title)
    assert re.fullmatch(r"[A-Z][^.]+\.", sentence)
    assert len(sentence) <= 100


if __name__ == "__main__":
    refresh(sys.argv[1:] or [*BLOCKS, *MADE_ELSEWHERE])
