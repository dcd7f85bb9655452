"""Politeness to hosts: never two requests at a time, and a pause from one to the next, whatever worker asks.

Redis holds the turns that workers share. Without Redis each process keeps its own.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock

import structlog
from redis import Redis
from redis.exceptions import RedisError

PAUSE = 1.0
"""Seconds from the start of one request to a host to the start of the next."""
LONGEST_PAUSE = 3600.0
_LEASE = 120.0
_STEP = 0.05
_KEY = "corrigenda:host:"

log = structlog.get_logger()


def _own(host: str, site: str) -> str:
    """The name of a host's pause for one site."""
    return f"{host} {site}"


class HostBusy(Exception):
    """Another worker holds the host, or the host asked for a long pause."""


@dataclass(slots=True)
class HostTurns:
    """Turns of the workers to ask a host."""

    redis: Redis | None = None
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    patience: float = 30.0
    """How long to wait for a turn, in seconds."""
    _free_at: dict[str, float] = field(default_factory=dict)
    _held: set[str] = field(default_factory=set)
    _lock: Lock = field(default_factory=Lock)

    def seconds_until_free(self, host: str, site: str = "") -> float:
        """Return the rest of the pause of a host for a site, as far as this process knows it."""
        free_at = max(self._free_at.get(name, 0.0) for name in (host, _own(host, site)))
        return max(0.0, free_at - self.clock())

    @contextmanager
    def turn(self, host: str, pause: float, site: str = "") -> Iterator[float]:
        """Hold the host. Yields the seconds that were waited for it. Raises HostBusy.

        A pause longer than PAUSE is for this site alone: another site can name the same host.
        """
        begun = self.clock()
        while not self._try(host, site):
            waited = self.clock() - begun
            if waited + self.seconds_until_free(host, site) > self.patience:
                raise HostBusy(f"{host} is busy")
            self.sleep(max(_STEP, self.seconds_until_free(host, site)))
        started = self.clock()
        try:
            yield started - begun
        finally:
            self._held.discard(host)
            used = self.clock() - started
            if pause > PAUSE:
                self.pause(_own(host, site), pause - used)
            self.pause(host, min(pause, PAUSE) - used)

    def pause(self, host: str, seconds: float) -> None:
        """Stop all workers from asking the host for some seconds. A longer pause stays in force."""
        now = self.clock()
        with self._lock:
            free_at = max(self._free_at.get(host, 0.0), now + min(seconds, LONGEST_PAUSE))
            self._free_at = {name: at for name, at in self._free_at.items() if at > now} | {host: free_at}
        self._share(host, free_at - now)

    def _try(self, host: str, site: str) -> bool:
        with self._lock:
            if host in self._held or self.seconds_until_free(host, site):
                return False
            self._held.add(host)
        try:
            if self.redis is None or self._take(self.redis, host, site):
                return True
        except RedisError as error:
            log.warning("host_turn.not_shared", host=host, error=str(error))
            return True
        self._held.discard(host)
        return False

    @staticmethod
    def _take(redis: Redis, host: str, site: str) -> bool:
        """Take the host's turn from the other workers, if none has it and the site's own pause is over."""
        if redis.exists(_KEY + _own(host, site)):
            return False
        return bool(redis.set(_KEY + host, 1, nx=True, px=int(_LEASE * 1000)))

    def _share(self, host: str, seconds: float) -> None:
        """Tell the other workers when the host is free."""
        if self.redis is None:
            return
        try:
            if seconds > 0:
                self.redis.set(_KEY + host, 1, px=max(1, int(seconds * 1000)))
            else:
                self.redis.delete(_KEY + host)
        except RedisError as error:
            log.warning("host_turn.not_shared", host=host, error=str(error))
