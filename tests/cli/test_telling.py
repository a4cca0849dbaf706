from __future__ import annotations

import re

import pytest

from repairbot.commands import telling
from repairbot.commands.telling import Live, Plain
from repairbot.process.run import Progress

HOSTILE = Progress(61.0, "::set-env name=X::\x1b[31mred")


def test_in_a_log_each_phase_is_a_line_with_its_seconds(capsys: pytest.CaptureFixture[str]) -> None:
    with telling.telling({}, 0) as listener:
        listener.begins("scan")
        listener.ends("scan", 1.25)
    assert capsys.readouterr().err == "scan …\nscan: 1.2 s\n"


def test_a_long_phase_shows_a_sign_of_life_now_and_then(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]
    monkeypatch.setattr("repairbot.commands.telling.time.monotonic", lambda: now[0])
    listener = Plain()
    listener.begins("tests before")
    for now[0] in (10.0, 31.0, 40.0, 62.0):
        listener.watch("tests before", Progress(now[0], "half way" if now[0] < 40 else ""))
    assert capsys.readouterr().err == "tests before …\n  tests before: 31 s, half way\n  tests before: 62 s\n"


def test_on_actions_what_target_code_printed_stands_between_a_stop_and_a_word_that_nobody_can_guess(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("repairbot.commands.telling._SIGN_OF_LIFE", 0.0)
    with telling.telling({"GITHUB_ACTIONS": "true"}, 0) as listener:
        listener.begins("tests before")
        listener.watch("tests before", HOSTILE)
        listener.ends("tests before", 61.0)
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "::group::tests before"
    stop = re.fullmatch(r"::stop-commands::([0-9a-f]{32})", lines[2])
    assert stop is not None
    assert "set-env" in lines[3]
    assert lines[4] == f"::{stop[1]}::"
    assert lines[-1] == "::endgroup::"


def test_nothing_is_said_to_those_who_want_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    with telling.telling({"GITHUB_ACTIONS": "true"}, -1) as listener:
        listener.begins("scan")
        listener.watch("scan", HOSTILE)
        listener.says("hello")
        listener.ends("scan", 1.0)
    assert capsys.readouterr().err == ""


def test_a_live_line_fits_the_terminal_and_cannot_steer_it() -> None:
    class Drawn:
        text = ""

        def update(self, status: str) -> None:
            self.text = status

    drawn = Drawn()
    Live(drawn, 40).watch("tests before", Progress(61.0, "[bold]\x1b[31m" + "x" * 200))
    assert len(drawn.text) <= 40
    assert "\x1b" not in drawn.text
    assert "\\[bold]" in drawn.text
