"""What an admin sets for the page checks."""

import pytest

from tests.factories import CaseFactory, EditorFactory
from tests.support.desk import post, sign_in


@pytest.fixture
def admin(client, site):
    """A browser in which an admin of the site is signed in."""
    sign_in(client, EditorFactory(role="admin", role__site=site).email)
    return client


def test_the_secret_header_is_saved_and_its_value_never_shown(session, admin, site):
    path = f"/desk/sites/{site.id}"
    header = {"fetch_header_name": "X-Pass", "fetch_header_value": "let-me-in", "fetch_pause": "2.5"}
    assert post(admin, f"{path}/settings/page-checks", **header).status_code == 302
    session.refresh(site)
    assert (site.fetch_header_name, site.settings.fetch_pause) == ("X-Pass", 2.5)
    page = admin.get(path).text
    assert "X-Pass" in page and "let-me-in" not in page
    unnamed = post(admin, f"{path}/settings/page-checks", fetch_header_name="X-Other", fetch_pause="1")
    assert unnamed.status_code == 422 and "Enter the value of the secret header too." in unnamed.text
    post(admin, f"{path}/settings/page-checks", fetch_header_name="", fetch_pause="1")
    session.refresh(site)
    assert site.fetch_header_name is None


def test_the_case_page_says_why_the_page_was_not_read(session, admin, site):
    case = CaseFactory(site=site)
    case.page.fetch_state, case.page.unread_reason = "refused", "robots"
    session.commit()
    assert "robots.txt does not allow reading this page" in admin.get(f"/desk/cases/{case.id}").text
