"""Fill the demo with a month of reports and decisions, as readers and two invented editors made them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle
from secrets import token_bytes, token_urlsafe
from uuid import UUID

from babel.support import Translations
from msgspec.structs import replace
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from moderation.domain.cases.lifecycle import Action, carries_correction
from moderation.models import Case, Editor, Placement, Site
from moderation.models.suggestion import Suggestion
from moderation.paths import TRANSLATIONS
from moderation.services.accounts.editors import add_editor
from moderation.services.cases.decide import decide
from moderation.services.cases.rejection_reasons import reasons_for
from moderation.services.cases.step import close_mended, reopen_returned
from moderation.services.instance.newspaper import ARTICLES
from moderation.services.instance.newspaper.article import Article, FalseAlarm, Mistake, Reaction
from moderation.services.intake.draft import Draft, DraftQuote, Sender, Submission
from moderation.services.intake.store import store
from moderation.services.triage.merge_split import merge
from moderation.services.triage.place import place

_BETWEEN = timedelta(minutes=11)
"""Time between two readers of the same mistake."""

COLLEAGUES = {"vera@corrigenda.example": "Вера Лугова", "maud@corrigenda.example": "Maud Ferris"}


@dataclass(frozen=True, slots=True)
class _Fate:
    """The history of a made-up mistake: its readers, its age in days, and the decision of the editors."""

    readers: int
    days: float
    action: Action | None = None
    has_correction: bool = True


_FATES = (
    _Fate(7, 0.1),
    _Fate(4, 20, "accept"),
    _Fate(1, 0.3, has_correction=False),
    _Fate(1, 15, "fix"),
    _Fate(3, 1),
    _Fate(5, 6, "accept"),
    _Fate(2, 2),
    _Fate(2, 12, "accept", has_correction=False),
)
_BY_STORY = {"new": _Fate(1, 0.02), "disputed": _Fate(3, 0.2), "returned": _Fate(2, 9)}
_ALARM_DAYS = cycle((26, 17, 9, 4))
_REASONS: tuple[Reaction, ...] = ("not a mistake", "quotation", "name")
"""In the order of `reasons_for`."""


@dataclass(frozen=True, slots=True)
class _Demo:
    """The place and the time of the demo."""

    session: Session
    engine: Engine
    site: Site
    base_url: str
    now: datetime

    def report(self, drafts: list[Draft], days: float) -> Case:
        """Store the reports of readers, days ago, and return their case."""
        at = self.now - timedelta(days=days)
        reports = [
            Submission(
                uuid7(), self.site.id, draft, Sender(token_bytes(16), reported_at=at + number * _BETWEEN)
            )
            for number, draft in enumerate(drafts)
        ]
        store(self.engine, reports)
        place(self.session, [report.id for report in reports], self.now)
        self.session.commit()
        return self.session.get_one(Case, _case_of(self.session, reports[0].id))

    def decide(
        self,
        by: Editor,
        case: Case,
        action: Action,
        days: float,
        *,
        correction: str | None = None,
        reason: str | None = None,
    ) -> None:
        """Decide a case, days ago, unless triage found it to be spam."""
        if case.status == "open":
            at = self.now - timedelta(days=days)
            decide(
                self.session,
                by,
                case.id,
                action,
                version=case.version,
                now=at,
                correction=correction,
                reason=reason,
            )


def seed_cases(session: Session, engine: Engine, site: Site, base_url: str, now: datetime) -> None:
    """Store the reports, put them into cases and decide some. The pages are fetched later, as always."""
    demo = _Demo(session, engine, site, base_url, now)
    editors = cycle([_colleague(session, site, email, name) for email, name in COLLEAGUES.items()])
    fates = cycle(_FATES)
    for article in ARTICLES:
        cases: dict[str, Case] = {}
        for mistake in article.mistakes():
            story = next((_BY_STORY[name] for name in mistake.options if name in _BY_STORY), None)
            cases[mistake.wrong] = _report_mistake(demo, article, mistake, story or next(fates), editors)
        for alarm, days in zip(article.false_alarms, _ALARM_DAYS, strict=False):
            _report_alarm(demo, article, alarm, days, next(editors), cases)


def _report_mistake(
    demo: _Demo, article: Article, mistake: Mistake, fate: _Fate, editors: Iterator[Editor]
) -> Case:
    first = Draft(
        url=demo.base_url + article.path,
        quote=DraftQuote(mistake.wrong, mistake.prefix, mistake.suffix),
        correction=mistake.right if fate.has_correction else None,
        kind=mistake.kind,
        title=article.title,
        lang=article.lang,
    )
    # One reader in three points at the mistake without correcting it.
    others = first, replace(first, correction=None)
    drafts = [first, *(others[number % 3 == 0] for number in range(1, fate.readers))]
    if mistake.rival:
        drafts[-1] = replace(first, correction=mistake.rival)
    case = demo.report(drafts, fate.days)
    case.page.section, case.page.authors = article.section, [article.author]
    demo.session.commit()
    hours = fate.readers / 24
    if "returned" in mistake.options:
        _see_it_fixed_and_back(demo, case, mistake, fate)
    elif fate.action:
        if not fate.has_correction:
            _suggest(demo.session, case, mistake.right)
        correction = mistake.right if carries_correction(fate.action) else None
        demo.decide(next(editors), case, fate.action, fate.days - hours, correction=correction)
    return case


def _see_it_fixed_and_back(demo: _Demo, case: Case, mistake: Mistake, fate: _Fate) -> None:
    """Let the check of the page see the mistake corrected, and later on the page again."""
    fixed_at = demo.now - timedelta(days=fate.days - 0.5)
    close_mended(demo.session, case, "as_suggested", mistake.right, now=fixed_at)
    reopen_returned(demo.session, case, now=demo.now - timedelta(hours=3))
    demo.session.commit()


def _suggest(session: Session, case: Case, text: str) -> None:
    """Suggest a correction as the spell checker does, before anybody decides."""
    if not any(one.text == text for one in case.suggestions):
        found = Suggestion(id=uuid7(), text=text, source="speller", votes=0, confidence=0.97)
        case.suggestions.append(found)
        session.commit()


def _report_alarm(  # noqa: PLR0917 - a row of a table
    demo: _Demo, article: Article, alarm: FalseAlarm, days: float, editor: Editor, cases: dict[str, Case]
) -> None:
    prefix, suffix = article.around(alarm.passage)
    draft = Draft(
        url=demo.base_url + article.path,
        quote=DraftQuote(alarm.passage, prefix, suffix),
        correction=alarm.correction,
        comment=alarm.comment,
        title=article.title,
        lang=article.lang,
    )
    if alarm.same_as:
        case = demo.report([draft], 0.1)
        merge(demo.session, editor, case.id, cases[alarm.same_as].id, demo.now)
        return
    case = demo.report([draft], days)
    if alarm.reaction == "spam":
        demo.decide(editor, case, "spam", days - 0.1)
    else:
        gettext = Translations.load(TRANSLATIONS, [article.lang]).gettext
        reason = reasons_for(demo.site.settings, gettext)[_REASONS.index(alarm.reaction)]
        demo.decide(editor, case, "reject", days - 0.1, reason=reason)


def _case_of(session: Session, report_id: UUID) -> UUID:
    return session.scalars(select(Placement.case_id).where(Placement.report_id == report_id)).one()


def _colleague(session: Session, site: Site, email: str, name: str) -> Editor:
    """Add an editor without a known password: it is thrown away."""
    editor = add_editor(session, email, token_urlsafe(24), role="editor", site=site)
    editor.name = name
    session.commit()
    return editor
