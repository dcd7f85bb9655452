"""A site with one page, its readers and its editor, and what must be true of it at any moment."""

import traceback
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Thread
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, sessionmaker
from uuid_utils.compat import uuid7

from moderation.domain.cases.lifecycle import BOOKKEEPING, StepNotAllowed
from moderation.domain.text.normalise import Quote
from moderation.models import (
    Case,
    CaseReader,
    Decision,
    Editor,
    Membership,
    OutboxMessage,
    Page,
    Placement,
    Report,
    Selection,
    Site,
    Withdrawal,
)
from moderation.services.cases.decide import Stale, decide
from moderation.services.cases.read import UnknownCase
from moderation.services.outbox.failure import is_passing
from moderation.services.outbox.jobs import JOBS
from moderation.services.outbox.relay import Relay
from moderation.services.pages.fetch import Fetcher
from moderation.services.recheck.run import Rechecker
from moderation.services.triage.load_page import load, load_cases
from moderation.services.triage.merge_split import CannotRegroup, merge, split
from moderation.services.triage.show import show
from moderation.services.triage.withdraw import withdraw
from tests.support.mistaken_article import Article, Edition
from tests.support.web import Web


@dataclass(slots=True)
class Sent:
    """A report that was sent. `key` is the mistake that it is about and nothing else."""

    id: UUID
    key: int | None
    token: str
    """Its comment, which no other report has."""
    edition: int


