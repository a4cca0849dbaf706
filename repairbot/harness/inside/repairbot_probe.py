"""Reaches the object a finding rests on and shows, without running its body, what a construct does with it.

    python repairbot_probe.py REQUEST.json ANSWER.json

The request holds `roots` (import roots, first first), `module`, `name` (dotted inside the module), `kind` (`function`
or `class`), `construct` (`async for`, `async with`, `for`, `with` or `await`) and `decorate` (whether the repair puts
`asynccontextmanager` on the definition). The answer always says how far the probe got: `import_error`, `problem` (why
the object was not reached or not called) or the facts. Importing runs the target's code: only ever start this inside
the sandbox.
"""

from __future__ import annotations

import contextlib
import importlib
import inspect
import json
import os
import platform
import sys
import traceback
from types import CodeType, FunctionType, ModuleType
from typing import Any, Callable

# Taken before the target is imported, which may replace them.
EXIT, OPEN, DUMP = os._exit, open, json.dumps
MESSAGE_LIMIT = 500

NEEDS: dict[str, tuple[str, ...]] = {
    "async for": ("__aiter__",),
    "async with": ("__aenter__", "__aexit__"),
    "for": ("__iter__",),
    "with": ("__enter__", "__exit__"),
    "await": ("__await__",),
}


class NotReached(Exception):
    """Why the object was not reached, or was not called."""


def main(request_path: str, answer_path: str) -> None:
    with OPEN(request_path, encoding="utf-8") as file:
        request = json.load(file)
    with OPEN(answer_path, "w", encoding="ascii") as file:
        file.write(DUMP(answer(request)))
    # The target may have left threads and exit hooks behind.
    EXIT(0)


def answer(request: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"python": platform.python_version()}
    sys.path[:0] = request["roots"]
    try:
        module = importlib.import_module(request["module"])
    except BaseException as error:  # noqa: BLE001 - the target's own code: it may raise anything, SystemExit included
        return {**found, "import_error": text_of(error)}
    found["module_file"] = getattr(module, "__file__", None)
    try:
        found.update(facts(module, request))
    except NotReached as problem:
        found["problem"] = str(problem)
    return found


def facts(module: ModuleType, request: dict[str, Any]) -> dict[str, Any]:
    reached = reach(module, request["name"])
    if request["kind"] == "class":
        return class_facts(reached, request)
    function = plain_function(reached)
    inner = generator_behind(function)
    made = called(function, inner)
    mended = called(contextlib.asynccontextmanager(inner), inner) if request["decorate"] else made
    return {"definition": place_of(inner), "given": given(inner), **observed(made, type(mended), request)}


def called(function: Any, inner: FunctionType) -> Any:
    wanted = given(inner)
    return function(*[object() for _ in wanted["positional"]], **{name: object() for name in wanted["named"]})


def reach(module: ModuleType, name: str) -> Any:
    """The object under a dotted name, read out of namespaces: no property, descriptor or `__getattr__` runs."""
    first, *rest = name.split(".")
    if first not in vars(module):
        raise NotReached(f"module {module.__name__} has no {first!r} when it is imported")
    found = vars(module)[first]
    for attribute in rest:
        if not isinstance(found, type):
            raise NotReached(f"{name!r} cannot be reached: what holds {attribute!r} is not a class")
        try:
            found = inspect.getattr_static(found, attribute)
        except AttributeError:
            raise NotReached(f"class {found.__name__} has no {attribute!r}") from None
    return found


def plain_function(reached: Any) -> FunctionType:
    if isinstance(reached, (staticmethod, classmethod)):
        reached = reached.__func__
    if type(reached) is not FunctionType:
        raise NotReached(f"it is a {type(reached).__name__}, and calling it could run the target's code")
    return reached


def generator_behind(function: FunctionType) -> FunctionType:
    """The generator function that a call of `function` starts without running its body, when that is certain."""
    if function.__code__.co_flags & inspect.CO_ASYNC_GENERATOR:
        return function
    for decorator, flag in (
        (contextlib.asynccontextmanager, inspect.CO_ASYNC_GENERATOR),
        (contextlib.contextmanager, inspect.CO_GENERATOR),
    ):
        if function.__code__ is not helper_code(decorator):
            continue
        inner = dict(zip(function.__code__.co_freevars, function.__closure__ or ()))["func"].cell_contents
        if type(inner) is FunctionType and inner.__code__.co_flags & flag:
            return inner
        raise NotReached(
            "what contextlib wraps is not a plain generator function, so calling it would run the target's code"
        )
    raise NotReached("calling it would run the target's code")


