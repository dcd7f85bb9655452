"""Factories of rows for tests."""

import hashlib
from datetime import UTC, datetime, timedelta

import factory
from factory.alchemy import SQLAlchemyModelFactory
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from moderation.models import (
    Case,
    Editor,
    Invitation,
    Membership,
    OutboxMessage,
    Page,
    Placement,
    Report,
    Revision,
    SavedView,
    Selection,
    Site,
    Subscriber,
    Suggestion,
)
from moderation.models.event import EVENT_TYPES
from moderation.models.revision import pack
from moderation.services.cases.search import remember
from tests.support.passwords import CHEAP

PASSWORD = "correct horse battery"
_PASSWORD_HASH = CHEAP.hash(PASSWORD)
NOON = datetime(2026, 6, 14, 12, tzinfo=UTC)


class _Row(SQLAlchemyModelFactory):
    class Meta:
        abstract = True
        sqlalchemy_session_persistence = "commit"


class SiteFactory(_Row):
    class Meta:
        model = Site

    id = factory.LazyFunction(uuid7)
    name = factory.Sequence(lambda n: f"Site {n}")
    site_key = factory.Sequence(lambda n: f"pk_{n:020}")
    origins = factory.LazyFunction(lambda: ["https://news.example"])


class EditorFactory(_Row):
    class Meta:
        model = Editor

    id = factory.LazyFunction(uuid7)
    email = factory.Sequence(lambda n: f"editor{n}@news.example")
    password_hash = _PASSWORD_HASH
    is_owner = False

    @factory.post_generation
    def role(self, create, extracted, site=None, **kwargs):
        """EditorFactory(role="viewer", role__site=site)"""
        if extracted:
            session = EditorFactory._meta.sqlalchemy_session
            session.add(Membership(editor_id=self.id, site_id=site.id, role=extracted))
            session.commit()
            session.refresh(self)


class PageFactory(_Row):
    class Meta:
        model = Page

    id = factory.LazyFunction(uuid7)
    url = factory.Sequence(lambda n: f"https://news.example/article/{n}")
    title = "Набережную откроют"


class CaseFactory(_Row):
    class Meta:
        model = Case
        exclude = ("site",)

    site = factory.SubFactory(SiteFactory)
    id = factory.LazyFunction(uuid7)
    site_id = factory.LazyAttribute(lambda case: case.site.id)
    page = factory.SubFactory(PageFactory, site_id=factory.SelfAttribute("..site_id"))
    status = "open"
    version = 1
    state = "unchecked"
    exact = "расказал"
    prefix = "О новых сроках "
    suffix = " на встрече"
    search_text = factory.LazyAttribute(
        lambda case: f"{case.page.title} {case.prefix}{case.exact}{case.suffix}"
    )
    report_count = 1
    reader_count = 1
    first_reported_at = NOON
    last_reported_at = NOON


class ReportFactory(_Row):
    class Meta:
        model = Report
        exclude = ("site",)

    site = factory.SubFactory(SiteFactory)
    id = factory.LazyFunction(uuid7)
    site_id = factory.LazyAttribute(lambda report: report.site.id)
    url = "https://news.example/a"
    exact = "расказал"
    prefix = "О новых сроках "
    suffix = " на встрече с жителями"
    reader_hash = factory.Sequence(lambda n: n.to_bytes(16, "big"))


class OutboxMessageFactory(_Row):
    class Meta:
        model = OutboxMessage

    topic = "report.received"


class SelectionFactory(_Row):
    class Meta:
        model = Selection

    id = factory.LazyFunction(uuid7)
    prefix = ""
    suffix = ""
    report_count = 1


class PlacementFactory(_Row):
    class Meta:
        model = Placement


class SuggestionFactory(_Row):
    """A reader's correction; SuggestionFactory(case_id=…, source="speller", votes=0, confidence=0.9)."""

    class Meta:
        model = Suggestion

    text = "рассказал"
    source = "reader"
    votes = 1


class RevisionFactory(_Row):
    """RevisionFactory(page_id=…, text="…")"""

    class Meta:
        model = Revision
        exclude = ("text",)

    id = factory.LazyFunction(uuid7)
    text = ""
    digest = factory.LazyAttribute(lambda revision: hashlib.sha256(revision.text.encode()).digest())
    packed = factory.LazyAttribute(lambda revision: pack(revision.text))
    seen_at = NOON


class InvitationFactory(_Row):
    class Meta:
        model = Invitation

    id = factory.LazyFunction(uuid7)
    email = factory.Sequence(lambda n: f"invited{n}@news.example")
    role = "viewer"
    lang = "en"
    expires_at = factory.LazyFunction(lambda: datetime.now(UTC) + timedelta(days=1))


class SubscriberFactory(_Row):
    """SubscriberFactory(site_id=…, settings={"url": "…"}): a webhook that hears everything."""

    class Meta:
        model = Subscriber

    id = factory.LazyFunction(uuid7)
    kind = "webhook"
    name = factory.Sequence(lambda n: f"Webhook {n}")
    hears = factory.LazyFunction(lambda: list(EVENT_TYPES))


class SavedViewFactory(_Row):
    class Meta:
        model = SavedView

    name = factory.Sequence(lambda n: f"View {n}")
    query = "status=open"


_FACTORIES = (
    SiteFactory, EditorFactory, PageFactory, CaseFactory, ReportFactory, OutboxMessageFactory,
    SelectionFactory, PlacementFactory, SuggestionFactory, RevisionFactory, InvitationFactory,
    SavedViewFactory, SubscriberFactory,
)  # fmt: skip


def bind(session: Session) -> None:
    """Make every factory write through this session."""
    for row_factory in _FACTORIES:
        row_factory._meta.sqlalchemy_session = session


def place_in(session: Session, report: Report, case: Case) -> None:
    """Place a report in a case, as triage does."""
    selection = SelectionFactory(
        page_id=case.page_id, case_id=case.id, exact=report.exact, prefix=report.prefix,
        suffix=report.suffix, correction=report.correction,
    )  # fmt: skip
    PlacementFactory(report_id=report.id, selection_id=selection.id, case_id=case.id)
    remember(case, report.correction, report.comment)
    session.commit()
