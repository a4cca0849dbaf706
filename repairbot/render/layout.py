"""What a target's configuration says of its write-up becomes the order of the sections, or an error."""

from __future__ import annotations

from collections.abc import Iterable

from repairbot.config.keys import Choice
from repairbot.config.load import Config, nearest
from repairbot.errors import UsageError
from repairbot.render.story import SECTIONS, Layout


def layout(config: Config) -> Layout:
    """Raises UsageError for a name that is no section's, and when no section is left."""
    chosen = tuple(SECTIONS) if config.write_up_sections is None else _named(config.write_up_sections)
    omitted = set(_named(config.write_up_omit))
    left = tuple(name for name in chosen if name not in omitted)
    if not left:
        raise UsageError(
            "`write-up.sections` and `write-up.omit` leave no section; name one of "
            f"{', '.join(SECTIONS)}, or leave both keys out"
        )
    return Layout(left, config.write_up_introduction or "")


def _named(choices: Iterable[Choice]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(_section, choices)))


def _section(choice: Choice) -> str:
    if choice.text not in SECTIONS:
        raise UsageError(
            f"{choice.where}: unknown section {choice.text!r}; {nearest(choice.text, SECTIONS, 'sections')}"
        )
    return choice.text
