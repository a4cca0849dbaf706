"""The agent handler with the real session and the real database."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from chat_backend.agents.triage import AnswerStream, TriageAgent
from chat_backend.dependencies import get_request_scoped_db_session
from chat_backend.models import AgentRun, Conversation, Message
from chat_backend.websocket_core.agent_handler import AgentHandler, Event


class Client:
    """Says things to a handler, and keeps what it answers."""

    def __init__(self, user_id: int, agent: TriageAgent | None = None) -> None:
        self.events: list[Event] = []
        self._handler = AgentHandler(user_id, self._receive, agent)

    async def _receive(self, event: Event) -> None:
        self.events.append(event)

    async def say(self, text: str, conversation_id: int | None = None) -> Event:
        """Send a message, and give the last event that came back."""
        await self._handler.handle(
            json.dumps({"type": "user_message", "text": text, "conversation_id": conversation_id})
        )
        return self.events[-1]


class BrokenAgent(TriageAgent):
    """Gives up."""

    def answer(self, text: str) -> AnswerStream:
        raise RuntimeError("the model is down")


async def said() -> list[tuple[str, str]]:
    """Every message that is stored: who said it, and what."""
    async with get_request_scoped_db_session() as db_session:
        messages = await db_session.scalars(select(Message).order_by(Message.id))
        return [(message.author, message.text) for message in messages]


async def test_the_triage_agent_starts_and_answers(ada: int) -> None:
    client = Client(ada)
    completed = await client.say("My invoice is wrong")
    assert [event["type"] for event in client.events] == [
        "agent_started",
        "agent_part",
        "agent_part",
        "agent_completed",
    ]
    assert completed["topic"] == "billing"


async def test_question_answer_and_run_are_stored(ada: int) -> None:
    completed = await Client(ada).say("Everything is down")
    assert await said() == [("user", "Everything is down"), ("triage", completed["text"])]
    async with get_request_scoped_db_session() as db_session:
        run = (await db_session.scalars(select(AgentRun))).one()
    assert (run.agent, run.topic, run.urgent) == ("triage", "outage", True)


async def test_a_conversation_can_be_continued(ada: int) -> None:
    client = Client(ada)
    await client.say("I forgot my password")
    await client.say("and my username", client.events[0]["conversation_id"])
    assert len(await said()) == 4
    async with get_request_scoped_db_session() as db_session:
        assert (await db_session.scalars(select(Conversation.title))).all() == ["I forgot my password"]


async def test_nobody_continues_somebody_elses_conversation(ada: int) -> None:
    client = Client(ada)
    await client.say("I forgot my password")
    stranger = Client(ada + 1)
    error = await stranger.say("me too", client.events[0]["conversation_id"])
    assert error["code"] == "unknown_conversation"


async def test_an_agent_that_fails_leaves_nothing_behind(ada: int) -> None:
    with pytest.raises(RuntimeError, match="the model is down"):
        await Client(ada, BrokenAgent()).say("hello")
    assert await said() == []
