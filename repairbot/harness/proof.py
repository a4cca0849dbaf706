"""Shows a fault with the real object: imports the definition's module inside the sandbox and asks the object itself."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Literal

from repairbot.constructs import Construct
from repairbot.harness.environment.environment import Environment
from repairbot.harness.environment.generated import put_back
from repairbot.harness.session import Bench, Side
from repairbot.harness.suite.report import how, inside_tree
from repairbot.process.run import Ended

SECONDS = 60.0
ANSWER_LIMIT = 1024 * 1024

NEEDS: Mapping[Construct, tuple[str, ...]] = {construct: construct.facts.needs for construct in Construct}


class ProofState(StrEnum):
    """How far the proof got. A contradicted finding is withdrawn."""

    PROVEN = "proven"
    CONTRADICTED = "contradicted"
    COULD_NOT_IMPORT = "could not import"
    NOT_CALLED = "not called"


@dataclass(frozen=True, slots=True)
class Definition:
    """What a finding rests on. `path` is relative to the tree, None when the definition lies outside of it."""

    module: str
    name: str  # inside the module: `get_session`, `Database.session`
    kind: Literal["function", "class"]
    path: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """What is to be shown: `construct` fails on the object, `repaired` finds the methods it needs.

    `decorate`: the repair puts `asynccontextmanager` on the definition.
    """

    definition: Definition
    construct: Construct
    repaired: Construct
    decorate: bool = False


@dataclass(frozen=True, slots=True)
class Proof:
    """What the real object said. `error` is the exact text of the construct's error on `python`.

    `from_type`: the object is a class, which is never constructed; the error is that of a bare type of its name.
    `repeat` is the command that shows the same in the target's own environment, from the root of its tree.
    """

    claim: Claim
    state: ProofState
    reason: str
    type: str | None = None
    has: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    error: str | None = None
    from_type: bool = False
    python: str | None = None
    repeat: str | None = None


def prove(claim: Claim, bench: Bench, environment: Environment) -> Proof:
    """Probe the object that `claim` rests on, in a new tree without the change."""
    definition = claim.definition
    roots = import_roots(definition, environment.import_roots)
    request = {
        "roots": [bench.at("repo", root) if root else bench.at("repo") for root in roots],
        "module": definition.module,
        "name": definition.name,
        "kind": definition.kind,
        "construct": claim.construct,
        "decorate": claim.decorate,
    }
    with bench.trees(Side.BEFORE) as tree:
        put_back(environment.folder / "generated", environment.generated, tree)
        ran = bench.run(
            "probe",
            [
                environment.python_at(bench.sandbox),
                bench.at("inside", "repairbot_probe.py"),
                bench.at("given", "request.json"),
                bench.at("out", "answer.json"),
            ],
            tree,
            binds=[*environment.binds(bench.sandbox), bench.plugins()],
            seconds=SECONDS,
            env=environment.env(bench.sandbox),
            given={"request.json": json.dumps(request)},
        )
    return judged(claim, answer_in(ran.out / "answer.json"), ran.ended, bench.at("repo"))


def import_roots(definition: Definition, more: Sequence[str] = ()) -> tuple[str, ...]:
    """The folders that the module's name counts from: `src` for `src/pkg/db.py` as `pkg.db`; the tree itself last."""
    found: list[str] = []
    if definition.path is not None:
        parts = definition.path.removesuffix(".py").removesuffix("/__init__").split("/")
        named = definition.module.split(".")
        if parts[-len(named) :] == named:
            found.append("/".join(parts[: -len(named)]))
    return tuple(dict.fromkeys([*found, *more, ""]))


