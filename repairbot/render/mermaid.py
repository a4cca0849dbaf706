"""Call paths as a Mermaid flowchart; every label is letters, digits and numeric entities, so it can only be a label."""

from __future__ import annotations

import re

from markupsafe import Markup

from repairbot.render.pieces import name
from repairbot.render.sections.reach import Graph, Node

_SIGN = re.compile(r"[^A-Za-z0-9 ]")
_STYLES = {
    "production": "stroke:#0969da,stroke-width:2px",
    "other": "stroke-dasharray:4 3",
    "place": "stroke:#cf222e,stroke-width:2px",
}


def mermaid(graph: Graph) -> Markup:
    """A fenced block that GitHub draws."""
    lines = ["```mermaid", "flowchart LR"]
    lines += [f'  n{number}["{_label(node)}"]' for number, node in enumerate(graph.nodes)]
    lines += [f"  n{start} --> n{end}" for start, end in graph.arrows]
    for kind, style in _STYLES.items():
        members = [f"n{number}" for number, node in enumerate(graph.nodes) if node.kind == kind]
        if members:
            lines += [f"  classDef {kind} {style}", f"  class {','.join(members)} {kind}"]
    return Markup("\n".join([*lines, "```"]))  # noqa: S704 - labels hold nothing that Markdown or Mermaid acts on


def _label(node: Node) -> str:
    return "<br/>".join(_SIGN.sub(_entity, name(text)) for text in (node.title, node.place) if text)


def _entity(sign: re.Match[str]) -> str:
    return f"#{ord(sign[0])};"
