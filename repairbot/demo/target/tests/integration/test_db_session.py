"""The life of a session, with the real database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from chat_backend.auth import add_user, sign_in
from chat_backend.dependencies import get_db_session, get_request_scoped_db_session
from chat_backend.maintenance import KEPT, delete_old_conversations
from chat_backend.models import Conversation, Message, User


async def number_of(table: type) -> int:
    async with get_request_scoped_db_session() as db_session:
        return await db_session.scalar(select(func.count()).select_from(table)) or 0


async def test_what_a_session_did_is_stored_at_its_end(database: None) -> None:
    async with get_request_scoped_db_session() as db_session:
        db_session.add(User(name="ada", password_hash=""))
        assert db_session.in_transaction()
    assert not db_session.in_transaction()
    assert await number_of(User) == 1


async def test_a_session_that_fails_leaves_nothing(database: None) -> None:
    async def fail() -> None:
        async with get_request_scoped_db_session() as db_session:
            db_session.add(User(name="ada", password_hash=""))
            await db_session.flush()
            raise RuntimeError("the model is down")

    with pytest.raises(RuntimeError, match="the model is down"):
        await fail()
    assert await number_of(User) == 0


async def test_the_session_for_fastapi_is_a_plain_generator(ada: int) -> None:
    async for db_session in get_db_session():
        assert (await db_session.get_one(User, ada)).name == "ada"


async def test_a_user_signs_in_with_the_right_password(ada: int) -> None:
    assert await sign_in("ada", "correct horse") == ada
    assert await sign_in("ada", "battery staple") is None
    assert await sign_in("grace", "correct horse") is None


async def test_a_name_is_taken_once(ada: int) -> None:
    with pytest.raises(IntegrityError):
        await add_user("ada", "another password")


async def test_old_conversations_are_deleted_with_their_messages(ada: int) -> None:
    now = datetime.now(UTC)
    async with get_request_scoped_db_session() as db_session:
        for days in (KEPT.days + 1, 1):
            conversation = Conversation(user_id=ada, title=f"{days} days", started_at=now - timedelta(days=days))
            db_session.add(conversation)
            await db_session.flush()
            db_session.add(Message(conversation_id=conversation.id, author="user", text="hello"))
    assert await delete_old_conversations(now) == 1
    assert (await number_of(Conversation), await number_of(Message)) == (1, 1)
