"""Headers, cookies and bodies (F2, F26, F32 of the security review)."""

from dataclasses import replace

import pytest

from moderation import create_app
from moderation.services.instance import demo
from moderation.web.security import MOST_FIELDS
from tests.factories import SiteFactory


@pytest.fixture
def secure(settings, session, redis):
    """A client of an instance that browsers reach by HTTPS."""
    return create_app(replace(settings, base_url="https://typos.example")).test_client()


def test_with_https_browsers_stay_with_https(secure, client):
    assert secure.get("/").headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "Strict-Transport-Security" not in client.get("/").headers


def test_with_https_cookies_are_held_to_this_host(secure):
    cookies = secure.get("/language/ru").headers.getlist("Set-Cookie")
    cookies += secure.get("/desk/sign-in").headers.getlist("Set-Cookie")
    assert len(cookies) == 2
    for cookie in cookies:
        assert cookie.startswith("__Host-corrigenda_")
        assert "Secure" in cookie and "Path=/" in cookie and "Domain" not in cookie


def test_the_language_cookie_works_with_https(secure):
    secure.get("/language/ru", base_url="https://localhost")
    assert '<html lang="ru"' in secure.get("/", base_url="https://localhost").text


@pytest.mark.parametrize("path", ["/", "/desk/sign-in", "/api/v1/docs", "/nothing"])
def test_a_page_is_isolated_and_asks_for_no_device(client, path):
    headers = client.get(path).headers
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["/healthz", "/api/v1/openapi.json", "/api/v1/cases"])
def test_data_that_is_opened_as_a_page_runs_nothing(client, path):
    assert client.get(path).headers["Content-Security-Policy"].startswith("default-src 'none'")


@pytest.mark.parametrize("type_", ["application/json", "text/plain", "application/vnd.api+json"])
@pytest.mark.parametrize("path", ["/desk/sign-in", "/desk/reset", "/report?site=x", "/r/x/withdraw"])
def test_a_body_that_is_no_form_is_refused(client, path, type_):
    answer = client.post(path, data='{"email": "a@b.example"}', content_type=type_)
    assert answer.status_code == 415


@pytest.mark.parametrize("path", ["/desk/sign-in", "/desk/queue/live", "/report?site=x", "/r/x/withdraw"])
def test_a_form_of_too_many_fields_is_refused_before_it_is_taken_apart(client, path):
    body = "a&" * MOST_FIELDS
    answer = client.post(path, data=body, content_type="application/x-www-form-urlencoded")
    assert (answer.status_code, "at most 2000 fields" in answer.text) == (413, True)


def test_a_page_does_not_load_scripts_from_a_host_that_the_request_names(client, session, settings):
    SiteFactory(name=demo.SITE)
    page = client.get("/demo/ru", headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"}).text
    assert "widget.js" in page and "evil.example" not in page
