"""What GitHub's runner would make of the commands; its reading of a line is followed here."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from repairbot.render.annotations import text
from repairbot.render.listing import Listing
from tests.render.listings import ALL, EXPECTED, FIX, HOSTILE, REFUSED, SKIPPED, hostile, listing, many

# https://github.com/actions/runner, src/Runner.Common/ActionCommand.cs
_LINE = re.compile(r"::(?P<kind>[^ :]+)(?: (?P<properties>.*?))?::(?P<data>.*)", re.DOTALL)
_ESCAPES = {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"}


@dataclass(frozen=True)
class Command:
    kind: str
    properties: dict[str, str]
    data: str


def unescaped(value: str, *names: str) -> str:
    return re.sub("|".join(names), lambda found: _ESCAPES[found[0]], value)


def commands(given: Listing, folder: str = "") -> list[Command]:
    """Each line that a runner would see, as the command that it is; a line that is none fails."""
    found = []
    for row in re.split(r"\r\n|\r|\n", text(given, folder))[:-1]:
        match = _LINE.fullmatch(row)
        assert match, row
        pairs = (pair.split("=", 1) for pair in (match["properties"] or "").split(",") if pair)
        properties = {name: unescaped(value, *_ESCAPES) for name, value in pairs}
        found.append(Command(match["kind"], properties, unescaped(match["data"], "%0D", "%0A", "%25")))
    return found


def test_a_finding_is_an_error_at_its_line_with_its_evidence() -> None:
    (command,) = commands(listing(FIX))
    assert command.kind == "error"
    assert command.properties == {
        "file": "pkg/api.py", "line": "12", "endLine": "12", "col": "5", "endColumn": "39", "title": "repairbot RB101",
    }  # fmt: skip
    assert command.data.split("\n") == [
        "`async for` needs an object with `__aiter__`, but this is `_AsyncGeneratorContextManager`",
        "1. pkg/api.py:3 `get_session` is imported from `pkg.db`",
        "2. pkg/db.py:8 `get_session` is decorated with `@asynccontextmanager`",
        "3. contextlib.pyi:30 `asynccontextmanager` is defined as a def",
        "`repairbot fix` makes the change",
    ]


def test_a_region_of_several_lines_has_no_columns() -> None:
    (command,) = commands(listing(replace(FIX, end_line=14)))
    assert "col" not in command.properties
    assert command.properties["endLine"] == "14"


def test_paths_start_from_the_checkout() -> None:
    given = listing(FIX, skipped=(SKIPPED,), crashed=("bad.py",))
    assert {one.properties["file"] for one in commands(given, "services/one/")} == {
        "services/one/pkg/api.py",
        "services/one/pkg/old.py",
        "services/one/bad.py",
    }


def test_what_is_expected_or_withdrawn_is_not_annotated() -> None:
    assert [one.properties["line"] for one in commands(listing(*ALL))] == ["12", "20", "30"]


def test_nothing_found_says_nothing() -> None:
    assert text(listing()) == ""
    assert text(listing(EXPECTED, undecided=4)) == ""


def test_ten_errors_and_ten_warnings_are_shown_and_the_rest_counted_in_one_line() -> None:
    skipped = tuple(replace(SKIPPED, path=f"{number}.py") for number in range(11))
    found = commands(listing(EXPECTED, *many(37), skipped=skipped, undecided=2))
    assert [one.kind for one in found] == ["error"] * 10 + ["warning"] * 10 + ["notice"]
    assert found[-1].data == (
        "Not shown here: 27 more errors, 1 more warning, 1 expected to fail or withdrawn, 2 undecided"
    )


def test_exactly_ten_leave_nothing_to_count() -> None:
    assert [one.kind for one in commands(listing(*many(10)))] == ["error"] * 10


def test_a_file_that_we_failed_on_comes_first() -> None:
    found = commands(listing(*many(20), crashed=("bad.py",)))
    assert found[0].properties["file"] == "bad.py"
    assert [one.kind for one in found].count("error") == 10


def test_hostile_text_stays_in_its_own_command() -> None:
    findings = tuple(hostile())
    for finding in findings:
        (command,) = commands(listing(finding))
        assert command.kind == "error"
        assert command.properties["line"] == str(finding.line)
        assert command.properties["title"] == "repairbot RB101"
        assert "forged" not in "".join(f"{name} " for name in command.properties)
    assert len(findings) == len(HOSTILE)


def test_hostile_names_of_skipped_files_stay_in_their_own_command() -> None:
    for name in HOSTILE:
        (command,) = commands(listing(skipped=(replace(SKIPPED, path=name, kind=name, reason=name),)))
        assert (command.kind, set(command.properties)) == ("warning", {"file", "title"})


def test_a_name_is_given_back_as_it_is() -> None:
    for name in ("a:b,c.py", "100%.py", "%0A.py", "ünï ☃.py"):
        (command,) = commands(listing(replace(FIX, path=name)))
        assert command.properties["file"] == name


def test_a_message_stays_within_what_github_shows() -> None:
    long = replace(REFUSED, message="m" * 5000, reason="r" * 5000)
    (command,) = commands(listing(long))
    assert len(command.data) <= 4096
