"""Cases, what they are made of, and what editors do with them."""

import factory
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from moderation.models import (
    Bulk,
    BulkItem,
    Case,
    CaseReader,
    Decision,
    Placement,
    Report,
    SavedView,
    Selection,
    SpamWord,
    Suggestion,
)
from moderation.services.cases.search import remember
from tests.factories.accounts import EditorFactory
from tests.factories.pages import PageFactory
from tests.factories.reports import ReportFactory
from tests.factories.row import NOON, Row
from tests.factories.sites import SiteFactory


class CaseFactory(Row):
    class Meta:
        model = Case

    id = factory.LazyFunction(uuid7)
    site = factory.SubFactory(SiteFactory)
    page = factory.SubFactory(PageFactory, site=factory.SelfAttribute("..site"))
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


class CaseReaderFactory(Row):
    class Meta:
        model = CaseReader
        exclude = ("case",)

    case = factory.SubFactory(CaseFactory)
    case_id = factory.SelfAttribute("case.id")
    reader_hash = factory.Sequence(lambda n: n.to_bytes(16, "big"))


class SuggestionFactory(Row):
    """A reader's correction; `SuggestionFactory(case=case, source="speller", votes=0, confidence=0.9)`."""

    class Meta:
        model = Suggestion
        exclude = ("case",)

    case = factory.SubFactory(CaseFactory)
    case_id = factory.SelfAttribute("case.id")
    text = "рассказал"
    source = "reader"
    votes = 1


class SelectionFactory(Row):
    class Meta:
        model = Selection
        exclude = ("case",)

    id = factory.LazyFunction(uuid7)
    case = factory.SubFactory(CaseFactory)
    case_id = factory.SelfAttribute("case.id")
    page_id = factory.SelfAttribute("case.page_id")
    exact = factory.SelfAttribute("case.exact")
    prefix = ""
    suffix = ""
    report_count = 1


class PlacementFactory(Row):
    class Meta:
        model = Placement
        exclude = ("case", "report", "selection")

    case = factory.SubFactory(CaseFactory)
    case_id = factory.SelfAttribute("case.id")
    report = factory.SubFactory(ReportFactory, site=factory.SelfAttribute("..case.site"))
    report_id = factory.SelfAttribute("report.id")
    selection = factory.SubFactory(SelectionFactory, case=factory.SelfAttribute("..case"))
    selection_id = factory.SelfAttribute("selection.id")


class DecisionFactory(Row):
    class Meta:
        model = Decision
        exclude = ("case",)

    case = factory.SubFactory(CaseFactory, status=factory.SelfAttribute("..new_status"))
    case_id = factory.SelfAttribute("case.id")
    action = "reject"
    old_status = "open"
    new_status = "rejected"
    decided_at = NOON


class BulkFactory(Row):
    class Meta:
        model = Bulk
        exclude = ("editor",)

    editor = factory.SubFactory(EditorFactory)
    editor_id = factory.SelfAttribute("editor.id")
    action = "reject"
    total = 1


class BulkItemFactory(Row):
    class Meta:
        model = BulkItem
        exclude = ("bulk", "case")

    bulk = factory.SubFactory(BulkFactory)
    bulk_id = factory.SelfAttribute("bulk.id")
    case = factory.SubFactory(CaseFactory)
    case_id = factory.SelfAttribute("case.id")
    version = 1


class SavedViewFactory(Row):
    class Meta:
        model = SavedView
        exclude = ("editor",)

    editor = factory.SubFactory(EditorFactory)
    editor_id = factory.SelfAttribute("editor.id")
    name = factory.Sequence(lambda n: f"View {n}")
    query = "status=open"


class SpamWordFactory(Row):
    class Meta:
        model = SpamWord
        exclude = ("site",)

    site = factory.SubFactory(SiteFactory)
    site_id = factory.SelfAttribute("site.id")
    word = factory.Sequence(lambda n: f"word{n}")
    spam = 1
    ham = 0


def place_in(session: Session, report: Report, case: Case) -> None:
    """Place a report in a case, as triage does."""
    selection = SelectionFactory(
        case=case, exact=report.exact, prefix=report.prefix, suffix=report.suffix,
        correction=report.correction,
    )  # fmt: skip
    PlacementFactory(report=report, selection=selection, case=case)
    remember(case, report.correction, report.comment)
    session.commit()
