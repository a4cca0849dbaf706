"""The text of a regression test for one repaired line: names of the target in, a module of its test suite out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Template


@dataclass(frozen=True, slots=True)
class Reached:
    """How a test gets to a line: `function` (a qualified name of `module`) with `needed` arguments, stand-ins all.

    `definition` is the qualified name of the generator function behind the context manager; `generator`: the function
    is an async generator itself. `style` is `pytest` or `unittest`.
    """

    module: str
    function: str
    definition: str
    needed: tuple[str, ...]
    generator: bool
    style: str


def name_of(reached: Reached) -> str:
    """What the test is called after `test_`."""
    words = f"{reached.function} enters {reached.definition}".lower()
    return re.sub(r"\W+", "_", words).strip("_")


def regression_test(reached: Reached) -> str:
    """A test that fails where the line iterates and passes where it enters; no body of the target's managers runs."""
    name = name_of(reached)
    arguments = ", ".join(f"{one}=MagicMock()" if one.isidentifier() else "MagicMock()" for one in reached.needed)
    text = _template().render(
        module=reached.module,
        imported=reached.function.partition(".")[0],
        function=reached.function,
        definition=reached.definition,
        call=f"{reached.function}({arguments})",
        generator=reached.generator,
        style=reached.style,
        name=name,
        class_name="".join(part.title() for part in name.split("_")),
    )
    return re.sub(r"\n{4,}", "\n\n\n", re.sub(r"(?m)^[ \t]+$", "", text))


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined  # only where a test is written

    environment = Environment(  # noqa: S701 - what it makes is Python, of names that the parser has accepted
        loader=PackageLoader("repairbot.templates", ""),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("regression_test.py.j2")
