import pytest

from moderation.services.accounts.tokens import add_token
from tests.factories import EditorFactory, SiteFactory

BODY = {
    "url": "https://news.example/a?utm_source=x",
    "quote": {"exact": "расказал", "prefix": "О новых сроках ", "suffix": " на встрече"},
    "position": {"start": 15, "end": 23},
    "correction": "рассказал",
    "comment": "две «с»",
    "kind": "spelling",
    "title": "Набережную откроют",
    "lang": "ru",
}


@pytest.fixture
def site(session):
    return SiteFactory()


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
def as_editor(session, site):
    """Headers of an editor of the site."""
    return bearer(session, EditorFactory(role="editor", role__site=site))


def bearer(session, editor):
    return {"Authorization": f"Bearer {add_token(session, editor, 'test')}"}
