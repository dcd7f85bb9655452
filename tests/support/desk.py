"""Use the desk without a browser: sign in, and send forms with their CSRF tokens."""

import re
from datetime import timedelta

from flask.testing import FlaskClient
from sqlalchemy import update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from moderation.models import Case, DeskSession
from tests.factories import PASSWORD


def sign_in(client: FlaskClient, email: str, password: str = PASSWORD, query: str = "") -> TestResponse:
    """Send the sign-in form."""
    token = csrf(client.get("/desk/sign-in").text)
    form = {"email": email, "password": password, "csrf_token": token}
    return client.post("/desk/sign-in" + query, data=form)


def csrf(page: str) -> str:
    """Return the CSRF token in a page."""
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found is not None
    return found[1]


def post(client: FlaskClient, path: str, page: str = "/desk/account", **form: object) -> TestResponse:
    """Send a form of a page."""
    return client.post(path, data={"csrf_token": csrf(client.get(page).text), **form})


def step(client: FlaskClient, case: Case, **form: object) -> TestResponse:
    """Decide a case with the form on its page."""
    page = client.get(f"/desk/cases/{case.id}").text
    # A case that cannot be decided has no form. The token of the sign-out form works too.
    data = {"csrf_token": csrf(page), "version": case.version} | form
    return client.post(f"/desk/cases/{case.id}/decisions", data=data)


def let_confirmations_end(session: Session) -> None:
    """Make every session of the desk one whose editor confirmed who they are too long ago."""
    session.execute(update(DeskSession).values(confirmed_at=DeskSession.created_at - timedelta(hours=1)))
    session.commit()
