"""RB107: `with` over an async context manager."""

from __future__ import annotations

import ast

from repairbot.constructs import Construct
from repairbot.definition_names import entering_async_managers
from repairbot.judging import Objects, lacking
from repairbot.protocols.values import Kind, Known, Nothing, Unknown, alternatives
from repairbot.protocols.written import written
from repairbot.rule import Ask, Fault, Plan, Refusal, Rule, Toggle


def _enters(found: Objects, ask: Ask) -> bool:
    return all(ask.has(one, "__aenter__") for one in found)


def plan(fault: Fault, ask: Ask) -> Plan | Refusal:
    """Put `async` in front, where the function is asynchronous and everything the statement enters takes it."""
    node, site = fault.site.node, fault.site
    assert isinstance(node, ast.With)
    around = [one for one in site.ancestors if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)]
    if not around or not isinstance(around[-1], ast.AsyncFunctionDef):
        where = f"`{around[-1].name}` is no `async def`" if around and isinstance(around[-1], ast.FunctionDef) else ""
        return Refusal(f"{where or 'it stands in no `async def`'}, and only there `async with` may stand")
    for item in node.items:
        if item.context_expr is not site.expression and not _may_be_async(fault, item.context_expr, ask):
            text = written(item.context_expr)
            return Refusal(f"the statement enters `{text}` as well, which is not known to be an async context manager")
    parsed_column = site.region.column if node.items[0].context_expr is site.expression else None
    line, column = (site.region.line, parsed_column) if parsed_column else (node.lineno, node.col_offset + 1)
    return Plan((Toggle(site.file.path, line, column),))


def _may_be_async(fault: Fault, expression: ast.expr, ask: Ask) -> bool:
    found: list[Known | Unknown] = list(alternatives(ask.value_of(fault.site, expression)))
    return all(not isinstance(one, Nothing) and ask.has(one, "__aenter__") is True for one in found)


rule = Rule(
    code="RB107",
    slug="with-async-context-manager",
    summary="`with` over an async context manager",
    construct=Construct.WITH,
    judge=lacking(Construct.WITH, "an async context manager", _enters, Construct.ASYNC_WITH),
    plan=plan,
    offers=Construct.ASYNC_WITH,
    seen_types={"_AsyncGeneratorContextManager": Kind.ASYNC_MANAGER},
    narrow=entering_async_managers(),
)
