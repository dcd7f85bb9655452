"""Members' own mail about cases, to a real SMTP server."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from moderation.models import Delivery, Membership
from moderation.services.events import Fact, record
from moderation.services.notify.member_mail import end_mail, mail_of_token, own_mail, save_own_mail
from moderation.services.notify.subscribers import UnknownSubscriber
from tests.factories import NOON, CaseFactory, EditorFactory
from tests.support.mailbox import html_of, text_of
from tests.support.running import free_port

SETTINGS = {
    "section": "", "min_readers": 1, "when": "at_once", "daily_at": 9, "quiet_from": None, "quiet_to": None,
    "time_zone": "UTC",
}  # fmt: skip


@pytest.fixture
def open_cases(session, site, dispatcher, box):
    """Opens cases and sends what is due."""

    def run(*exacts):
        cases = [CaseFactory(site=site, exact=exact, prefix="<b>Он ") for exact in exacts]
        record(session, site.id, [Fact("case.opened", case.id, case.id) for case in cases], NOON)
        session.commit()
        dispatcher(smtp_url=box.url).run()
        return cases

    return run


def subscribe_member(session, site, lang="ru", **settings):
    member = EditorFactory(role="viewer", role__site=site, lang=lang)
    save_own_mail(session, member, site, events=["case.opened"], is_on=True, **SETTINGS | settings)
    return member


@pytest.mark.parametrize(("lang", "head"), [("ru", "Новое замечание"), ("en", "A new case")])
def test_a_member_gets_html_and_text_and_ends_it_by_the_link(session, site, key, box, open_cases, lang, head):
    member = subscribe_member(session, site, lang)
    [case] = open_cases("расказал")
    [letter] = box.letters
    text = text_of(letter)
    html = html_of(letter)
    assert letter["To"] == member.email and letter["Subject"].startswith(f"{head}: расказал")
    assert f"https://typos.example/desk/cases/{case.id}" in text and "<b>Он [расказал" in text
    assert f'<html lang="{lang}">' in html and "prefers-color-scheme:dark" in html
    assert "&lt;b&gt;Он " in html and ">расказал</" in html
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = letter["List-Unsubscribe"].strip("<>")
    assert link in text and link in html
    end_mail(session, mail_of_token(session, key, link.rpartition("/")[2]))
    open_cases("жителеми")
    assert len(box.letters) == 1


def test_a_digest_of_two_cases_is_one_mail(session, site, box, open_cases, clock):
    clock.time = clock.time.replace(minute=1) + timedelta(hours=1)
    subscribe_member(session, site, "en", when="hourly")
    open_cases("расказал", "жителеми")
    [letter] = box.letters
    text = text_of(letter)
    assert letter["Subject"].startswith("2 notifications") and "расказал" in text and "жителеми" in text


def test_who_left_the_site_gets_no_mail(session, site, box, open_cases):
    member = subscribe_member(session, site)
    session.delete(session.get_one(Membership, (member.id, site.id)))
    session.commit()
    open_cases("расказал")
    assert box.letters == [] and session.scalars(select(Delivery.result)).all() == ["unneeded"]


def test_a_server_that_is_away_is_tried_again(session, site, box, open_cases):
    box.url = f"smtp://127.0.0.1:{free_port()}"
    subscribe_member(session, site)
    open_cases("расказал")
    [delivery] = session.scalars(select(Delivery))
    assert (delivery.attempts, delivery.done_at) == (1, None) and "mail server" in delivery.answer


def test_a_second_save_changes_the_same_subscription_and_a_forged_link_is_unknown(session, site, key):
    member = subscribe_member(session, site)
    save_own_mail(session, member, site, events=["case.fixed"], is_on=False, **SETTINGS)
    mail = own_mail(session, member, site)
    assert mail.hears == ["case.fixed"] and not mail.is_on
    with pytest.raises(UnknownSubscriber):
        mail_of_token(session, key, "A" * 43)
