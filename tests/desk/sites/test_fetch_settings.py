"""What an admin sets for the page checks."""

import re

import pytest

from tests.factories import CaseFactory, EditorFactory
from tests.support.desk import sign_in


@pytest.fixture
def admin(client, site):
    """A browser in which an admin of the site is signed in."""
    sign_in(client, EditorFactory(role="admin", role__site=site).email)
    return client


def fields_of(page):
    """The values of the form's inputs that are there before anything is typed."""
    tags = re.findall(r"<input[^>]*>", page)
    named = [(re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)) for tag in tags]
    return {name[1]: value[1] if value else "" for name, value in named if name}


def test_the_secret_header_is_saved_and_its_value_never_shown(session, admin, site):
    path = f"/desk/sites/{site.id}"
    header = {"fetch_header_name": "X-Pass", "fetch_header_value": "let-me-in", "fetch_pause": "2.5"}
    origins = "\n".join(site.origins)
    form = {**fields_of(admin.get(path).text), "name": site.name, "origins": origins, **header}
    form = {name: value for name, value in form.items() if name not in ("known_passages", "proof_of_work")}
    answer = admin.post(path, data=form)
    assert answer.status_code == 302, answer.text
    session.refresh(site)
    assert (site.fetch_header_name, site.settings.fetch_pause) == ("X-Pass", 2.5)
    page = admin.get(path).text
    assert "X-Pass" in page and "let-me-in" not in page


def test_the_case_page_says_why_the_page_was_not_read(session, admin, site):
    case = CaseFactory(site=site)
    case.page.fetch_state, case.page.unread_reason = "refused", "robots"
    session.commit()
    assert "robots.txt does not allow reading this page" in admin.get(f"/desk/cases/{case.id}").text
