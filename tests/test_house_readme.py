"""The README's generated blocks equal what the program says; run as a program, this file writes them anew.

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

DB = """\
from contextlib import asynccontextmanager


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
        scan, fix = said("scan", cwd=project), said("fix", cwd=project)
    scan = re.sub(r"\d+\.\d+ s\b", "0.1 s", scan)
    files = f"`db.py`:\n\n```python\n{DB}```\n\n`api.py`:\n\n```python\n{API}```\n\n"
    return files + console(("repairbot scan", scan), ("repairbot fix", fix))


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


def benchmarks() -> str:
    results = sorted((ROOT / "tests/benchmarks/results").glob("*.md"))
    return "\n".join(result.read_text(encoding="utf-8") for result in results)


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
    "benchmarks": benchmarks,
}


def block(name: str, readme: str) -> str:
    found = re.search(rf"<!-- begin {name} -->\n(.*?)<!-- end {name} -->", readme, re.DOTALL)
    assert found, f"README.md has no block called {name}"
    return found[1]


def refreshed(readme: str, names: Collection[str]) -> str:
    """The README with these blocks made anew."""
    for name in names:
        made = {**BLOCKS, **MADE_ELSEWHERE}[name]
        before, after = (f"<!-- {edge} {name} -->" for edge in ("begin", "end"))
        readme = readme.replace(f"{before}\n{block(name, readme)}{after}", f"{before}\n{made()}{after}")
    return readme


@pytest.mark.parametrize("name", BLOCKS)
def test_a_generated_block_equals_what_the_program_says(name: str) -> None:
    assert block(name, README.read_text(encoding="utf-8")) == BLOCKS[name]()


def test_the_exit_codes_are_those_the_program_ends_with() -> None:
    rows = re.findall(r"^\| (\d+) \|", README.read_text(encoding="utf-8"), re.MULTILINE)
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


if __name__ == "__main__":
    wanted = sys.argv[1:] or [*BLOCKS, *MADE_ELSEWHERE]
    README.write_text(refreshed(README.read_text(encoding="utf-8"), wanted), encoding="utf-8")
