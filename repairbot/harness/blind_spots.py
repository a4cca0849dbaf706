"""Why a run cannot tell that no test executes a line: tests that may lead there and did not come to their end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from repairbot.harness.suite.runs import Case, Met, Outcome, SuiteRun

_NAMED = 3
_SAID = {
    Outcome.SKIPPED: ("is skipped", "are skipped"),
    Outcome.NOT_RUN: ("was not run", "were not run"),
    Outcome.XFAILED: ("is expected to fail and does", "are expected to fail and do"),
}
_FAILS = ("fails before it gets there", "fail before they get there")


def blind_spots(run: SuiteRun, executing: Collection[str], reaching: frozenset[str] | None) -> str | None:
    """A clause; None where every test that could reach the line was seen to its end.

    `executing` are the tests that do reach it, `reaching` the files that can, None where that is not known.
    """
    cases = [case for case in run.cases if case.id not in executing and _can_reach(case.id, reaching)]
    said = [
        *_by_outcome([case for case in cases if case.outcome.red or case.outcome in _SAID]),
        *_uncollected([problem.id for problem in run.problems if _can_reach(problem.id, reaching)]),
        *_unwatched({one.test for one in run.seen if one.met is Met.UNWATCHED}),
        *_deselected([test for test in run.deselected if _can_reach(test, reaching)]),
    ]
    return "; ".join(said) or None


def _can_reach(test: str, reaching: frozenset[str] | None) -> bool:
    """Whether a test, or a file or folder of tests, can lead to the change; ids may be relative to a folder below."""
    file = test.split("::", maxsplit=1)[0]
    if reaching is None or not file.endswith(".py"):
        return True
    return any(path == file or path.endswith(f"/{file}") for path in reaching)


def _by_outcome(cases: Sequence[Case]) -> list[str]:
    failing = [case for case in cases if case.outcome.red]
    said = [f"{_tests(len(failing))} {_FAILS[len(failing) != 1]}{_errors(failing)}"] if failing else []
    for outcome, words in _SAID.items():
        many = sum(case.outcome is outcome for case in cases)
        if many:
            said.append(f"{_tests(many)} {words[many != 1]}")
    return said


def _errors(failing: Sequence[Case]) -> str:
    """What most of them failed with."""
    counted = Counter(case.raised[0].type for case in failing if case.raised and case.raised[0].type.isidentifier())
    named = ", ".join(f"{many} with {name}" for name, many in counted.most_common(_NAMED))
    return f" ({named})" if named else ""


def _uncollected(files: Sequence[str]) -> list[str]:
    if not files:
        return []
    named = ", ".join(files[:_NAMED]) + (", …" if len(files) > _NAMED else "")
    many = "1 file" if len(files) == 1 else f"{len(files)} files"
    return [f"the tests of {many} cannot be collected ({named})"]


def _unwatched(tests: Collection[str]) -> list[str]:
    """Whatever their imports say: another process may run anything."""
    start = "starts" if len(tests) == 1 else "start"
    return [f"{_tests(len(tests))} {start} a Python that cannot be watched"] if tests else []


def _deselected(tests: Sequence[str]) -> list[str]:
    verb = "is" if len(tests) == 1 else "are"
    return [f"{_tests(len(tests))} {verb} left out by the target's options"] if tests else []


def _tests(number: int) -> str:
    return "1 test" if number == 1 else f"{number} tests"
