"""Whom a report counts for, before or after what it costs: floods, proofs of work."""

from datetime import UTC, datetime

import pytest

from moderation.domain.sites.settings import SiteSettings
from moderation.services.sites.widget_health import health_of
from moderation.web.extensions import db
from tests.factories import SiteFactory
from tests.support.api import BODY, post_report
from tests.support.plans import statements_of
from tests.support.problems import assert_problem
from tests.support.proofs import solved
from tests.support.running import eventually


@pytest.fixture
def proving(session):
    """A site that requires proofs of work."""
    return SiteFactory(settings=SiteSettings(proof_of_work=True))


def prove(client, site):
    return solved(client.get(f"/api/v1/challenge?site={site.site_key}").json)


def test_a_flood_over_the_limit_costs_no_query(made):
    client = made(reader_limit="2 per minute")
    with client.application.app_context(), statements_of(db.engine) as statements:
        answers = [post_report(client, "pk_unknown").status_code for _ in range(20)]
    assert answers == [401, 401, *[429] * 18]
    assert len(statements) == 3, "the third one found the window full"


def test_a_flood_over_the_limit_is_not_on_the_install_page(made, session, sessions):
    client, site = made(reader_limit="2 per minute"), SiteFactory()
    answers = [
        post_report(client, site.site_key, Origin="https://evil.example").status_code for _ in range(20)
    ]
    assert answers == [403, 403, *[429] * 18]
    client.application.extensions["corrigenda"].widget_health.store(sessions)
    assert health_of(session, site, datetime.now(UTC)).refused == [("https://evil.example", 3)]


def test_a_flood_over_the_limit_of_a_site_counts_for_its_readers(made, redis):
    client, site = made(reader_limit="3 per minute", site_limit="1 per minute"), SiteFactory()
    assert [post_report(client, site.site_key).status_code for _ in range(2)] == [202, 429]
    redis.config_resetstat()
    others = [
        post_report(client, site.site_key, address=f"192.0.2.{number}").status_code for number in range(2, 6)
    ]
    assert others == [429] * 4
    assert redis.info("commandstats")["cmdstat_incr"]["calls"] == 4, "the site is known to be full"
    assert post_report(client, SiteFactory().site_key).status_code == 202, "the reader's third"
    assert post_report(client, SiteFactory().site_key).status_code == 429


def test_a_reader_over_the_limit_keeps_the_proof(made, proving):
    client = made(reader_limit="1 per second")
    first, second = prove(client, proving), prove(client, proving)
    assert post_report(client, proving.site_key, X_Proof=first).status_code == 202

    def allowed():
        answer = post_report(client, proving.site_key, X_Proof=second)
        return answer if answer.status_code != 429 else None

    assert eventually(allowed).status_code == 202
    again = post_report(client, proving.site_key, X_Proof=second, address="192.0.2.3")
    assert_problem(again, 403, words="used before")


def test_a_refused_report_keeps_the_proof(made, proving):
    client = made()
    proof, foreign = prove(client, proving), {**BODY, "url": "https://evil.example/"}
    assert_problem(post_report(client, proving.site_key, foreign, X_Proof=proof), 403, type="foreign-page")
    assert post_report(client, proving.site_key, X_Proof=proof).status_code == 202


def test_a_report_with_a_proof_counts_once(made, proving):
    client = made(reader_limit="4 per minute", site_limit="2 per minute")

    def status(proof, address="192.0.2.1"):
        return post_report(client, proving.site_key, X_Proof=proof, address=address).status_code

    assert [status(prove(client, proving)) for _ in range(2)] == [202, 202]
    assert [status("nonsense"), status("nonsense"), status("nonsense")] == [403, 403, 429]
    assert status(prove(client, proving), "192.0.2.2") == 429, "the site has had two"
