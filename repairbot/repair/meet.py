"""The meet of use and offer: whether code that uses a name means what is entered, or an element of it.

Every rule that binds a name to what is entered decides by this. What the code demands is compared with what entering
gives, and with each element that iterating it gives.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from collections.abc import Sequence as Several
from dataclasses import dataclass, replace

from repairbot.model import Origin
from repairbot.protocols.descriptions import described
from repairbot.protocols.objects import ObjectFacts, Parameter
from repairbot.protocols.values import Produced, Sequence, Unknown, Value, alternatives
from repairbot.repair.answers import Answer, Named, TypeDemand, answers, present
from repairbot.repair.demands import of_parameter
from repairbot.repair.iteration import Way, may_iterate, ways
from repairbot.repair.steps import (
    Call,
    Demand,
    Enter,
    Handed,
    Iterate,
    Operate,
    Part,
    Read,
    Resemble,
    Step,
    Use,
    Wait,
    shown,
)
from repairbot.rule import Ask, Site

Wanted = Demand | TypeDemand
# What does not mind where a text was cut: a stretch of it serves as well as a line.
_OF_ANY_STRETCH = frozenset({"encode", "upper", "lower", "casefold", "swapcase", "hex"})


@dataclass(frozen=True, slots=True)
class Whole:
    """The name means what is entered; `doubt` is set when that is not certain."""

    doubt: str | None = None


@dataclass(frozen=True, slots=True)
class Element:
    """The name means an element of what is entered, iterated in some way; `doubt` is set when that is not certain."""

    way: Way
    doubt: str | None = None


@dataclass(frozen=True, slots=True)
class Neither:
    """What is entered does not fit, and no way of iterating it is known to; `reason` is one sentence."""

    reason: str


Meaning = Whole | Element | Neither


def meant(ask: Ask, site: Site, value: Value, use: Use) -> Meaning:
    """What the name means that a use binds to `value`, the context manager at a site, or to what comes of it."""
    objects = ask.objects
    demands = (*wanted(objects, use, lambda node: ask.value_of(site, node)), *_promised(ask, site, use))
    functions = [one.function for one in alternatives(value) if isinstance(one, Produced)]
    attested = frozenset(name for function in functions for name in ask.attested(function))
    return meaning(objects, ask.entered(value), demands, collects=use.collects, attested=attested)


def _promised(ask: Ask, site: Site, use: Use) -> Iterator[TypeDemand]:
    scope = ask.scope_of(site)
    for one in use.promised:
        if one.annotation is not None:
            declared: Value | None = ask.objects.annotated(one.annotation, scope)
        else:
            declared = ask.objects.promised(scope, is_yielded=one.is_yielded)
        if declared is not None:
            doing = (
                "given where" if one.annotation is not None else "yielded where" if one.is_yielded else "returned where"
            )
            text = f"`{one.mention.id}`, {doing} a type is declared,"
            yield TypeDemand(declared, text, one.mention.lineno)


def wanted(objects: ObjectFacts, use: Use, value_of: Callable[[ast.expr], Value]) -> tuple[Wanted, ...]:
    """All that a use demands, and what functions demand to which the object is handed, one call deep."""
    found: list[Wanted] = [*use.demands]
    for handed in use.handed:
        for parameter in objects.parameters(value_of(handed.call.func), handed.call, handed.argument):
            found += _of_parameter(parameter, handed)
    return tuple(dict.fromkeys(found))


def _of_parameter(parameter: Parameter, handed: Handed) -> Iterator[Wanted]:
    text, line = f"`{shown(handed.call)}`", handed.call.lineno
    if parameter.type is not None:
        yield TypeDemand(parameter.type, text, line, handed.part)
    part = () if handed.part is None else (Part(handed.part),)
    function = parameter.function
    if function.scope.file.origin is Origin.SOURCE:
        for demand in of_parameter(function.node, parameter.name).demands:
            yield Demand((*part, *demand.steps), f"{text}, which does {demand.text}", line)


def meaning(
    objects: ObjectFacts, entered: Value, demands: Several[Wanted], *, collects: bool, attested: frozenset[str]
) -> Meaning:
    """What a name means.

    `collects` says that the code gathers elements; `attested` are attributes that code which does enter the object
    reads of it.
    """
    if any(isinstance(one, Unknown) for one in alternatives(entered)):
        return Whole(_doubt_of_unknown(demands, attested))
    told = [answers(objects, entered, demand) for demand in demands]
    found = ways(objects, entered)
    for demand, answer in zip(demands, told, strict=True):
        if answer is Answer.LACKS:
            return _element(objects, entered, demand, demands, found)
    chosen = _whole(objects, entered, demands, told, found, collects=collects)
    if isinstance(chosen, Whole) and chosen.doubt is None:
        return Whole(_open_question(objects, entered, demands))
    return chosen


def _open_question(objects: ObjectFacts, entered: Value, demands: Several[Wanted]) -> str | None:
    """Return what a demand asks of the object itself that cannot be told; what comes of its methods may stay open."""
    for demand in demands:
        if isinstance(demand, Demand):
            first = replace(demand, steps=demand.steps[:1])
            if answers(objects, entered, first) is Answer.OPEN:
                return f"whether {_described(entered)} has what {demand.text} (line {demand.line}) needs is not known"
    return None


def _doubt_of_unknown(demands: Several[Wanted], attested: frozenset[str]) -> str | None:
    reads = [demand.steps[0] for demand in demands if isinstance(demand, Demand)]
    known = all(isinstance(step, Read) and step.name in attested for step in reads)
    if reads and known and len(reads) == len(demands):
        return None
    return "what entering gives is not known, so the body may mean its elements"


def _element(
    objects: ObjectFacts, entered: Value, lacking: Wanted, demands: Several[Wanted], found: Several[Way]
) -> Meaning:
    """What is entered cannot be what the name means."""
    why = f"{lacking.text} (line {lacking.line}) does not fit what entering gives: {_lack(objects, entered, lacking)}"
    rivals = [way for way in found if not _contradicted(objects, way, demands)]
    usable = _fitting([way for way in rivals if way.is_usable], demands)
    if not usable:
        return Neither(why)
    first = usable[0]
    if len(usable) > 1:
        others = " and ".join(f"`{_named(way)}`" for way in usable[1:])
        return Element(first, f"{why}; `{_named(first)}` would fit, but so would {others}")
    if first.doubt:
        return Element(first, first.doubt)
    if not all(_is_sure(objects, first, demand) for demand in demands):
        return Element(first, f"{why}; whether the elements of `{_named(first)}` fit is not known")
    if first.pieces == "chunks" and not all(_takes_any_stretch(demand) for demand in demands):
        return Element(first, f"`{_named(first)}` may cut anywhere, and the body seems to want whole records")
    return Element(first)


def _is_sure(objects: ObjectFacts, way: Way, demand: Wanted) -> bool:
    """Whether the elements certainly meet a demand.

    Which keys a dictionary has its class does not say; the documentation of a library does.
    """
    if answers(objects, way.element, demand) is not Answer.MET:
        return False
    if way.is_documented or isinstance(way.element, Named) or isinstance(demand, TypeDemand):
        return True
    match demand.steps[0]:
        case Operate(dunders=("__getitem__",)):
            return not any(objects.is_builtin(one, ("dict",)) for one in present(way.element))
    return True


def _contradicted(objects: ObjectFacts, way: Way, demands: Several[Wanted]) -> bool:
    return any(answers(objects, way.element, demand) is Answer.LACKS for demand in demands)


def _fitting(found: Several[Way], demands: Several[Wanted]) -> list[Way]:
    """Of ways that give lines and ways that give any stretch, those that the body asks for."""
    unfit = "lines" if all(_takes_any_stretch(demand) for demand in demands) else "chunks"
    return [way for way in found if way.pieces != unfit] or list(found)


def _takes_any_stretch(demand: Wanted) -> bool:
    match demand:
        case Demand(steps=(Read(name=name), *_)):
            return name in _OF_ANY_STRETCH
        case Demand(steps=(Operate(dunders=dunders), *_)):
            return set(dunders) <= {"__add__", "__iadd__", "__len__"}
        case Demand(steps=(Resemble(dunders=dunders), *_)):
            return set(dunders) <= {"__add__", "__iadd__", "__radd__"}
        case TypeDemand(text=text):
            return ".write(" in text
    return False


def _whole(
    objects: ObjectFacts,
    entered: Value,
    demands: Several[Wanted],
    told: Several[Answer],
    found: Several[Way],
    *,
    collects: bool,
) -> Meaning:
    """Nothing speaks against what is entered; what speaks for it, and for its elements?"""
    met = [demand for demand, answer in zip(demands, told, strict=True) if answer is Answer.MET]
    rivals = [way for way in found if not _contradicted(objects, way, demands)]
    if not rivals and not any(may_iterate(objects, one) for one in present(entered)):
        return _unrivalled(entered, demands, told)
    as_good = [way for way in rivals if any(answers(objects, way.element, one) is Answer.MET for one in demands)]
    itself = [way for way in rivals if not way.after and way.is_async]
    clear = any(_tells(entered, demand) for demand in met) or not any(way.is_usable for way in rivals)
    if met and clear and not as_good and not itself and not collects:
        return Whole()
    return _undecided(entered, demands, rivals, collects=collects)


def _unrivalled(entered: Value, demands: Several[Wanted], told: Several[Answer]) -> Meaning:
    """Nothing that iterating gives fits, so only what is entered can be meant."""
    unsure = [demand for demand in demands if isinstance(demand, Demand)]
    if Answer.MET in told or not unsure:
        return Whole()
    first = unsure[0]
    return Whole(f"whether {_described(entered)} has what {first.text} (line {first.line}) needs is not known")


def _undecided(entered: Value, demands: Several[Wanted], rivals: Several[Way], *, collects: bool) -> Meaning:
    usable = _fitting([way for way in rivals if way.is_usable], demands)
    what = _described(entered)
    if usable and (collects or not usable[0].after):
        others = "" if len(usable) == 1 else f", and `{_named(usable[1])}` would fit as well"
        doubt = f"entering gives {what}, which can be iterated, and the body does not tell which of the two it means"
        return Element(usable[0], usable[0].doubt or doubt + others)
    return Whole(f"entering gives {what}, which can be iterated, and the body does not tell which of the two it means")


def _tells(entered: Value, demand: Wanted) -> bool:
    """Whether a demand that is met speaks for the object even where it has elements of which nothing is known.

    An annotation does, a tuple of as many parts as it is unpacked into, and a method whose result is waited for.
    """
    if isinstance(demand, TypeDemand):
        return True
    match demand.steps[0]:
        case Iterate(number=int()):
            return all(isinstance(one, Sequence) for one in present(entered))
    later = demand.steps[1:]
    return any(isinstance(step, Wait | Enter) or (isinstance(step, Iterate) and step.is_async) for step in later)


def _named(way: Way) -> str:
    return way.after.removeprefix(".") or "the object itself"


def _described(entered: Value) -> str:
    return " or ".join(dict.fromkeys(described(one) for one in present(entered)))


def _lack(objects: ObjectFacts, entered: Value, demand: Wanted) -> str:
    """Why the entered object does not meet a demand, as a clause."""
    what = _described(entered)
    if isinstance(demand, TypeDemand):
        wanted_type = " or ".join(dict.fromkeys(described(one) for one in alternatives(demand.type)))
        return f"{what} is not {wanted_type}"
    first = replace(demand, steps=demand.steps[:1])
    if isinstance(demand.steps[0], Read) and answers(objects, entered, first) is not Answer.LACKS:
        return f"`{demand.steps[0].name}` of {what} does not work like that"
    return f"{what} {_verb(demand.steps[0])}"


def _verb(step: Step) -> str:
    match step:
        case Read(name=name):
            return f"has no attribute `{name}`"
        case Call():
            return "cannot be called"
        case Wait():
            return "cannot be awaited"
        case Enter():
            return "cannot be entered"
        case Iterate(is_async=True):
            return "cannot be iterated with `async for`"
        case Iterate(number=number):
            return "cannot be iterated" if number is None else f"cannot be unpacked into {number} parts"
        case Part(index=index):
            return f"has no such part {index + 1}"
        case Operate(doing=doing):
            return f"cannot be {doing}"
        case Resemble(types=types):
            return f"is nothing like `{types[0]}`"
