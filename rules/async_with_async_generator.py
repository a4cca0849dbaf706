"""RB102: `async with` over a plain async generator."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

from repairbot.model import Evidence, Origin, Region, Safety
from repairbot.protocols.descriptions import described
from repairbot.protocols.nodes import nodes_on
from repairbot.protocols.uses import Use, Uses
from repairbot.protocols.values import Function, Kind, Produced, Value, alternatives
from repairbot.rule import Ask, Decorate, Doubt, Fault, Fine, Names, Plan, Refusal, Site, Sources, Verdict
from repairbot.source.files import Parsed

code = "RB102"
slug = "async-with-async-generator"
summary = "`async with` over a plain async generator"
words = (b"async",)
pattern = re.compile(rb"\basync[\s\\]+with\b")

_LINES = re.compile(r"async[\s\\]+with\b")
_ENTERED = re.compile(rb"async[ \t]+with\b([^\n]*(?:\([ \t]*\r?\n[^\n]*)?)")
_ENTERS_NAME = re.compile(rb"async[ \t]+with[ \t]+\w+(?:[ \t]+as\b|[ \t]*:)")
_CALLED = re.compile(rb"(?:\b(\w++)\.)?+\b(\w++)\s*+\(")
_FUNCTION = re.compile(rb"async[ \t]+def[ \t]+(\w+)")


def narrowed(candidates: Sequence[str], sources: Sources) -> dict[str, Names]:
    """The files that enter a name under which the target defines an undecorated async generator, and those names."""
    if not candidates:
        return {}
    generators = {name for path in sources.containing(b"async") for name in _generators(sources.read(path))}
    modules = _modules(sources.paths)
    kept: dict[str, Names] = {}
    for path in candidates:
        names = _entered(sources.read(path), generators, modules)
        if names:
            kept[path] = frozenset(name.decode() for name in names)
    return kept


def _modules(paths: Sequence[str]) -> set[str]:
    """Every name that a module or package of the target can have."""
    folders, files = set(), set()
    for path in paths:
        folder, _, file = path.rpartition("/")
        folders.add(folder)
        files.add(file.removesuffix(".py"))
    return files.union(*(folder.split("/") for folder in folders))


def _entered(data: bytes, generators: set[bytes], modules: set[str]) -> set[bytes]:
    """The generators' names that a file calls where it enters something, but not as members of a library's module."""
    headers = [data] if _ENTERS_NAME.search(data) else _ENTERED.findall(data)
    called = {(owner, name) for header in headers for owner, name in _CALLED.findall(header) if name in generators}
    return {name for owner, name in called if not owner or owner.decode() in modules or not _imports(data, owner)}


def _imports(data: bytes, module: bytes) -> bool:
    return re.search(rb"^[ \t]*import[ \t]+" + re.escape(module) + rb"\b", data, re.MULTILINE) is not None


def _generators(data: bytes) -> Iterator[bytes]:
    for match in _FUNCTION.finditer(data):
        # Another `def` ends the stretch, be it nested or only in a comment, and then this one is missed: rare, no harm.
        end = data.find(b"def ", match.end())
        if data.find(b"yield", match.end(), end if end >= 0 else len(data)) >= 0 and not _is_manager(
            data, match.start()
        ):
            yield match[1]


def _is_manager(data: bytes, start: int) -> bool:
    """Whether the lines of decorators right above a definition speak of a context manager."""
    line_start = data.rfind(b"\n", 0, start) + 1
    above = data[max(0, line_start - 500) : line_start].splitlines()
    while above and (line := above.pop().strip()).startswith(b"@"):
        if b"contextmanager" in line:
            return True
    return False


def sites(parsed: Parsed, names: Names = None) -> Iterator[Site]:
    """Every object that an `async with` enters, by a call of one of the names or by a name of its own."""
    for node, ancestors in nodes_on(parsed, parsed.lines_matching(_LINES)):
        if not isinstance(node, ast.AsyncWith):
            continue
        start = parsed.region(node)
        for item in node.items:
            if not _is_wanted(item.context_expr, names):
                continue
            end = parsed.region(item.context_expr)
            first = start if item is node.items[0] else end
            region = Region(first.line, first.column, end.end_line, end.end_column)
            yield Site(code, parsed.file, region, node, item.context_expr, ancestors)


def _is_wanted(expression: ast.expr, names: Names) -> bool:
    match expression:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return names is None or name in names
    return names is None or isinstance(expression, ast.Name)


def judge(site: Site, value: Value, ask: Ask) -> Verdict:
    """A fault when every object that can be here is an async generator."""
    found = list(alternatives(value))
    enters = [ask.has(one, "__aenter__") for one in found]
    for one, answer in zip(found, enters, strict=True):
        if answer is None:
            unknown = ask.why_unknown(one)
            return Doubt(unknown.reason, unknown.evidence)
    listed = " or ".join(dict.fromkeys(described(one) for one in found))
    if all(enters):
        return Fine(f"{listed} can be entered with `async with`", value.evidence)
    if any(enters):
        return Doubt(f"it may be {listed}, and not all of these lack `__aenter__`", value.evidence)
    if not all(isinstance(one, Produced) and one.kind is Kind.ASYNC_GENERATOR for one in found):
        return Fine(f"{listed} is no async generator: that is another mistake", value.evidence)
    text = f"`async with` needs an object with `__aenter__`, but this is {listed}, a plain async generator"
    return Fault(site, text, value, value.evidence)


def plan(fault: Fault, ask: Ask) -> Plan | Refusal:
    """Decorate the definition, when every caller enters it."""
    functions = {one.function.scope: one.function for one in alternatives(fault.value) if isinstance(one, Produced)}
    if len(functions) != 1:
        return Refusal("several generator functions can be called here: which one to decorate is not clear")
    (function,) = functions.values()
    against = _unfit(function, ask)
    if against is not None:
        return Refusal(against)
    uses = ask.uses_of(function)
    counted = _counted(function, uses)
    if uses.count(Use.ENTERED) != len(uses.places) or not uses.complete:
        return Refusal(f"the callers of `{function.name}` do not agree: {uses}", (counted,))
    node = function.scope.node
    assert isinstance(node, ast.AsyncFunctionDef)
    edit = Decorate(
        function.scope.file.path, node.lineno, node.col_offset + 1, "contextlib", "asynccontextmanager", node.name
    )
    if uses.unresolved:
        reason = f"{uses.unresolved} more mentions of `{function.name}` could not be resolved"
        return Plan((edit,), Safety.UNSAFE, reason, (counted,))
    return Plan((edit,), evidence=(counted,))


def _unfit(function: Function, ask: Ask) -> str | None:
    """Why decorating the definition would be wrong, whatever its callers do."""
    if function.scope.file.origin is not Origin.SOURCE:
        return f"`{function.name}` is not defined in this project: use `contextlib.aclosing` or iterate it"
    node = function.scope.node
    if getattr(node, "decorator_list", ()):
        return f"`{function.name}` has decorators already, which may count on a generator"
    if not ask.yields_once(function):
        return f"`{function.name}` may yield more than once: it is meant to be iterated"
    return None


def _counted(function: Function, uses: Uses) -> Evidence:
    file = function.scope.file
    text = f"uses of `{function.name}` in this project: {uses}"
    return Evidence(file.path, getattr(function.scope.node, "lineno", 1), text, file.origin)