def helper_code(decorator: Callable[[Any], Any]) -> CodeType:
    """The code object that contextlib's decorators put around every function they are given."""

    def sample() -> Any:
        yield

    return decorator(sample).__code__  # type: ignore[no-any-return]


def given(function: FunctionType) -> dict[str, list[str]]:
    """The parameters a call must give something for."""
    code, defaults = function.__code__, function.__defaults__ or ()
    positional = code.co_varnames[: code.co_argcount]
    named = code.co_varnames[code.co_argcount : code.co_argcount + code.co_kwonlyargcount]
    return {
        "positional": list(positional[: len(positional) - len(defaults)]),
        "named": [name for name in named if name not in (function.__kwdefaults__ or {})],
    }


def place_of(function: FunctionType) -> list[Any]:
    return [os.path.abspath(function.__code__.co_filename), function.__code__.co_firstlineno]


def class_facts(reached: Any, request: dict[str, Any]) -> dict[str, Any]:
    """A class is looked at, never constructed; the error comes from a bare type of the same name."""
    if not isinstance(reached, type):
        raise NotReached(f"it is a {type(reached).__name__}, not a class")
    if not constructs_itself(reached):
        raise NotReached(f"constructing {reached.__name__} may give an object of another type")
    stand_in = type(reached.__name__, (), {})()
    found = observed(stand_in, reached, request)
    has = methods(reached)
    error = None if lacks_nothing(has, request["construct"]) else found["error"]
    return {
        "definition": None,
        "given": None,
        **found,
        "type": full_name(reached),
        "has": has,
        "error": error,
        "stand_in": True,
    }


def constructs_itself(kind: Any) -> bool:
    """Whether calling the class gives an instance of it: neither its metaclass nor a `__new__` can put in another."""
    metaclass: Any = type(kind)
    return metaclass.__call__ is type.__call__ and kind.__new__ is object.__new__


def observed(made: Any, mended: type, request: dict[str, Any]) -> dict[str, Any]:
    has = methods(type(made))
    legal = lacks_nothing(has, request["construct"])
    return {
        "type": full_name(type(made)),
        "has": has,
        # With the protocol there, driving the object would run the target's code.
        "error": None if legal else error_of(request["construct"], made),
        "stand_in": False,
        "repaired_type": full_name(mended),
        "repaired_has": methods(mended),
    }


def methods(kind: type) -> list[str]:
    wanted = sorted({name for names in NEEDS.values() for name in names})
    return [name for name in wanted if any(name in vars(base) for base in kind.__mro__)]


def lacks_nothing(has: list[str], construct: str) -> bool:
    return all(name in has for name in NEEDS[construct])


def full_name(kind: type) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"


def error_of(construct: str, made: Any) -> str | None:
    try:
        DRIVES[construct](made)
    except Exception as error:  # noqa: BLE001 - whatever the construct raises is the answer
        return text_of(error)
    return None


def text_of(error: BaseException) -> str:
    return "".join(traceback.format_exception_only(type(error), error)).strip()[:MESSAGE_LIMIT]


def step(coroutine: Any) -> None:
    """To the first suspension: far enough for the construct to ask for its method, no event loop needed."""
    try:
        coroutine.send(None)
    finally:
        coroutine.close()


async def drive_async_for(made: Any) -> None:
    async for _ in made:
        break


async def drive_async_with(made: Any) -> None:
    async with made:
        pass


async def drive_await(made: Any) -> None:
    await made


def drive_for(made: Any) -> None:
    for _ in made:
        break


def drive_with(made: Any) -> None:
    with made:
        pass


DRIVES: dict[str, Callable[[Any], None]] = {
    "async for": lambda made: step(drive_async_for(made)),
    "async with": lambda made: step(drive_async_with(made)),
    "await": lambda made: step(drive_await(made)),
    "for": drive_for,
    "with": drive_with,
}


if __name__ == "__main__":
    main(*sys.argv[1:3])
