"""Whether a rewritten statement still says all it said: the same statements, entering what was iterated."""

from __future__ import annotations

import ast
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence

from repairbot.repair.cst.request import Place
from repairbot.repair.refused import Refused

_HEAD = "async def _():\n"
# What a rewrite drops or puts in.
_FILLERS = (ast.Pass, ast.Break, ast.Continue)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_NAME = "Name(id='_', ctx=Load())"


def check_kept(old: str, new: str, rewritten: int, bare: Sequence[Place] = ()) -> None:
    """Raises Refused when `new`, in which so many constructs were rewritten, lost or changed something else.

    At the `bare` places among them another expression is iterated, and nothing is entered.
    """
    before, after = _tree(old), _tree(new)
    entered = _entered(after) - _entered(before)
    if entered.total() != rewritten - len(bare) or entered - _iterated(before):
        raise Refused("the rewritten statement would not enter exactly what was iterated")
    _check_iterated(_iterated(before), _iterated(after), bare)
    lost = _simple(before) - _simple(after)
    added = _simple(after) - _simple(before)
    if lost.total() != added.total() or any("Comp(" not in dump and "GeneratorExp(" not in dump for dump in lost):
        raise Refused("the rewritten statement would lose or change another statement")


def _check_iterated(before: Counter[str], after: Counter[str], bare: Sequence[Place]) -> None:
    """Raises Refused unless each place that stays a loop over the same object iterates what it was to iterate."""
    for place in bare:
        if not any(_followed(dump, place.after) in after - before for dump in before - after):
            raise Refused("the rewritten statement would not iterate exactly what was iterated")


def _followed(dump: str, after: str) -> str:
    """The dump of an expression with `after` behind it, from the dump of the expression."""
    return ast.dump(ast.parse(f"_{after}", mode="eval").body).replace(_NAME, dump)


def _tree(text: str) -> ast.Module:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an invalid escape in the target is not ours to report
            return ast.parse(_HEAD + text)
    except SyntaxError as error:
        raise Refused(f"the rewritten statement does not parse: {error.msg}") from error


def _entered(tree: ast.Module) -> Counter[str]:
    return Counter(
        ast.dump(node.items[0].context_expr)
        for node in ast.walk(tree)
        if isinstance(node, ast.AsyncWith) and len(node.items) == 1
    )


def _iterated(tree: ast.Module) -> Counter[str]:
    return Counter(ast.dump(expression) for expression in _iterated_expressions(tree))


def _iterated_expressions(tree: ast.Module) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.AsyncFor):
            yield node.iter
        elif isinstance(node, _COMPREHENSIONS):
            yield node.generators[0].iter


def _simple(tree: ast.Module) -> Counter[str]:
    """Each statement without a body."""
    return Counter(
        ast.dump(node)
        for node in ast.walk(tree)
        if isinstance(node, ast.stmt) and not isinstance(node, (*_FILLERS, ast.Match)) and not hasattr(node, "body")
    )
