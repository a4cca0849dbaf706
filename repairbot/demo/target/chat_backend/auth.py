"""Passwords, and the signed tokens that a login is answered with."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time

from sqlalchemy import select

from chat_backend.dependencies import get_request_scoped_db_session
from chat_backend.models import User

TOKEN_SECONDS = 3600
PASSWORD_ROUNDS = 600_000


def hash_password(password: str) -> str:
    salt = secrets.token_hex(16)
    return f"{salt}${_derived(password, salt)}"


def password_fits(password: str, password_hash: str) -> bool:
    salt, _, derived = password_hash.partition("$")
    return hmac.compare_digest(_derived(password, salt), derived)


def _derived(password: str, salt: str) -> str:
    return hashlib.pbkdf2_hmac("sha256", password.encode(), bytes.fromhex(salt), PASSWORD_ROUNDS).hex()


def issue_token(user_id: int, secret: str, now: float | None = None) -> str:
    """`<user>.<end>.<signature>`: says who its bearer is, until it ends."""
    end = int((time.time() if now is None else now) + TOKEN_SECONDS)
    return f"{user_id}.{end}.{_signature(f'{user_id}.{end}', secret)}"


def user_of_token(token: str, secret: str, now: float | None = None) -> int | None:
    """The id of the user, None if the token is not ours or has ended."""
    said, _, signature = token.rpartition(".")
    if not hmac.compare_digest(_signature(said, secret), signature):
        return None
    user_id, _, end = said.partition(".")
    return int(user_id) if int(end) > (time.time() if now is None else now) else None


def _signature(said: str, secret: str) -> str:
    return hmac.new(secret.encode(), said.encode(), "sha256").hexdigest()


async def add_user(name: str, password: str) -> int:
    """Add somebody who may log in, and give the id."""
    async with get_request_scoped_db_session() as db_session:
        user = User(name=name, password_hash=hash_password(password))
        db_session.add(user)
        await db_session.flush()
        return user.id


async def sign_in(name: str, password: str) -> int | None:
    """The id of the user with this name and password, None if there is none."""
    async with get_request_scoped_db_session() as db_session:
        user = await db_session.scalar(select(User).where(User.name == name))
    return user.id if user is not None and password_fits(password, user.password_hash) else None
