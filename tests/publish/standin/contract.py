"""GitHub's own description as a judge: it holds against every request and every reply, whoever made them."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote

from openapi_schema_validator import OAS30Validator
from referencing import Registry
from referencing.jsonschema import DRAFT4

_FILE = Path(__file__).parents[1] / "description" / "rest.json"
_WHOLE: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
_URI = "urn:github"
_REGISTRY: Registry[Any] = Registry().with_resource(_URI, DRAFT4.create_resource(_WHOLE))
# GitHub answers any call like this, whether or not the description says so.
_ANYTIME = {401, 403, 404, 410, 422, 429, 500, 502, 503, 504}


class Operation:
    """One call that the description knows, and the values in its path."""

    def __init__(self, verb: str, template: str, values: dict[str, str]) -> None:
        self.verb, self.template, self.values = verb, template, values
        self.described: dict[str, Any] = _WHOLE["paths"][template][verb]

    def complaints_about_request(self, query: str, body: Any) -> list[str]:
        known = {one["name"]: one for one in map(_resolved, self.described.get("parameters", ()))}
        found = []
        for name, (text, *_) in parse_qs(query).items():
            if name not in known or known[name]["in"] != "query":
                found.append(f"the query has {name!r}")
                continue
            schema = known[name]["schema"]
            value: Any = int(text) if schema.get("type") == "integer" and text.isdigit() else text
            found += _faults(schema, value, f"query {name}")
        asked = self.described.get("requestBody")
        if asked is None:
            return [*found, "there is a body"] if body is not None else found
        if body is None:
            return [*found, "there is no body"] if asked.get("required") else found
        schema = asked["content"]["application/json"]["schema"]
        unknown = set(body) - _properties(schema) if isinstance(body, dict) else set()
        return [*found, *(f"the body has {name!r}" for name in unknown), *_faults(schema, body, "body")]

    def complaints_about_reply(self, status: int, body: Any) -> list[str]:
        reply = self.described["responses"].get(str(status))
        if reply is None:
            return [] if status in _ANYTIME else [f"status {status} is not described"]
        content = _resolved(reply).get("content", {}).get("application/json")
        if content is None:
            return [] if body is None or status in _ANYTIME else ["there is a body"]
        return _faults(content["schema"], body, "reply")

    def sample(self, status: int) -> Any:
        """The least that the description accepts as a reply."""
        return sample(_resolved(self.described["responses"][str(status)])["content"]["application/json"]["schema"])


def operation(verb: str, path: str) -> Operation | None:
    for pattern, template in _patterns():
        match = pattern.fullmatch(path)
        if match and verb.lower() in _WHOLE["paths"][template]:
            return Operation(verb.lower(), template, {key: unquote(text) for key, text in match.groupdict().items()})
    return None


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    found = []
    for template in _WHOLE["paths"]:
        pattern = re.sub(r"\\\{(\w+)\\\}", lambda match: f"(?P<{match[1]}>{_width(match[1])})", re.escape(template))
        found.append((re.compile(pattern), template))
    return tuple(found)


def _width(name: str) -> str:
    return ".+" if name in {"ref", "basehead"} else "[^/]+"


def named(schema: str) -> Any:
    """The least that a schema of this name accepts."""
    return sample({"$ref": f"#/components/schemas/{schema}"})


def sample(schema: dict[str, Any]) -> Any:
    schema = _resolved(schema)
    if schema.get("nullable"):
        return None
    for key in ("allOf", "anyOf"):
        if key in schema:
            parts = [sample(one) for one in schema[key]]
            if key == "anyOf" or not all(isinstance(part, dict) for part in parts):
                return parts[0]
            return {name: value for part in parts for name, value in part.items()}
    if "enum" in schema:
        return schema["enum"][0]
    match schema.get("type"):
        case "object":
            properties = schema.get("properties", {})
            return {name: sample(properties.get(name, {})) for name in schema.get("required", ())}
        case "array":
            return []
        case "integer" | "number":
            return schema.get("minimum", 1)
        case "boolean":
            return False
        case "string":
            formats = {"uri": "http://x.invalid/", "date-time": "2026-01-01T00:00:00Z", "email": "x@x.invalid"}
            return formats.get(schema.get("format", ""), "x" * schema.get("minLength", 1))
    return {}


def _properties(schema: dict[str, Any]) -> set[str]:
    schema = _resolved(schema)
    inner = [one for key in ("anyOf", "allOf") for one in schema.get(key, ())]
    return set(schema.get("properties", ())) | {name for one in inner for name in _properties(one)}


def _resolved(value: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in value:
        found: Any = _WHOLE
        for part in value["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        value = found
    return value


def _faults(schema: dict[str, Any], value: Any, where: str) -> list[str]:
    absolute = json.loads(json.dumps(schema).replace('"$ref": "#/', f'"$ref": "{_URI}#/'))
    validator = OAS30Validator(absolute, registry=_REGISTRY, format_checker=OAS30Validator.FORMAT_CHECKER)
    return [f"{where}: {error.json_path}: {error.message[:200]}" for error in validator.iter_errors(value)]
