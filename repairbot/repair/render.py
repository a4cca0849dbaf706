"""Edits become replacements of text in the unmodified files, or a refusal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from repairbot.model import TextEdit
from repairbot.repair.contract import Edit, Recast, Refusal
from repairbot.repair.differences import differences
from repairbot.repair.jobs import Chunk, chunks
from repairbot.repair.layout import merged
from repairbot.repair.locate import Document
from repairbot.repair.refused import Refused
from repairbot.repair.surgeon import Surgeon

TextEdits = Mapping[str, Sequence[TextEdit]]
"""For each path its replacements in order, none touching another."""


class Reader(Protocol):
    """Where unmodified files are read."""

    def read(self, path: str) -> bytes: ...


class Renderer:
    """Renders edits of one set of unmodified files; ends its LibCST process when it is left."""

    def __init__(self, reader: Reader, surgeon: Surgeon) -> None:
        self._reader = reader
        self._surgeon = surgeon
        self._documents: dict[str, Document] = {}

    def rendered(self, edits: Iterable[Edit]) -> TextEdits | Refusal:
        """All of the edits, or why one of them cannot be made."""
        by_path: dict[str, list[Edit]] = {}
        for edit in dict.fromkeys(edits):
            by_path.setdefault(edit.path, []).append(edit)
        try:
            return {path: tuple(merged(self._of_file(path, some))) for path, some in sorted(by_path.items())}
        except Refused as refused:
            return Refusal(str(refused))

    def document(self, path: str) -> Document:
        if path not in self._documents:
            self._documents[path] = Document.of(path, self._reader.read(path))
        return self._documents[path]

    def _of_file(self, path: str, edits: Sequence[Edit]) -> Iterator[TextEdit]:
        document = self.document(path)
        recasts = [edit for edit in edits if isinstance(edit, Recast)]
        for chunk in chunks(document, recasts):
            yield from self._of_chunk(document, chunk)

    def _of_chunk(self, document: Document, chunk: Chunk) -> Iterator[TextEdit]:
        start = document.layout.starts[chunk.first - 1]
        for begin, end, replacement in differences(chunk.job.text, self._surgeon.rewritten(chunk.job)):
            yield document.layout.edit(document.path, start + begin, start + end, replacement)
