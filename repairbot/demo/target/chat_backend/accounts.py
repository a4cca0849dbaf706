"""Adds somebody who may log in: `python -m chat_backend.accounts NAME`."""

from __future__ import annotations

import asyncio
import getpass
import sys

from chat_backend.auth import add_user
from chat_backend.db import open_database
from chat_backend.settings import DATABASE_URL


async def main(name: str, password: str) -> None:
    async with open_database(DATABASE_URL):
        print(f"added user {await add_user(name, password)}")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], getpass.getpass()))
