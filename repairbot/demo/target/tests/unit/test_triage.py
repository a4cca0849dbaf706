"""How the triage agent sorts and answers."""

from __future__ import annotations

import pytest

from chat_backend.agents.triage import TriageAgent


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("The app CRASHES with an error", "outage"),
        ("I was charged twice, please refund one payment", "billing"),
        ("I forgot my password", "account"),
        ("Do you have an office in Utrecht?", "other"),
    ],
)
def test_a_question_is_sorted_by_its_words(text: str, topic: str) -> None:
    assert TriageAgent().topic_of(text).name == topic


async def test_an_answer_can_be_iterated_at_once() -> None:
    parts = [part async for part in TriageAgent().answer("Where is my refund?")]
    assert parts == ["I have passed this to billing.", "You will hear from them within one working day."]


async def test_an_answer_that_is_entered_ends_with_its_block() -> None:
    async with TriageAgent().answer("Where is my refund?") as answer:
        async for part in answer:
            assert part == "I have passed this to billing."
            break
    assert [part async for part in answer] == []
