"""How bad a finding is, from facts alone: who reaches it, whether every call runs it, and who hides its failure."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from repairbot.evidence.impact import Place, Severity
from repairbot.impact.call_paths import Way
from repairbot.impact.mentions import mention
from repairbot.protocols.node_path import Spot
from repairbot.source.paths import shown

# What stops a failure of type TypeError.
_BROAD = frozenset({"Exception", "BaseException", "TypeError"})
_SKIPS = frozenset({"skip", "skipTest", "SkipTest", "importorskip", "xfail"})
_ENDS = frozenset({"fail", "exit", "_exit", "abort", "print_exc_and_exit"})
_TELLS = frozenset({"debug", "info", "warning", "warn", "error", "exception", "critical", "log", "print", "print_exc"})


@dataclass(frozen=True, slots=True)
class Stop:
    """What keeps a failure from going on; `is_skip`: a test is reported as skipped instead."""

    place: Place
    is_skip: bool


def severity(site: Spot, ways: Sequence[Way]) -> Severity:
    """The facts of a site with the paths that lead to it."""
    here = next(_stops(site), None)
    stops = Counter([here]) if here else _stops_on(site, ways)
    return Severity(
        _level(ways),
        runs_always(site),
        in_loop(site),
        swallowed=_told(stops, len(ways), is_skip=False, is_partial=here is None),
        skipped=_told(stops, len(ways), is_skip=True, is_partial=here is None),
    )


def _level(ways: Iterable[Way]) -> str:
    productive = [way.root.production for way in ways]
    if not productive:
        return "unreached"
    return "production" if any(productive) else "tests only"


def _stops_on(site: Spot, ways: Sequence[Way]) -> Counter[Stop]:
    """How many of the ways in end at which handler."""
    found: Counter[Stop] = Counter()
    for way in ways:
        stop = next((stop for spot in _carried(site, way.spots) for stop in _stops(spot)), None)
        if stop is not None:
            found[stop] += 1
    return found


def _told(stops: Counter[Stop], ways: int, *, is_skip: bool, is_partial: bool) -> Place | None:
    """The handler that most ways in end at, with how many those are."""
    found = [(count, stop) for stop, count in stops.items() if stop.is_skip is is_skip]
    if not found:
        return None
    count, stop = max(found, key=lambda one: one[0])
    place = stop.place
    if not is_partial or count == ways:
        return place
    return Place(place.path, place.line, f"{place.text}, on {count} of {ways} ways in")


def _carried(site: Spot, spots: Sequence[Spot]) -> Iterator[Spot]:
    """The places that a failure of the site comes by, from the inside out: it stops where a function is handed on to
    be run by somebody else, or as a task of its own."""
    for spot in reversed(spots):
        if spot is not site:
            use = mention(spot)
            if not use.called or not _DETACHED.isdisjoint(_last(call.func) for call, _ in use.handed):
                return
        yield spot


def runs_always(site: Spot) -> bool:
    """Whether every call of the function that comes to its end runs the site."""
    for parent, child in site.inward():
        if isinstance(parent, ast.Module):
            break
        if not _is_straight(parent, child):
            return False
    return True


def _is_straight(parent: ast.AST, child: ast.AST) -> bool:
    """Whether running the parent runs the child."""
    match parent:
        case ast.FunctionDef(body=body) | ast.AsyncFunctionDef(body=body) | ast.ClassDef(body=body):
            return child not in body or not _may_leave(body, child)
        case ast.With(body=body) | ast.AsyncWith(body=body):
            return child not in body or not _may_leave(body, child)
        case ast.Try(body=body, finalbody=last) | ast.TryStar(body=body, finalbody=last):
            block = next((some for some in (body, last) if child in some), None)
            return block is not None and not _may_leave(block, child)
        case ast.If(test=test) | ast.IfExp(test=test):
            return child is test
        case ast.While(test=test, body=body):
            endless = isinstance(test, ast.Constant) and bool(test.value)
            return child is test or (endless and child in body and not _may_leave(body, child))
        case ast.For(iter=iterated) | ast.AsyncFor(iter=iterated):
            return child is iterated
        case ast.BoolOp(values=[first, *_]):
            return child is first
        case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            return child is parent.generators[0]
        case ast.Match(subject=subject):
            return child is subject
    return not isinstance(parent, ast.ExceptHandler | ast.match_case)


_DETACHED = frozenset(
    {
        "create_task",
        "ensure_future",
        "run_coroutine_threadsafe",
        "start_soon",
        "spawn",
        "add_task",
        "call_soon",
        "call_later",
        "submit",
        "async_create_task",
        "create_background_task",
        "async_create_background_task",
    }
)
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


def _may_leave(block: Sequence[ast.stmt], child: ast.AST) -> bool:
    """Whether a statement before the child can end the block."""
    for statement in block:
        if statement is child:
            return False
        if any(isinstance(node, ast.Return | ast.Raise | ast.Continue | ast.Break) for node in _own(statement)):
            return True
    return False


def _own(statement: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a statement without those of definitions in it."""
    yield statement
    if not isinstance(statement, _SCOPES):
        for child in ast.iter_child_nodes(statement):
            yield from _own(child)


