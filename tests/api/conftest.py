from dataclasses import replace

import pytest

from moderation import create_app
from tests.factories import EditorFactory
from tests.support.api import BODY, bearer


@pytest.fixture
def send(client, site):
    """POST a report. Changed fields replace BODY's; None leaves one out."""

    def post(headers=None, data=None, **changed):
        body = {name: value for name, value in (BODY | changed).items() if value is not None}
        headers = {"X-Site-Key": site.site_key} | (headers or {})
        if data is not None:
            return client.post("/api/v1/reports", data=data, content_type="application/json", headers=headers)
        return client.post("/api/v1/reports", json=body, headers=headers)

    return post


@pytest.fixture
def made(settings, session, redis):
    """Make a client of an application with changed settings."""

    def make(**changed):
        return create_app(replace(settings, **changed)).test_client()

    return make


@pytest.fixture
def as_editor(session, site):
    """Headers of an editor of the site."""
    return bearer(session, EditorFactory(role="editor", role__site=site))
