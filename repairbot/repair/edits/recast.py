"""Recast edits become statements rewritten with LibCST: constructs that iterate become constructs that enter."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

from repairbot.model import TextEdit
from repairbot.repair.cst.requests import Chunk, chunks
from repairbot.repair.cst.worker import CstWorker
from repairbot.repair.differences import differences
from repairbot.repair.kept import check_kept
from repairbot.repair.locate import Document
from repairbot.repair.refused import Refused
from repairbot.rule import Recast


def mark(edit: Recast) -> Hashable:
    return "construct", edit.path, edit.region


def lines(document: Document, edit: Recast) -> Iterator[int]:
    for chunk in chunks(document, [edit]):
        yield from range(chunk.first, chunk.last + 1)


def users(_: Recast) -> None:
    return None


def rendered(document: Document, edits: Sequence[Recast], worker: CstWorker) -> Iterator[TextEdit]:
    """Rewrite the smallest stretches of whole lines that hold the constructs, and keep only what differs."""
    for chunk in chunks(document, edits):
        yield from _of_chunk(document, chunk, worker)


def _of_chunk(document: Document, chunk: Chunk, worker: CstWorker) -> Iterator[TextEdit]:
    old, new = chunk.job.text, worker.rewritten(chunk.job)
    check_kept(old, new, len(chunk.job.places), [one for one in chunk.job.places if not one.enter])
    if not new.endswith(chunk.filler):
        raise Refused("the rewrite would touch more than the loop's first lines")
    for begin, end, text in differences(old.removesuffix(chunk.filler), new.removesuffix(chunk.filler)):
        yield document.layout.edit(document.path, chunk.offset + begin, chunk.offset + end, text)
