"""RB102: `async with` over a plain async generator."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

from repairbot.constructs import Construct
from repairbot.judging import Objects, lacking
from repairbot.model import Evidence, Origin, Safety
from repairbot.protocols.uses import Use, Uses
from repairbot.protocols.values import Function, Kind, Produced, alternatives
from repairbot.rule import Ask, Decorate, Fault, Names, Plan, Refusal, Rule, Sources

_ENTERED = re.compile(rb"async[ \t]+with\b([^\n]*(?:\([ \t]*\r?\n[^\n]*)?)")
_ENTERS_NAME = re.compile(rb"async[ \t]+with[ \t]+\w+(?:[ \t]+as\b|[ \t]*:)")
_CALLED = re.compile(rb"(?:\b(\w++)\.)?+\b(\w++)\s*+\(")
_FUNCTION = re.compile(rb"async[ \t]+def[ \t]+(\w+)")


def narrow(candidates: Sequence[str], sources: Sources) -> dict[str, Names]:
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


def _generates(found: Objects, _: Ask) -> bool:
    return all(isinstance(one, Produced) and one.kind is Kind.ASYNC_GENERATOR for one in found)


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


rule = Rule(
    code="RB102",
    slug="async-with-async-generator",
    summary="`async with` over a plain async generator",
    construct=Construct.ASYNC_WITH,
    judge=lacking(Construct.ASYNC_WITH, "a plain async generator", _generates),
    plan=plan,
    seen_types={"async_generator": Kind.ASYNC_GENERATOR},
    narrow=narrow,
)