def in_loop(site: Spot) -> bool:
    """Whether one call of the function may run the site many times."""
    for parent, child in site.inward():
        match parent:
            case ast.For(body=body) | ast.AsyncFor(body=body) if child in body:
                return True
            case ast.While(body=body, test=test) if child in body or child is test:
                return True
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                if child is not parent.generators[0]:
                    return True
    return False


def _stops(spot: Spot) -> Iterator[Stop]:
    """What in the function around a place keeps its failure from going on, inner ones first."""
    for parent, child in spot.inward():
        match parent:
            case ast.Try(body=body, handlers=handlers) if child in body:
                handler = next((one for one in handlers if _catches(one.type)), None)
                if handler is None:
                    continue
                if (skip := _skip(handler)) is not None:
                    yield _stop(
                        spot, handler, f"`{_head(handler)}`{_where(spot)} turns the failure into `{skip}`", True
                    )
                elif not _raises(handler):
                    verb = "only logs" if _tells(handler) else "hides"
                    yield _stop(spot, handler, f"`{_head(handler)}`{_where(spot)} {verb} the failure")
            case ast.With(items=items, body=body) | ast.AsyncWith(items=items, body=body) if child in body:
                for item in items:
                    if _suppresses(item.context_expr):
                        text = f"`{ast.unparse(item.context_expr)}`{_where(spot)} hides the failure"
                        yield _stop(spot, item.context_expr, text)


def _where(spot: Spot) -> str:
    name = spot.owner.qualified_name
    return f" in `{name}`" if name else ""


def _stop(spot: Spot, node: ast.AST, text: str, is_skip: bool = False) -> Stop:
    return Stop(Place(shown(spot.module.file.path), getattr(node, "lineno", spot.line), text), is_skip)


def _head(handler: ast.ExceptHandler) -> str:
    return f"except {ast.unparse(handler.type)}" if handler.type is not None else "except:"


def _catches(kind: ast.expr | None) -> bool:
    match kind:
        case None:
            return True
        case ast.Tuple(elts=parts):
            return any(_catches(part) for part in parts)
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name in _BROAD
    return False


def _suppresses(expression: ast.expr) -> bool:
    match expression:
        case ast.Call(func=ast.Name(id="suppress") | ast.Attribute(attr="suppress"), args=args):
            return any(_catches(one) for one in args)
    return False


def _called(nodes: Iterable[ast.AST]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Call):
            yield _last(node.func)


def _last(expression: ast.expr | None) -> str:
    match expression:
        case ast.Call(func=function):
            return _last(function)
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""


def _inside(handler: ast.ExceptHandler) -> list[ast.AST]:
    return [node for statement in handler.body for node in _own(statement)]


def _skip(handler: ast.ExceptHandler) -> str | None:
    """The call or exception that reports a skipped test."""
    for node in _inside(handler):
        if isinstance(node, ast.Call) and _last(node.func) in _SKIPS:
            return " ".join(ast.unparse(node).split())
        if isinstance(node, ast.Raise) and _last(node.exc) in _SKIPS:
            return " ".join(ast.unparse(node).split())
    return None


def _raises(handler: ast.ExceptHandler) -> bool:
    """Whether the failure, in this or another shape, may go on from the handler."""
    nodes = _inside(handler)
    return any(isinstance(node, ast.Raise) for node in nodes) or not _ENDS.isdisjoint(_called(nodes))


def _tells(handler: ast.ExceptHandler) -> bool:
    return not _TELLS.isdisjoint(_called(_inside(handler)))
