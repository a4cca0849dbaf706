from __future__ import annotations

import pytest

from repairbot.commands.telling import Plain
from repairbot.process import Progress


@pytest.mark.parametrize(
    ("last_line", "said"),
    [
        pytest.param("....", "  tests after: 31 s, ....\n", id="what was printed last"),
        pytest.param("", "  tests after: 31 s\n", id="nothing was printed yet"),
    ],
)
def test_a_sign_of_life_says_how_long_and(last_line: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    Plain().alive("tests after", Progress(31.2, last_line))
    assert capsys.readouterr().err == said
