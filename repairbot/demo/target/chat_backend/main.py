"""The application: `POST /login`, `GET /conversations` and the WebSocket `/ws/chat`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, Header, HTTPException, WebSocket, WebSocketDisconnect
from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chat_backend.auth import issue_token, sign_in, user_of_token
from chat_backend.db import open_database
from chat_backend.dependencies import get_db_session
from chat_backend.models import Conversation
from chat_backend.settings import DATABASE_URL, TOKEN_SECRET
from chat_backend.websocket_core.agent_handler import AgentHandler

NOT_LOGGED_IN = 4401  # close code of our own

router = APIRouter()


class Credentials(BaseModel):
    """What a login form sends."""

    name: str
    password: str


def current_user(authorization: Annotated[str, Header()] = "") -> int:
    user_id = user_of_token(authorization.removeprefix("Bearer "), TOKEN_SECRET)
    if user_id is None:
        raise HTTPException(401, "log in first")
    return user_id


def create_app(database_url: str = DATABASE_URL) -> FastAPI:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with open_database(database_url):
            yield

    app = FastAPI(title="Chat backend", lifespan=lifespan)
    app.include_router(router)
    return app


@router.post("/login")
async def login(credentials: Credentials) -> dict[str, str]:
    user_id = await sign_in(credentials.name, credentials.password)
    if user_id is None:
        raise HTTPException(401, "unknown name or wrong password")
    return {"token": issue_token(user_id, TOKEN_SECRET)}


@router.get("/conversations")
async def conversations(
    user_id: Annotated[int, Depends(current_user)], db_session: Annotated[AsyncSession, Depends(get_db_session)]
) -> list[str]:
    """The titles of the user's conversations, oldest first."""
    titles = select(Conversation.title).where(Conversation.user_id == user_id).order_by(Conversation.id)
    return list(await db_session.scalars(titles))


@router.websocket("/ws/chat")
async def chat(websocket: WebSocket, token: str = "") -> None:
    """One connection, from its first frame to its last."""
    user_id = user_of_token(token, TOKEN_SECRET)
    if user_id is None:
        await websocket.close(NOT_LOGGED_IN)
        return
    await websocket.accept()
    handler = AgentHandler(user_id, websocket.send_json)
    try:
        while True:
            await handler.handle(await websocket.receive_text())
    except WebSocketDisconnect:
        handler.log_end()
