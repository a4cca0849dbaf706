"""The database: one engine for the process, and the factory that its sessions come from."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker, create_async_engine

from chat_backend.models import Base

SessionFactory = async_sessionmaker(expire_on_commit=False)


@asynccontextmanager
async def open_database(url: str) -> AsyncIterator[AsyncEngine]:
    """Bind the session factory to the database at `url`, with its tables in place, until the block ends."""
    engine = create_async_engine(url)
    event.listen(engine.sync_engine, "connect", _enforce_foreign_keys)
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    SessionFactory.configure(bind=engine)
    try:
        yield engine
    finally:
        SessionFactory.configure(bind=None)
        await engine.dispose()


def _enforce_foreign_keys(connection: Any, _: object) -> None:
    """SQLite does so only when each connection asks for it."""
    connection.execute("PRAGMA foreign_keys = ON")
