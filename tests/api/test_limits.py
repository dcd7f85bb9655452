"""The limits, and what happens to readers when Redis is away."""

from dataclasses import replace

import pytest

from moderation import create_app
from moderation.services.intake.report_limits import WIDE
from tests.factories import SiteFactory
from tests.support.api import BODY, post_report
from tests.support.problems import assert_problem


def post(client, site, address="192.0.2.1"):
    return post_report(client, site.site_key, address=address)


def test_one_reader_at_a_time(made):
    client, site = made(reader_limit="2 per minute"), SiteFactory()
    assert [post(client, site).status_code for _ in range(2)] == [202, 202]
    refused = post(client, site)
    assert_problem(refused, 429, words="Too many")
    assert int(refused.headers["Retry-After"]) in range(1, 62)
    assert refused.headers["Access-Control-Allow-Origin"] == "*"
    assert post(client, site, "192.0.2.2").status_code == 202


def test_one_site_at_a_time(made):
    client, site = made(site_limit="1 per minute"), SiteFactory()
    assert post(client, site).status_code == 202
    assert_problem(post(client, site, "192.0.2.2"), 429)
    assert post(client, SiteFactory(), "192.0.2.2").status_code == 202


def test_a_site_is_counted_by_the_site_that_was_found(made):
    client, site = made(site_limit="1 per minute"), SiteFactory()
    junk = {"X-Site-Key": site.site_key, "Origin": "https://evil.example"}
    assert client.post("/api/v1/reports", json=BODY, headers=junk).status_code == 403
    assert client.post("/api/v1/reports", data="x", headers={"X-Site-Key": site.site_key}).status_code == 415
    assert post(client, site).status_code == 202
    assert post(client, site).status_code == 429


@pytest.mark.parametrize("network", ["2001:db8:1:2:%s::", "::ffff:192.0.2.1%s"])
def test_all_addresses_of_one_subscriber_are_one_reader(made, network):
    client, site = made(reader_limit="2 per minute"), SiteFactory()
    addresses = [network % part for part in ("1", "2", "3")] if "db8" in network else [
        "192.0.2.1", "::ffff:192.0.2.1", "::ffff:c000:201"
    ]  # fmt: skip
    assert [post(client, site, address).status_code for address in addresses] == [202, 202, 429]
    assert post(client, site, "2001:db8:1:3::1").status_code == 202


def test_the_networks_of_one_ipv6_48_share_a_larger_limit(made):
    client, site = made(reader_limit="1 per minute"), SiteFactory()
    statuses = [post(client, site, f"2001:db8:1:{part:x}::1").status_code for part in range(WIDE + 1)]
    assert statuses == [202] * WIDE + [429]
    assert post(client, site, "2001:db8:2::1").status_code == 202
    assert post(client, site, "192.0.2.1").status_code == 202


def test_without_redis_reports_come_in_and_the_limit_holds(made):
    client, site = made(redis_url="redis://127.0.0.1:1", reader_limit="2 per minute"), SiteFactory()
    assert [post(client, site).status_code for _ in range(3)] == [202, 202, 429]


def test_behind_a_proxy_the_reader_is_who_it_says(made):
    client, site = made(reader_limit="1 per minute", trusted_proxies=1), SiteFactory()

    def through(address):
        return client.post(
            "/api/v1/reports", json=BODY, headers={"X-Site-Key": site.site_key, "X-Forwarded-For": address}
        ).status_code

    assert [through("192.0.2.1"), through("192.0.2.1"), through("192.0.2.2")] == [202, 429, 202]


def test_without_a_proxy_the_header_is_nothing(made):
    client, site = made(reader_limit="1 per minute"), SiteFactory()
    headers = {"X-Site-Key": site.site_key, "X-Forwarded-For": "192.0.2.9"}
    assert client.post("/api/v1/reports", json=BODY, headers=headers).status_code == 202
    headers["X-Forwarded-For"] = "192.0.2.8"
    assert client.post("/api/v1/reports", json=BODY, headers=headers).status_code == 429


def test_without_the_database_it_says_try_again(settings):
    app = create_app(replace(settings, database_url="postgresql://nobody@127.0.0.1:1/nothing"))
    response = app.test_client().post("/api/v1/reports", json=BODY, headers={"X-Site-Key": "pk"})
    assert_problem(response, 503, words="Nothing was saved")
    assert response.headers["Retry-After"] == "5"
    assert app.test_client().get("/readyz").status_code == 503
    assert app.test_client().get("/healthz").status_code == 200
