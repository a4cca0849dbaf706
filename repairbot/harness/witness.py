"""What the tests saw at the site of a finding before anything was changed: observations in, a verdict on it out."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from repairbot.constructs import Construct
from repairbot.harness.suite.runs import Met, Seen

_NAMED = 3
_STAND_INS = frozenset({"Mock", "MagicMock", "NonCallableMock", "NonCallableMagicMock", "AsyncMock"})


class WitnessState(StrEnum):
    """A contradicted finding is withdrawn: one object that was fit is enough, whatever the others were."""

    RAISED = "raised"  # each time it was reached, it raised the error
    CONTRADICTED = "contradicted"  # it ran without the error, at least once
    NOT_REACHED = "not reached"
    NOT_WATCHED = "not watched"  # it could not be found in what this Python makes of the code


@dataclass(frozen=True, slots=True)
class Witness:
    """Tests are named by id; what ran while tests were imported and collected has the id "".

    `types` are those of the objects that were there, the fit ones where there are any. `error` is the text of the
    first error. `strange` are tests in which it raised for a type of object that the finding does not speak of.
    """

    state: WitnessState
    raised: tuple[str, ...] = ()
    ran: tuple[str, ...] = ()
    strange: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    error: str | None = None

    @property
    def reason(self) -> str:
        """What was seen, as a clause."""
        match self.state:
            case WitnessState.RAISED:
                return f"it raised the error in {_tests(self.raised)}, each time it was reached"
            case WitnessState.CONTRADICTED:
                kinds = f", where the object was {_types(self.types)}" if self.types else ""
                both = f"; in {_tests(self.raised)} it raised the error" if self.raised else ""
                return f"it ran without the error in {_tests(self.ran)}{kinds}{both}"
            case WitnessState.NOT_WATCHED:
                return "what it meets could not be watched on this Python"
            case WitnessState.NOT_REACHED if self.strange:
                return f"it was reached with another object only, {_types(self.types)}, in {_tests(self.strange)}"
        return "no test was seen to reach it"


def witness(seen: Iterable[Seen], expected: Collection[str] = (), *, executed: bool = False) -> Witness:
    """The verdict on one site.

    `expected` are the names of the types that can be there, empty where nobody knows; `executed`: its line was run.
    """
    found = tuple(seen)
    fit = [one for one in found if one.met in {Met.RAN, Met.OTHER}]
    failed = [one for one in found if one.met is Met.RAISED]
    strange = [one for one in failed if _is_strange(one, expected)]
    raised = [one for one in failed if one not in strange]
    error = next((one.error for one in raised if one.error), None)
    state = (
        WitnessState.CONTRADICTED
        if fit
        else WitnessState.RAISED
        if raised
        else WitnessState.NOT_WATCHED
        if executed and not found
        else WitnessState.NOT_REACHED
    )
    kinds = {name for one in fit or raised or strange if (name := _type(one))}
    return Witness(state, _ids(raised), _ids(fit), _ids(strange), tuple(sorted(kinds)), error)


def _is_strange(one: Seen, expected: Collection[str]) -> bool:
    name = _type(one).rpartition(".")[2]
    return name in _STAND_INS or bool(name and expected and name not in expected)


def _type(one: Seen) -> str:
    """The full name where it was seen, else the one in the error, which Python wrote and which wins."""
    found = (pattern.search(one.error or "") for construct in Construct for pattern in construct.facts.errors)
    said = next((match["type"] for match in found if match and "type" in match.re.groupindex), "")
    full = one.type or ""
    return full if not said or full.rpartition(".")[2] == said.rpartition(".")[2] else said


def _ids(found: Iterable[Seen]) -> tuple[str, ...]:
    return tuple(sorted({one.test for one in found}))


def _tests(ids: Collection[str]) -> str:
    named = [f"`{one}`" if one else "the import of the tests" for one in sorted(ids)]
    shown = [*named[:_NAMED], f"{len(named) - _NAMED} more"] if len(named) > _NAMED else named
    said = " and ".join(part for part in (", ".join(shown[:-1]), *shown[-1:]) if part)
    if list(ids) == [""]:
        return said
    return f"1 test ({said})" if len(ids) == 1 else f"{len(ids)} tests ({said})"


def _types(names: Collection[str]) -> str:
    return " or ".join(f"`{one}`" for one in sorted(names)[:_NAMED])
