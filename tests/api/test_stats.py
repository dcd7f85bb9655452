from datetime import UTC, datetime

import pytest

from moderation.services.insight.tally import tally_due
from tests.factories import ReportFactory
from tests.support.problems import assert_problem


def test_the_default_period_is_the_last_thirty_days(client, sessions, site, as_editor):
    ReportFactory(site=site, created_at=datetime.now(UTC))
    tally_due(sessions, datetime.now(UTC))
    found = client.get(f"/api/v1/stats?site={site.id}", headers=as_editor).get_json()
    assert found["reports"] == 1 and len(found["days"]) == 30
    assert found["days"][-1]["reports"] == 1 and found["to"] == found["days"][-1]["day"]
    assert found["pages"] == [{"name": "https://news.example/a", "count": 1}]
    assert found["thanks"] == {"reported": 1, "accepted": 0, "fixed": 0, "told": 0}


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("from=2026-02-01&to=2026-01-01", "/from"),
        ("to=0001-01-01", "/from"),
        ("from=yesterday", "/from"),
        ("site=x", "/site"),
    ],
)
def test_an_invalid_period_is_refused(client, as_editor, query, pointer):
    assert_problem(client.get(f"/api/v1/stats?{query}", headers=as_editor), 422, pointer=pointer)
