"""Which module answers for which kind of edit."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import Any, Protocol

from repairbot.model import TextEdit
from repairbot.repair.cst.worker import CstWorker
from repairbot.repair.edits import decorate, recast, toggle
from repairbot.repair.locate import Document
from repairbot.rule import Decorate, Edit, Recast, Toggle


class EditKind(Protocol):
    """What the engine asks of a kind of edit. `edit` is always of this kind."""

    def mark(self, edit: Any) -> Hashable:
        """Return what is edited: plans with a mark in common form one group."""
        ...

    def lines(self, document: Document, edit: Any) -> Iterable[int]:
        """Return the lines of the statements that the edit rewrites. Raises Refused."""
        ...

    def users(self, edit: Any) -> str | None:
        """Return the name of a definition whose users the edit may break; None where it changes its own file alone."""
        ...

    def rendered(self, document: Document, edits: Sequence[Any], worker: CstWorker) -> Iterator[TextEdit]:
        """Render all edits of this kind in one file. Raises Refused."""
        ...


KINDS: dict[type[Edit], EditKind] = {Recast: recast, Decorate: decorate, Toggle: toggle}


def kind_of(edit: Edit) -> EditKind:
    return KINDS[type(edit)]