def answer_in(path: Path) -> Mapping[str, object]:
    """What the probe wrote; empty when it wrote nothing that can be read. The target could have written it."""
    if path.is_symlink() or not path.is_file() or path.stat().st_size > ANSWER_LIMIT:
        return {}
    try:
        found = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def judged(claim: Claim, answer: Mapping[str, object], ended: Ended, tree: str) -> Proof:
    """What the probe's answer means for the claim."""
    python = _text(answer, "python") or None
    if not answer:
        return Proof(
            claim, ProofState.COULD_NOT_IMPORT, f"importing {claim.definition.module} gave no answer: {how(ended)}"
        )
    if problem := _text(answer, "import_error"):
        reason = f"importing {claim.definition.module} raised {problem}"
        return Proof(claim, ProofState.COULD_NOT_IMPORT, reason, python=python)
    if problem := _text(answer, "problem") or _elsewhere(claim.definition, answer, tree):
        return Proof(claim, ProofState.NOT_CALLED, problem, python=python)
    state, reason = _verdict(claim, answer)
    has = _texts(answer, "has")
    return Proof(
        claim,
        state,
        reason,
        type=_text(answer, "type"),
        has=has,
        lacks=tuple(name for name in NEEDS[claim.construct] if name not in has),
        error=_text(answer, "error") or None,
        from_type=answer.get("stand_in") is True,
        python=python,
        repeat=repeat_command(claim, answer),
    )


def _verdict(claim: Claim, answer: Mapping[str, object]) -> tuple[ProofState, str]:
    kind, error = _text(answer, "type"), _text(answer, "error")
    mended = _texts(answer, "repaired_has")
    missing = [name for name in NEEDS[claim.repaired] if name not in mended]
    if not error:
        methods = " and ".join(NEEDS[claim.construct])
        return (
            ProofState.CONTRADICTED,
            f"the real object's type is {kind}, which has {methods}: `{claim.construct}` is legal",
        )
    if missing:
        repaired = _text(answer, "repaired_type")
        return (
            ProofState.CONTRADICTED,
            f"`{claim.repaired}` would fail as well: {repaired} has no {' and '.join(missing)}",
        )
    return ProofState.PROVEN, f"the real object's type is {kind}: {error}"


def _elsewhere(definition: Definition, answer: Mapping[str, object], tree: str) -> str:
    """Why the object that was reached is not the one the finding names; empty when it is, or nobody can tell."""
    module, place = _text(answer, "module_file"), answer.get("definition")
    if definition.path is None:
        return ""
    if module != f"{tree}/{definition.path}":
        return f"{definition.module} was imported from {inside_tree(module, tree) or 'nowhere'}, not from the tree"
    found = place[0] if isinstance(place, list) and place else None
    if isinstance(found, str) and found != f"{tree}/{definition.path}":
        return f"when it is imported, {definition.name} leads to {inside_tree(found, tree)}, not to {definition.path}"
    return ""


def repeat_command(claim: Claim, answer: Mapping[str, object]) -> str:
    """A command for the target's own environment, from the import root; it starts no more of the target than we did."""
    definition, given = claim.definition, answer.get("given")
    module = f"import {definition.module} as m"
    if definition.kind == "class":
        # Double quotes, as the shell's own are single.
        test = f"print([n for n in {json.dumps(NEEDS[claim.construct])} if not hasattr(m.{definition.name}, n)])"
        return f"python -c {shlex.quote(f'{module}; {test}')}"
    call = f"m.{definition.name}({_arguments(definition, given)})"
    if not answer.get("error"):  # legal, so that driving it would run its body
        return f"python -c {shlex.quote(f'{module}; print(dir({call}))')}"
    body = {
        "async for": f"    async for _ in {call}: pass",
        "async with": f"    async with {call}: pass",
        "await": f"    await {call}",
        "for": f"    for _ in {call}: pass",
        "with": f"    with {call}: pass",
    }[claim.construct]
    lines = ("import asyncio", module, "async def main():", body, "asyncio.run(main())")
    return f"python -c {shlex.quote(chr(10).join(lines))}"


def _arguments(definition: Definition, given: object) -> str:
    if not isinstance(given, dict):
        return ""
    positional, named = _texts(given, "positional"), _texts(given, "named")
    if "." in definition.name and positional[:1] == ("cls",):  # a class method gets its class
        positional = positional[1:]
    return ", ".join(
        [*("object()" for _ in positional), *(f"{name}=object()" for name in named if name.isidentifier())]
    )


def _text(answer: Mapping[str, object], key: str) -> str:
    value = answer.get(key)
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else ""


def _texts(answer: Mapping[str, object], key: str) -> tuple[str, ...]:
    value = answer.get(key)
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()
