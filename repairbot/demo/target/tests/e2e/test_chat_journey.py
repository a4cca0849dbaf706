"""A customer's whole way through the application, over HTTP and a WebSocket."""

from __future__ import annotations

from collections.abc import Iterator

import anyio
import pytest
from fastapi.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from chat_backend.auth import add_user
from chat_backend.db import open_database
from chat_backend.main import NOT_LOGGED_IN, create_app

ADA = {"name": "ada", "password": "correct horse"}


@pytest.fixture
def client(database_url: str) -> Iterator[TestClient]:
    async def sign_up() -> None:
        async with open_database(database_url):
            await add_user(**ADA)

    anyio.run(sign_up)
    with TestClient(create_app(database_url)) as client:
        yield client


def test_a_customer_logs_in_connects_asks_and_is_answered(client: TestClient) -> None:
    token = client.post("/login", json=ADA).json()["token"]
    with client.websocket_connect(f"/ws/chat?token={token}") as websocket:
        websocket.send_json({"type": "user_message", "text": "I was charged twice"})
        assert websocket.receive_json()["type"] == "agent_started"
        parts = [websocket.receive_json()["text"] for _ in range(2)]
        completed = websocket.receive_json()
    assert (completed["type"], completed["topic"]) == ("agent_completed", "billing")
    assert completed["text"] == " ".join(parts)
    titles = client.get("/conversations", headers={"Authorization": f"Bearer {token}"}).json()
    assert titles == ["I was charged twice"]


def test_a_wrong_password_gives_no_token(client: TestClient) -> None:
    assert client.post("/login", json={**ADA, "password": "battery staple"}).status_code == 401


def test_without_a_token_there_is_no_chat(client: TestClient) -> None:
    with pytest.raises(WebSocketDisconnect) as refused, client.websocket_connect("/ws/chat"):
        pass
    assert refused.value.code == NOT_LOGGED_IN
    assert client.get("/conversations").status_code == 401
