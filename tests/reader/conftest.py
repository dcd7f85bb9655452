"""The report form, opened and sent."""

from datetime import UTC, datetime, timedelta

import pytest

from moderation.services.intake.form_token import make_form_token
from moderation.services.intake.reader_hash import reader_hash
from tests.support.report_form import FILLED


@pytest.fixture
def started(settings, site):
    """The token of a form that was opened some seconds ago."""

    def make(seconds=10.0, site=site, address="127.0.0.1"):
        now = datetime.now(UTC)
        reader = reader_hash(settings.secret_keys, address, now.date())
        return make_form_token(settings.secret_keys, site.id, reader, now - timedelta(seconds=seconds))

    return make


@pytest.fixture
def send(client, site, started):
    def post(lang="ru", **changed):
        form = FILLED | {"started": started()} | changed
        return client.post(
            f"/report?site={site.site_key}",
            data=form,
            headers={"Accept-Language": lang},
            follow_redirects=False,
        )

    return post
