"""Apply queued corrections in the CMS: claim, write outside any transaction, record, read the page again."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import datetime
from threading import Event as Signal

import structlog
from sqlalchemy import select
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.orm import Session, sessionmaker

from moderation.domain.source.correct import Change, Correction
from moderation.domain.text.normalise import Quote
from moderation.integrations.cms.base import Applied, Cms, Refused, understood
from moderation.models import CmsConnection, CorrectionApply
from moderation.services.apply import record
from moderation.services.apply.claim import claim, held
from moderation.services.apply.note import note_for

THREADS = 4
"""Sites that are worked on at the same time: a CMS that is slow must not hold up those of other sites."""
_TICK_SECONDS = 0.5

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Applier:
    """Applies the corrections that are due.

    `connect` opens the CMS of a site; `read_again` has due pages fetched at once.
    """

    sessions: sessionmaker[Session]
    connect: Callable[[CmsConnection], Cms]
    purge: Callable[[CmsConnection, str], None]
    clock: Callable[[], datetime]
    read_again: Callable[[], None]
    base_url: str
    stop: Signal = field(default_factory=Signal)

    def run(self, most: int = 100) -> int:
        """Work on pages, one of each site at a time. Returns their number.

        After `most` pages it ends as soon as none is being worked on. Until then it begins others too: one
        site's page may take half an hour, and the others must not wait for it. `stop` ends it early.
        """
        running: set[Future[None]] = set()
        begun, pool = 0, ThreadPoolExecutor(THREADS, thread_name_prefix="apply")
        try:
            while running or begun < most:
                is_free = len(running) < THREADS and not self.stop.is_set()
                if is_free and (rows := self._claim()):
                    running.add(pool.submit(self._hold, rows))
                    begun += 1
                    continue
                if not running:
                    break
                finished, running = wait(running, _TICK_SECONDS, FIRST_COMPLETED)
                for future in finished:
                    future.result()
        finally:
            pool.shutdown(wait=False)
        return begun

    def _claim(self) -> Sequence[CorrectionApply]:
        with self.sessions() as session:
            return claim(session, self.clock())

    def _hold(self, rows: Sequence[CorrectionApply]) -> None:
        with held(self.sessions, [row.id for row in rows], self.clock):
            self._work_apart(rows)

    def _work_apart(self, rows: Sequence[CorrectionApply]) -> None:
        """Work on one page. Whatever its CMS answers, the work for other sites goes on."""
        try:
            self._work(rows)
        except (OperationalError, InterfaceError):  # the database is away: the lease brings the page back
            raise
        except Exception as error:
            log.exception("apply.failed", url=rows[0].page_url)
            why = f"the answer cannot be used ({type(error).__name__})"
            with self.sessions() as session:
                record.refused(session, rows, Refused("misconfigured", why), self.clock())

    def _work(self, rows: Sequence[CorrectionApply]) -> None:
        with self.sessions() as session:
            rows = record.still_wanted(session, rows, self.clock())
            if not rows:
                return
            connection = session.get(CmsConnection, rows[0].site_id)
            changes = [_change(session, row) for row in rows]
            note = note_for(session, rows, self.base_url)
        url = rows[0].page_url
        try:
            cms = self.connect(_existing(connection))
            with understood():
                applied = cms.apply(url, changes, note, _Memory(self.sessions, rows))
        except Refused as refused:
            log.warning("apply.refused", url=url, reason=refused.reason, error=str(refused))
            with self.sessions() as session:
                record.refused(session, rows, refused, self.clock())
            return
        self._done(rows, applied, self._purge(_existing(connection), url))

    def _purge(self, connection: CmsConnection, url: str) -> str | None:
        """Purge the page from the site's cache. Returns what went wrong."""
        try:
            self.purge(connection, url)
        except Refused as refused:
            log.warning("apply.not_purged", url=url, error=str(refused))
            return f"The cache was not purged: {refused}"
        return None

    def _done(self, rows: Sequence[CorrectionApply], applied: Applied, problem: str | None) -> None:
        with self.sessions() as session:
            record.applied(session, rows, applied, self.clock(), problem)
        log.info("apply.done", url=rows[0].page_url, corrections=len(applied.corrections))
        self.read_again()


def _existing(connection: CmsConnection | None) -> CmsConnection:
    if connection is None:
        raise Refused("misconfigured", "the site has no connection to a CMS any more")
    return connection


def _change(session: Session, row: CorrectionApply) -> Change:
    restores = None
    if row.reverts_id is not None:
        reverted = session.get(CorrectionApply, row.reverts_id)
        if reverted is not None and reverted.source_after is not None and reverted.source_before is not None:
            restores = (reverted.source_after, reverted.source_before)
    return Change(str(row.id), Quote(row.exact, row.prefix, row.suffix), row.correction, restores)


@dataclass(frozen=True, slots=True)
class _Memory:
    """The rows' record of writes that were begun; stored in the database at once."""

    sessions: sessionmaker[Session]
    rows: Sequence[CorrectionApply]

    def begun(self, fingerprint: str) -> Mapping[str, Correction]:
        """The corrections of the writing that leads to this fingerprint, if it was begun."""
        with self.sessions() as session:
            rows = self._load(session)
        return {
            str(row.id): Correction(row.field or "", row.source_before or "", row.source_after or "")
            for row in rows
            if row.writing == fingerprint
        }

    def begin(self, fingerprint: str, corrections: Mapping[str, Correction]) -> None:
        """Store that a writing begins."""
        with self.sessions() as session:
            for row in self._load(session):
                correction = corrections.get(str(row.id))
                row.writing = fingerprint if correction is not None else None
                if correction is not None and not (correction.is_done_already and row.source_before):
                    row.field = correction.field
                    row.source_before, row.source_after = correction.before, correction.after
            session.commit()

    def _load(self, session: Session) -> Sequence[CorrectionApply]:
        ids = [row.id for row in self.rows]
        return session.scalars(
            select(CorrectionApply).where(CorrectionApply.id.in_(ids)).order_by(CorrectionApply.id)
        ).all()
