"""Deletes old conversations: `python -m chat_backend.maintenance`, once a night."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete

from chat_backend.db import open_database
from chat_backend.dependencies import get_db_session
from chat_backend.models import Conversation
from chat_backend.settings import DATABASE_URL

KEPT = timedelta(days=90)


async def delete_old_conversations(now: datetime) -> int:
    """Delete conversations older than KEPT, and give their number."""
    deleted = 0
    async for db_session in get_db_session():
        result = await db_session.execute(delete(Conversation).where(Conversation.started_at < now - KEPT))
        deleted = result.rowcount
    return deleted


async def main() -> None:
    async with open_database(DATABASE_URL):
        print(f"deleted {await delete_old_conversations(datetime.now(UTC))} conversations")


if __name__ == "__main__":
    asyncio.run(main())
