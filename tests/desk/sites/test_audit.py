"""The audit log, day by day."""

import re
from datetime import UTC, datetime

from tests.factories import AuditEntryFactory


def test_entries_stand_under_their_days_with_their_times(session, admin, site):
    for day, hour in ((12, 23), (13, 0), (13, 9)):
        at = datetime(2026, 6, day, hour, 5, tzinfo=UTC)
        AuditEntryFactory(site=site, created_at=at)
    page = admin.get(f"/desk/sites/{site.id}/audit").text
    shown = re.findall(r'class="day">([^<]+)<|data-clock>([^<]+)<', page)
    assert ["".join(found) for found in shown] == [
        "13 June 2026", "09:05 UTC", "00:05 UTC", "12 June 2026", "23:05 UTC",
    ]  # fmt: skip
    assert 'title="13 June 2026, 09:05 UTC"' in page
