"""Whether a name that is computed where it is set may come to be a given one."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from repairbot.protocols.stores import Store
from repairbot.protocols.values import Unknown, Value, alternatives

if TYPE_CHECKING:
    from repairbot.protocols.resolver import Resolver

_COPIES = re.compile(r"\b(?:dir|vars|getmembers|getattr)\(|__dict__|__annotations__|\+|\bf[\"']|\bformat\b")
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def may_be_computed(r: Resolver, store: Store, name: str, receiver: Value) -> bool:
    """Whether a computed name may come to be this one: it is copied or put together, or written somewhere by itself."""
    functions = [one for one in store.ancestors if isinstance(one, _FUNCTIONS)]
    around = functions[-1] if functions else store.node
    is_known = not any(isinstance(one, Unknown) for one in alternatives(receiver))
    if is_known and _COPIES.search(store.module.parsed.segment(around)):
        return True
    near = _called_as(store, functions, is_known=is_known).encode()
    spelled = rb"[\"'.]" + name.encode() + rb"[\"']"
    if not _takes_text(store, functions):
        spelled += rb"|[(,{\s]" + name.encode() + rb"=[^=]"
    texts = (r.modules.read(path) for path in r.modules.containing(name.encode()))
    return any(near in text and re.search(spelled, text) for text in texts)


def _called_as(store: Store, functions: list[ast.FunctionDef | ast.AsyncFunctionDef], *, is_known: bool) -> str:
    """What a file speaks of that hands names to a function: its name, or for a special method that of its class."""
    name = functions[0].name if functions else ""
    if not name.startswith("__"):
        return name
    # What an object is made of may be handed to any class below.
    owners = [one.name for one in store.ancestors if isinstance(one, ast.ClassDef)]
    return "" if is_known or not owners else owners[-1]


def _takes_text(store: Store, functions: list[ast.FunctionDef | ast.AsyncFunctionDef]) -> bool:
    """Whether the name is a parameter of the function, so that it is no keyword of a call."""
    match store.node:
        case ast.Call(args=[*_, ast.Name(id=given), _]) if functions:
            arguments = functions[-1].args
            return any(one.arg == given for one in [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs])
    return False
