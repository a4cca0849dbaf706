"""Where sessions come from: one function for code that enters them itself, and one for FastAPI."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncSession

from chat_backend.db import SessionFactory


@asynccontextmanager
async def get_request_scoped_db_session() -> AsyncIterator[AsyncSession]:
    """A session for one piece of work: committed at its end, rolled back when it fails, closed in any case."""
    async with SessionFactory.begin() as db_session:
        yield db_session


async def get_db_session() -> AsyncIterator[AsyncSession]:
    """The same for `Depends`, which wants the plain generator."""
    async with get_request_scoped_db_session() as db_session:
        yield db_session
