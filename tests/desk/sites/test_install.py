"""The Install page: the checklist without scripts, and the widget's health."""

import re

import pytest
from sqlalchemy import select

from moderation.models import Installation, Report
from tests.factories import InstallationFactory
from tests.support.desk import post


@pytest.fixture
def path(site):
    return f"/desk/sites/{site.id}/embed"


@pytest.fixture
def send(client, site):
    def report(origin="https://news.example"):
        body = {"url": "https://news.example/a", "quote": {"exact": "recieve"}}
        headers = {"X-Site-Key": site.site_key, "Origin": origin}
        return client.post("/api/v1/reports", json=body, headers=headers)

    return report


def test_the_snippet_for_the_page_and_for_the_developer(admin, site, path):
    page = admin.get(path).text
    assert page.count(site.site_key) >= 3 and "mailto:?subject=" in page
    assert "1 of 4 done" in page
    assert 'value="https://news.example/"' in page, "the first allowed domain is suggested"


def test_hints_say_where_the_code_goes_and_lead_to_the_form_without_scripts(admin, client, site, path):
    page = admin.get(path).text
    for system in ("WordPress", "Tilda", "Google Tag Manager"):
        assert f"<dt>{system}</dt>" in page
    assert f'widget.setAttribute("data-site-key", "{site.site_key}");' in page
    [form] = re.findall(r'href="[^"]*(/report\?site=[^"]+)"', page)
    assert client.get(form).status_code == 200
    assert "Only a preview." in page


def test_asking_for_a_check_shows_that_the_page_waits(admin, session, path):
    answer = post(admin, f"{path}/check", url="news.example/a")
    assert answer.status_code == 302
    assert session.scalars(select(Installation.page_url)).all() == ["https://news.example/a"]
    page = admin.get(path).text
    assert "Waiting for your page…" in page and '<meta http-equiv="refresh"' in page
    assert "Waiting for your page…" in admin.get(f"{path}/progress").text


@pytest.mark.parametrize(
    ("url", "says"),
    [("", "Enter the address"), ("https://other.example/", "https://other.example is not one of this site")],
)
def test_an_address_that_cannot_be_checked_says_why_and_stays(admin, path, url, says):
    answer = post(admin, f"{path}/check", url=url)
    assert answer.status_code == 422
    assert says in answer.text.replace("&#39;", "'") and f'value="{url}"' in answer.text


def test_what_a_check_found_is_said_in_words(admin, session, site, path):
    found = [["csp_script", "default-src"], ["unknown_key", "<b>pk_other"], ["twice", ""]]
    InstallationFactory(site=site, findings=found, checked_at=site.created_at)
    page = admin.get(path).text
    assert "blocks the widget. Add this service" in page and "script-src." in page
    assert "&lt;b&gt;pk_other" in page and "Once is enough" in page


def test_a_test_report_is_flagged_shown_and_removed(admin, session, site, path, send):
    send()
    post(admin, f"{path}/test", action="start")
    assert "Waiting for your test report…" in admin.get(path).text
    assert send().status_code == 202
    assert sorted(session.scalars(select(Report.is_test))) == [False, True]
    page = admin.get(path).text
    assert "1 test report received" in page and 'data-ask="Remove the test reports?' in page
    post(admin, f"{path}/test", action="remove")
    assert session.scalars(select(Report.is_test)).all() == [False]
    assert "The test reports were removed" in admin.get(path).text
    send()
    assert session.scalars(select(Report.is_test)).all() == [False, False]


def test_the_waiting_page_shows_the_widget_alive_with_the_first_report(admin, path, send):
    post(admin, f"{path}/test", action="start")
    assert "<dd>Never</dd>" in admin.get(f"{path}/progress").text
    send()
    assert "<dd>Never</dd>" not in admin.get(f"{path}/progress").text


def test_a_test_can_be_ended(admin, session, path, send):
    post(admin, f"{path}/test", action="start")
    post(admin, f"{path}/test", action="end")
    send()
    assert session.scalars(select(Report.is_test)).all() == [False]


def test_the_widget_is_seen_and_foreign_domains_are_listed(admin, app, sessions, site, path, send):
    query = {"site": site.site_key, "url": "https://news.example/a", "version": "0123abcd"}
    assert admin.get("/api/v1/widget", query_string=query).status_code == 200
    assert admin.get("/api/v1/widget", query_string=query | {"url": "https://x.example/"}).status_code == 403
    assert send(origin="https://evil.example").status_code == 403
    app.extensions["corrigenda"].widget_health.store(sessions)
    page = admin.get(path).text
    assert "Older: 0123abcd" in page and "The widget was used on your pages" in page
    assert "https://evil.example" in page and "https://x.example" in page


def test_the_checklist_can_be_hidden_and_shown(admin, path):
    post(admin, f"{path}/checklist", hide="yes")
    assert "Check the page" not in admin.get(path).text
    post(admin, f"{path}/checklist", hide="")
    assert "Check the page" in admin.get(path).text
