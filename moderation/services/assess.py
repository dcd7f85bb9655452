"""What triage thinks of a case: the speller's corrections, how much it looks like spam, how urgent it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from moderation.domain.priority import priority
from moderation.domain.spam import Verdict, judge
from moderation.domain.spelling.suggest import Speller
from moderation.domain.spelling.vocabulary import Vocabulary
from moderation.domain.text import Quote
from moderation.models import Case, CaseReader, Page, Report, Site, Suggestion
from moderation.services.decide import step_by_system
from moderation.services.dictionaries import lexicon
from moderation.services.page_cases import PageCases
from moderation.services.spam_model import learned_score

_READERS_SURE = 0.9
"""What a reader's own correction counts as, beside the speller's confidence."""


@dataclass(frozen=True, slots=True)
class Assessor:
    """Assesses cases of one page after reports came. Made once a batch and page."""

    session: Session
    site: Site
    page: Page
    now: datetime

    def assess(self, on_page: PageCases, cases: Sequence[Case], came: dict[UUID, list[Report]]) -> None:
        """`came` are the new reports by case."""
        recent = self._page_reports()
        for case in cases:
            if case.status == "open":
                self._spell(on_page, case)
            self._judge_spam(case, came.get(case.id, []))
            self._insist(case)
            sure = max((s.confidence or _READERS_SURE for s in case.suggestions), default=0.0)
            urgency = priority(
                readers=max(case.reader_count, 1),
                confidence=sure,
                page_reports=recent,
                last_reported_at=case.last_reported_at,
            )
            case.priority, case.priority_reasons = urgency.points, list(urgency.reasons)

    def _spell(self, on_page: PageCases, case: Case) -> None:
        """The speller speaks where no reader did; below the site's threshold it is silent."""
        mine = [suggestion for suggestion in case.suggestions if suggestion.source == "speller"]
        by_readers = len(mine) < len(case.suggestions)
        guesses = []
        if not by_readers:
            text = on_page.text.text if on_page.text else f"{case.prefix}{case.exact}{case.suffix}"
            quote = Quote(case.exact, case.prefix, case.suffix)
            guesses = [
                guess
                for guess in _speller(tuple(self.site.settings.word_list)).suggest(quote, _vocabulary(text))
                if guess.confidence >= self.site.settings.suggestion_threshold
            ]
        wanted = {guess.word: guess.confidence for guess in guesses}
        for suggestion in mine:
            if suggestion.text in wanted:
                suggestion.confidence = wanted.pop(suggestion.text)
            else:
                case.suggestions.remove(suggestion)
                self.session.delete(suggestion)
        case.suggestions.extend(
            Suggestion(id=uuid7(), text=text, source="speller", votes=0, confidence=confidence)
            for text, confidence in wanted.items()
        )

    def _judge_spam(self, case: Case, reports: list[Report]) -> None:
        """A case is as suspicious as its least suspicious report: one honest reader is enough."""
        if not reports:
            return
        verdicts = [self._verdict(case, report) for report in reports]
        mildest = min(verdicts, key=lambda verdict: verdict.score)
        if case.report_count > len(reports) and mildest.score >= case.spam_score:
            return
        case.spam_score, case.spam_reasons = mildest.score, list(mildest.reasons)
        if case.version <= 1 and case.status == "open" and mildest.score >= self.site.settings.spam_threshold:
            step_by_system(self.session, case, "spam", now=self.now, note=", ".join(mildest.reasons))

    def _verdict(self, case: Case, report: Report) -> Verdict:
        written = " ".join(part for part in (report.correction, report.comment) if part)
        return judge(
            correction=report.correction,
            comment=report.comment,
            reader_reports=self._reader_reports(report.reader_hash),
            on_page=None if case.state == "unchecked" else case.state != "gone",
            learned=learned_score(self.session, self.site.id, written),
            known=lambda word: lexicon("ru").knows(word) or lexicon("en").knows(word),
        )

    def _insist(self, case: Case) -> None:
        """Enough new readers reopen what was rejected or taken for spam."""
        if case.status not in ("rejected", "spam") or case.decided_at is None:
            return
        new = self.session.scalar(
            select(func.count())
            .select_from(CaseReader)
            .where(CaseReader.case_id == case.id, CaseReader.since > case.decided_at)
        )
        if (new or 0) >= self.site.settings.insisting_readers:
            step_by_system(self.session, case, "reopen", now=self.now, note=f"{new} more readers report it")

    def _reader_reports(self, reader: bytes) -> int:
        hour = self.now - timedelta(hours=1)
        return (
            self.session.scalar(
                select(func.count()).where(
                    Report.site_id == self.site.id, Report.reader_hash == reader, Report.created_at > hour
                )
            )
            or 0
        )

    def _page_reports(self) -> int:
        """Reports of the page's cases that were made in the last day."""
        day = self.now - timedelta(days=1)
        return (
            self.session.scalar(
                select(func.sum(Case.report_count)).where(
                    Case.page_id == self.page.id, Case.last_reported_at > day
                )
            )
            or 0
        )


@lru_cache(maxsize=64)
def _speller(words: tuple[str, ...]) -> Speller:
    return Speller(lexicon, frozenset(word.lower() for word in words))


@lru_cache(maxsize=64)
def _vocabulary(text: str) -> Vocabulary:
    return Vocabulary(text)
