"""Edits become replacements of text in the unmodified files, or a refusal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from repairbot.model import TextEdit
from repairbot.repair.cst.worker import CstWorker
from repairbot.repair.edits.kinds import KINDS, kind_of
from repairbot.repair.layout import merged
from repairbot.repair.locate import Document
from repairbot.repair.refused import Refused
from repairbot.rule import Edit, Refusal
from repairbot.source.files import ModuleFile, Parsed, Unparsed

TextEdits = Mapping[str, Sequence[TextEdit]]
"""For each path its replacements in order, none touching another."""


class Files(Protocol):
    """Where unmodified files are read; a Snapshot is one."""

    def file(self, path: str) -> ModuleFile: ...

    def parsed(self, file: ModuleFile) -> Parsed: ...


class Renderer:
    """Renders edits of one set of unmodified files; ends its LibCST process when it is left."""

    def __init__(self, files: Files, worker: CstWorker) -> None:
        self._files = files
        self._worker = worker
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
        except RecursionError:
            return Refusal("the statement nests too deeply to be rewritten")

    def lines_of(self, edits: Iterable[Edit]) -> Iterator[tuple[str, int]]:
        """Path and number of each line of the statements that the edits rewrite. Raises Refused."""
        for edit in edits:
            yield from ((edit.path, line) for line in kind_of(edit).lines(self.document(edit.path), edit))

    def document(self, path: str) -> Document:
        """The file at `path`. Raises Refused."""
        if path not in self._documents:
            try:
                self._documents[path] = Document.of(self._files.parsed(self._files.file(path)))
            except Unparsed as unparsed:
                raise Refused(f"{path} does not parse: {unparsed}") from unparsed
        return self._documents[path]

    def _of_file(self, path: str, edits: Sequence[Edit]) -> Iterator[TextEdit]:
        for edit_type, kind in KINDS.items():
            some = [edit for edit in edits if isinstance(edit, edit_type)]
            if some:
                yield from kind.rendered(self.document(path), some, self._worker)
