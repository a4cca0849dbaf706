"""The templates of one medium: sandboxed, strict about what is missing, and escaping whatever they print."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, StrictUndefined
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from repairbot.render.terminal.text import counted

_LARGEST = 10_000_000  # characters, or a number that could become as many


@dataclass(frozen=True, slots=True)
class Medium:
    """`escape` is what happens to everything that a template prints and no filter has escaped already."""

    escape: Callable[[str], str]
    filters: Mapping[str, Callable[..., object]] = field(hash=False)


class Sandbox(ImmutableSandboxedEnvironment):
    """Templates see values and filters only, and cannot fill the memory at one stroke."""

    intercepted_binops = frozenset({"*", "**", "%"})  # and none of these is worked out before the template runs

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
        sizes = (abs(one) if isinstance(one, int | float) else len(one) for one in (left, right))
        if _size(operator, *sizes) > _LARGEST:
            raise SecurityError(f"the result of {operator} is too large for a template")
        return super().call_binop(context, operator, left, right)


def _size(operator: str, left: float, right: float) -> float:
    """About how much an operation makes of what it is given."""
    if operator == "%":
        return 0
    return left * right if operator == "*" else max(left, right) * 10_000


@dataclass(frozen=True, slots=True)
class _Escaping:
    escape: Callable[[str], str]

    def __call__(self, value: object) -> object:
        if isinstance(value, Markup):
            return value
        if isinstance(value, str) and len(value) > _LARGEST:
            raise SecurityError("the text is too large for a template")
        text = f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
        return Markup(self.escape(text))  # noqa: S704 - escaped for this medium


@cache
def sandbox(medium: Medium, folder: Path | None = None) -> Sandbox:
    return Sandbox(medium, folder)


def shipped_names() -> list[str]:
    """The templates of write-ups, which an operator may put others in place of."""
    names = PackageLoader("repairbot.templates", "").list_templates()
    return sorted(name for name in names if name.endswith((".md.j2", ".html.j2", ".css.j2", ".txt.j2")))
