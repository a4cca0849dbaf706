"""What differs between machines, from the environment."""

from __future__ import annotations

import os

DATABASE_URL = os.environ.get("CHAT_DATABASE_URL", "sqlite+aiosqlite:///chat.sqlite3")
TOKEN_SECRET = os.environ.get("CHAT_TOKEN_SECRET", "only for development")
