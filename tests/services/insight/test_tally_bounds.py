"""Long texts of strangers and pages in the keys of figures, which an index holds."""

from random import Random
from urllib.parse import quote

from sqlalchemy import select
from structlog.testing import capture_logs

from moderation.domain.sites.limits import URL_LENGTH
from moderation.models import Tally
from moderation.services.cases.decide import decide
from moderation.services.insight.tally import tally_due
from tests.factories import NOON, CaseFactory, EditorFactory, ReportFactory, SiteFactory

INCOMPRESSIBLE = "".join(Random(7).choices("0123456789ABCDEF", k=20_000))


def keys(session, figure, **of):
    return session.scalars(select(Tally.key).filter_by(figure=figure, **of)).all()


def test_a_long_address_of_a_stranger_stops_no_figures(session, sessions, site):
    """Versions before 0.2 accepted 2,048 letters, which are up to 18 kB when they are escaped."""
    letters = "".join(map(chr, Random(7).choices(range(0x4E00, 0x9FA0), k=2000)))
    url = f"https://news.example/{quote(letters)}/a"
    ReportFactory(site=site, url=url, created_at=NOON)
    session.commit()
    assert tally_due(sessions, NOON) == 1
    assert keys(session, "page") == [url[:URL_LENGTH]]


def test_a_site_whose_figures_cannot_be_stored_stops_no_other_site(session, sessions, site):
    case = CaseFactory(site=site)
    case.page.section = INCOMPRESSIBLE[:2660]  # fits into the index of pages, and not into that of figures
    decide(session, EditorFactory(role="editor", role__site=site), case.id, "reject", version=1, now=NOON)
    other = SiteFactory()
    ReportFactory(site=other, created_at=NOON)
    session.commit()
    with capture_logs() as logged:
        assert tally_due(sessions, NOON) == 1
    assert keys(session, "reports", site_id=other.id) == [""]
    assert [line["event"] for line in logged] == ["tally.failed"]
