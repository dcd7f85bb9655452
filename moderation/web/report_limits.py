"""Limits of reports, per reader and per site.

They use the `limits` library directly. On the route of reports the bookkeeping of Flask-Limiter took a
quarter of the time of a request, also without a limit (`make bench-intake`).
"""

import time
from collections.abc import Callable

import structlog
from limits import RateLimitItem, parse_many
from limits.errors import StorageError
from limits.storage import MemoryStorage, storage_from_string
from limits.strategies import FixedWindowRateLimiter

_TIMEOUTS = {"socket_connect_timeout": 0.2, "socket_timeout": 0.2}
_AWAY_SECONDS = 5.0
WIDE = 16
"""How many times as large the limits of an IPv6 /48 are as those of one reader, a /64."""

log = structlog.get_logger()


class TooManyReports(Exception):
    """A limit is used up. `seconds` is the time until the next report can be accepted."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class ReportLimits:
    """Counts reports in Redis. If Redis is away, this process counts them until Redis is back.

    `reader` and `site` are limits such as "20 per minute; 200 per day". An empty one allows everything.
    `clock` returns seconds.
    """

    def __init__(
        self, url: str, *, reader: str, site: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._limits = {"reader": _parsed(reader), "wide": _parsed(reader, WIDE), "site": _parsed(site)}
        self._redis = FixedWindowRateLimiter(storage_from_string(url, wrap_exceptions=True, **_TIMEOUTS))
        self._own = FixedWindowRateLimiter(MemoryStorage())
        self._clock = clock
        self._away_until = 0.0

    def count_reader(self, identity: str) -> None:
        """Count a request of this reader. Raises TooManyReports."""
        self._count("reader", identity)

    def count_wide_network(self, identity: str) -> None:
        """Count a request of any reader in an IPv6 /48. Raises TooManyReports."""
        self._count("wide", identity)

    def count_site(self, identity: str) -> None:
        """Count a report to this site. Raises TooManyReports."""
        self._count("site", identity)

    def _count(self, kind: str, identity: str) -> None:
        for limit in self._limits[kind]:
            seconds = self._wait(limit, kind, identity)
            if seconds is not None:
                raise TooManyReports(seconds)

    def _wait(self, limit: RateLimitItem, *key: str) -> float | None:
        if self._clock() >= self._away_until:
            try:
                return _hit(self._redis, limit, key)
            except StorageError as error:
                log.warning("limits.redis_away", error=str(error.storage_error))
                self._away_until = self._clock() + _AWAY_SECONDS
        return _hit(self._own, limit, key)


def _parsed(text: str, times: int = 1) -> list[RateLimitItem]:
    limits = parse_many(text) if text else []
    return [type(limit)(limit.amount * times, limit.multiples) for limit in limits]


def _hit(limiter: FixedWindowRateLimiter, limit: RateLimitItem, key: tuple[str, ...]) -> float | None:
    if limiter.hit(limit, "reports", *key):
        return None
    return limiter.get_window_stats(limit, "reports", *key).reset_time - time.time()
