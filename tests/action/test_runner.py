from __future__ import annotations

import gc
from pathlib import Path

import pytest

from repairbot.action.runner import captured, harmless, write_outputs, write_summary
from repairbot.commands.output import write, write_bytes
from repairbot.errors import OutputError, UsageError
from tests.action.conftest import assignments


def test_what_a_command_writes_is_held_back(capfd: pytest.CaptureFixture[str]) -> None:
    def command() -> int:
        write("a ☃\n")
        write_bytes(b"b\n")
        return 7

    code, said = captured(command)
    gc.collect()
    write("after\n")
    assert (code, said) == (7, "a ☃\nb\n")
    assert capfd.readouterr().out == "after\n"


def test_stdout_comes_back_after_an_error(capfd: pytest.CaptureFixture[str]) -> None:
    def command() -> int:
        raise UsageError("no")

    with pytest.raises(UsageError):
        captured(command)
    write("after\n")
    assert capfd.readouterr().out == "after\n"


def test_no_line_of_a_text_is_a_command(capfd: pytest.CaptureFixture[str]) -> None:
    harmless("::error::forged\n::stop-commands::x\n\x1b[2J\r::error::forged\n")
    first, *lines, last = capfd.readouterr().out.splitlines()
    word = first.removeprefix("::stop-commands::")
    assert len(word) == 32
    assert last == f"::{word}::"
    assert lines == ["::error::forged", "::stop-commands::x", "\\x1b[2J\\r::error::forged"]


def test_an_output_is_given_back_as_it_is_whatever_it_holds(tmp_path: Path) -> None:
    environ = {"GITHUB_OUTPUT": str(tmp_path / "output")}
    outputs = {"a": "1", "b": "x\nevil=1\nc<<END\nq\nEND", "d": "", "e": "ünï=☃"}
    write_outputs(outputs, environ)
    assert assignments((tmp_path / "output").read_text("utf-8")) == outputs


def test_a_summary_that_the_runner_would_drop_is_replaced(tmp_path: Path) -> None:
    environ = {"GITHUB_STEP_SUMMARY": str(tmp_path / "summary")}
    write_summary("x" * (1024 * 1024), environ)
    assert (tmp_path / "summary").read_text() == "repairbot: the summary is too large to show; see the evidence.\n"


def test_a_file_of_the_runner_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="GITHUB_OUTPUT"):
        write_outputs({"a": "1"}, {"GITHUB_OUTPUT": str(tmp_path / "none" / "x")})
