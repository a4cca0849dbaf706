# Written by `python -m repairbot.stubs.generate psycopg`: change its pins or corrections, not this file.
from psycopg import dbapi20 as dbapi20, postgres as postgres, types as types
from psycopg._connection_base import BaseConnection as BaseConnection
from psycopg._copy import Copy as Copy
from psycopg._copy_async import AsyncCopy as AsyncCopy
from psycopg._pipeline import Pipeline as Pipeline
from psycopg._pipeline_async import AsyncPipeline as AsyncPipeline
from psycopg._server_cursor import ServerCursor as ServerCursor
from psycopg._server_cursor_async import AsyncServerCursor as AsyncServerCursor
from psycopg.client_cursor import AsyncClientCursor as AsyncClientCursor, ClientCursor as ClientCursor
from psycopg.connection import Connection as Connection
from psycopg.connection_async import AsyncConnection as AsyncConnection
from psycopg.cursor import Cursor as Cursor
from psycopg.cursor_async import AsyncCursor as AsyncCursor
from psycopg.postgres import adapters as adapters
from psycopg.raw_cursor import (
    AsyncRawCursor as AsyncRawCursor,
    AsyncRawServerCursor as AsyncRawServerCursor,
    RawCursor as RawCursor,
    RawServerCursor as RawServerCursor,
)
from psycopg.transaction import AsyncTransaction as AsyncTransaction, Rollback as Rollback, Transaction as Transaction
from typing import Any

def __getattr__(name: str) -> Any: ...
