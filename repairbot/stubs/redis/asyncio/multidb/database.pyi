# Written by `python -m repairbot.stubs.generate redis`: change its pins or corrections, not this file.
from redis.asyncio.client import Redis
from redis.asyncio.cluster import RedisCluster
from redis.data_structure import WeightedList
from typing import Any

class AsyncDatabase:
    @property
    def client(self) -> Redis | RedisCluster: ...

class Database(AsyncDatabase):
    @property
    def client(self) -> Redis | RedisCluster: ...

Databases = WeightedList[tuple[AsyncDatabase, int | float]]

def __getattr__(name: str) -> Any: ...
