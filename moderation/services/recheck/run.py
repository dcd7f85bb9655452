"""Read all pages that are due: many hosts at a time, one page of a host at a time."""

import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event
from uuid import UUID

import structlog
from sqlalchemy.orm import Session, sessionmaker

from moderation.figures import RECHECKS, Figures, NoFigures
from moderation.models import Site
from moderation.secret_keys import SecretKeys
from moderation.services.pages.fetch import Fetcher
from moderation.services.recheck.claim import Errand, claim, give_back
from moderation.services.recheck.header import open_header
from moderation.services.recheck.recheck import recheck_page

THREADS = 24
_SHARE = 10
"""Pages of one site that are leased at a time. With the longest pause and fetch they fit into the lease."""
_LONG_PAUSE = 30.0
_TICK_SECONDS = 0.05
_CLAIM_SECONDS = 0.5
"""How often new pages are leased while some are in work: a lease reads all sites."""

log = structlog.get_logger()


@dataclass(slots=True)
class Rechecker:
    """Reads due pages until none is left. One of these per process; `stop` ends it early."""

    sessions: sessionmaker[Session]
    fetcher: Fetcher
    clock: Callable[[], datetime]
    secret_keys: SecretKeys
    threads: int = THREADS
    share: int = _SHARE
    figures: Figures = field(default_factory=NoFigures)
    stop: Event = field(default_factory=Event)
    _pending: dict[tuple[str, UUID], deque[Errand]] = field(default_factory=dict)
    _running: dict[Future[None], Errand] = field(default_factory=dict)
    _next_claim: float = 0.0

    def run(self) -> int:
        """Read the pages that are due. Returns how many were read or tried."""
        done = 0
        pool = ThreadPoolExecutor(self.threads, thread_name_prefix="fetch")
        while not self.stop.is_set():
            claimed = self._claim()
            started = self._start(pool)
            if not (claimed or started or self._pending or self._running):
                break
            done += self._collect()
        # When it is stopped early, it waits for no page: another worker may have them all.
        pool.shutdown(wait=False, cancel_futures=True)
        left = [errand for queue in self._pending.values() for errand in queue]
        self._give_back([*left, *self._running.values()], self.clock())
        self._pending.clear()
        self._running.clear()
        return done

    def _claim(self) -> int:
        """Lease pages of the sites that have none in work."""
        has_work = bool(self._pending or self._running)
        if len(self._pending) > self.threads * 4 or (has_work and time.monotonic() < self._next_claim):
            return 0
        self._next_claim = time.monotonic() + _CLAIM_SECONDS
        waiting = {errand.site_id for queue in self._pending.values() for errand in queue}
        busy: set[UUID] = waiting | {errand.site_id for errand in self._running.values()}
        with self.sessions() as session:
            errands = claim(session, self.clock(), self._header, share=self.share, besides=busy)
        for errand in errands:
            self._pending.setdefault((errand.host, errand.site_id), deque()).append(errand)
        return len(errands)

    def _start(self, pool: ThreadPoolExecutor) -> int:
        """Start what its host allows now."""
        busy = {errand.host for errand in self._running.values()}
        started = 0
        for host, site_id in list(self._pending):
            queue = self._pending[host, site_id]
            pause = self.fetcher.turns.seconds_until_free(host, str(site_id))
            if pause > _LONG_PAUSE:  # the host or the site asked for it
                del self._pending[host, site_id]
                self._give_back(queue, self.clock() + timedelta(seconds=pause))
            elif host not in busy and pause == 0 and len(self._running) < self.threads:
                errand = queue.popleft()
                if not queue:
                    del self._pending[host, site_id]
                if errand.leased_until > self.clock():
                    busy.add(host)
                    self._running[pool.submit(self._recheck, errand)] = errand
                    started += 1
        return started

    def _recheck(self, errand: Errand) -> None:
        outcome = recheck_page(self.sessions, self.fetcher, errand, self.clock)
        self.figures.count(RECHECKS, outcome)

    def _collect(self) -> int:
        """Wait a moment for pages that are being read. Returns how many are done."""
        if not self._running:
            self.stop.wait(_TICK_SECONDS)
            return 0
        finished, _ = wait(self._running, timeout=_TICK_SECONDS, return_when=FIRST_COMPLETED)
        for future in finished:
            errand, error = self._running.pop(future), future.exception()
            if error is not None:  # the lease brings the page back
                self.figures.count(RECHECKS, "failed")
                log.error("recheck.failed", url=errand.url, error=repr(error), exc_info=error)
        return len(finished)

    def _give_back(self, errands: "list[Errand] | deque[Errand]", due: datetime) -> None:
        if errands:
            with self.sessions() as session:
                give_back(session, errands, due)

    def _header(self, site: Site) -> tuple[str, str] | None:
        return open_header(site, self.secret_keys)
