from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from repairbot.config.journeys import JourneyPlan, StepPlan
from repairbot.config.load import load
from repairbot.errors import UsageError
from repairbot.evidence.impact import Owner, Step
from repairbot.impact.impact_of import assess, check_journeys, owner_of
from repairbot.model import Disposition
from repairbot.scan.queries import Inquiry
from repairbot.source.snapshot import Snapshot
from tests.evidence.targets import CORE, marked, written

APP = """
from fastapi import FastAPI
from core import broken

app = FastAPI()


@app.post("/login")
async def login():
    return 1


@app.websocket("/ws/chat")
async def chat(socket):
    await broken()
"""
PROJECT = """
[[tool.repairbot.impact.journeys]]
name = "Chat"
share-of-value = 0.9
revenue-at-risk = 500000
currency = "USD"
source = "finance, 2025-Q1"
steps = [
    "open the page",
    { name = "log in", entry-points = ["POST /login"] },
    { name = "send a message", entry-points = ["/ws/*"] },
    { name = "read the answer" },
]
"""


def owned(root: Path, *journeys: JourneyPlan, disposition: Disposition = Disposition.FIX) -> Owner | None:
    inquiry = Inquiry(Snapshot.of([written(root, {"core.py": CORE, "app.py": APP})]))
    findings = tuple(replace(one, disposition=disposition) for one in marked(inquiry.snapshot))
    return owner_of(journeys, findings, assess(inquiry, findings, None, None, journeys=journeys))


def configured(root: Path, text: str) -> tuple[JourneyPlan, ...]:
    (root / "pyproject.toml").write_text(text, encoding="utf-8")
    return load(root, None, {}, {}).impact_journeys


def journey(**step: tuple[str, ...]) -> JourneyPlan:
    return JourneyPlan("Chat", (StepPlan("log in"), StepPlan("talk", **step), StepPlan("read")))


def test_the_step_that_breaks_is_named_and_those_after_it_are_blocked(tmp_path: Path) -> None:
    known = owned(tmp_path, *configured(tmp_path, PROJECT))
    assert known is not None
    (chat,) = known.journeys
    assert chat.steps == (
        Step("open the page"),
        Step("log in"),
        Step("send a message", ("core.py:10",)),
        Step("read the answer", blocked=True),
    )
    assert (chat.share_of_value, chat.revenue_at_risk, chat.currency, chat.source) == (
        0.9,
        500000.0,
        "USD",
        "finance, 2025-Q1",
    )


def test_without_configuration_there_is_no_owner(tmp_path: Path) -> None:
    assert configured(tmp_path, "[tool.repairbot]\n") == ()
    assert owned(tmp_path) is None


@pytest.mark.parametrize(
    ("step", "breaks"),
    [
        ({"entry_points": ("/ws/chat",)}, True),
        ({"entry_points": ("app.py::chat",)}, True),
        ({"entry_points": ("POST /login",)}, False),
        ({"paths": ("core.py",)}, True),
        ({"paths": ("app.py",)}, True),
        ({"paths": ("/*.py",)}, True),
    ],
)
def test_a_step_breaks_by_the_entry_points_that_lead_to_a_finding_or_the_files_on_the_way(
    step: dict[str, tuple[str, ...]], breaks: bool, tmp_path: Path
) -> None:
    known = owned(tmp_path, journey(**step))
    assert known is not None
    assert [bool(one.findings) for one in known.journeys[0].steps] == [False, breaks, False]
    assert [one.blocked for one in known.journeys[0].steps] == [False, False, breaks]


@pytest.mark.parametrize("disposition", [Disposition.EXPECTED, Disposition.WITHDRAWN])
def test_what_is_no_bug_breaks_nothing(disposition: Disposition, tmp_path: Path) -> None:
    known = owned(tmp_path, journey(paths=("core.py",)), disposition=disposition)
    assert known is not None
    assert not any(one.findings for one in known.journeys[0].steps)


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (
            {"paths": ("gone/*.py",)},
            "step 'talk' of 'Chat': no Python file of the target matches the path 'gone/*.py'; mend the pattern",
        ),
        (
            {"entry_points": ("POST /cancelled",)},
            "step 'talk' of 'Chat': nothing in the target holds 'cancelled' of the entry point 'POST /cancelled'",
        ),
    ],
)
def test_journeys_through_code_that_is_not_there_are_refused(
    step: dict[str, tuple[str, ...]], said: str, tmp_path: Path
) -> None:
    inquiry = Inquiry(Snapshot.of([written(tmp_path, {"core.py": CORE, "app.py": APP})]))
    with pytest.raises(UsageError) as refused:
        check_journeys([journey(**step)], inquiry)
    assert said in str(refused.value)
    assert refused.value.exit_code == 2


STEPS = 'steps = ["log in"]\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("journeys = 3", "expected a list of tables"),
        ("journeys = [3]", "journey 1: expected a table with name, steps,"),
        (f"[[tool.repairbot.impact.journeys]]\n{STEPS}", "journey 1: `name` must be a text"),
        ('[[tool.repairbot.impact.journeys]]\nname = "A"', "journey 1 (A): `steps` must be a list"),
        (
            f'[[tool.repairbot.impact.journeys]]\nname = "A"\nshare_of_values = 1\n{STEPS}',
            "unknown key 'share_of_values'; did you mean 'share-of-value'?",
        ),
        (
            f'[[tool.repairbot.impact.journeys]]\nname = "A"\nshare-of-value = 90\n{STEPS}',
            "is a part of the whole, from 0 to 1: write 0.9 for 90 %",
        ),
        (
            f'[[tool.repairbot.impact.journeys]]\nname = "A"\nshare-of-value = true\n{STEPS}',
            "`share-of-value` must be a number, 0 or more",
        ),
        (
            f'[[tool.repairbot.impact.journeys]]\nname = "A"\nrevenue-at-risk = 5\n{STEPS}',
            "`revenue-at-risk` needs `currency` and `source` beside it",
        ),
        (
            f'[[tool.repairbot.impact.journeys]]\nname = "A"\nrevenue-at-risk = nan\n{STEPS}',
            "`revenue-at-risk` must be a number, 0 or more",
        ),
        (
            '[[tool.repairbot.impact.journeys]]\nname = "A"\nsteps = [{ name = "x", entrypoints = [] }]',
            "step 1: unknown key 'entrypoints'; did you mean 'entry-points'?",
        ),
        (
            '[[tool.repairbot.impact.journeys]]\nname = "A"\nsteps = [{ name = "x", paths = "a.py" }]',
            "step 1: `paths` must be a list of texts",
        ),
        (
            f'[[tool.repairbot.impact.journeys]]\nname = "A"\n{STEPS}' * 2,
            "two journeys are called 'A'",
        ),
        ("[tool.repairbot.impact]\njourney = []", "unknown key 'impact.journey'; did you mean 'impact.journeys'?"),
    ],
)
def test_a_wrong_table_is_refused_with_what_to_write(text: str, said: str, tmp_path: Path) -> None:
    head = "[tool.repairbot.impact]\n" if text.startswith("journeys") else ""
    with pytest.raises(UsageError) as refused:
        configured(tmp_path, head + text)
    assert said in str(refused.value)
