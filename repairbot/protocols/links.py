"""Links of evidence made from places in source."""

from __future__ import annotations

import ast

from repairbot.model import Evidence
from repairbot.protocols.joining import noted
from repairbot.protocols.scopes import Scope
from repairbot.protocols.values import Unknown, Value
from repairbot.protocols.written import shortened


def link(scope: Scope, node: ast.AST, text: str) -> Evidence:
    """One link of evidence at a node."""
    return Evidence(scope.file.path, getattr(node, "lineno", 1), text, scope.file.origin)


def explained(value: Value, scope: Scope, node: ast.AST, text: str) -> Value:
    """The value with a link put before its chain."""
    return noted(value, link(scope, node, text))


def unknown(scope: Scope, node: ast.AST, reason: str, external: str | None = None) -> Unknown:
    """Unknown from here on, with this place as the last link."""
    return Unknown(reason, (link(scope, node, reason),), external)


def short(node: ast.AST, limit: int = 60) -> str:
    """The source of an expression on one line, cut to be read in a sentence."""
    return shortened(node, limit)
