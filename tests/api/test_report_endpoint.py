"""Accepted reports are answered without Flask: nobody outside can tell, and neither can the figures."""

import json

import pytest
from werkzeug.test import EnvironBuilder, run_wsgi_app

from moderation.api.reports import REFUSAL
from moderation.metrics import REPORTS, REQUESTS
from moderation.services.sites.server_keys import add_server_key
from tests.factories import SiteFactory
from tests.support.api import BODY, post_report
from tests.support.problems import assert_problem

PATH = "/api/v1/reports"


def post(client, site, body=BODY, address="192.0.2.1", **headers):
    return post_report(client, site.site_key, body, address, **headers)


def environ_of(site, body):
    headers = {"X-Site-Key": site.site_key}
    return EnvironBuilder(PATH, method="POST", json=body, headers=headers).get_environ()


def count(metric, **labels):
    samples = [sample for family in metric.collect() for sample in family.samples]
    return sum(
        each.value for each in samples if each.name.endswith(("_total", "_count")) and each.labels == labels
    )


@pytest.mark.parametrize("base_url", ["https://desk.example", "http://127.0.0.1"])
def test_an_accepted_report_has_the_headers_of_a_refused_one(made, base_url):
    client, site = made(base_url=base_url), SiteFactory()
    accepted, refused = post(client, site), post(client, site, {})
    assert (accepted.status, accepted.content_type) == ("202 Accepted", "application/json")
    same = [
        {
            name: value
            for name, value in answer.headers
            if not name.startswith(("X-Request", "Content-Length", "Content-Type"))
        }
        for answer in (accepted, refused)
    ]
    assert same[0] == same[1]
    assert ("Strict-Transport-Security" in accepted.headers) == base_url.startswith("https")
    assert accepted.headers["X-Request-Id"] != refused.headers["X-Request-Id"]


def test_a_reader_over_the_limit_gets_the_headers_of_a_refusal_too(made):
    client, site = made(reader_limit="1 per minute"), SiteFactory()
    refused = post(client, site, {})
    assert_problem(refused, 422)
    over = post(client, site)
    assert_problem(over, 429, words="Too many reports. Try again in ", type="/too-many")
    assert set(dict(over.headers)) == set(dict(refused.headers)) | {"Retry-After"}


def test_every_answer_is_counted_once(made):
    client, site = made(reader_limit="2 per minute"), SiteFactory()
    route = {"route": PATH, "method": "POST"}
    before = [count(REPORTS, status=status) for status in ("202", "422", "429")], count(REQUESTS, **route)
    statuses = [post(client, site, body).status_code for body in (BODY, {}, BODY, {})]
    assert statuses == [202, 422, 429, 429]
    after = [count(REPORTS, status=status) for status in ("202", "422", "429")], count(REQUESTS, **route)
    assert [now - then for now, then in zip(after[0], before[0], strict=True)] == [1, 1, 2]
    assert after[1] - before[1] == 4


@pytest.mark.parametrize("body", [BODY, {}])
def test_every_answer_has_one_line_with_its_id(made, capsys, body):
    answer = post(
        made(access_log=True, trusted_proxies=1), SiteFactory(), body, X_Request_Id="from-the-proxy-1"
    )
    written = [
        json.loads(line) for line in capsys.readouterr().err.splitlines() if '"event": "request"' in line
    ]
    [line] = [each for each in written if each["event"] == "request"]
    assert (line["method"], line["route"], line["status"]) == ("POST", PATH, answer.status_code)
    assert line["request_id"] == answer.headers["X-Request-Id"] == "from-the-proxy-1"


def test_a_refused_report_counts_once(made):
    client, site = made(reader_limit="3 per minute"), SiteFactory()
    key = {"Idempotency_Key": "k"}
    assert post(client, site, **key).status_code == 202
    assert_problem(post(client, site, {**BODY, "comment": "другое"}, **key), 422, type="/key-reused")
    assert_problem(post(client, site, {}), 422)
    assert_problem(post(client, site, {}), 429)


def test_a_report_that_cannot_be_stored_is_counted_once(made, session):
    client, site = made(reader_limit="2 per minute", site_cache_seconds=60), SiteFactory()
    assert post(client, site).status_code == 202
    session.delete(site)
    session.commit()
    assert post(client, site).status_code >= 400
    assert_problem(post(client, site), 429)


def test_the_network_of_a_sites_server_is_not_its_readers(made, session):
    """The readers of a site whose server has an IPv6 address shared one limit."""
    client, site = made(reader_limit="1 per minute"), SiteFactory()
    key = {"Authorization": f"Bearer {add_server_key(session, None, site, 'back end')[1]}"}
    answers = [
        post(client, site, address="2001:db8::1", X_Reader=f"reader-{number}", **key).status_code
        for number in range(20)
    ]
    assert answers == [202] * 20


def test_a_body_of_unknown_length_is_read_behind_a_proxy_as_before(made):
    """Without the guard (web/body_guard.py) the endpoint reads the body itself."""
    client, site = made(trusted_proxies=1), SiteFactory()
    assert post(client, site).status_code == 202
    assert_problem(
        client.post(
            PATH, data="{" * 20_000, content_type="application/json", headers={"X-Site-Key": site.site_key}
        ),
        413,
    )


@pytest.mark.parametrize(
    "media", ["application/json", "Application/JSON; charset=utf-8", " application/json ;x=1"]
)
def test_ways_to_write_the_media_type(made, media):
    client, site = made(), SiteFactory()
    answer = client.post(
        PATH, data=json.dumps(BODY), content_type=media, headers={"X-Site-Key": site.site_key}
    )
    assert answer.status_code == 202


@pytest.mark.parametrize("proxies", [0, 1])
@pytest.mark.parametrize(
    ("method", "path"), [("POST", f"/{PATH}"), ("POST", f"///{PATH}"), ("post", PATH), ("POST", PATH[1:])]
)
def test_requests_that_flask_takes_for_the_same_are_the_same(made, proxies, method, path):
    """A base address that ends in a slash, `curl -X post`."""
    site = SiteFactory()
    environ = environ_of(site, BODY) | {"REQUEST_METHOD": method, "PATH_INFO": path}
    _body, status, _headers = run_wsgi_app(made(trusted_proxies=proxies).application.wsgi_app, environ)
    assert status == "202 Accepted"


@pytest.mark.parametrize("data", ["&" * 3000, "a=b&" * 6000])
def test_a_form_is_refused_for_its_type_and_not_for_its_fields(made, data):
    client, site = made(), SiteFactory()
    form = {"data": data, "content_type": "application/x-www-form-urlencoded"}
    assert_problem(client.post(PATH, headers={"X-Site-Key": site.site_key}, **form), 415)


def test_a_refusal_leaves_nothing_in_the_request(made):
    site = SiteFactory()
    environ = environ_of(site, {})
    run_wsgi_app(made().application.wsgi_app, environ)
    assert REFUSAL not in environ
