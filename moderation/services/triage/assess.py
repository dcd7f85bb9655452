"""Assess a case: suggestions of the speller, spam score and priority."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from moderation.domain.cases.lifecycle import DISMISSED
from moderation.domain.cases.priority import priority
from moderation.domain.cases.spam import Verdict, judge
from moderation.domain.spelling.kinds import goes_with_kind
from moderation.domain.spelling.languages import LANGUAGES
from moderation.domain.spelling.suggest import Speller
from moderation.domain.text.normalise import Quote
from moderation.models import Case, CaseReader, Report, Site, Suggestion
from moderation.services.cases.pairs import remember_pair
from moderation.services.cases.spam_model import SpamModel
from moderation.services.cases.step import Step, apply_step
from moderation.services.triage.dictionaries import lexicon
from moderation.services.triage.page_cases import PageCases
from moderation.services.triage.vocabularies import vocabulary_of

_READERS_SURE = 0.9
"""What a reader's own correction counts as, beside the speller's confidence."""


@dataclass(frozen=True, slots=True)
class Assessor:
    """Assesses cases of one site after reports came. Loaded once for a batch of those."""

    session: Session
    site: Site
    now: datetime
    known: dict[UUID, tuple[float, int]]
    """By report: how much the site's model takes it for spam, and how many its reader sent in an hour."""

    @classmethod
    def load(cls, session: Session, site: Site, reports: Sequence[Report], now: datetime) -> "Assessor":
        """Load the data about the words and readers of the reports, in two queries."""
        if not reports:
            return cls(session, site, now, {})
        model = SpamModel.load(session, site.id, (_written(report) for report in reports))
        rows = session.execute(
            select(Report.reader_hash, func.count())
            .where(
                Report.site_id == site.id,
                Report.reader_hash.in_({report.reader_hash for report in reports}),
                Report.created_at > now - timedelta(hours=1),
            )
            .group_by(Report.reader_hash)
        )
        sent = dict(rows.all())
        return cls(
            session,
            site,
            now,
            {
                report.id: (model.score(_written(report)), sent.get(report.reader_hash, 0))
                for report in reports
            },
        )

    def assess(
        self, on_page: PageCases, cases: Sequence[Case], arrived: dict[UUID, list[Report]]
    ) -> list[Case]:
        """Assess cases with the reports that arrived, by case. Returns those for the spam list."""
        spam = []
        day = self.now - timedelta(days=1)
        recent = on_page.recent_reports(day)
        for case in cases:
            if case.status == "open":
                self._spell(on_page, case)
                remember_pair(case)
            if self._score_spam(case, [self._verdict(case, report) for report in arrived.get(case.id, [])]):
                spam.append(case)
            self._insist(case)
            sure = max((s.confidence or _READERS_SURE for s in case.suggestions), default=0.0)
            urgency = priority(
                readers=max(case.reader_count, 1),
                confidence=sure,
                page_reports=recent,
                last_reported_at=case.last_reported_at,
            )
            case.priority, case.priority_reasons = urgency.points, list(urgency.reasons)
        return spam

    def _spell(self, on_page: PageCases, case: Case) -> None:
        """The speller speaks where no reader did; below the site's threshold it is silent."""
        of_speller = [suggestion for suggestion in case.suggestions if suggestion.source == "speller"]
        by_readers = len(of_speller) < len(case.suggestions)
        guesses = []
        if not by_readers:
            text = on_page.text.text if on_page.text else f"{case.prefix}{case.exact}{case.suffix}"
            quote = Quote(case.exact, case.prefix, case.suffix)
            guesses = [
                guess
                for guess in _speller(tuple(self.site.settings.word_list)).suggest(quote, vocabulary_of(text))
                if guess.confidence >= self.site.settings.suggestion_threshold
                and goes_with_kind(case.exact, guess.word, case.kind)
            ]
        wanted = {guess.word: guess.confidence for guess in guesses}
        for suggestion in of_speller:
            if suggestion.text in wanted:
                suggestion.confidence = wanted.pop(suggestion.text)
            else:
                case.suggestions.remove(suggestion)
                self.session.delete(suggestion)
        case.suggestions.extend(
            Suggestion(id=uuid7(), text=text, source="speller", votes=0, confidence=confidence)
            for text, confidence in wanted.items()
        )

    def _score_spam(self, case: Case, verdicts: list[Verdict]) -> bool:
        """Set the case's spam score, and answer whether the case opens as spam.

        The score is that of the least suspicious report: one honest reader is enough.
        """
        if not verdicts:
            return False
        mildest = min(verdicts, key=lambda verdict: verdict.score)
        if case.report_count > len(verdicts) and mildest.score >= case.spam_score:
            return False
        case.spam_score, case.spam_reasons = mildest.score, list(mildest.reasons)
        is_new = case.report_count == len(verdicts)
        return is_new and case.status == "open" and mildest.score >= self.site.settings.spam_threshold

    def _verdict(self, case: Case, report: Report) -> Verdict:
        learned, sent = self.known[report.id]
        return judge(
            correction=report.correction,
            comment=report.comment,
            reader_reports=sent,
            on_page=None if case.state == "unchecked" else case.state != "gone",
            learned=learned,
            known=lambda word: any(lexicon(lang).knows(word) for lang in LANGUAGES),
        )

    def _insist(self, case: Case) -> None:
        """Reopen a case with the status rejected or spam, if enough new readers reported it."""
        if case.status not in DISMISSED or case.decided_at is None:
            return
        new = self.session.scalar(
            select(func.count())
            .select_from(CaseReader)
            .where(CaseReader.case_id == case.id, CaseReader.since > case.decided_at)
        )
        if (new or 0) >= self.site.settings.insisting_readers:
            step = Step(action="reopen", cause="insisted", detail=str(new))
            apply_step(self.session, case, step, now=self.now)


def _written(report: Report) -> str:
    """Join the texts of the reader. The quote is text of the site."""
    return " ".join(part for part in (report.correction, report.comment) if part)


@lru_cache(maxsize=64)
def _speller(words: tuple[str, ...]) -> Speller:
    return Speller(lexicon, frozenset(word.lower() for word in words))
