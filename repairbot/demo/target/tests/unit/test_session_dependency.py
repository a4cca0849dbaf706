"""How the session is to be used, and how it is not."""

from __future__ import annotations

import pytest

from chat_backend.dependencies import get_request_scoped_db_session


async def test_the_session_cannot_be_iterated() -> None:
    """Since it is a context manager. Whoever still iterates it gets this error."""
    with pytest.raises(TypeError, match="requires an object with __aiter__"):
        async for _ in get_request_scoped_db_session():
            pass
