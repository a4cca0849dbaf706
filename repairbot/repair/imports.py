"""The cheapest right way to reach a name of a module at one place: what stands there, and the import it needs."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable, Iterator, Sequence

from repairbot.model import TextEdit
from repairbot.repair.bindings import binders
from repairbot.repair.locate import Document, first_line
from repairbot.repair.refused import Refused

Import = ast.Import | ast.ImportFrom
_SortKey = Callable[[Import], tuple[bool, str]]
_END_OF_NAME = re.compile(r"[ \t]*(?P<comma>,?)[ \t]*(#[^\r\n]*)?(\r\n|\r|\n)")


def reached(document: Document, place: ast.stmt, module: str, name: str) -> tuple[str, Sequence[TextEdit]]:
    """The expression for `module.name` at `place` and the edits that make it work. Raises Refused."""
    earlier = [node for node in document.imports if node.lineno < place.lineno]
    for expression, alias in _present(earlier, module, name):
        if all(node is alias for node in binders(document, place, expression.partition(".")[0])):
            return expression, ()
    if not binders(document, place, name):
        for node in earlier:
            if isinstance(node, ast.ImportFrom) and _imports_from(node, module) and node.names[0].name != "*":
                return name, tuple(_extended(document, node, name))
        return name, (_added(document, ast.ImportFrom(module, [ast.alias(name)], 0)),)
    if not binders(document, place, module.partition(".")[0]):
        return f"{module}.{name}", (_added(document, ast.Import([ast.alias(module)])),)
    raise Refused(f"`{name}` and `{module}` both name something else in {document.path}")


def _imports_from(node: ast.ImportFrom, module: str) -> bool:
    return node.module == module and node.level == 0


def _present(imports: Sequence[Import], module: str, name: str) -> Iterator[tuple[str, ast.alias]]:
    for node in imports:
        if isinstance(node, ast.ImportFrom) and _imports_from(node, module):
            yield from ((alias.asname or name, alias) for alias in node.names if alias.name == name)
    for node in imports:
        if isinstance(node, ast.Import):
            yield from ((f"{alias.asname or module}.{name}", alias) for alias in node.names if alias.name == module)


def _extended(document: Document, node: ast.ImportFrom, name: str) -> Iterator[TextEdit]:
    """`name` among the names of an existing `from … import`, in its order."""
    following = next((alias for alias in node.names if _name_key(alias.name) > _name_key(name)), None)
    if following is None:
        yield from _name_after(document, node, name)
        return
    line, column = following.lineno, document.layout.column(following.lineno, following.col_offset)
    before = _listed(document, node, line, column)
    text = f"{name}, " if before is None else f"{name},{document.layout.line_end(line)}{before}"
    start = document.layout.offset(line, column)
    yield document.layout.edit(document.path, start, start, text)


def _name_after(document: Document, node: ast.ImportFrom, name: str) -> Iterator[TextEdit]:
    last = node.names[-1]
    assert last.end_lineno is not None
    assert last.end_col_offset is not None
    before = _listed(document, node, last.lineno, document.layout.column(last.lineno, last.col_offset))
    line, column = last.end_lineno, document.layout.column(last.end_lineno, last.end_col_offset)
    end = document.layout.offset(line, column)
    rest = _END_OF_NAME.match(document.layout.lines[line - 1][column - 1 :])
    if before is None or rest is None:
        yield document.layout.edit(document.path, end, end, f", {name}")
        return
    if not rest["comma"]:
        yield document.layout.edit(document.path, end, end, ",")
    yield _lines_at(document, line + 1, [f"{before}{name}{rest['comma']}"])


def _listed(document: Document, node: ast.ImportFrom, line: int, column: int) -> str | None:
    """The indentation of a name that has its line for itself, inside parentheses; None for any other name."""
    before = document.layout.lines[line - 1][: column - 1]
    segment = "".join(document.layout.lines[node.lineno - 1 : node.end_lineno])
    return before if not before.strip() and re.search(r"\bimport[\s\\]*\(", segment) else None


def _name_key(name: str) -> tuple[int, str]:
    """Constants, then classes, then the rest, as isort and ruff order imported names."""
    return (0 if name.isupper() else 1 if name[:1].isupper() else 2), name


def _added(document: Document, new: Import) -> TextEdit:
    """A new import line, sorted among the first imports of the file."""
    head, imports = _opening(document.tree)
    written = ast.unparse(new)
    standard = [node for node in imports if _is_standard(node)]
    key = _sort_key(standard)
    smaller = [node for node in standard if key(node) <= key(new)]
    if smaller:
        return _line_after(document, smaller[-1], [written])
    if standard:
        return _line_before(document, standard[0], [written])
    if imports:
        return _line_before(document, imports[0], [written, ""])
    if head:
        return _line_after(document, head[-1], ["", written, *_blank_before(document, head[-1])])
    return _line_before(document, document.tree.body[0], [written, "", ""])


def _opening(tree: ast.Module) -> tuple[Sequence[ast.stmt], Sequence[Import]]:
    """What must stand first (docstring, `__future__`), and the unbroken run of imports after it."""
    head: list[ast.stmt] = []
    imports: list[Import] = []
    for index, node in enumerate(tree.body):
        match node:
            case ast.Expr(value=ast.Constant(value=str())) if index == 0:
                head.append(node)
            case ast.ImportFrom(module="__future__"):
                head.append(node)
            case ast.Import() | ast.ImportFrom():
                imports.append(node)
            case _:
                break
    return head, imports


def _is_standard(node: Import) -> bool:
    if isinstance(node, ast.ImportFrom) and node.level:
        return False
    return _module_of(node).partition(".")[0] in sys.stdlib_module_names


def _module_of(node: Import) -> str:
    return (node.module or "") if isinstance(node, ast.ImportFrom) else node.names[0].name


def _sort_key(imports: Sequence[Import]) -> _SortKey:
    """`import` before `from`, unless the file sorts both together."""

    def apart(node: Import) -> tuple[bool, str]:
        return isinstance(node, ast.ImportFrom), _module_of(node)

    def together(node: Import) -> tuple[bool, str]:
        return False, _module_of(node)

    is_sorted_together = sorted(imports, key=together) == list(imports)
    return together if is_sorted_together and sorted(imports, key=apart) != list(imports) else apart


def _blank_before(document: Document, node: ast.stmt) -> Sequence[str]:
    """A blank line where none follows the statement."""
    assert node.end_lineno is not None
    return [""] if "".join(document.layout.lines[node.end_lineno : node.end_lineno + 1]).strip() else []


def _line_after(document: Document, node: ast.stmt, lines: Sequence[str]) -> TextEdit:
    end = node.end_lineno or 0
    if any(other is not node and first_line(other) <= end < (other.end_lineno or 0) for other in document.tree.body):
        raise Refused(f"there is no line for an import after line {end} of {document.path}")
    return _lines_at(document, end + 1, lines)


def _line_before(document: Document, node: ast.stmt, lines: Sequence[str]) -> TextEdit:
    start = first_line(node)
    if any(first_line(other) < start <= (other.end_lineno or 0) for other in document.tree.body):
        raise Refused(f"there is no line for an import before line {start} of {document.path}")
    return _lines_at(document, start, lines)


def _lines_at(document: Document, number: int, lines: Sequence[str]) -> TextEdit:
    end = document.layout.line_end(number)
    start = document.layout.offset(number, 1)
    text = "".join(line + end for line in lines)
    return document.layout.edit(document.path, start, start, text)
