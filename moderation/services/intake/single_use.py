"""Accept a token once: the names of used tokens are kept in Redis until the tokens expire."""

import hashlib
from datetime import timedelta

import structlog
from redis import Redis
from redis.exceptions import RedisError

log = structlog.get_logger()


class SingleUse:
    """Remembers which names were used."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    def use(self, name: str, kept: timedelta) -> bool:
        """Mark the name as used; False when it was used before.

        While Redis is away every name counts as new: readers are let in.
        """
        digest = hashlib.sha256(name.encode()).hexdigest()
        try:
            return bool(self._redis.set(f"corrigenda:used:{digest}", 1, nx=True, ex=kept))
        except RedisError as error:
            log.warning("single_use.not_checked", error=str(error))
            return True
