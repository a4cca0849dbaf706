"""Whether an object meets a demand: it does, it lacks what is needed, or that cannot be told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from repairbot.protocols.objects import ObjectFacts
from repairbot.protocols.values import Known, Nothing, Sequence, Unknown, Value, alternatives
from repairbot.repair.steps import Call, Demand, Enter, Iterate, Operate, Part, Read, Resemble, Step, Wait
from repairbot.repair.ways import rows

# ObjectFacts of these classes take nothing beside them but their own kind.
_PLAIN = ("str", "bytes", "bytearray", "int", "float", "list", "tuple", "dict", "set", "frozenset")


_BY_POSITION = ("str", "bytes", "bytearray", "list", "tuple", "range")
_ASYNCHRONOUS = ("__aenter__", "__aiter__", "__await__")


class Answer(StrEnum):
    """What an object is to a demand."""

    MET = "met"
    LACKS = "lacks"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Named:
    """An object of which only the public names are known."""

    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class TypeDemand:
    """An annotation says of which type the object is."""

    type: Value
    text: str
    line: int
    part: int | None = None


def answers(objects: ObjectFacts, value: Value | Named, demand: Demand | TypeDemand) -> Answer:
    """Whether whatever the value can be meets a demand; `None` beside other objects does not count."""
    if isinstance(value, Named):
        return _of_names(value, demand)
    match demand:
        case TypeDemand(type=wanted, part=part):
            used = value if part is None else objects.part(value, part)
            found = [_told(objects.is_of(one, wanted)) for one in present(used)]
        case Demand(steps=steps):
            found = [_of_one(objects, one, steps) for one in present(value)]
    return _together(found)


def present(value: Value) -> tuple[Known | Unknown, ...]:
    """The alternatives of a value, without `None` where there are others."""
    every = alternatives(value)
    return tuple(one for one in every if not isinstance(one, Nothing)) or every


def _together(found: Iterable[Answer]) -> Answer:
    kinds = set(found)
    return kinds.pop() if len(kinds) == 1 else Answer.OPEN


def _told(answer: bool | None) -> Answer:
    return {True: Answer.MET, False: Answer.LACKS, None: Answer.OPEN}[answer]


def _of_names(value: Named, demand: Demand | TypeDemand) -> Answer:
    match demand:
        case Demand(steps=(Read(name=name), *_)):
            return _told(name in value.names)
        case Demand(steps=(Resemble(), *_)):
            return Answer.LACKS
    return Answer.OPEN


def _of_one(objects: ObjectFacts, value: Known | Unknown, steps: tuple[Step, ...]) -> Answer:
    first, rest = steps[0], steps[1:]
    if not rest and _is_confused(objects, value, steps):
        return Answer.OPEN
    answer = _step(objects, value, first)
    if answer is Answer.MET and _mixes(objects, value, first):
        return Answer.LACKS
    if answer is not Answer.MET or not rest:
        return answer
    reached = _after(objects, value, first)
    if isinstance(first, Part):
        return _together([_of_one(objects, one, rest) for one in present(reached)])
    if _is_confused(objects, reached, rest):
        return Answer.MET
    # What an attribute holds may be set by code that is not seen, and its own attributes say little of this object.
    if isinstance(first, Read | Wait) and isinstance(rest[0], Read):
        return Answer.MET
    if any(isinstance(one, Unknown | Nothing) for one in alternatives(reached)) and isinstance(first, Read):
        return Answer.MET
    further = _together([_of_one(objects, one, rest) for one in alternatives(reached)])
    return Answer.LACKS if further is Answer.LACKS and not isinstance(rest[0], Read) else Answer.MET


def _is_confused(objects: ObjectFacts, value: Value, steps: tuple[Step, ...]) -> bool:
    """Whether the last step takes one protocol for another: a mistake of its own, which says nothing of this object."""
    match steps:
        case (Wait(),) | (Enter(is_async=True),) | (Iterate(is_async=True),):
            lacks = all(_step(objects, one, steps[0]) is Answer.LACKS for one in alternatives(value))
            return lacks and any(objects.has(one, each) for one in alternatives(value) for each in _ASYNCHRONOUS)
    return False


def _mixes(objects: ObjectFacts, value: Known | Unknown, step: Step) -> bool:
    """Whether text and bytes come together, which neither takes, or a key comes where only a position will do."""
    beside = step.beside if isinstance(step, Read | Operate) else ()
    if isinstance(step, Operate) and step.dunders == ("__getitem__",):
        return "str" in beside and bool(objects.is_builtin(value, _BY_POSITION))
    if isinstance(step, Operate) and "int" in beside and "__contains__" in step.dunders:
        return bool(objects.is_builtin(value, ("str",)))
    textual = {"str", "bytes"}.intersection(beside) and objects.is_builtin(value, ("str", "bytes", "bytearray"))
    return bool(textual) and not objects.is_builtin(value, beside)


def _after(objects: ObjectFacts, value: Known | Unknown, step: Step) -> Value:
    match step:
        case Read(name=name):
            return objects.attribute(value, name)
        case Call():
            return objects.called(value)
        case Part(index=index):
            return objects.part(value, index)
        case Wait():
            return objects.awaited(value)
    return Unknown("what comes of this operation is not followed")


def _step(objects: ObjectFacts, value: Known | Unknown, step: Step) -> Answer:
    match step:
        case Read(name=name):
            return _reads(objects, value, name)
        case Call():
            return _told(objects.has(value, "__call__"))
        case Wait():
            return _told(objects.has(value, "__await__"))
        case Enter(is_async=is_async):
            return _told(objects.has(value, "__aenter__" if is_async else "__enter__"))
        case Iterate(is_async=True):
            return _told(objects.has(value, "__aiter__"))
        case Iterate(number=number, of=of):
            return _iterates(objects, value, number, of)
        case Part():
            return _iterates(objects, value)
        case Operate():
            return _operates(objects, value, step)
        case Resemble():
            return _resembles(objects, value, step)


def _reads(objects: ObjectFacts, value: Known | Unknown, name: str) -> Answer:
    found = objects.has_attribute(value, name)
    if found is None:
        for package, cls in objects.classes_of(value):
            row = rows().get((package, cls))
            if row is not None and objects.is_complete(value):
                return _told(name in row.names)
    return _told(found)


def _iterates(
    objects: ObjectFacts, value: Known | Unknown, number: int | None = None, of: tuple[str, ...] = ()
) -> Answer:
    if isinstance(value, Sequence) and number is not None and len(value.parts) != number:
        return Answer.LACKS
    answer = _any(objects, value, ("__iter__", "__getitem__"))
    if of and answer is Answer.MET:
        return _together([_told(objects.is_builtin(one, of)) for one in alternatives(_elements(objects, value))])
    return answer


def _elements(objects: ObjectFacts, value: Known | Unknown) -> Value:
    return objects.iterated(value, is_async=False)


def _any(objects: ObjectFacts, value: Known | Unknown, dunders: Iterable[str]) -> Answer:
    found = [objects.has(value, dunder) for dunder in dunders]
    if True in found:
        return Answer.MET
    return Answer.OPEN if None in found else Answer.LACKS


def _operates(objects: ObjectFacts, value: Known | Unknown, step: Operate) -> Answer:
    if step.types and objects.is_builtin(value, step.types):
        return Answer.MET
    if step.own:
        return _told(objects.overrides(value, step.dunders[0]))
    return _any(objects, value, step.dunders)


def _resembles(objects: ObjectFacts, value: Known | Unknown, step: Resemble) -> Answer:
    if isinstance(value, Unknown):
        return Answer.OPEN
    alike = objects.is_builtin(value, step.types)
    if alike is not False:
        return _told(alike)
    if objects.is_builtin(value, _PLAIN):
        return Answer.LACKS
    defined = [objects.overrides(value, dunder) for dunder in step.dunders]
    return Answer.LACKS if set(defined) == {False} else Answer.OPEN
