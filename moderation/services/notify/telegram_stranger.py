"""Answer the messages of one person at Telegram at most once in a few seconds."""

from dataclasses import dataclass

from redis import Redis
from redis.exceptions import RedisError

_SECONDS = 3


@dataclass(frozen=True, slots=True)
class SlowAnswers:
    """Callable; True if the person may be answered now. Without Redis it is always True."""

    redis: Redis

    def __call__(self, user_id: int) -> bool:
        """Return whether to answer, and remember it."""
        try:
            return bool(self.redis.set(f"corrigenda:telegram:{user_id}", 1, nx=True, ex=_SECONDS))
        except RedisError:
            return True
