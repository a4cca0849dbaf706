"""Frozen dataclasses to plain JSON values and back by their annotations, and JSON of strangers, read strictly."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NoReturn, TypeVar, cast

T = TypeVar("T")

_DIGITS = 15  # of a number: every reader of JSON keeps so many
_DEPTH = 100


def encoded(value: object) -> object:
    """Return the value as what JSON has: dataclasses become objects, tuples lists, paths and dates text."""
    import msgspec  # a scan has no use for it

    return _with_lists(msgspec.to_builtins(value, str_keys=True, order="deterministic", enc_hook=_path_as_text))


def decoded(kind: type[T], value: object) -> T:
    """Return what `encoded` made `value` of; keys that the kind does not have are passed over. Raises ValueError."""
    import msgspec

    return msgspec.convert(value, kind, dec_hook=_from_text)


def _with_lists(value: object) -> object:
    match value:
        case dict():
            return {key: _with_lists(item) for key, item in value.items()}
        case list() | tuple():
            return [_with_lists(item) for item in value]
        case _:
            return value


def _path_as_text(value: object) -> str:
    if isinstance(value, Path):
        return str(value)
    raise TypeError(type(value).__name__)


def _from_text(kind: type, value: object) -> object:
    if issubclass(kind, Path) and isinstance(value, str):
        return kind(value)
    raise ValueError(f"expected {kind.__name__}")


def unknown(value: object, known: object, where: str = "$") -> Iterator[str]:
    """Yield the places of keys in a JSON value that `known`, encoded from what was decoded of it, does not have."""
    if isinstance(value, dict) and isinstance(known, dict):
        for key, item in value.items():
            place = f"{where}.{key}"
            if key not in known:
                yield place
            else:
                yield from unknown(item, known[key], place)
    elif isinstance(value, list) and isinstance(known, list | tuple):
        for index, (item, kept) in enumerate(zip(value, known, strict=True)):
            yield from unknown(item, kept, f"{where}[{index}]")


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


def strict(data: bytes | str) -> object:
    """Return what JSON of a stranger says, when it can be read in one way only and by everybody. Raises ValueError."""
    try:
        value = json.loads(
            data if isinstance(data, str) else data.decode("utf-8"),
            object_pairs_hook=_object,
            parse_constant=_constant,
            parse_int=_integer,
            parse_float=_number,
        )
        _check_text(value)
    except RecursionError:
        raise ValueError("it is nested too deep") from None
    except UnicodeError:
        raise ValueError("it holds text that is no Unicode") from None
    return cast("object", value)


def _object(pairs: list[tuple[str, Any]]) -> Mapping[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        counted = Counter(key for key, _ in pairs)
        twice = counted.most_common(1)[0][0]
        raise ValueError(f"the key {twice[:80]!r} stands twice in one object")
    return made


def _constant(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number")


def _integer(text: str) -> int:
    if len(text.lstrip("-")) > _DIGITS:
        raise ValueError(f"an integer of {len(text)} digits")
    return int(text)


def _number(text: str) -> float:
    number = float(text)
    if len(text) > 40 or abs(number) >= 10**_DIGITS:
        raise ValueError(f"the number {text[:40]} is too large or too long")
    return number


def _check_text(value: object, depth: int = 0) -> None:
    if depth > _DEPTH:
        raise RecursionError
    match value:
        case str():
            value.encode("utf-8")
        case dict():
            for key, item in value.items():
                key.encode("utf-8")
                _check_text(item, depth + 1)
        case list():
            for item in value:
                _check_text(item, depth + 1)
