"""Fill the demo with a month of reports and decisions, as readers and two invented editors made them."""

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
from moderation.models.report import Kind
from moderation.paths import TRANSLATIONS
from moderation.services.accounts.editors import add_editor
from moderation.services.cases.decide import decide
from moderation.services.cases.rejection_reasons import reasons_for
from moderation.services.instance.newspaper import ARTICLES
from moderation.services.instance.newspaper.article import Article, Mistake
from moderation.services.intake.draft import Draft, DraftQuote, Sender, Submission
from moderation.services.intake.store import store
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
    kind: Kind | None = "spelling"
    has_correction: bool = True
    comment: str | None = None


_OPEN = (_Fate(7, 0.1), _Fate(1, 0.3, has_correction=False), _Fate(3, 1), _Fate(2, 2, kind="grammar"))
_FATES = (
    _OPEN[0],
    _Fate(4, 20, "accept"),
    _OPEN[1],
    _Fate(2, 26, "reject", comment="Мне кажется, так не пишут / I would not write it so"),
    _OPEN[2],
    _Fate(1, 15, "fix"),
    _OPEN[3],
    _Fate(1, 9, "spam", kind=None, has_correction=False),
    _Fate(5, 6, "accept", kind="punctuation"),
    _Fate(1, 0.02),
)


def seed_cases(session: Session, engine: Engine, site: Site, base_url: str, now: datetime) -> None:
    """Store the reports, put them into cases and decide some. The pages are fetched later, as always."""
    editors = cycle([_colleague(session, site, email, name) for email, name in COLLEAGUES.items()])
    fates = cycle(_FATES)
    reasons = {lang: cycle(_reasons(site, lang)) for lang in ("ru", "en")}
    for article in ARTICLES:
        for mistake in article.mistakes():
            fate = next(fates)
            reports = _reports(site, article, base_url, mistake, fate, now)
            store(engine, reports)
            place(session, [report.id for report in reports], now)
            session.commit()
            if fate.action:
                case = session.get_one(Case, _case_of(session, reports[0].id))
                reason = next(reasons[article.lang]) if fate.action == "reject" else None
                _decide(session, next(editors), case, mistake, fate, now, reason)


def _reports(  # noqa: PLR0917 - a row of a table
    site: Site, article: Article, base_url: str, mistake: Mistake, fate: _Fate, now: datetime
) -> list[Submission]:
    first = Draft(
        url=base_url + article.path,
        quote=DraftQuote(mistake.wrong, mistake.prefix, mistake.suffix),
        correction=mistake.right if fate.has_correction else None,
        comment=fate.comment,
        kind=fate.kind,
        title=article.title,
        lang=article.lang,
    )
    # One reader in three points at the mistake without correcting it.
    others = replace(first, comment=None), replace(first, comment=None, correction=None)
    drafts = [first, *(others[number % 3 == 0] for number in range(1, fate.readers))]
    at = now - timedelta(days=fate.days)
    return [
        Submission(uuid7(), site.id, draft, Sender(token_bytes(16), reported_at=at + number * _BETWEEN))
        for number, draft in enumerate(drafts)
    ]


def _reasons(site: Site, lang: str) -> list[str]:
    """Return what the editors answer to readers when they reject, in turn."""
    gettext = Translations.load(TRANSLATIONS, [lang]).gettext
    not_a_mistake, quotation, name, *_others = reasons_for(site.settings, gettext)
    return [quotation, not_a_mistake, name]


def _decide(  # noqa: PLR0917 - a row of a table
    session: Session,
    editor: Editor,
    case: Case,
    mistake: Mistake,
    fate: _Fate,
    now: datetime,
    reason: str | None,
) -> None:
    if case.status != "open" or fate.action is None:
        return  # triage found it to be spam
    at = min(now, now - timedelta(days=fate.days) + timedelta(hours=fate.readers))
    correction = mistake.right if carries_correction(fate.action) else None
    decide(
        session,
        editor,
        case.id,
        fate.action,
        version=case.version,
        now=at,
        correction=correction,
        reason=reason,
    )


def _case_of(session: Session, report_id: UUID) -> UUID:
    return session.scalars(select(Placement.case_id).where(Placement.report_id == report_id)).one()


def _colleague(session: Session, site: Site, email: str, name: str) -> Editor:
    """Add an editor without a known password: it is thrown away."""
    editor = add_editor(session, email, token_urlsafe(24), role="editor", site=site)
    editor.name = name
    session.commit()
    return editor
