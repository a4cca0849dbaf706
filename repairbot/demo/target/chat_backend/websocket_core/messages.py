"""What a client may send, as checked values."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter


class Ping(BaseModel):
    """Asks for a sign of life."""

    model_config = ConfigDict(extra="forbid")

    type: Literal["ping"]


class UserMessage(BaseModel):
    """Something for the agent, in a new conversation or in one that the user began earlier."""

    model_config = ConfigDict(extra="forbid")

    type: Literal["user_message"]
    text: Annotated[str, Field(min_length=1, max_length=4000)]
    conversation_id: int | None = None


ClientMessage = Annotated[Ping | UserMessage, Field(discriminator="type")]

_ADAPTER: TypeAdapter[Ping | UserMessage] = TypeAdapter(ClientMessage)


def parse(text: str) -> Ping | UserMessage:
    """The message in a frame. Raises pydantic's ValidationError."""
    return _ADAPTER.validate_json(text)
