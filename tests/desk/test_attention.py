"""The page of work that failed too often."""

from datetime import UTC, datetime

import pytest
from prometheus_client.parser import text_string_to_metric_families

from moderation.metrics import render
from tests.factories import EditorFactory, OutboxMessageFactory, SiteFactory
from tests.support.desk import csrf, sign_in


@pytest.fixture
def admin(client, site):
    """A browser in which an admin of the site is signed in."""
    sign_in(client, EditorFactory(role="admin", role__site=site).email)
    return client


@pytest.fixture
def set_aside():
    """Sets a message of a site aside."""

    def make(site, **fields):
        return OutboxMessageFactory(
            subject_id=site.id, site_id=site.id, attempts=5, set_aside_at=datetime.now(UTC), **fields
        )

    return make


def post(client, path):
    return client.post(path, data={"csrf_token": csrf(client.get("/desk/attention").text)})


def test_the_page_says_what_failed_and_why(admin, site, set_aside):
    set_aside(site, failure="data_refused", error="ForeignKeyViolation: no such case <b>")
    page = admin.get("/desk/attention").text
    assert "Put a new report into a case" in page and site.name in page
    assert "The database refused the result" in page
    assert "no such case &lt;b&gt;" in page
    assert "Needs attention" in admin.get("/desk/sites").text


def test_an_admin_tries_one_message_again(session, admin, site, set_aside):
    first, second = set_aside(site), set_aside(site)
    assert post(admin, f"/desk/attention/{first.id}").status_code == 302
    session.refresh(first)
    session.refresh(second)
    assert first.set_aside_at is None and first.attempts == 0
    assert second.set_aside_at is not None


def test_trying_all_again_leaves_the_messages_of_other_sites_alone(session, admin, site, set_aside):
    own, foreign = set_aside(site), set_aside(SiteFactory())
    post(admin, "/desk/attention")
    session.refresh(own)
    session.refresh(foreign)
    assert own.set_aside_at is None and foreign.set_aside_at is not None


def test_a_message_of_another_site_looks_absent(admin, set_aside):
    foreign = set_aside(SiteFactory())
    assert post(admin, f"/desk/attention/{foreign.id}").status_code == 404


def test_with_nothing_to_do_the_page_says_so(admin):
    assert "No work needs attention" in admin.get("/desk/attention").text


def test_metrics_count_what_waits_and_what_needs_attention(engine, redis, site, set_aside):
    set_aside(site)
    OutboxMessageFactory()
    families = text_string_to_metric_families(render(engine, redis).decode())
    values = {sample.name: sample.value for family in families for sample in family.samples}
    assert values["corrigenda_outbox_set_aside"] == 1
    assert values["corrigenda_outbox_waiting"] == 1
    assert values["corrigenda_recheck_due"] == 0
