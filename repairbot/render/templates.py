"""The templates of one medium: sandboxed, strict about what is missing, and escaping whatever they print."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, StrictUndefined
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from repairbot.render import escape_markdown
from repairbot.render.escape_plain import plain
from repairbot.render.mermaid import mermaid
from repairbot.render.text import counted

_LARGEST = 10_000_000  # characters, or a number that could become as many


@dataclass(frozen=True, slots=True)
class Medium:
    """`escape` is what happens to everything that a template prints and no filter has escaped already."""

    escape: Callable[[str], str]
    filters: Mapping[str, Callable[..., str]] = field(hash=False)


MARKDOWN = Medium(
    escape=escape_markdown.prose,
    filters={
        "prose": escape_markdown.prose,
        "cell": escape_markdown.cell,
        "code": escape_markdown.code,
        "cell_code": escape_markdown.cell_code,
        "fence": escape_markdown.fence,
        "mermaid": mermaid,
    },
)


def _wrapped(sentence: str) -> Markup:
    """An item of a list in lines that git shows whole; a name is never broken."""
    lines = textwrap.wrap(plain(sentence), 76, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
    return Markup("\n".join(lines))  # noqa: S704 - plain text


PLAIN = Medium(escape=plain, filters={"wrapped": _wrapped})


class Sandbox(ImmutableSandboxedEnvironment):
    """Templates see values and filters only, and cannot fill the memory at one stroke."""

    intercepted_binops = frozenset({"*", "**"})

    def __init__(self, medium: Medium, folder: Path | None = None) -> None:
        """Templates in `folder` stand before those of the same name that ship."""
        shipped = PackageLoader("repairbot.templates", "")
        super().__init__(
            loader=shipped if folder is None else ChoiceLoader([FileSystemLoader(folder), shipped]),
            autoescape=True,
            finalize=_Escaping(medium.escape),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self.filters |= medium.filters
        self.globals["counted"] = counted

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Multiplication and powers, as far as their result stays small."""
        sizes = [one if isinstance(one, int | float) else len(one) for one in (left, right)]
        large = abs(sizes[0] * sizes[1]) if operator == "*" else max(abs(sizes[0]), abs(sizes[1])) * 10_000
        if large > _LARGEST:
            raise SecurityError(f"the result of {operator} is too large for a template")
        return super().call_binop(context, operator, left, right)


@dataclass(frozen=True, slots=True)
class _Escaping:
    escape: Callable[[str], str]

    def __call__(self, value: object) -> object:
        if isinstance(value, Markup):
            return value
        text = f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
        return Markup(self.escape(text))  # noqa: S704 - escaped for this medium


@cache
def sandbox(medium: Medium, folder: Path | None = None) -> Sandbox:
    return Sandbox(medium, folder)
