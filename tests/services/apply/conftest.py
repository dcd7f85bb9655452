"""A site whose CMS keeps its articles in memory, and the worker that corrects them."""

import pytest

from moderation.services.apply.work import Applier
from tests.factories import CaseFactory, CmsConnectionFactory, PageFactory
from tests.support.cms import Shelf

ARTICLE = "<p>Река, котрая течёт. Он расказал всё.</p>"
CORRECTED = ARTICLE.replace("котрая", "которая")


@pytest.fixture
def page(session, site):
    """An article of a site that is connected to a CMS."""
    CmsConnectionFactory(site=site, purge_url="https://cdn.example")
    return PageFactory(site=site)


@pytest.fixture
def typo(site, page):
    """An open case of the article."""
    return CaseFactory(site=site, page=page, exact="котрая", prefix="Река, ", suffix=" течёт.")


@pytest.fixture
def shelf(page):
    """The CMS."""
    return Shelf({page.url: ARTICLE})


@pytest.fixture
def work(sessions, shelf):
    """Work on what is due at a time. Returns the addresses whose pages are to be read again and purged."""

    def run(now, purge=lambda connection, url: None):
        asked = []
        Applier(sessions, lambda _: shelf, purge, lambda: now, lambda: asked.append(now), "").run()
        return asked

    return run
