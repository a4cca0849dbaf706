"""Text of a target as HTML that shows it and does nothing else."""

from __future__ import annotations

from markupsafe import Markup, escape

from repairbot.render.escape.visible import visible
from repairbot.render.pieces import name, pieces


def prose(sentence: str) -> Markup:
    """A sentence; what stands between backticks in it becomes code."""
    marked = (Markup("<code>{}</code>").format(one.text) if one.code else escape(one.text) for one in pieces(sentence))
    return Markup("").join(marked)


def code(source: str) -> Markup:
    """Code that may break between lines after the signs that paths are made of."""
    shown = escape(name(source))
    for sign in ("/", "::"):
        shown = shown.replace(sign, Markup(f"{sign}<wbr>"))  # noqa: S704 - signs of ours
    return Markup("<code>{}</code>").format(shown)


def text(words: str) -> Markup:
    """As it stands, with no code in it; also for the value of an attribute, in quotes."""
    return escape(visible(words))


def block(source: str) -> Markup:
    """Several lines of code."""
    lines = (visible(line.removesuffix("\r").replace("\t", "    ")) for line in source.removesuffix("\n").split("\n"))
    return Markup("<pre><code>{}</code></pre>").format("\n".join(lines))
