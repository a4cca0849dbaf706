"""What frames are taken, and what the handler does about the others. No database is needed here."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from chat_backend.websocket_core.agent_handler import FRAME_LENGTH, AgentHandler, Event, RateLimit
from chat_backend.websocket_core.messages import UserMessage, parse


async def answers(frame: str, limit: RateLimit | None = None) -> list[Event]:
    """What the handler says to one frame."""
    sent: list[Event] = []

    async def send(event: Event) -> None:
        sent.append(event)

    await AgentHandler(1, send, limit=limit).handle(frame)
    return sent


def test_a_message_may_name_its_conversation() -> None:
    message = parse('{"type": "user_message", "text": "hello", "conversation_id": 3}')
    assert message == UserMessage(type="user_message", text="hello", conversation_id=3)


@pytest.mark.parametrize("frame", ["", "[]", '{"type": "admin"}', '{"type": "user_message", "text": ""}'])
def test_any_other_frame_is_no_message(frame: str) -> None:
    with pytest.raises(ValidationError):
        parse(frame)


async def test_a_ping_is_answered() -> None:
    assert await answers('{"type": "ping"}') == [{"type": "pong"}]


@pytest.mark.parametrize(
    ("frame", "code"), [("not JSON", "invalid_message"), ("x" * (FRAME_LENGTH + 1), "frame_too_long")]
)
async def test_a_bad_frame_is_answered_with_an_error(frame: str, code: str) -> None:
    (error,) = await answers(frame)
    assert (error["type"], error["code"]) == ("error", code)


async def test_too_many_messages_are_refused_before_any_work() -> None:
    (error,) = await answers('{"type": "user_message", "text": "hello"}', RateLimit(per_minute=0))
    assert error["code"] == "too_many_messages"


def test_a_rate_limit_forgets_what_is_a_minute_old() -> None:
    now = 0.0
    limit = RateLimit(per_minute=1, clock=lambda: now)
    assert limit.admits()
    assert not limit.admits()
    now = 60.0
    assert limit.admits()
