"""The names of the standard library (and a few libraries) that the resolver understands by itself."""

from __future__ import annotations

from repairbot.protocols.values import Wrapping

WRAPPING = {
    "contextlib.asynccontextmanager": Wrapping.ASYNC_MANAGER,
    "contextlib.contextmanager": Wrapping.SYNC_MANAGER,
    "builtins.staticmethod": Wrapping.STATIC,
    "builtins.classmethod": Wrapping.CLASS,
    "builtins.property": Wrapping.PROPERTY,
    "functools.cached_property": Wrapping.PROPERTY,
    "abc.abstractmethod": Wrapping.ABSTRACT,
    "abc.abstractproperty": Wrapping.PROPERTY,
    "pytest.fixture": Wrapping.FIXTURE,
}

# Decorators that give back what they got, or something that behaves like it when it is called.
TRANSPARENT = frozenset(
    {
        "typing.final",
        "typing.override",
        "typing.no_type_check",
        "typing.runtime_checkable",
        "typing.type_check_only",
        "functools.lru_cache",
        "functools.cache",
        "functools.wraps",
        "functools.update_wrapper",
        "functools.total_ordering",
        "dataclasses.dataclass",
        "attrs.define",
        "enum.unique",
        "typing.dataclass_transform",
        "warnings.deprecated",
    }
)

# Decorators that are called first, `wraps(f)`, and those that may be, `lru_cache(maxsize=None)`.
TAKES_ARGUMENTS = frozenset({"functools.wraps", "typing.dataclass_transform", "warnings.deprecated"})

FORMS = frozenset(
    f"typing.{name}"
    for name in [
        "Any",
        "Optional",
        "Union",
        "Callable",
        "Annotated",
        "ClassVar",
        "Final",
        "Literal",
        "Type",
        "Generic",
        "Protocol",
        "TypeVar",
        "ParamSpec",
        "NewType",
        "cast",
        "overload",
        "Self",
        "Required",
        "NotRequired",
        "ReadOnly",
        "NoReturn",
        "Never",
        "Concatenate",
        "Unpack",
        "TypeAlias",
        "TypeGuard",
        "TypeIs",
        "LiteralString",
        "AnyStr",
        "TypeVarTuple",
    ]
)

FUNCTIONS = frozenset(
    {
        "functools.partial",
        "functools.singledispatch",
        "functools.singledispatchmethod",
        "builtins.super",
        "builtins.getattr",
        "builtins.type",
        "fastapi.Depends",
        "fastapi.Security",
    }
)

SPECIAL = frozenset(WRAPPING) | TRANSPARENT | FORMS | FUNCTIONS

# Other spellings of the above, mostly of libraries that need not be installed to be understood.
SAME = {
    "async_generator.asynccontextmanager": "contextlib.asynccontextmanager",
    "fastapi.concurrency.asynccontextmanager": "contextlib.asynccontextmanager",
    "pytest_asyncio.fixture": "pytest.fixture",
    "_pytest.fixtures.fixture": "pytest.fixture",
    "pytest_asyncio.plugin.fixture": "pytest.fixture",
    "fastapi.params.Depends": "fastapi.Depends",
    "fastapi.param_functions.Depends": "fastapi.Depends",
    "fastapi.param_functions.Security": "fastapi.Security",
    "attr.s": "attrs.define",
    "attr.attrs": "attrs.define",
    "attr.dataclass": "attrs.define",
    "attr.define": "attrs.define",
    "attr.frozen": "attrs.define",
    "attr.mutable": "attrs.define",
    "attrs.frozen": "attrs.define",
    "attrs.mutable": "attrs.define",
    "_typeshed.Self": "typing.Self",
    "pydantic.dataclasses.dataclass": "dataclasses.dataclass",
}


def special(dotted: str) -> str | None:
    """The canonical special name for a dotted one, None when there is nothing special about it."""
    dotted = SAME.get(dotted, dotted)
    if dotted.startswith("typing_extensions."):
        dotted = "typing." + dotted.removeprefix("typing_extensions.")
        dotted = {"typing.deprecated": "warnings.deprecated"}.get(dotted, dotted)
    return dotted if dotted in SPECIAL else None
