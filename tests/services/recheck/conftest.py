"""A site with one article, readers who report it, and the recheck of its page."""

import pytest

from moderation.domain.sites.settings import SiteSettings
from moderation.secret_keys import SecretKeys
from moderation.services.cases.decide import decide
from moderation.services.recheck.run import Rechecker
from moderation.services.triage.place import place
from tests.factories import NOON, EditorFactory, ReportFactory, SiteFactory
from tests.support.rechecked import TEXT, article, case_of


@pytest.fixture
def site(web, session):
    return SiteFactory(origins=[web.url], operator_origins=[web.url], settings=SiteSettings(fetch_pause=0.1))


@pytest.fixture
def url(web):
    web.pages["/a"] = article(TEXT)
    return web.url + "/a"


@pytest.fixture
def report(session, site, url):
    def make(exact="расказал", now=NOON, **fields):
        at = TEXT.index(exact)
        quote = {"exact": exact, "prefix": TEXT[max(0, at - 64) : at], "suffix": TEXT[at + len(exact) :][:64]}
        made = ReportFactory(**{"site": site, "url": url, "created_at": NOON, **quote, **fields})
        place(session, [made.id], now)
        session.commit()
        return case_of(session, exact)

    return make


@pytest.fixture
def check(sessions, session, fetcher):
    """Looks at every page that is due at a time."""

    def run(now=NOON):
        done = Rechecker(sessions, fetcher, lambda: now, SecretKeys("s")).run()
        session.expire_all()
        return done

    return run


@pytest.fixture
def accept(session, site):
    editor = EditorFactory(role="editor", role__site=site)

    def run(case, correction="рассказал", action="accept"):
        return decide(session, editor, case.id, action, version=case.version, now=NOON, correction=correction)

    return run
