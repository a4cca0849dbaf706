"""Files in memory, all of whose asynchronous loops and comprehensions are rewritten in one go."""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Iterable, Iterator, Mapping

import pytest

from repairbot.model import Origin, Region, TextEdit
from repairbot.repair.cst.worker import CstWorker
from repairbot.repair.layout import apply
from repairbot.repair.locate import Document
from repairbot.repair.refused import Refused
from repairbot.repair.render import Renderer, TextEdits
from repairbot.rule import Decorate, Edit, Form, Recast, Refusal
from repairbot.source.files import ModuleFile, Parsed
from repairbot.source.parsing import parse

PATH = "module.py"


class MemoryFiles:
    """Files as the renderer reads them."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files

    def file(self, path: str) -> ModuleFile:
        return ModuleFile(path, Origin.SOURCE, path.removesuffix(".py").replace("/", "."), is_package=False)

    def parsed(self, file: ModuleFile) -> Parsed:
        return parse(file, self.files[file.path])

    def document(self, path: str) -> Document:
        return Document.of(self.parsed(self.file(path)))


def regions(document: Document) -> Iterator[Region]:
    """Every `async for`, from `async` to the end of what it iterates, in the order of the text."""
    found = [Region(*start, *document.end(loop.node.iter)) for start, loop in document.loops.items()]
    for end, clause in document.clauses.items():
        target = document.layout.offset(*document.start(clause.generator.target))
        start = document.layout.text.rindex("async", 0, target)
        found.append(Region(*document.layout.position(start), *end))
    yield from sorted(found)


class Bench:
    """Renders edits of one file and applies them."""

    def __init__(self, worker: CstWorker) -> None:
        self.worker = worker

    def recasts(self, data: bytes, form: Form = Form.ENTER, name: str | None = None) -> list[Recast]:
        document = MemoryFiles({PATH: data}).document(PATH)
        return [Recast(PATH, region, form, name) for region in regions(document)]

    def rendered(self, data: bytes, edits: Iterable[Edit]) -> TextEdits | Refusal:
        return Renderer(MemoryFiles({PATH: data}), self.worker).rendered(edits)

    def edited(self, data: bytes, edits: Iterable[Edit]) -> bytes | Refusal:
        result = self.rendered(data, edits)
        if isinstance(result, Refusal):
            return result
        try:
            return apply(data, result.get(PATH, ()))
        except Refused as refused:
            return Refusal(str(refused))

    def recast(self, text: str, form: Form = Form.ENTER, name: str | None = None) -> str:
        """The text (dedented) with all its loops rewritten, or "refused: " and the reason."""
        data = textwrap.dedent(text).encode()
        result = self.edited(data, self.recasts(data, form, name))
        return f"refused: {result.reason}" if isinstance(result, Refusal) else result.decode()

    def edits(self, text: str, form: Form = Form.ENTER) -> list[TextEdit]:
        data = textwrap.dedent(text).encode()
        result = self.rendered(data, self.recasts(data, form))
        assert not isinstance(result, Refusal), result.reason
        return list(result[PATH])

    def decorate(self, text: str, *functions: str) -> str:
        """The text with `asynccontextmanager` on some of its functions, on all asynchronous ones when none is named."""
        data = textwrap.dedent(text).encode()
        edits = [
            Decorate(PATH, node.lineno, node.col_offset + 1, "contextlib", "asynccontextmanager")
            for node in ast.walk(ast.parse(data))
            if isinstance(node, ast.AsyncFunctionDef) and node.name in (functions or (node.name,))
        ]
        result = self.edited(data, edits)
        return f"refused: {result.reason}" if isinstance(result, Refusal) else result.decode()


@pytest.fixture(scope="session")
def worker() -> Iterator[CstWorker]:
    with CstWorker() as one:
        yield one


@pytest.fixture(scope="session")
def bench(worker: CstWorker) -> Bench:
    return Bench(worker)
