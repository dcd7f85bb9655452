"""Limits of reports, per reader and per site.

The `limits` library reads the texts and names the windows, but asks Redis once per window. That cost more
than everything else that a report needs (`make bench-intake`). So one script counts all windows of all
reports that are stored together.
"""

import threading
import time
from collections.abc import Callable, Iterator, Sequence

import msgspec
import structlog
from limits import RateLimitItem, parse_many
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from redis import Redis
from redis.exceptions import RedisError

_AWAY_SECONDS = 5.0
_FULL_SECONDS = 10.0
"""How long a full window is known to be full without asking again."""
_MOST_FULL = 4096
"""Full windows that are known. Filling one takes as many requests as it allows."""
WIDE = 16
"""How many times as large the limits of an IPv6 /48 are as those of one reader, a /64."""

# Each window has three arguments: the number of its request, how many it allows, and its seconds. A request
# that finds a full window is not counted in its later ones. Returns pairs: the number of a full window, and
# its wait in milliseconds.
_COUNT = """
local full, waits = {}, {}
for i, window in ipairs(KEYS) do
  local request, most, seconds = ARGV[3 * i - 2], tonumber(ARGV[3 * i - 1]), ARGV[3 * i]
  if not full[request] then
    local counted = redis.call('INCR', window)
    if counted == 1 then redis.call('EXPIRE', window, seconds) end
    if counted > most then
      full[request] = true
      table.insert(waits, i - 1)
      table.insert(waits, redis.call('PTTL', window))
    end
  end
end
return waits
"""

log = structlog.get_logger()


class TooManyReports(Exception):
    """A limit is used up. `seconds` is the time until the next report can be accepted."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Counted(msgspec.Struct, frozen=True):
    """The names that a request is counted under, in this order. A part that is None is not counted."""

    reader: str | None = None
    wide: str | None = None
    """All readers in an IPv6 /48 together."""
    site: str | None = None


NOBODY = Counted()
Window = tuple[RateLimitItem, tuple[str, str]]
"""A limit, and what it counts: the kind and the identity."""


class ReportLimits:
    """Counts reports in Redis. If Redis is away, this process counts them until Redis is back.

    `reader` and `site` are limits such as "20 per minute; 200 per day". An empty one allows everything.
    `clock` returns seconds.
    """

    def __init__(
        self, redis: Redis, *, reader: str, site: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._limits = {"reader": _parsed(reader), "wide": _parsed(reader, WIDE), "site": _parsed(site)}
        self._script = redis.register_script(_COUNT)
        self._own = FixedWindowRateLimiter(MemoryStorage())
        self._clock = clock
        self._away_until = 0.0
        self._full = _Full(clock)

    def require_room(self, counted: Counted) -> None:
        """Return unless a window is known to be full. Counts nothing. Raises TooManyReports.

        A flood that is over the limit stops here, before it costs anything.
        """
        for kind in self._limits:
            self._full.require_room((kind, getattr(counted, kind)))

    def require(self, counted: Counted) -> None:
        """Count one request. Raises TooManyReports."""
        [refusal] = self.count([counted])
        if refusal is not None:
            raise refusal

    def count(self, requests: Sequence[Counted]) -> list[TooManyReports | None]:
        """Count requests in one round trip. Returns one refusal or None for each, in order."""
        windows = [list(self._windows(counted)) for counted in requests]
        if any(windows) and self._clock() >= self._away_until:
            try:
                return self._count_in_redis(windows)
            except RedisError as error:
                log.warning("limits.redis_away", error=str(error))
                self._away_until = self._clock() + _AWAY_SECONDS
        return [self._count_here(each) for each in windows]

    def _windows(self, counted: Counted) -> Iterator[Window]:
        for kind, limits in self._limits.items():
            identity = getattr(counted, kind)
            if identity is not None:
                yield from ((limit, (kind, identity)) for limit in limits)

    def _count_in_redis(self, requests: Sequence[Sequence[Window]]) -> list[TooManyReports | None]:
        keys: list[str] = []
        counted: list[tuple[int, tuple[str, str]]] = []
        arguments: list[int] = []
        for number, windows in enumerate(requests):
            for limit, counts in windows:
                keys.append(limit.key_for("reports", *counts))
                arguments += (number, limit.amount, limit.get_expiry())
                counted.append((number, counts))
        waits = self._script(keys=keys, args=arguments)
        refusals: list[TooManyReports | None] = [None] * len(requests)
        for window, milliseconds in zip(waits[::2], waits[1::2], strict=True):
            number, counts = counted[window]
            refusals[number] = TooManyReports(milliseconds / 1000)
            self._full.note(counts, milliseconds / 1000)
        return refusals

    def _count_here(self, windows: Sequence[Window]) -> TooManyReports | None:
        for limit, counts in windows:
            if not self._own.hit(limit, "reports", *counts):
                stats = self._own.get_window_stats(limit, "reports", *counts)
                return TooManyReports(stats.reset_time - time.time())
        return None


class _Full:
    """The full windows that this process knows. It forgets each after some seconds.

    An operator may empty Redis, to let everybody report again.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._ends: dict[tuple[str, str | None], tuple[float, float]] = {}
        """Until when it is known, and when the window ends."""

    def note(self, counts: tuple[str, str], seconds: float) -> None:
        """Remember that a window is full. It ends in `seconds`."""
        now = self._clock()
        with self._lock:
            self._ends.pop(counts, None)
            if len(self._ends) >= _MOST_FULL:
                del self._ends[next(iter(self._ends))]
            self._ends[counts] = now + min(seconds, _FULL_SECONDS), now + seconds

    def require_room(self, counts: tuple[str, str | None]) -> None:
        """Raise TooManyReports if the window is known to be full."""
        known_until, ends = self._ends.get(counts, (0.0, 0.0))
        now = self._clock()
        if now < known_until:
            raise TooManyReports(ends - now)


def _parsed(text: str, times: int = 1) -> list[RateLimitItem]:
    limits = parse_many(text) if text else []
    return [type(limit)(limit.amount * times, limit.multiples) for limit in limits]
