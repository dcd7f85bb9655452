"""Accept a token once. Redis stores the names of used tokens until the tokens expire."""

import hashlib
from datetime import timedelta

import structlog
from redis import Redis
from redis.exceptions import RedisError

log = structlog.get_logger()


class SingleUse:
    """Set of used names."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    def use(self, name: str, kept: timedelta) -> bool:
        """Mark the name as used. Returns False if it was used before.

        If Redis is away, every name counts as new, so that readers can still send reports.
        """
        digest = hashlib.sha256(name.encode()).hexdigest()
        try:
            return bool(self._redis.set(f"corrigenda:used:{digest}", 1, nx=True, ex=kept))
        except RedisError as error:
            log.warning("single_use.not_checked", error=str(error))
            return True
