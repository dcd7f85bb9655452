"""Bodies and downloads of slow clients, each in its own thread.

The number of threads is bounded. An address with many slow transfers may not begin another one. When all
threads are taken, the connections of the busiest address and of the slowest transfers are closed.
"""

import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

import structlog

from moderation.services.intake.reader_hash import reader_network

log = structlog.get_logger()

PATIENCE = 5.0
"""Seconds to wait until a connection that was cut off has left its thread."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Limits: transfers at the same time, and their seconds."""

    most: int
    deadline: float
    slow: float
    """A transfer that takes longer is slow."""
    slow_per_address: int
    per_address: int
    """Transfers of one address at once, slow or not."""


class Transfer:
    """A body that is being read, or a download that is being sent."""

    __slots__ = ("address", "is_cut", "since")

    def __init__(self, address: str, since: float) -> None:
        self.address = address
        self.since = since
        self.is_cut = False


class TooManyTransfers(Exception):
    """The transfer may not begin."""

    status = HTTPStatus.SERVICE_UNAVAILABLE


class Transfers:
    """Transfers of one kind. `clock` returns seconds.

    `cut` closes the connections of an address. None: they are those of a proxy, and are left alone.
    """

    def __init__(
        self, bounds: Bounds, cut: Callable[[str], None] | None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._bounds = bounds
        self._cut = cut
        self._clock = clock
        self._left = threading.Condition()
        self._running: dict[Transfer, None] = {}  # oldest first

    def begin(self, address: str) -> Transfer:
        """Begin a transfer. All addresses of an IPv6 /64 count as one. Raises TooManyTransfers."""
        address = reader_network(address)
        with self._left:
            now = self._clock()
            ages = [now - each.since for each in self._running if each.address == address]
            are_slow = sum(age > self._bounds.slow for age in ages) >= self._bounds.slow_per_address
            if len(ages) >= self._bounds.per_address or are_slow:
                raise TooManyTransfers("Finish your other requests first, then try again.")
            self._make_room(now)
            transfer = Transfer(address, now)
            self._running[transfer] = None
            return transfer

    def end(self, transfer: Transfer) -> None:
        """End a transfer. A second call does nothing."""
        with self._left:
            self._running.pop(transfer, None)
            self._left.notify()

    def _make_room(self, now: float) -> None:
        late = [
            each for each in self._running if now - each.since > self._bounds.deadline and not each.is_cut
        ]
        for address in {each.address for each in late}:
            self._cut_address(address)
        while len(self._running) >= self._bounds.most:
            busiest = Counter(each.address for each in self._running if not each.is_cut).most_common(1)
            for address, _count in busiest:
                self._cut_address(address)
            is_full = len(self._running) >= self._bounds.most
            if is_full and (self._cut is None or not self._left.wait(PATIENCE)):
                raise TooManyTransfers("Too many slow requests at once. Try again.")

    def _cut_address(self, address: str) -> None:
        if self._cut is None:
            return
        for each in self._running:
            each.is_cut = each.is_cut or each.address == address
        log.warning("transfers.connections_cut", waiting=len(self._running))
        self._cut(address)
