"""Frozen dataclasses to plain JSON values and back, by their annotations."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")


def encoded(value: object) -> object:
    """The value as what JSON has: dataclasses become objects, tuples lists, paths and dates text."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: encoded(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(key): encoded(item) for key, item in value.items()}
    if isinstance(value, tuple | list | frozenset):
        items = sorted(value) if isinstance(value, frozenset) else value
        return [encoded(item) for item in items]
    return str(value) if isinstance(value, Path | date) else value


def readable(value: object) -> object:
    """Lone surrogates, which source text may hold and strict readers of JSON refuse, as their escapes."""
    match value:
        case str():
            return value if value.isascii() else value.encode("utf-8", "backslashreplace").decode("utf-8")
        case dict():
            return {key: readable(item) for key, item in value.items()}
        case list():
            return [readable(item) for item in value]
        case _:
            return value


def decoded(kind: type[T], value: object) -> T:
    """What `encoded` made `value` of: a dataclass, tuple, path, date or plain value. Raises TypeError, ValueError."""
    return cast("T", _decoded(kind, value))


def _decoded(kind: Any, value: object) -> object:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in {Union, types.UnionType}:
        return None if value is None else _decoded(next(one for one in arguments if one is not type(None)), value)
    if origin is tuple:
        return _tuple(arguments, value)
    if origin is Mapping:
        return {name: _decoded(arguments[1], item) for name, item in _checked(dict, value).items()}
    if is_dataclass(kind):
        if not isinstance(value, dict):
            raise TypeError(f"not an object: {kind}")
        hints = _hints(cast("type", kind))
        return cast("type", kind)(
            **{name: _decoded(hints[name], item) for name, item in value.items() if name in hints}
        )
    if kind is date:
        return date.fromisoformat(_checked(str, value))
    if isinstance(kind, type) and issubclass(kind, Path | Enum):
        return kind(_checked(str, value))
    return _checked(kind, value)


def _tuple(arguments: tuple[Any, ...], value: object) -> tuple[object, ...]:
    if not isinstance(value, list):
        raise TypeError("not a list")
    kinds = [arguments[0]] * len(value) if arguments[1:] == (...,) else list(arguments)
    return tuple(_decoded(kind, item) for kind, item in zip(kinds, value, strict=True))


def _checked(kind: type[T], value: object) -> T:
    if kind is float and isinstance(value, int):
        value = float(value)
    if not isinstance(value, kind) or (kind is not bool and isinstance(value, bool)):
        raise TypeError(f"not {kind.__name__}: {value!r:.80}")
    return value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
