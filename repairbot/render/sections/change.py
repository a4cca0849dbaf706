"""The fix: the diff, line by line with what each line is."""

from __future__ import annotations

from dataclasses import dataclass

from repairbot.evidence.changes import Changes
from repairbot.render.detail import Detail
from repairbot.render.terminal.text import counted


@dataclass(frozen=True, slots=True)
class Fix:
    """`diff` is None where it is too long to be shown; `lines` counts those that were removed and added."""

    diff: str | None
    removed: int
    added: int
    files: tuple[str, ...]
    kept_back: tuple[str, ...]

    @property
    def size(self) -> str:
        return (
            f"{counted(len(self.files), 'file')} changed: {counted(self.added, 'line')} added, {self.removed:,} removed"
        )


def fix(changes: Changes | None, detail: Detail) -> Fix | None:
    if changes is None:
        return None
    lines = changes.diff.removesuffix("\n").split("\n")
    kept_back = [group.unpublished for group in changes.groups if not group.publishable and group.unpublished]
    return Fix(
        diff=changes.diff if len(lines) <= detail.diff_lines else None,
        removed=sum(line.startswith("-") and not line.startswith("--- ") for line in lines),
        added=sum(line.startswith("+") and not line.startswith("+++ ") for line in lines),
        files=tuple(file.path for file in changes.files),
        kept_back=tuple(dict.fromkeys(kept_back))[:3],
    )
