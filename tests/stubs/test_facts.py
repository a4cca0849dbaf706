"""What the stubs lead to: each file of facts says of every `async for` whether its object can be iterated."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from repairbot.rules.registry import all_rules
from repairbot.scan.judge import every_name, screen_file
from repairbot.scan.queries import Inquiry
from repairbot.source.snapshot import Snapshot
from tests.protocols.cases import WORDS
from tests.stubs.reading_stubs import PACKAGES

FACTS = Path(__file__).parent / "facts"
SAID = re.compile(r"async for .*  # (\w+)$")


@pytest.mark.parametrize("package", PACKAGES)
def test_what_a_library_gives_is_judged_rightly(tmp_path: Path, package: str) -> None:
    text = (FACTS / f"{package}.txt").read_text()
    (tmp_path / "main.py").write_text(text)
    said = {number: match[1] for number, line in enumerate(text.splitlines(), 1) if (match := SAID.search(line))}
    assert said
    # "quiet" is right either way: the resolver may or may not tell overloads apart.
    found = verdicts(tmp_path)
    quiet = {line: found[line] for line, word in said.items() if word == "quiet" and found.get(line) != "fault"}
    assert found == {**said, **quiet}


def verdicts(root: Path) -> dict[int, str]:
    rules = [rule for rule in all_rules() if rule.code == "RB101"]
    screen = screen_file(Inquiry(Snapshot.of([root])), every_name("main.py", rules), rules)
    assert screen.crash is None, screen.crash
    return {one.site.region.line: WORDS[type(one.verdict)] for one in screen.judged}
