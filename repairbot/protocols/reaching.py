"""What can reach a point of a scope: for each name the bindings that may be the last one on some path."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping

from repairbot.protocols.bindings import Binding, Opaque

# Tuples rather than sets, because their order must not depend on where in memory the nodes lie.
Reaching = Mapping[str, tuple[Binding, ...]]
UNBOUND = Opaque("", ast.Pass(), "unbound")
_UNBOUND: tuple[Binding, ...] = (UNBOUND,)


def merged(states: Iterable[Reaching | None]) -> Reaching | None:
    """What can reach a point that several paths lead to; None stands for a path that does not arrive."""
    live = [state for state in states if state is not None]
    if not live:
        return None
    first, *rest = live
    different = [state for state in rest if state is not first]
    if not different:
        return first
    result = dict(first)
    for state in different:
        for name in result.keys() - state.keys():
            result[name] = joined(result[name], _UNBOUND)
        for name, bindings in state.items():
            known = result.get(name, _UNBOUND)
            if known is not bindings:
                result[name] = joined(known, bindings)
    return result


def joined(some: tuple[Binding, ...], others: tuple[Binding, ...]) -> tuple[Binding, ...]:
    return tuple(dict.fromkeys((*some, *others)))


def overlaid(checking: Reaching | None, running: Reaching | None, before: Reaching) -> Reaching | None:
    """What is bound for type checkers only counts where the running program binds nothing."""
    if checking is None:
        return running
    if running is None:
        return checking
    bound_running = {name: found for name, found in running.items() if {*before.get(name, ())} != {*found}}
    return {**checking, **bound_running}
