"""A site's public corrections."""

from datetime import UTC, datetime

import pytest
from lxml import etree
from msgspec import structs

from tests.factories import CaseFactory, SiteFactory

NOON = datetime(2026, 6, 14, 12, tzinfo=UTC)


@pytest.fixture
def public(session):
    """A site that publishes its corrections, with one of them."""
    site = SiteFactory(name="A & B")
    site.settings = structs.replace(site.settings, public_corrections=True)
    shown = {"site": site, "status": "fixed", "fixed_at": NOON, "reader_count": 3}
    seen = shown | {"outcome": "as_suggested"}
    case = CaseFactory(exact="recieve <b>", mended_text="receive", was_on_page=True, **seen)
    CaseFactory(exact="a stranger's words", mended_text="the page's words", **seen)
    case.page.title = "Tram \x01<opens>"
    CaseFactory(exact="unseen", correction="not on the page", outcome=None, **shown)
    CaseFactory(site=site, exact="secret", status="rejected")
    session.commit()
    return f"/corrections/{site.site_key}"


def test_only_what_was_seen_on_the_page_is_published(client, public):
    page = client.get(public)
    assert "max-age=300" in page.headers["Cache-Control"]
    assert page.headers["Vary"] == "Accept-Language, Cookie", "a cache must not mix languages"
    assert "default-src 'none'" in client.get(f"{public}/feed.atom").headers["Content-Security-Policy"]
    assert "recieve &lt;b&gt;" in page.text and "3 readers" in page.text
    assert not any(hidden in page.text for hidden in ("unseen", "secret", "stranger"))
    (item,) = client.get(f"{public}/feed.json").get_json(force=True)["items"]
    assert item["_corrigenda"] == {"wrong": "recieve <b>", "right": "receive", "readers": 3}
    feed = etree.fromstring(client.get(f"{public}/feed.atom").data)
    assert feed.findtext(".//{*}entry/{*}content") == "recieve <b> → receive"
    assert feed.findtext("{*}title") == "A & B"
    assert feed.findtext(".//{*}entry/{*}title") == "Tram <opens>", "XML cannot hold every character"


@pytest.mark.parametrize("path", ["", "/feed.atom", "/feed.json"])
def test_it_is_off_until_the_site_wants_it(client, session, path):
    assert client.get(f"/corrections/{SiteFactory().site_key}{path}").status_code == 404
