"""Cuts GitHub's own descriptions of its API down to what we call: the two npm packages in, the files beside this out.

    npm pack @octokit/openapi@23.0.2 @octokit/graphql-schema@15.26.1     (and unpack them)
    .venv/bin/python tests/publish/description/cut.py OPENAPI_PACKAGE GRAPHQL_PACKAGE

The same packages give the same bytes. What is kept is theirs word for word, but for `oneOf`, which becomes `anyOf`
(several of GitHub's alternatives overlap), and null, which becomes one of the values or alternatives wherever it is
allowed beside some.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from graphql import build_schema
from graphql.language import (
    EnumTypeDefinitionNode,
    InputObjectTypeDefinitionNode,
    ObjectTypeDefinitionNode,
    ScalarTypeDefinitionNode,
    TypeDefinitionNode,
    parse,
    print_ast,
)

HERE = Path(__file__).parent
REST, GRAPHQL = HERE / "rest.json", HERE / "mutations.graphql"

_REPO = "/repos/{owner}/{repo}"
OPERATIONS = (
    ("get", "/user"),
    ("get", _REPO),
    ("get", f"{_REPO}/git/ref/{{ref}}"),
    ("get", f"{_REPO}/compare/{{basehead}}"),
    ("get", f"{_REPO}/pulls"),
    ("post", f"{_REPO}/pulls"),
    ("patch", f"{_REPO}/pulls/{{pull_number}}"),
    ("post", f"{_REPO}/pulls/{{pull_number}}/requested_reviewers"),
    ("patch", f"{_REPO}/issues/{{issue_number}}"),
    ("get", f"{_REPO}/issues/{{issue_number}}/comments"),
    ("post", f"{_REPO}/issues/{{issue_number}}/comments"),
    ("post", f"{_REPO}/issues/{{issue_number}}/labels"),
    ("delete", f"{_REPO}/issues/{{issue_number}}/labels/{{name}}"),
    ("post", f"{_REPO}/issues/{{issue_number}}/assignees"),
    ("get", f"{_REPO}/milestones"),
    ("post", f"{_REPO}/forks"),
    ("get", f"{_REPO}/installation"),
    ("post", "/app/installations/{installation_id}/access_tokens"),
)
# Types that are cut down to the fields named; what their fields lead to is kept whole.
FIELDS = {
    "Mutation": ("createCommitOnBranch", "updateRefs", "markPullRequestReadyForReview", "convertPullRequestToDraft"),
    "CreateCommitOnBranchPayload": ("clientMutationId", "commit"),
    "UpdateRefsPayload": ("clientMutationId",),
    "MarkPullRequestReadyForReviewPayload": ("clientMutationId", "pullRequest"),
    "ConvertPullRequestToDraftPayload": ("clientMutationId", "pullRequest"),
    "Commit": ("oid", "message"),
    "PullRequest": ("id", "isDraft", "number"),
}
_NO_QUERIES = cast("TypeDefinitionNode", parse("type Query { nothing: Boolean }", no_location=True).definitions[0])
_PROSE = {
    "discriminator",  # which of the alternatives it must be can be seen without
    "description",
    "summary",
    "examples",
    "example",
    "externalDocs",
    "tags",
    "x-github",
    "x-github-breaking-changes",
}


def cut_rest(whole: dict[str, Any]) -> dict[str, Any]:
    paths: dict[str, Any] = {}
    for verb, path in OPERATIONS:
        paths.setdefault(path, {})[verb] = _lean(whole["paths"][path][verb])
    kept: dict[str, dict[str, Any]] = {}
    waiting = list(_refs(paths))
    while waiting:
        kind, name = waiting.pop().removeprefix("#/components/").split("/")
        if name not in kept.setdefault(kind, {}):
            kept[kind][name] = _lean(whole["components"][kind][name])
            waiting += _refs(kept[kind][name])
    return {"openapi": whole["openapi"], "info": _lean(whole["info"]), "paths": paths, "components": kept}


def _lean(value: Any, *, names: bool = False) -> Any:
    """Without prose; `names` when the keys are names of properties or the like, of which none is prose."""
    if isinstance(value, list):
        return [_lean(one) for one in value]
    if not isinstance(value, dict):
        return value
    lean = {
        "anyOf" if key == "oneOf" and not names else key: _lean(one, names=key in {"properties", "headers", "content"})
        for key, one in value.items()
        if names or key not in _PROSE
    }
    if not names and lean.get("nullable") and "enum" in lean and None not in lean["enum"]:
        lean["enum"] = [*lean["enum"], None]
    if not names and lean.get("nullable") and "anyOf" in lean:
        lean["anyOf"] = [*lean["anyOf"], {"enum": [None]}]
    return lean


def _refs(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for one in value.values():
            yield from _refs(one)
    elif isinstance(value, list):
        for one in value:
            yield from _refs(one)


def cut_graphql(whole: str) -> str:
    types = {
        one.name.value: one for one in parse(whole, no_location=True).definitions if isinstance(one, TypeDefinitionNode)
    }
    kept: dict[str, TypeDefinitionNode] = {}
    kept["Query"] = _NO_QUERIES
    waiting = ["Mutation"]
    while waiting:
        name = waiting.pop()
        if name in types and name not in kept:
            kept[name] = _with_fields(types[name], FIELDS.get(name))
            waiting += _named(kept[name])
    text = "\n\n".join(print_ast(kept[name]) for name in sorted(kept)) + "\n"
    build_schema(text)
    return text


def _with_fields(one: TypeDefinitionNode, names: tuple[str, ...] | None) -> TypeDefinitionNode:
    if isinstance(one, ScalarTypeDefinitionNode | EnumTypeDefinitionNode | InputObjectTypeDefinitionNode):
        return one
    if not isinstance(one, ObjectTypeDefinitionNode) or names is None:
        raise TypeError(f"say in FIELDS which fields of {one.name.value} to keep")
    return replace(one, fields=tuple(field for field in one.fields or () if field.name.value in names), interfaces=())


def _named(one: TypeDefinitionNode) -> Iterator[str]:
    for field in getattr(one, "fields", None) or ():
        for kind in (field.type, *(argument.type for argument in getattr(field, "arguments", None) or ())):
            yield _innermost(kind).name.value


def _innermost(kind: Any) -> Any:
    return kind if hasattr(kind, "name") else _innermost(kind.type)


def main(openapi: Path, graphql: Path) -> None:
    whole = json.loads((openapi / "generated/api.github.com.json").read_text(encoding="utf-8"))
    REST.write_text(json.dumps(cut_rest(whole), indent=None, separators=(",", ":")) + "\n", encoding="utf-8")
    GRAPHQL.write_text(cut_graphql((graphql / "schema.graphql").read_text(encoding="utf-8")), encoding="utf-8")
    shutil.copyfile(openapi / "LICENSE", HERE / "LICENSE.octokit-openapi")
    shutil.copyfile(graphql / "LICENSE.md", HERE / "LICENSE.octokit-graphql-schema")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
