"""One statement rewritten with LibCST: constructs that iterate become constructs that enter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import libcst as cst
from libcst import matchers
from libcst.metadata import MetadataWrapper, PositionProvider

from repairbot.repair.cst.clauses import Clause, clause_body, followed, with_iterable
from repairbot.repair.cst.jump_elimination import settled_suite
from repairbot.repair.cst.jumps import jumps
from repairbot.repair.cst.request import Job, Place
from repairbot.repair.cst.suites import comments_on_break
from repairbot.repair.refused import Refused

_SPACE = cst.SimpleWhitespace(" ")


def rewritten(job: Job) -> str:
    """The job's lines after all of its places were rewritten in one pass. Raises Refused."""
    head = f"async def _():{job.line_end}"
    try:
        module = cst.parse_module(head + job.text)
    except cst.ParserSyntaxError as error:
        raise Refused(f"LibCST does not parse the statement: {error.message}") from error
    if module.code != head + job.text:
        raise Refused("LibCST does not give the unchanged statement back byte for byte")
    recaster = _Recaster(module, _constructs(module, job), job.indent)
    try:
        result = module.visit(recaster)
    except cst.CSTValidationError as error:
        raise Refused(f"LibCST does not take the rewritten statement: {error}") from error
    lost, told = _comments(module) - _comments(result), _comments_on_breaks(module)
    if lost - told or _comments(result) - _comments(module):
        raise Refused("the rewrite would lose a comment")
    return result.code.removeprefix(head)


def _comments(module: cst.Module) -> Counter[str]:
    return Counter(
        str(cst.ensure_type(node, cst.Comment).value) for node in matchers.findall(module, matchers.Comment())
    )


def _comments_on_breaks(module: cst.Module) -> Counter[str]:
    """The comments that go with a `break`."""
    lines = matchers.findall(module, matchers.SimpleStatementLine(body=[matchers.Break()]))
    return Counter(comment for line in lines for comment in comments_on_break(line))


def _constructs(module: cst.Module, job: Job) -> Mapping[cst.CSTNode, Place]:
    # The tree comes straight from the parser, so no node stands in it twice and the copy can be left out.
    positions = MetadataWrapper(module, unsafe_skip_copy=True).resolve(PositionProvider)
    wanted = {(place.line + 1, place.column): place for place in job.places}
    found: dict[cst.CSTNode, Place] = {}
    for node in positions:
        if isinstance(node, cst.For | cst.CompFor) and node.asynchronous is not None:
            start = positions[node.asynchronous].start
            if (place := wanted.pop((start.line, start.column), None)) is not None:
                found[node] = place
    if wanted:
        raise Refused("LibCST does not find the construct where `ast` does")
    return found


