# Written by `python -m repairbot.stubs.generate redis`: change its pins or corrections, not this file.
from redis.asyncio.client import Redis
from redis.asyncio.cluster import RedisCluster
from redis.asyncio.connection import ConnectionPool
from redis.asyncio.multidb.database import AsyncDatabase
from redis.asyncio.multidb.failover import AsyncFailoverStrategy
from redis.asyncio.multidb.failure_detector import AsyncFailureDetector
from redis.asyncio.multidb.healthcheck import HealthCheck
from redis.asyncio.retry import Retry
from redis.data_structure import WeightedList
from typing import Any

class DatabaseConfig:
    from_pool: ConnectionPool | None

class MultiDbConfig:
    databases_config: list[DatabaseConfig]
    client_class: type[Redis | RedisCluster]
    command_retry: Retry
    failure_detectors: list[AsyncFailureDetector] | None
    health_checks: list[HealthCheck] | None
    failover_strategy: AsyncFailoverStrategy | None
    def databases(self, *args, **kwargs) -> WeightedList[tuple[AsyncDatabase, int | float]]: ...
    def default_failure_detectors(self, *args, **kwargs) -> list[AsyncFailureDetector]: ...
    def default_health_checks(self, *args, **kwargs) -> list[HealthCheck]: ...
    def default_failover_strategy(self, *args, **kwargs) -> AsyncFailoverStrategy: ...

def __getattr__(name: str) -> Any: ...
