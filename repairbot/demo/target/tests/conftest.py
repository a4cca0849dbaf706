"""What several tests need: a database in a file of its own, and somebody who may log in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from chat_backend import auth
from chat_backend.auth import add_user
from chat_backend.db import open_database


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(auth, "PASSWORD_ROUNDS", 1)


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path / 'chat.sqlite3'}"


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[None]:
    async with open_database(database_url):
        yield


@pytest.fixture
async def ada(database: None) -> int:
    return await add_user("ada", "correct horse")
