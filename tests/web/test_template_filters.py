from datetime import UTC, datetime, timedelta

import pytest

from moderation.web.template_filters import short_age


@pytest.mark.parametrize(
    ("lang", "past", "future"),
    [("en", "5 min ago", "in 2 hr"), ("ru", "5 мин назад", "через 2 ч")],
)
def test_an_age_has_no_full_stop_after_its_unit(app, lang, past, future):
    with app.test_request_context(headers={"Accept-Language": lang}):
        now = datetime.now(UTC)
        assert short_age(now - timedelta(minutes=5)) == past
        assert short_age(now + timedelta(hours=2, seconds=5)) == future
