"""A regression test for the branch, added only if it fails without the change and passes with it."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from repairbot.evidence.observed import WrittenTest
from repairbot.git import repository
from repairbot.git.command import GitFailed
from repairbot.git.repository import Person
from repairbot.harness.environment.environment import Environment
from repairbot.harness.grade import Place
from repairbot.harness.session import Bench, Side
from repairbot.harness.suite.runs import Outcome
from repairbot.harness.suite.suite import Ask, run_suite
from repairbot.harness.suite.trial import Trial
from repairbot.model import Finding
from repairbot.protocols.values import Kind, Produced, alternatives
from repairbot.render.regression_test import Reached, name_of, regression_test
from repairbot.rule import Fault
from repairbot.run.branch import Branch, bot
from repairbot.run.target import Opened
from repairbot.scan.commit import Survey
from repairbot.source.paths import shown

SECONDS = 120.0
_TEST_FILE = re.compile(r"(^|/)(tests?/.*|test_[^/]*|[^/]*_test|conftest)\.py$")


@dataclass(frozen=True, slots=True)
class Regression:
    """What became of it; `commit` has the test on top of the change when it was added."""

    written: WrittenTest
    commit: str | None = None


def regression(opened: Opened, found: Survey, branch: Branch, bench: Bench, trial: Trial) -> Regression:
    """Try a test for each repaired line until one of them tells the two sides apart."""
    reason, tried = "no repaired line is in a function that a test could call", None
    for finding in found.findings:
        if finding.group not in branch.groups:
            continue
        reached = _reached(found, finding, trial)
        if isinstance(reached, str):
            reason = reached
            continue
        path = _place(trial, reached)
        text = regression_test(reached)
        tried = WrittenTest(shown(path), added=False, reason="", text=text)
        place = Place(finding.path, frozenset(range(finding.region.line, finding.region.end_line + 1)))
        reason = _checked(opened, branch, bench, trial.baseline.environment, path, text, place) or ""
        if not reason:
            commit = _commit(opened, branch.commit, path, text, f"Test that `{reached.function}` enters its manager\n")
            repository.set_branch(opened.work.own, branch.name, commit)
            written = replace(tried, added=True, reason="it fails without the change and passes with it")
            return Regression(written, commit)
    return Regression(replace(tried, reason=reason) if tried else WrittenTest("", added=False, reason=reason, text=""))


def _reached(found: Survey, finding: Finding, trial: Trial) -> Reached | str:
    """How a test gets to the line; the reason where none can."""
    fault = found.derivation.cases[finding.fingerprint].fault
    definition = _definition(fault)
    functions = [one for one in fault.site.ancestors if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)]
    if _TEST_FILE.search(finding.path):
        return "the repaired line is in a test itself"
    if definition is None:
        return "the context manager is no generator function of the target"
    if len(functions) != 1 or not isinstance(functions[0], ast.AsyncFunctionDef):
        return "the repaired line is in no async function that a test could call by name"
    function = functions[0]
    classes = [one.name for one in fault.site.ancestors if isinstance(one, ast.ClassDef)]
    if any(not _is_plain(decorator) for decorator in function.decorator_list):
        return f"`{function.name}` has decorators that may do other things when it is called"
    static = any(isinstance(one, ast.Name) and one.id != "property" for one in function.decorator_list)
    return Reached(
        module=fault.site.file.name,
        function=".".join([*classes, function.name]),
        definition=definition,
        needed=_needed(function.args, skip=1 if static and _is_class_method(function) else 0),
        generator=any(isinstance(one, ast.Yield) for one in ast.walk(function)),
        style=_style(found, trial),
    )


def _definition(fault: Fault) -> str | None:
    (*others, value) = alternatives(fault.value)
    if others or not isinstance(value, Produced) or value.kind is not Kind.ASYNC_MANAGER:
        return None
    name = value.function.scope.qualified_name
    return name if "<" not in name else None


def _is_plain(decorator: ast.expr) -> bool:
    """Decorators after which the function is still called with the arguments it names."""
    match decorator:
        case ast.Name(id="staticmethod" | "classmethod"):
            return True
        case ast.Call(func=ast.Attribute(attr="get" | "post" | "put" | "patch" | "delete" | "websocket" | "route")):
            return True
    return False


def _is_class_method(function: ast.AsyncFunctionDef) -> bool:
    return any(isinstance(one, ast.Name) and one.id == "classmethod" for one in function.decorator_list)


def _needed(arguments: ast.arguments, skip: int) -> tuple[str, ...]:
    """Parameters that a call must give: by position those that allow it, as "*", the others by name."""
    positional = [*arguments.posonlyargs, *arguments.args]
    count = len(positional) - len(arguments.defaults) - skip
    pairs = zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    return (*("*" for _ in range(max(0, count))), *(one.arg for one, default in pairs if default is None))


def _style(found: Survey, trial: Trial) -> str:
    """unittest only where every test file that ran is written so."""
    files = {case.id.split("::", maxsplit=1)[0] for case in trial.baseline.run.cases}
    snapshot = found.derivation.snapshot
    texts = [snapshot.read(file) for file in sorted(files) if file in snapshot.paths]
    return "unittest" if texts and all(b"unittest" in text and b"pytest" not in text for text in texts) else "pytest"


def _place(trial: Trial, reached: Reached) -> str:
    """Beside the tests that execute the line, or else where most tests are."""
    executing = {hit.test.split("::", maxsplit=1)[0] for hit in trial.after.hits if hit.test}
    files = executing or {case.id.split("::", maxsplit=1)[0] for case in trial.baseline.run.cases}
    folder = _commonest(str(PurePosixPath(file).parent) for file in sorted(files))
    taken = {case.id.split("::", maxsplit=1)[0] for case in trial.baseline.run.cases}
    name = f"test_{name_of(reached)}"
    path = str(PurePosixPath(folder) / f"{name}.py")
    return path if path not in taken else str(PurePosixPath(folder) / f"{name}_again.py")


def _commonest(folders: Iterable[str]) -> str:
    counted: Sequence[tuple[str, int]] = Counter(folders).most_common(1)
    return counted[0][0] if counted else "tests"


def _commit(opened: Opened, parent: str, path: str, text: str, message: str) -> str:
    who: Person = bot(opened)
    return repository.commit_files(opened.work.own, parent, {path: text.encode()}, message, who, who)


def _checked(
    opened: Opened, branch: Branch, bench: Bench, environment: Environment, path: str, text: str, place: Place
) -> str | None:
    """Why the test is not added; None when it fails at the place without the change, and passes with it."""
    work = opened.work
    try:
        for side, parent in ((Side.BEFORE, work.source.commit), (Side.AFTER, branch.commit)):
            work.lay_out(f"{side}-tested", _commit(opened, parent, path, text, "a test\n"))
    except GitFailed as error:
        return f"the test could not be put into the tree: {error}"
    tested = replace(bench, trees=lambda side: work.fresh(f"{side}-tested"))
    outcomes, there = {}, False
    for side in Side:
        run = run_suite(tested, environment, side, Ask(only_files=frozenset({path}), seconds=SECONDS))
        mine = [case for case in run.cases if case.id.startswith(path)]
        outcomes[side] = mine[0].outcome if len(mine) == 1 else None
        there = there or any(place.holds(error.path, error.line) for case in mine for error in case.raised)
    if outcomes[Side.BEFORE] not in {Outcome.FAILED, Outcome.ERROR}:
        return f"without the change the test is {outcomes[Side.BEFORE] or 'not collected'}, and it should fail"
    if not there:
        return "without the change the test fails, but not at the line"
    if outcomes[Side.AFTER] is not Outcome.PASSED:
        return f"with the change the test is {outcomes[Side.AFTER] or 'not collected'}, and it should pass"
    return None