class _Recaster(cst.CSTTransformer):
    def __init__(self, module: cst.Module, constructs: Mapping[cst.CSTNode, Place], indent: str) -> None:
        super().__init__()
        self._module = module
        self._constructs = constructs
        self._indent = indent
        self._entered: tuple[Place, cst.CompFor] | None = None
        self._left_over: dict[cst.CSTNode, list[cst.EmptyLine]] = {}

    def leave_For(
        self, original_node: cst.For, updated_node: cst.For
    ) -> cst.BaseStatement | cst.FlattenSentinel[cst.BaseStatement]:
        place = self._constructs.get(original_node)
        if place is None:
            return updated_node
        if not place.enter:
            return updated_node.with_changes(iter=followed(updated_node.iter, place.after))
        return self._iterated(updated_node, place) if place.iterate else self._entered_loop(updated_node, place)

    def _entered_loop(self, loop: cst.For, place: Place) -> cst.BaseStatement | cst.FlattenSentinel[cst.BaseStatement]:
        if loop.orelse is not None and any(isinstance(jump, cst.Break) for jump in jumps(loop.body)):
            raise Refused("a `break` may skip the loop's `else`")
        body = settled_suite(loop.body, self._indent)
        if jumps(body):
            raise Refused("a jump would be left that binds to another loop")
        target = cst.AsName(_as_target(loop.target)) if place.as_target else None
        block = cst.With(
            items=[cst.WithItem(_item(loop.iter, bool(target)), target)],
            body=body,
            asynchronous=loop.asynchronous,
            leading_lines=loop.leading_lines,
            whitespace_after_with=_SPACE if loop.whitespace_after_for.empty else loop.whitespace_after_for,
            whitespace_before_colon=loop.whitespace_before_colon,
        )
        return block if loop.orelse is None else self._followed(block, loop.orelse)

    def _followed(self, block: cst.With, orelse: cst.Else) -> cst.FlattenSentinel[cst.BaseStatement]:
        """The block, then what stood in the loop's `else`, with the comments of both lines that go."""
        suite = orelse.body
        if isinstance(suite, cst.SimpleStatementSuite):
            line = cst.SimpleStatementLine(suite.body, orelse.leading_lines, suite.trailing_whitespace)
            return cst.FlattenSentinel([block, line])
        assert isinstance(suite, cst.IndentedBlock)
        first, *others = suite.body
        told = [cst.EmptyLine(comment=suite.header.comment)] if suite.header.comment else []
        lines = [*orelse.leading_lines, *told, *getattr(first, "leading_lines", ())]
        statements = [first.with_changes(leading_lines=lines), *others]
        self._left_over[statements[-1]] = list(suite.footer)
        return cst.FlattenSentinel([block, *statements])

    def leave_IndentedBlock(self, original_node: cst.IndentedBlock, updated_node: cst.IndentedBlock) -> cst.BaseSuite:
        """Comments left over from a block that went stand before what follows it."""
        waiting: list[cst.EmptyLine] = []
        body: list[cst.BaseStatement] = []
        for statement in updated_node.body:
            body.append(_led(statement, waiting))
            waiting = self._left_over.pop(statement, [])
        if not self._moved(original_node, updated_node, waiting):
            return updated_node
        return updated_node.with_changes(body=body, footer=[*waiting, *updated_node.footer])

    def _moved(self, before: cst.IndentedBlock, after: cst.IndentedBlock, waiting: list[cst.EmptyLine]) -> bool:
        return bool(waiting) or len(before.body) != len(after.body)

    def _iterated(self, loop: cst.For, place: Place) -> cst.With:
        inner = loop.with_changes(
            leading_lines=(),
            asynchronous=loop.asynchronous if place.is_async else None,
            iter=followed(cst.Name(place.name), place.after),
            whitespace_after_in=_SPACE if loop.whitespace_after_in.empty else loop.whitespace_after_in,
        )
        return self._around(loop, loop.iter, cst.Name(place.name), inner)

    def _around(
        self,
        old: cst.For | cst.SimpleStatementLine,
        expression: cst.BaseExpression,
        target: cst.BaseExpression | None,
        inner: cst.BaseStatement,
    ) -> cst.With:
        named = cst.AsName(_as_target(target)) if target is not None else None
        return cst.With(
            items=[cst.WithItem(_item(expression, target is not None), named)],
            body=cst.IndentedBlock([inner], indent=self._indent),
            asynchronous=cst.Asynchronous(),
            leading_lines=old.leading_lines,
        )

    def leave_ListComp(self, original_node: cst.ListComp, updated_node: cst.ListComp) -> cst.BaseExpression:
        return self._clause(original_node, updated_node)

    def leave_SetComp(self, original_node: cst.SetComp, updated_node: cst.SetComp) -> cst.BaseExpression:
        return self._clause(original_node, updated_node)

    def leave_GeneratorExp(self, original_node: cst.GeneratorExp, updated_node: cst.GeneratorExp) -> cst.BaseExpression:
        place = self._constructs.get(original_node.for_in)
        if place is None or place.enter:
            return updated_node
        first = updated_node.for_in
        return updated_node.with_changes(for_in=first.with_changes(iter=followed(first.iter, place.after)))

    def leave_DictComp(self, original_node: cst.DictComp, updated_node: cst.DictComp) -> cst.BaseExpression:
        return self._clause(original_node, updated_node)

    def _clause(self, original: Clause, updated: Clause) -> cst.BaseExpression:
        place = self._constructs.get(original.for_in)
        if place is None:
            return updated
        if not place.enter:
            return with_iterable(updated, followed(updated.for_in.iter, place.after), is_async=True)
        if self._entered is not None:
            raise Refused("the statement holds two comprehensions to rewrite")
        self._entered = place, updated.for_in
        if not place.iterate:
            return clause_body(updated, place.whole)
        return with_iterable(updated, followed(cst.Name(place.name), place.after), is_async=place.is_async)

    def leave_SimpleStatementLine(
        self, original_node: cst.SimpleStatementLine, updated_node: cst.SimpleStatementLine
    ) -> cst.BaseStatement:
        if self._entered is None:
            return updated_node
        place, clause = self._entered
        self._entered = None
        named = cst.Name(place.name) if place.iterate else clause.target
        return self._around(
            updated_node,
            self._standing_alone(clause.iter),
            self._standing_alone(named) if place.iterate or place.as_target else None,
            updated_node.with_changes(leading_lines=()),
        )

    def _standing_alone(self, expression: cst.BaseExpression) -> cst.BaseExpression:
        """The expression in parentheses when it leant on the brackets around it to span lines."""
        code = self._module.code_for_node(expression)
        try:
            cst.parse_expression(code, cst.PartialParserConfig())
        except cst.ParserSyntaxError:
            return expression.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
        return expression


def _as_target(target: cst.BaseExpression) -> cst.Name:
    """The loop's target where an unparenthesised tuple would name two managers."""
    if isinstance(target, cst.Tuple) and not target.lpar:
        target = target.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
    return target  # type: ignore[return-value]  # AsName is typed for three of the five legal kinds of target


def _item(expression: cst.BaseExpression, has_target: bool) -> cst.BaseExpression:
    if isinstance(expression, cst.Tuple) and not expression.lpar:
        return expression.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
    if not has_target and isinstance(expression, cst.Tuple):
        raise Refused("a tuple without a target would read as several managers")
    return expression


def _led(statement: cst.BaseStatement, lines: list[cst.EmptyLine]) -> cst.BaseStatement:
    if not lines:
        return statement
    return statement.with_changes(leading_lines=[*lines, *getattr(statement, "leading_lines", ())])
