"""Run by the Python that has the real packages: what they are, for names given on standard input, as JSON."""

# It looks at objects of every kind: all its types would be Any.
# mypy: ignore-errors

import contextlib
import functools
import importlib
import inspect
import json
import sys
import warnings

DUNDERS = (
    "__aiter__",
    "__anext__",
    "__aenter__",
    "__aexit__",
    "__await__",
    "__iter__",
    "__next__",
    "__enter__",
    "__exit__",
    "__call__",
    "__getattr__",
)
HELPERS = {
    contextlib.asynccontextmanager(lambda: None).__code__: "async manager",
    contextlib.contextmanager(lambda: None).__code__: "sync manager",
}


def wrapped(function):
    while function is not None:
        yield function
        function = getattr(function, "__wrapped__", None)


def kind_of_layer(function):
    code = getattr(function, "__code__", None)
    if code in HELPERS:
        return HELPERS[code]
    if inspect.isasyncgenfunction(function):
        return "async generator"
    if inspect.iscoroutinefunction(function) or (code and code.co_flags & inspect.CO_ITERABLE_COROUTINE):
        return "coroutine"
    return "generator" if inspect.isgeneratorfunction(function) else "function"


def kind_of_function(function):
    """What a call gives; "function over …" when only a layer that is wrapped tells."""
    kinds = [kind_of_layer(layer) for layer in wrapped(function)]
    if kinds[0] != "function":
        return kinds[0]
    return next((f"function over {inner}" for inner in kinds if inner != "function"), "function")


def kind(value):
    if isinstance(value, (staticmethod, classmethod)):
        value = value.__func__
    if isinstance(value, type):
        return "class"
    if isinstance(value, (property, functools.cached_property)):
        return "property"
    if inspect.isroutine(value):
        return kind_of_function(value)
    if callable(value) and hasattr(value, "__wrapped__"):
        return kind_of_function(value)
    return "other"


def protocol(cls):
    found = []
    for name in DUNDERS:
        first = next((base.__dict__[name] for base in cls.__mro__ if name in base.__dict__), None)
        if first is not None:
            found.append(name)
    return found


def describe(value, members):
    if isinstance(getattr(value, "__origin__", None), type):  # an alias such as Manager[Response]
        value = value.__origin__
    found = {"kind": kind(value), "type": [base.__name__ for base in type(value).__mro__]}
    if isinstance(value, type):
        found["protocol"] = protocol(value)
        found["members"] = {}
        for name in members:
            with contextlib.suppress(AttributeError):
                found["members"][name] = kind(inspect.getattr_static(value, name))
    return found


def main():
    warnings.simplefilter("ignore")
    wanted = json.load(sys.stdin)
    answer = {}
    for name, names in wanted.items():
        try:
            module = importlib.import_module(name)
        except BaseException as error:  # noqa: BLE001 - whatever a package does when a part of it is missing
            absent = isinstance(error, ModuleNotFoundError) and f"{name}.".startswith(f"{error.name}.")
            answer[name] = {"absent": True} if absent else {"error": f"{type(error).__name__}: {error}"}
            continue
        found = {}
        for attribute, details in names.items():
            try:
                value = getattr(module, attribute)
            except (AttributeError, ImportError):
                continue
            found[attribute] = describe(value, details["members"])
            if details["source"]:
                home, original = details["source"]
                with contextlib.suppress(ImportError):
                    found[attribute]["same"] = getattr(importlib.import_module(home), original, value) is value
        answer[name] = {"names": found}
    # Packages print when imported, and some leave threads behind.
    sys.stdout.write("\nANSWER" + json.dumps(answer) + "\n")
    sys.stdout.flush()


main()
