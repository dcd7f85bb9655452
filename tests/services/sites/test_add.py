"""Adding sites, and finding them by name and by key."""

import pytest

from moderation.domain.sites.urls import InvalidUrl
from moderation.services.sites.add import NameTaken, add_site
from moderation.services.sites.directory import SiteDirectory, UnknownSite, find_site
from tests.factories import SiteFactory


class TestSites:
    def test_origins_are_normalised(self, session):
        site = add_site(session, "News", ["HTTPS://News.example:443/", "https://*.news.example"])
        assert site.origins == ["https://*.news.example", "https://news.example"]
        assert find_site(session, "News").site_key.startswith("pk_")

    def test_a_name_is_taken_once(self, session):
        add_site(session, "News", ["https://a.example"])
        with pytest.raises(NameTaken):
            add_site(session, "News", ["https://b.example"])

    def test_an_origin_without_a_scheme_is_refused(self, session):
        with pytest.raises(InvalidUrl):
            add_site(session, "News", ["news.example"])

    def test_an_unknown_name_finds_no_site(self, session):
        with pytest.raises(UnknownSite):
            find_site(session, "News")

    def test_the_directory_forgets_after_a_while(self, session, engine):
        now = [0.0]
        directory = SiteDirectory(engine, seconds=5, clock=lambda: now[0])
        site = SiteFactory()
        assert directory.find(site.site_key).id == site.id
        session.delete(site)
        session.commit()
        assert directory.find(site.site_key).id == site.id
        now[0] = 6
        with pytest.raises(UnknownSite):
            directory.find(site.site_key)
