"""A page with an author and a section, and rules of its site."""

import pytest
from sqlalchemy import select

from moderation.domain.sites.routes import Route
from moderation.domain.sites.settings import SiteSettings
from moderation.models import Case, Page
from moderation.secret_keys import SecretKeys
from moderation.services.recheck.run import Rechecker
from moderation.services.triage.place import place
from tests.factories import (
    NOON,
    EditorFactory,
    ReportFactory,
    SiteFactory,
)

TEXT = "О новых сроках расказал на встрече с жителями главный архитектор города Пётр Савин. " * 3
DATA = '{"@type": "Article", "author": {"name": "%s"}, "articleSection": "%s"}'
HEAD = f'<script type="application/ld+json">{DATA}</script>'


@pytest.fixture
def site(web, session):
    return SiteFactory(origins=[web.url], operator_origins=[web.url], settings=SiteSettings(fetch_pause=0.1))


@pytest.fixture
def show(web):
    """Publishes the page with an author and a section."""

    def run(author="Анна Лебедева", section="Город"):
        head = HEAD % (author, section)
        web.pages["/a"] = f"<html><head>{head}</head><body><article><p>{TEXT}</p></article></body></html>"

    run()
    return run


@pytest.fixture
def route(session, site):
    """Gives the site these rules."""

    def run(*routes):
        site.settings = SiteSettings(fetch_pause=0.1, routes=[Route(**rule) for rule in routes])
        session.commit()

    return run


@pytest.fixture
def member(site):
    return EditorFactory(role="editor", role__site=site)


@pytest.fixture
def report(session, site, web):
    def run(exact="расказал"):
        place(session, [ReportFactory(site=site, url=f"{web.url}/a", exact=exact).id], NOON)
        session.commit()
        return session.scalars(select(Case).where(Case.exact == exact)).one()

    return run


@pytest.fixture
def read(sessions, session, fetcher):
    """Reads the page."""

    def run():
        for page in session.scalars(select(Page)):
            page.recheck_at_once(NOON)
        session.commit()
        Rechecker(sessions, fetcher, lambda: NOON, SecretKeys("s")).run()
        session.expire_all()

    return run
