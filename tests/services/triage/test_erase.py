"""What is left of an erased report."""

from sqlalchemy import select

from moderation.models import Report
from moderation.services.triage.erase import erase
from tests.factories import NOON, ReportFactory

KEPT = {"id", "site_id", "url", "is_test", "created_at"}
"""docs/privacy.md says so. The row answers the receipt's link, and figures of days do not change."""
FILLED = {
    "start": 3, "end": 9, "correction": "рассказал", "comment": "мой телефон", "kind": "spelling",
    "title": "О сроках", "lang": "ru", "idempotency_key": "k", "body_digest": b"d",
}  # fmt: skip


def test_an_erased_report_keeps_its_id_site_page_and_time_and_nothing_else(session):
    report = ReportFactory(**FILLED)
    session.commit()
    row = select(Report.__table__).where(Report.id == report.id)
    before = session.execute(row).mappings().one()
    assert None not in before.values(), "a new field is in FILLED, so that this test sees it erased"
    erase(session, report.id, NOON)
    after = session.execute(row).mappings().one()
    assert {name for name in before if before[name] == after[name]} == KEPT
