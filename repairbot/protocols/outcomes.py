"""What is known of a branch before the program runs: tests for type checkers and versions, swallowed exceptions."""

from __future__ import annotations

import ast

STUB_VERSION = (3, 13)


def static_truth(test: ast.expr) -> bool | None:
    """True for `TYPE_CHECKING`, False for its negation, None for what is decided at run time."""
    match test:
        case ast.Name(id="TYPE_CHECKING") | ast.Attribute(attr="TYPE_CHECKING"):
            return True
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            truth = static_truth(inner)
            return None if truth is None else not truth
    return None


def stub_truth(test: ast.expr) -> bool | None:
    """What a version or platform test of a stub comes to, None for any other test."""
    match test:
        case ast.BoolOp(op=operator, values=parts):
            truths = [stub_truth(part) for part in parts]
            if None in truths:
                return None
            return all(truths) if isinstance(operator, ast.And) else any(truths)
        case ast.Compare(left=ast.Attribute(attr="version_info"), ops=[operator], comparators=[ast.Tuple(elts=parts)]):
            wanted = tuple(part.value for part in parts if isinstance(part, ast.Constant))
            return wanted <= STUB_VERSION if isinstance(operator, ast.GtE) else wanted > STUB_VERSION
        case ast.Compare(left=ast.Attribute(attr="platform"), ops=[operator], comparators=[ast.Constant(value=name)]):
            return (name == "linux") == isinstance(operator, ast.Eq)
    return None


def suppresses(node: ast.With | ast.AsyncWith) -> bool:
    """Whether the block may end early without an exception leaving it."""
    for item in node.items:
        match item.context_expr:
            case ast.Call(func=ast.Name(id="suppress") | ast.Attribute(attr="suppress" | "raises" | "assertRaises")):
                return True
    return False
