"""Definitions to the text of a .pyi file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from repairbot.stubs.generate.definitions import (
    PROMISED,
    PROTOCOL,
    AliasDef,
    ClassDef,
    Definition,
    FunctionDef,
    Member,
    Parameter,
    Signature,
    TypeVariable,
    VariableDef,
    Wrapper,
    mentions,
)
from repairbot.stubs.generate.typeexpr import ANY, Apply, Listed, OneOf, Ref, Text, Type, refs

LONGEST_LINE = 120
HEADER = "# Written by `python -m repairbot.stubs.generate {package}`: change its pins or corrections, not this file.\n"


@dataclass
class StubModule:
    """What one module of a stub holds: its definitions, names it offers from elsewhere, submodules it binds."""

    name: str
    definitions: dict[str, Definition] = field(default_factory=dict)
    imported: dict[str, Ref] = field(default_factory=dict)
    submodules: set[str] = field(default_factory=set)

    def text(self, package: str) -> str:
        return HEADER.format(package=package) + _Page(self).text()


class _Page:
    def __init__(self, module: StubModule) -> None:
        self.module = module
        self.names = _local_names(module)

    def text(self) -> str:
        blocks = [block for name, definition in self.ordered() for block in self.definition(name, definition)]
        parts = ["\n".join(self.imports()), *blocks, f"def __getattr__(name: str) -> {self.type(ANY)}: ..."]
        return "\n\n".join(part for part in parts if part) + "\n"

    def ordered(self) -> list[tuple[str, Definition]]:
        """Type variables, then classes after their bases, then the rest: readers may go from top to bottom."""
        definitions = self.module.definitions
        variables = [name for name, definition in definitions.items() if isinstance(definition, TypeVariable)]
        order = dict.fromkeys(variables)

        def place(name: str) -> None:
            definition = definitions.get(name)
            if name in order or not isinstance(definition, ClassDef):
                return
            for ref in (ref for base in definition.bases for ref in refs(base)):
                if ref.module == self.module.name and ref.name != name:
                    place(ref.name)
            order[name] = None

        for name in definitions:
            place(name)
        return [(name, definitions[name]) for name in [*order, *(name for name in definitions if name not in order)]]

    def imports(self) -> list[str]:
        wanted = {(ref.module, _renamed(ref.name, local)) for ref, local in self.names.items() if self._foreign(ref)}
        wanted -= {(ref.module, ref.name) for ref in self.module.imported.values()}
        wanted |= {(ref.module, f"{ref.name} as {name}") for name, ref in self.module.imported.items()}
        wanted |= {(self.module.name, f"{name} as {name}") for name in self.module.submodules}
        modules = sorted({module for module, _ in wanted})
        return [_import(module, sorted(name for other, name in wanted if other == module)) for module in modules]

    def _foreign(self, ref: Ref) -> bool:
        if ref.module == "builtins":
            return self.names[ref] != ref.name
        return ref.module != self.module.name

    def definition(self, name: str, definition: Definition) -> list[str]:
        match definition:
            case ClassDef():
                return [self.class_(name, definition)]
            case FunctionDef() | VariableDef():
                return ["\n".join(self.member(name, definition, ""))]
            case AliasDef(type_):
                return [f"{name} = {self.type(type_)}"]
            case TypeVariable(flavour, bound):
                rest = "" if bound is None or bound == ANY else f", bound={self.type(bound)!r}"
                return [f'{name} = {self.type(Ref("typing", flavour))}("{name}"{rest})'.replace("'", '"')]

    def class_(self, name: str, definition: ClassDef) -> str:
        bases = ", ".join(self.type(base) for base in definition.bases)
        note = f"  # {definition.note}" if definition.note else ""
        head = f"class {name}({bases}):" if bases else f"class {name}:"
        lines = [line for key, member in definition.members.items() for line in self.member(key, member, "    ")]
        if not lines:
            return f"{head} ...{note}"
        return "\n".join([head + note, *lines])

    def member(self, name: str, member: Member, indent: str) -> list[str]:
        note = f"  # {member.note}" if member.note and member is not PROMISED else ""
        if isinstance(member, VariableDef):
            return [f"{indent}{name}: {self.type(member.type)}{note}"]
        return [line for signature in member.signatures for line in self.signature(name, signature, indent, note)]

    def signature(self, name: str, signature: Signature, indent: str, note: str) -> list[str]:
        lines = [f"{indent}@{self.type(wrapper.ref)}" for wrapper in signature.wrappers]
        keyword = "async def" if signature.coroutine else "def"
        parameters = ", ".join(self.parameters(name, signature, bool(indent)))
        lines.append(f"{indent}{keyword} {name}({parameters}) -> {self.type(signature.returns)}: ...{note}")
        return lines

    def parameters(self, name: str, signature: Signature, method: bool) -> Iterable[str]:
        if method and Wrapper.STATICMETHOD not in signature.wrappers:
            yield "cls" if Wrapper.CLASSMETHOD in signature.wrappers else "self"
        if signature.parameters is not None:
            yield from (self.parameter(parameter) for parameter in signature.parameters)
        elif method and name == "__getattr__":
            yield "name: str"
        elif not (Wrapper.PROPERTY in signature.wrappers or (name in PROTOCOL and name not in _WITH_ARGUMENTS)):
            yield "*args"
            yield "**kwargs"

    def parameter(self, parameter: Parameter) -> str:
        if not parameter.name:
            return parameter.mark
        text = parameter.mark + parameter.name
        if parameter.type is not None:
            text += f": {self.type(parameter.type)}"
        if parameter.default:
            text += " = ..." if parameter.type is not None else "=..."
        return text

    def type(self, type_: Type) -> str:
        match type_:
            case Ref():
                return self.names[type_]
            case Apply(head, args):
                return f"{self.type(head)}[{', '.join(self.type(arg) for arg in args) or '()'}]"
            case OneOf(items):
                return " | ".join(self.type(item) for item in items)
            case Listed(items):
                return f"[{', '.join(self.type(item) for item in items)}]"
            case Text(source):
                return source


_WITH_ARGUMENTS = ("__call__", "__exit__", "__aexit__")


def _import(module: str, names: list[str]) -> str:
    line = f"from {module} import {', '.join(names)}"
    if len(line) <= LONGEST_LINE:
        return line
    return "\n".join([f"from {module} import (", *(f"    {name}," for name in names), ")"])


def _renamed(name: str, local: str) -> str:
    return name if name == local else f"{name} as {local}"


def _local_names(module: StubModule) -> Mapping[Ref, str]:
    """A name for each type that the module mentions, clear of its own names and of its classes' members."""
    used = {ref for definition in module.definitions.values() for ref in mentions(definition)} | {ANY}
    for definition in module.definitions.values():
        used |= _implied(definition)
    taken = set(module.definitions) | set(module.imported) | module.submodules | {"__getattr__"}
    hidden = {n for d in module.definitions.values() if isinstance(d, ClassDef) for n in d.members}
    names: dict[Ref, str] = {}
    for ref in sorted(used, key=lambda ref: (ref.module != module.name, ref.module, ref.name)):
        if module.imported.get(ref.name) == ref or (ref.module == module.name and ref.name in module.definitions):
            names[ref] = ref.name
            continue
        local = ref.name.replace(".", "_")
        while local in taken or local in hidden:
            local = "_" + local
        taken.add(local)
        names[ref] = local
    return names


def _implied(definition: Definition) -> set[Ref]:
    match definition:
        case ClassDef():
            return {ref for member in definition.members.values() for ref in _implied(member)}
        case FunctionDef(signatures):
            return {wrapper.ref for signature in signatures for wrapper in signature.wrappers}
        case TypeVariable(flavour):
            return {Ref("typing", flavour)}
        case _:
            return set()
