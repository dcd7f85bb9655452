import re

import pytest

from tests.factories import PASSWORD, CaseFactory, EditorFactory, SiteFactory


@pytest.fixture
def site(session):
    return SiteFactory()


@pytest.fixture
def case(site):
    return CaseFactory(site=site)


@pytest.fixture
def editor(site):
    return EditorFactory(role="editor", role__site=site)


@pytest.fixture
def desk(client, editor):
    """A browser in which the editor is signed in."""
    sign_in(client, editor.email)
    return client


def sign_in(client, email, password=PASSWORD, query=""):
    token = csrf(client.get("/desk/sign-in").text)
    form = {"email": email, "password": password, "csrf_token": token}
    return client.post("/desk/sign-in" + query, data=form)


def csrf(page):
    return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]


def step(client, case, **form):
    """Take a step as the form on the case's page does."""
    page = client.get(f"/desk/cases/{case.id}").text
    # A case without steps has no form of its own; sign-out's token is as good.
    form = {"csrf_token": csrf(page), "version": case.version} | form
    return client.post(f"/desk/cases/{case.id}/decisions", data=form)
