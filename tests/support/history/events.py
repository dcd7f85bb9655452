"""Everything that can happen to the pages of a site."""

import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Thread
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, update
from sqlalchemy.orm import Session, sessionmaker
from uuid_utils.compat import uuid7

from moderation.models import Editor, OutboxMessage, Page, Report, Site
from moderation.secret_keys import SecretKeys
from moderation.services.cases.retention import run_retention
from moderation.services.conflicts import is_passing
from moderation.services.outbox.jobs import JOBS
from moderation.services.outbox.relay import Relay
from moderation.services.pages.fetch import Fetcher
from moderation.services.recheck.run import Rechecker
from moderation.services.triage.erase import erase
from moderation.services.triage.withdraw import withdraw
from tests.factories import EditorFactory, MembershipFactory, SiteFactory
from tests.support.history.pages import Sent, ShownPage

_LONGEST_JOIN = 300
"""Seconds for all jobs of a round. Only those that wait for each other need them: a busy machine is slow."""


@dataclass(slots=True)
class Events:
    """The readers, the workers and the web server of one site."""

    sessions: sessionmaker[Session]
    fetcher: Fetcher
    pages: Sequence[ShownPage]
    now: datetime
    site_id: UUID = field(default_factory=uuid7)
    editor_id: UUID = field(default_factory=uuid7)
    sent: list[Sent] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    was_put_off: bool = False
    """A message waited too long for a lock, and the relay put it off."""

    def begin(self) -> None:
        """Store the site and its editor, and show the pages."""
        with self.sessions() as session:
            origin = self.pages[0].web.url
            site = SiteFactory.build(id=self.site_id, origins=[origin], operator_origins=[origin])
            editor = EditorFactory.build(id=self.editor_id)
            editor.memberships = [MembershipFactory.build(editor=editor, site=site)]
            session.add(editor)
            session.commit()
        for page in self.pages:
            page.publish()

    def end(self) -> None:
        """Delete the site with all that belongs to it, so that other histories do not meet it."""
        with self.sessions() as session:
            session.execute(delete(OutboxMessage).where(OutboxMessage.site_id == self.site_id))
            session.execute(delete(Site).where(Site.id == self.site_id))
            session.execute(delete(Editor).where(Editor.id == self.editor_id))
            session.commit()
        for page in self.pages:
            page.hide()

    def tick(self, **by: float) -> None:
        """Let time pass."""
        self.now += timedelta(**by)

    def send(
        self,
        at: int,
        kind: str,
        *,
        page: int = 0,
        correct: str = "none",
        context: tuple[int, int] = (32, 32),
        position: int | None = 0,
        reader: int = 0,
        edition: int = -1,
    ) -> None:
        """Store a report and its message. `position` is the error of the reader's position; None: unknown."""
        shown = self.pages[page]
        selected = shown.select(at, kind, correct, context, edition)
        if selected is None:
            return
        self.tick(seconds=1)
        start = None if position is None else max(0, selected.start + position)
        quote, token = selected.quote, f"комментарий{len(self.sent)}номер"
        report = Report(
            id=uuid7(), site_id=self.site_id, url=shown.url, exact=quote.exact, prefix=quote.prefix,
            suffix=quote.suffix, start=start, end=None if start is None else start + len(quote.exact),
            correction=selected.correction, comment=token, reader_hash=reader.to_bytes(16, "big"),
            created_at=self.now,
        )  # fmt: skip
        with self.sessions() as session:
            session.add(report)
            session.add(OutboxMessage(topic="report.received", subject_id=report.id, site_id=self.site_id))
            session.commit()
        number = edition % len(shown.editions)
        self.sent.append(Sent(report.id, page, selected.key, token, number))

    def withdraw(self, at: int) -> None:
        """A reader withdraws a report."""
        if not self.sent:
            return
        report_id = self.sent[at % len(self.sent)].id
        with self.sessions() as session:
            if session.get(Report, report_id) is not None:
                withdraw(session, report_id, self.now)

    def erase(self, at: int) -> None:
        """A reader has a report erased."""
        with self.sessions() as session:
            erase(session, self.sent[at].id, self.now)

    def read_page(self, number: int = 0) -> None:
        """Fetch a page now."""
        self.tick(minutes=5)
        with self.sessions() as session:
            page = session.query(Page).filter_by(site_id=self.site_id, url=self.pages[number].url).first()
            if page is None:
                return
            page.recheck_at_once(self.now)
            session.commit()
        Rechecker(self.sessions, self.fetcher, lambda: self.now, SecretKeys("unused"), threads=1).run()

    def retain(self) -> None:
        """Delete what the site keeps no longer."""
        run_retention(self.sessions, self.now)

    def drain(self) -> None:
        """Do everything that waits in the outbox."""
        self.work()
        for _ in range(3):
            if not self.was_put_off:
                break
            self._retry_at_once()
            self.work()

    def work(self, *, batch: int = 200) -> None:
        """Do what is due, as one worker does."""

        def kept(job: Callable[..., None]) -> Callable[..., None]:
            def run(session: Session, ids: Sequence[UUID], now: datetime) -> None:
                try:
                    job(session, ids, now)
                    session.flush()
                except Exception as error:
                    if is_passing(error):  # the relay tries again after a lock that took too long
                        self.was_put_off = True
                    else:
                        self.errors.append(traceback.format_exc())
                    raise

            return run

        jobs: Any = {topic: kept(job) for topic, job in JOBS.items()}
        Relay(self.sessions, jobs, lambda: self.now, build="test", batch=batch).drain()

    def drain_beside(self, *others: Callable[[], None]) -> None:
        """Two workers with small batches, while other things happen in transactions of their own."""
        self.together(lambda: self.work(batch=2), lambda: self.work(batch=3), *others)
        self.drain()

    def together(self, *jobs: Callable[[], None]) -> None:
        """Do these in threads at the same time. Their errors are asserted on later."""

        def kept(job: Callable[[], None]) -> None:
            try:
                job()
            except Exception:  # all of them are asserted on
                self.errors.append(traceback.format_exc())

        threads = [Thread(target=kept, args=(job,)) for job in jobs]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(_LONGEST_JOIN)
            assert not thread.is_alive(), "two transactions wait for each other"

    def _retry_at_once(self) -> None:
        """Have messages that waited too long for a lock done now."""
        self.was_put_off = False
        with self.sessions() as session:
            session.execute(
                update(OutboxMessage)
                .where(OutboxMessage.site_id == self.site_id, OutboxMessage.done_at.is_(None))
                .values(due_at=func.now())
            )
            session.commit()
