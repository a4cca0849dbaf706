"""What happens to the messages of one WebSocket connection: each is stored, answered by an agent, and that is stored.

The connection itself (who may open it, reading frames, closing) is the business of `chat_backend.main`. A handler is
given one frame at a time and talks back through `send`, so that its tests need no socket.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from sqlalchemy.ext.asyncio import AsyncSession

from chat_backend.agents.triage import TriageAgent
from chat_backend.dependencies import get_request_scoped_db_session
from chat_backend.models import AgentRun, Conversation, Message
from chat_backend.websocket_core.messages import Ping, UserMessage, parse

logger = logging.getLogger(__name__)

Event = dict[str, Any]
Send = Callable[[Event], Awaitable[None]]

FRAME_LENGTH = 16_384  # characters
MESSAGES_PER_MINUTE = 30
TITLE_LENGTH = 60


class UnknownConversation(Exception):
    """There is no such conversation, or it is somebody else's."""


@dataclass
class Tally:
    """What became of the messages of a connection."""

    answered: int = 0
    refused: int = 0


class RateLimit:
    """So many messages in any sixty seconds."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_minute = per_minute
        self._clock = clock
        self._admitted: deque[float] = deque()

    def admits(self) -> bool:
        """Whether one more message may come now; if so, it counts."""
        now = self._clock()
        while self._admitted and self._admitted[0] <= now - 60:
            self._admitted.popleft()
        if len(self._admitted) >= self._per_minute:
            return False
        self._admitted.append(now)
        return True


class AgentHandler:
    """The messages of one connection, in the order in which they come."""

    def __init__(
        self,
        user_id: int,
        send: Send,
        agent: TriageAgent | None = None,
        limit: RateLimit | None = None,
    ) -> None:
        self._user_id = user_id
        self._send = send
        self._agent = agent or TriageAgent()
        self._limit = limit or RateLimit(MESSAGES_PER_MINUTE)
        self._tally = Tally()

    async def handle(self, text: str) -> None:
        """Take one frame. One that cannot be taken is answered with an error, and the connection goes on."""
        if len(text) > FRAME_LENGTH:
            await self._send_error("frame_too_long", f"at most {FRAME_LENGTH} characters")
            return
        try:
            message = parse(text)
        except ValidationError as error:
            problems = "; ".join(problem["msg"] for problem in error.errors())
            await self._send_error("invalid_message", problems)
            return
        match message:
            case Ping():
                await self._send({"type": "pong"})
            case UserMessage() if not self._limit.admits():
                await self._send_error("too_many_messages", f"at most {MESSAGES_PER_MINUTE} a minute")
            case UserMessage():
                await self._answer(message)

    def log_end(self) -> None:
        logger.info("user %d left; %s", self._user_id, self._tally)

    async def _answer(self, message: UserMessage) -> None:
        """Have the agent answer, and tell the client when it has finished; not before the answer is stored."""
        try:
            completed = await self._start_agent(message)
        except UnknownConversation:
            await self._send_error("unknown_conversation", f"you have no conversation {message.conversation_id}")
            return
        self._tally.answered += 1
        await self._send(completed)

    async def _send_error(self, code: str, text: str) -> None:
        logger.info("user %d: %s", self._user_id, code)
        self._tally.refused += 1
        await self._send({"type": "error", "code": code, "text": text})

    async def _start_agent(self, message: UserMessage) -> Event:
        """Store the message and let the agent answer it, all in one transaction. Gives the event that says so.

        Raises UnknownConversation.
        """
        topic = self._agent.topic_of(message.text)
        logger.info("user %d asks about %s", self._user_id, topic.name)
        async for db_session in get_request_scoped_db_session():
            conversation = await self._conversation(db_session, message)
            question = Message(conversation_id=conversation.id, author="user", text=message.text)
            db_session.add(question)
            await db_session.flush()
            await self._send({"type": "agent_started", "agent": self._agent.name, "conversation_id": conversation.id})
            parts = []
            async for part in self._agent.answer(message.text):
                parts.append(part)
                await self._send({"type": "agent_part", "text": part})
            answer = " ".join(parts)
            db_session.add(Message(conversation_id=conversation.id, author=self._agent.name, text=answer))
            db_session.add(
                AgentRun(message_id=question.id, agent=self._agent.name, topic=topic.name, urgent=topic.urgent)
            )
        return {"type": "agent_completed", "agent": self._agent.name, "topic": topic.name, "text": answer}

    async def _conversation(self, db_session: AsyncSession, message: UserMessage) -> Conversation:
        """The one that the message belongs to; a new one is named after the message it begins with."""
        if message.conversation_id is None:
            conversation = Conversation(user_id=self._user_id, title=_title(message.text))
            db_session.add(conversation)
            await db_session.flush()
            return conversation
        found = await db_session.get(Conversation, message.conversation_id)
        if found is None or found.user_id != self._user_id:
            raise UnknownConversation(message.conversation_id)
        return found


def _title(text: str) -> str:
    line = text.strip().splitlines()[0] if text.strip() else "(empty)"
    return line if len(line) <= TITLE_LENGTH else line[: TITLE_LENGTH - 1].rstrip() + "…"