@dataclass(slots=True)
class History:
    """Drives one page of a site of its own through anything that can happen to it."""

    sessions: sessionmaker[Session]
    web: Web
    fetcher: Fetcher
    article: Article
    now: datetime
    site_id: UUID = field(default_factory=uuid7)
    editor_id: UUID = field(default_factory=uuid7)
    sent: list[Sent] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    editions: list[Edition] = field(default_factory=list)
    regrouped: set[int] = field(default_factory=set)
    """Mistakes that an editor merged or split: they can be together or apart."""
    doubled: set[int] = field(default_factory=set)
    """Mistakes that stood on the page twice."""

    def begin(self) -> None:
        """Store the site and its editor, and show the page."""
        with self.sessions() as session:
            session.add(
                Site(
                    id=self.site_id,
                    name=self.site_id.hex,
                    site_key=f"pk_{self.site_id.hex}",
                    origins=[self.web.url],
                    operator_origins=[self.web.url],
                )
            )
            session.add(Editor(id=self.editor_id, email=f"{self.editor_id.hex}@news.example"))
            session.flush()
            session.add(Membership(editor_id=self.editor_id, site_id=self.site_id, role="editor"))
            session.commit()
        self.publish()

    @property
    def path(self) -> str:
        """The page's path, which no other history has."""
        return f"/{self.site_id.hex}"

    @property
    def edition(self) -> Edition:
        """The page as it is now."""
        return self.editions[-1]

    def publish(self) -> None:
        """Show the article as it is now."""
        self.editions.append(self.article.edition())
        self.web.pages[self.path] = self.edition.html()
        shown = [number for number in self.article.order if self.article.order.count(number) > 1]
        for number in shown:
            for sentence in self.article.paragraphs[number]:
                self.doubled |= {word.key for word in sentence if not isinstance(word, str)}

    def tick(self, **by: float) -> None:
        """Let time pass."""
        self.now += timedelta(**by)

    # What happens

    def send(
        self,
        at: int,
        kind: str,
        *,
        correct: str = "none",
        context: tuple[int, int] = (32, 32),
        position: int | None = 0,
        reader: int = 0,
        edition: int = -1,
    ) -> None:
        """Store a report and its message. `position` is the error of the reader's position; None: unknown."""
        shown = self.editions[edition]
        if not shown.mistakes:
            return
        at %= len(shown.mistakes)
        start, end = shown.select(at, kind)
        exact = shown.text[start:end]
        correction = {
            "none": None,
            "right": shown.corrected(start, end, at),
            "all": shown.corrected(start, end, None),
            "wrong": exact.replace(shown.mistakes[at][2].wrong, "неправильно"),
        }[correct]
        quote = Quote(
            exact, shown.text[max(0, start - context[0]) : start], shown.text[end : end + context[1]]
        )
        self.tick(seconds=1)
        report = Report(
            id=uuid7(), site_id=self.site_id, url=self.web.url + self.path, exact=exact, prefix=quote.prefix,
            suffix=quote.suffix, start=None if position is None else max(0, start + position),
            end=None if position is None else max(0, start + position) + len(exact), correction=correction,
            comment=f"комментарий{len(self.sent)}номер", reader_hash=reader.to_bytes(16, "big"),
            created_at=self.now,
        )  # fmt: skip
        with self.sessions() as session:
            session.add(report)
            session.add(OutboxMessage(topic="report.received", subject_id=report.id, site_id=self.site_id))
            session.commit()
        key = shown.shown_mistake(quote, start, correction)
        number = edition % len(self.editions)
        self.sent.append(Sent(report.id, key, f"комментарий{len(self.sent)}номер", number))

    def drain(self) -> None:
        """Do everything that waits in the outbox."""
        self.work()
        for _ in range(3):
            if not self._retry_at_once():
                break
            self.work()

    def work(self, *, batch: int = 200) -> None:
        """Do what is due, as one worker does."""

        def kept(job: Callable[..., None]) -> Callable[..., None]:
            def run(session: Session, ids: Sequence[UUID], now: datetime) -> None:
                try:
                    job(session, ids, now)
                    session.flush()
                except Exception as error:
                    if not is_passing(error):  # the relay tries again after a lock that took too long
                        self.errors.append(traceback.format_exc())
                    raise

            return run

        jobs: Any = {topic: kept(job) for topic, job in JOBS.items()}
        Relay(self.sessions, jobs, lambda: self.now, build="test", batch=batch).drain()

    def _retry_at_once(self) -> bool:
        """Have messages that waited too long for a lock done now; whether there are any."""
        with self.sessions() as session:
            waiting = session.scalars(
                update(OutboxMessage)
                .where(OutboxMessage.site_id == self.site_id, OutboxMessage.done_at.is_(None))
                .values(due_at=func.now())
                .returning(OutboxMessage.id)
            ).all()
            session.commit()
            return bool(waiting)

    def drain_beside(self, *others: Callable[[], None]) -> None:
        """Two workers with small batches, while something else happens."""
        self._together(lambda: self.work(batch=2), lambda: self.work(batch=3), *others)
        self.drain()

    def read_page(self) -> None:
        """Fetch the page now."""
        self.tick(minutes=5)
        with self.sessions() as session:
            page = self._page(session)
            if page is None:
                return
            page.recheck_at_once(self.now)
            session.commit()
        Rechecker(self.sessions, self.fetcher, lambda: self.now, "unused", threads=1).run()

    def decide(self, at: int, action: Any, *, everywhere: bool = False) -> None:
        """Decide one of the page's cases; what its status does not allow changes nothing."""
        self.tick(minutes=1)
        with self.sessions() as session:
            cases = self._cases(session)
            if cases:
                case = cases[at % len(cases)]
                try:
                    decide(
                        session, session.get_one(Editor, self.editor_id), case.id, action,
                        version=case.version, now=self.now, everywhere=everywhere,
                    )  # fmt: skip
                except (StepNotAllowed, Stale, UnknownCase):
                    session.rollback()

    def merge(self, at: int, into: int) -> None:
        """Merge a case into another."""
        self.tick(minutes=1)
        with self.sessions() as session:
            cases = self._cases(session)
            if len(cases) > 1:
                case, target = cases[at % len(cases)], cases[into % len(cases)]
                keys = self._keys_of(session, case.id) | self._keys_of(session, target.id)
                try:
                    merge(session, session.get_one(Editor, self.editor_id), case.id, target.id, self.now)
                    self.regrouped |= keys
                except CannotRegroup:
                    session.rollback()

    def split(self, at: int, share: int) -> None:
        """Split every `share`-th report off a case."""
        self.tick(minutes=1)
        with self.sessions() as session:
            cases = self._cases(session)
            if cases:
                case = cases[at % len(cases)]
                ids = session.scalars(
                    select(Placement.report_id)
                    .where(Placement.case_id == case.id)
                    .order_by(Placement.report_id)
                ).all()
                keys = self._keys_of(session, case.id)
                try:
                    split(session, session.get_one(Editor, self.editor_id), case.id, ids[::share], self.now)
                    self.regrouped |= keys
                except CannotRegroup:
                    session.rollback()

    def withdraw(self, at: int) -> None:
        """A reader withdraws a report."""
        if self.sent:
            with self.sessions() as session:
                if session.get(Report, self.sent[at % len(self.sent)].id) is not None:
                    withdraw(session, self.sent[at % len(self.sent)].id, self.now)

    def retain(self, run_retention: Callable[..., int]) -> None:
        """Delete what the site keeps no longer."""
        run_retention(self.sessions, self.now)

    def edit(self, what: str, at: int) -> None:
        """Edit the page in one of many ways; the next reader and the next fetch see it."""
        article = self.article
        number = article.order[at % len(article.order)] if article.order else 0
        paragraph = article.paragraphs[number]
        if what == "mend" and self.edition.mistakes:
            article.mended.add(self.edition.mistakes[at % len(self.edition.mistakes)][2].key)
        elif what == "restore":
            article.mended.clear()
            article.order = list(range(len(article.paragraphs)))
        elif what == "change beside":
            sentence = paragraph[at % len(paragraph)]
            plain = [index for index, word in enumerate(sentence) if isinstance(word, str)]
            sentence[plain[at % len(plain)]] = f"правка{len(self.editions)}"
        elif what == "double":
            article.order.append(number)
        elif what == "drop" and len(article.order) > 1:
            article.order.remove(number)
        elif what == "lead":
            article.paragraphs.append([[f"Дополнено{len(self.editions)}", "редакцией", "сегодня"]])
            article.order.insert(0, len(article.paragraphs) - 1)
        elif what == "swap":
            article.order.reverse()
        self.publish()
        if what == "gone":
            self.web.pages.pop(self.path)
        elif what == "other page":
            self.web.pages[self.path] = "<html><body><article>Войдите на сайт.</article></body></html>"

    # What must be true

    def check(self) -> None:
        """Raise AssertionError when something is not as it must be. Everything sent has been drained."""
        assert not self.errors, self.errors[0]
        with self.sessions() as session:
            self._check_placements(session)
            self._check_counts(session)
            self._check_search(session)
            self._check_mistakes(session)
            self._check_shown(session)

    def _check_placements(self, session: Session) -> None:
        waiting = session.scalar(
            select(func.count())
            .select_from(OutboxMessage)
            .where(OutboxMessage.site_id == self.site_id, OutboxMessage.done_at.is_(None))
        )
        assert waiting == 0, f"{waiting} messages were put off"
        ids = select(Report.id).where(Report.site_id == self.site_id)
        placed = set(session.scalars(select(Placement.report_id).where(Placement.report_id.in_(ids))))
        withdrawn = set(session.scalars(select(Withdrawal.report_id).where(Withdrawal.report_id.in_(ids))))
        stored = set(session.scalars(ids))
        assert placed == stored - withdrawn, f"in no case: {stored - withdrawn - placed}"

    def _check_counts(self, session: Session) -> None:
        rows = session.execute(
            select(Placement.case_id, Placement.selection_id, Report.reader_hash, Report.created_at)
            .join(Report)
            .where(Report.site_id == self.site_id)
        ).all()
        selections = {
            one.id: one
            for one in session.scalars(select(Selection).join(Page).where(Page.site_id == self.site_id))
        }
        by_selection: dict[UUID, int] = defaultdict(int)
        by_case: dict[UUID, list[Any]] = defaultdict(list)
        for row in rows:
            assert selections[row.selection_id].case_id == row.case_id, "selection and placement disagree"
            by_selection[row.selection_id] += 1
            by_case[row.case_id].append(row)
        assert {one.id: one.report_count for one in selections.values()} == dict(by_selection)
        for case in self._cases(session):
            own = by_case[case.id]
            assert case.report_count == len(own), (case.status, case.report_count, len(own))
            readers = set(
                session.scalars(select(CaseReader.reader_hash).where(CaseReader.case_id == case.id))
            )
            assert readers == {row.reader_hash for row in own}
            assert case.reader_count == len(readers)
            assert own or case.status != "open", "an open case without a report"
            is_judged = _last_cause(session, case) not in BOOKKEEPING
            assert not own or is_judged, f"reports in a case that nobody judged: {_story(session, case)}"
            if own:
                assert case.first_reported_at == min(row.created_at for row in own)
                assert case.last_reported_at == max(row.created_at for row in own)

    def _check_search(self, session: Session) -> None:
        tokens = {sent.id: sent.token for sent in self.sent}
        placed = dict(session.execute(select(Placement.report_id, Placement.case_id)).all())
        for case in self._cases(session):
            own = {tokens[one] for one in tokens if placed.get(one) == case.id}
            found = {token for token in tokens.values() if token in case.search_text}
            assert found == own, f"search text: {found} instead of {own}"
            is_found = case.exact.replace("ё", "е") in case.search_text
            assert case.status != "open" or is_found, (
                f"{case.exact!r} not in {case.search_text!r}, {_story(session, case)}"
            )

    def _check_mistakes(self, session: Session) -> None:
        """Two mistakes are never together, and one is never apart, unless an editor says so."""
        placed = dict(session.execute(select(Placement.report_id, Placement.case_id)).all())
        status = {case.id: case.status for case in self._cases(session)}
        mistakes: dict[UUID, set[int]] = defaultdict(set)
        homes: dict[int, set[UUID]] = defaultdict(set)
        for sent in self.sent:
            case_id = placed.get(sent.id)
            if sent.key is not None and sent.key not in self.regrouped and case_id is not None:
                mistakes[case_id].add(sent.key)
                if sent.key not in self.doubled and (len(self.editions) == 1 or status[case_id] == "open"):
                    homes[sent.key].add(case_id)
        assert all(len(keys) == 1 for keys in mistakes.values()), f"together: {dict(mistakes)}"
        if len(self.editions) == 1:
            assert all(len(cases) == 1 for cases in homes.values()), f"apart: {dict(homes)}"

    def _check_shown(self, session: Session) -> None:
        """Passage and votes are what the selections say: showing a case again changes nothing."""
        page = self._page(session)
        if page is None:
            return
        with session.no_autoflush:
            [on_page] = load(session, [page])
            on_page.locate()
            load_cases(
                session, [on_page], [one for one in on_page.facts if on_page.facts[one].status == "open"]
            )
            for case in on_page.cases.values():
                if on_page.text is None and case.state in ("found", "changed"):
                    continue  # a page that no case needs for a while keeps no text
                before = case.version, case.exact, case.prefix, case.suffix, case.state, case.start, case.end
                votes = sorted((one.text, one.votes) for one in case.suggestions if one.source == "reader")
                show(session, on_page, case)
                after = case.version, case.exact, case.prefix, case.suffix, case.state, case.start, case.end
                assert before == after, f"passage: {before} instead of {after}"
                counted = sorted((one.text, one.votes) for one in case.suggestions if one.source == "reader")
                assert votes == counted, f"votes: {votes} instead of {counted}"
        session.rollback()

    # Helpers

    def _together(self, *work: Callable[[], None]) -> None:
        def kept(job: Callable[[], None]) -> None:
            try:
                job()
            except Exception:  # asserted on in check()
                self.errors.append(traceback.format_exc())

        threads = [Thread(target=kept, args=(job,)) for job in work]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
            assert not thread.is_alive(), "two workers wait for each other"

    def _page(self, session: Session) -> Page | None:
        return session.scalar(select(Page).where(Page.site_id == self.site_id))

    def _cases(self, session: Session) -> Sequence[Case]:
        return session.scalars(select(Case).where(Case.site_id == self.site_id).order_by(Case.id)).all()

    def _keys_of(self, session: Session, case_id: UUID) -> set[int]:
        placed = set(session.scalars(select(Placement.report_id).where(Placement.case_id == case_id)))
        return {sent.key for sent in self.sent if sent.id in placed and sent.key is not None}


def _last_cause(session: Session, case: Case) -> str | None:
    """Why the case was last decided."""
    return session.scalar(
        select(Decision.cause).where(Decision.case_id == case.id).order_by(Decision.id.desc()).limit(1)
    )


def _story(session: Session, case: Case) -> str:
    """The case's decisions, for a failure's message."""
    steps = session.execute(
        select(Decision.action, Decision.cause, Decision.decided_at)
        .where(Decision.case_id == case.id)
        .order_by(Decision.id)
    )
    return f"{case.id} version {case.version}: {[tuple(map(str, step)) for step in steps]}"
