"""The Integrations page."""

import pytest
from sqlalchemy import select

from moderation.models import AuditEntry, Delivery, Subscriber
from tests.factories import NOON, SubscriberFactory
from tests.support.desk import post


def test_an_admin_adds_a_webhook_sees_its_secret_once_and_tries_it_out(admin, session, site):
    pages = f"/desk/sites/{site.id}/integrations"
    assert "No integrations yet" in admin.get(pages).text
    refused = post(admin, f"{pages}/webhooks", name="CMS", url="hook.example", events="case.fixed")
    assert refused.status_code == 422 and "hook.example" in refused.text
    url = "https://hook.example/"
    made = post(admin, f"{pages}/webhooks", name="CMS", url=url, events="case.fixed").text
    subscriber = session.scalars(select(Subscriber)).one()
    assert (subscriber.hears, subscriber.is_operators) == (["case.fixed"], False)
    page = f"{pages}/{subscriber.id}"
    assert "whsec_" in made and "whsec_" not in admin.get(page).text
    assert "whsec_" in post(admin, f"{page}/secret").text
    post(admin, f"{page}/test")
    assert "Waiting: 1" in admin.get(pages).text
    delivery = session.scalars(select(Delivery)).one()
    delivery.request, delivery.answer, delivery.attempts = '{"<b>": 1}', "500 <script>", 12
    delivery.set_aside_at = subscriber.paused_until = NOON
    session.commit()
    shown = admin.get(page).text
    assert "&lt;script&gt;" in shown and "<script>" not in shown.partition("Deliveries")[2]
    assert "Failed: 1" in admin.get(pages).text and "Paused" in shown
    post(admin, f"{page}/deliveries/{delivery.id}")
    session.refresh(delivery)
    assert (delivery.attempts, delivery.set_aside_at) == (0, None)
    post(admin, page, name="CMS", url=url, events="case.opened")
    session.refresh(subscriber)
    assert (subscriber.hears, subscriber.is_on) == (["case.opened"], False)
    post(admin, f"{page}/remove")
    assert session.scalars(select(Subscriber)).all() == []
    what = session.scalars(select(AuditEntry.what).order_by(AuditEntry.id)).all()
    assert [w.partition(".")[2] for w in what] == ["added", "secret_rotated", "changed", "removed"]


def test_a_webhook_whose_secret_is_lost_says_what_to_do(admin, session, site):
    webhook = SubscriberFactory(site=site, kind="webhook", sealed=b"of another key")
    session.commit()
    page = f"/desk/sites/{site.id}/integrations/{webhook.id}"
    answer = post(admin, f"{page}/secret")
    assert answer.location.endswith(page)
    assert "Remove the webhook and add it again." in admin.get(page).text


CHANNEL = {
    "name": "Chat", "url": "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ", "lang": "en",
    "events": "case.opened",
    "min_readers": 1, "when": "at_once", "daily_at": 9, "time_zone": "UTC",
}  # fmt: skip


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("integrations/channels", CHANNEL | {"time_zone": "Europe"}),  # a folder of time zones
        ("integrations/channels", CHANNEL | {"time_zone": "../../etc/passwd"}),
        ("integrations/channels", CHANNEL | {"url": "json://127.0.0.1/"}),
        ("integrations/channels", CHANNEL | {"section": "x" * 10_000}),
        ("cms?kind=endpoint", {"address": "https://h\u2028.example/", "secret": "whsec_AAAA"}),
        ("cms?kind=git", {"repository": "https://h.example/a", "rule": "/{1} → {1}.md", "secret": "x"}),
        ("cms?kind=git", {"repository": "ext::sh -c id", "rule": "/{a} → {a}.md", "secret": "x"}),
        ("cms?kind=git", {"repository": "file:///etc", "rule": "/{a} → {a}.md", "secret": "x"}),
        ("cms?kind=git", {"repository": "https://h.test", "branch": "-x", "rule": "/a → a", "secret": "x"}),
    ],
)  # fmt: skip
def test_a_hostile_value_is_refused_at_its_field(session, admin, site, path, form):
    assert post(admin, f"/desk/sites/{site.id}/{path}", **form).status_code == 422
    assert session.scalars(select(Subscriber)).all() == []


def test_only_a_stored_address_can_be_kept_and_a_new_one_speaks_the_pages_language(session, admin, site):
    path = f"/desk/sites/{site.id}/integrations/channels"
    new = admin.get(path).text
    assert "Leave empty to keep" not in new and '<option selected value="en">' in new
    assert '<option selected value="ru">' in admin.get(path, headers={"Accept-Language": "ru"}).text
    assert post(admin, path, **CHANNEL).status_code == 302
    [channel] = session.scalars(select(Subscriber)).all()
    stored = f"/desk/sites/{site.id}/integrations/{channel.id}"
    assert "Leave empty to keep" in admin.get(stored).text
    assert "Оставьте пустым, чтобы не менять." in admin.get(stored, headers={"Accept-Language": "ru"}).text


def test_a_channel_keeps_several_sections(session, admin, site):
    sections = "Город\nhttps://news.example/sport/"
    form = CHANNEL | {"section": sections.replace("\n", "\r\n")}
    assert post(admin, f"/desk/sites/{site.id}/integrations/channels", **form).status_code == 302
    [channel] = session.scalars(select(Subscriber)).all()
    assert channel.settings["section"].splitlines() == sections.splitlines()
    assert sections.splitlines()[1] in admin.get(f"/desk/sites/{site.id}/integrations/{channel.id}").text
    nul = post(admin, f"/desk/sites/{site.id}/integrations/channels", **CHANNEL | {"section": "a\x00b"})
    assert nul.status_code < 500
