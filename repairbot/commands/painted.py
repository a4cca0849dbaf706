"""Lines as text, with colour for those who see it."""

from __future__ import annotations

from collections.abc import Iterable

from repairbot.render.terminal.spans import Line, plain


def painted(lines: Iterable[Line], *, colour: bool) -> str:
    """The text of the lines; rich is loaded only for colour."""
    if not colour:
        return plain(lines)
    from repairbot.render.terminal.colour import coloured

    return coloured(lines)
