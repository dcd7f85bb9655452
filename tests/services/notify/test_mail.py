"""Mail, to a real SMTP server."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from moderation.models import OutboxMessage
from moderation.secret_keys import SecretKeys
from moderation.services.accounts import password_reset, security_log
from moderation.services.accounts.editors import InvalidAccount
from moderation.services.notify.mail import Mailer
from moderation.services.outbox.deliver import Deliverer
from moderation.services.sites import members
from tests.factories import NOON, EditorFactory, OutboxMessageFactory, SiteFactory
from tests.support.mailbox import html_of, text_of
from tests.support.running import free_port

KEY = SecretKeys("k" * 40)


@pytest.fixture
def mailer(box):
    return Mailer(box.url, "Опечатки <typos@news.example>", "https://typos.example", KEY)


@pytest.fixture
def deliver(sessions, mailer):
    """Sends what the outbox holds; answers how many messages are done."""

    def run(now=NOON, mailer=mailer):
        return Deliverer(sessions, mailer, lambda: now, build="1").deliver_due()

    return run


@pytest.fixture
def site(session):
    return SiteFactory(name="Город")


@pytest.fixture
def admin(site):
    return EditorFactory(role="admin", role__site=site, name="Анна")


@pytest.fixture
def invited(session, site, admin):
    return members.invite(session, admin, site, "new@news.example", "editor", lang="ru", now=NOON)


def test_an_invitation_is_written_in_the_language_of_who_invites(box, deliver, invited):
    assert deliver() == 1
    [letter] = box.letters
    assert (letter["To"], letter["Subject"]) == (
        "new@news.example",
        "Приглашение на сайт «Город» в Corrigenda",
    )
    content = text_of(letter)
    assert "Анна приглашает вас разбирать сообщения читателей об опечатках на сайте «Город»." in content
    token = members.invitation_token(KEY, invited)
    assert f'href="https://typos.example/desk/invitation/{token}"' in html_of(letter)
    assert letter["Auto-Submitted"] == "auto-generated"
    assert f"https://typos.example/desk/invitation/{token}\n" in content


def test_a_link_to_a_new_password_goes_to_the_account(session, box, deliver):
    editor = EditorFactory(email="anna@news.example", lang="en")
    password_reset.ask(session, "ANNA@news.example ", NOON)
    deliver()
    [letter] = box.letters
    assert letter["To"] == editor.email and "within an hour" in text_of(letter)


def test_an_invitation_that_is_too_old_is_not_mailed(box, deliver, invited):
    assert deliver(NOON + members.GOOD_FOR) == 1
    assert box.letters == []


def test_a_revoked_invitation_is_not_mailed(session, box, deliver, site, admin, invited):
    members.revoke(session, admin, site, invited.id)
    assert deliver() == 1
    assert box.letters == []


def test_without_a_server_nothing_is_sent_and_the_log_says_so(deliver, invited):
    with capture_logs() as logged:
        deliver(mailer=Mailer("", "", "https://typos.example", KEY))
    assert (logged[0]["event"], logged[0]["setting"]) == ("mail.not_configured", "CORRIGENDA_SMTP_URL")


def test_a_server_that_is_away_is_tried_again_later(session, deliver, invited):
    away = Mailer(f"smtp://127.0.0.1:{free_port()}", "a@b.example", "https://t.example", KEY)
    assert deliver(mailer=away) == 0
    session.expire_all()
    [message] = session.query(OutboxMessage).all()
    assert (message.attempts, message.failure, message.done_at) == (1, "mail_server", None)
    pause = message.due_at - datetime.now(UTC)
    assert timedelta(seconds=20) < pause <= timedelta(seconds=30)


@pytest.mark.parametrize("answer", ["451 Later", "550 No such user new@news.example"])
def test_a_refused_mailbox_is_in_no_log(box, deliver, invited, answer):
    box.refuse_recipient = answer
    with capture_logs() as logged:
        assert deliver() == 0
    assert logged and "new@news.example" not in str(logged)


def test_an_address_that_makes_no_mail_stops_no_other_mail(session, box, deliver, invited):
    """Versions before 0.2 stored such addresses: decoded, this one has a line end."""
    invited.email = "=?utf-8?q?a=0Ab?=@news.example"
    editor = EditorFactory(email="anna@news.example", lang="en")
    password_reset.ask(session, editor.email, NOON)
    with capture_logs() as logged:
        assert deliver() == 1
    assert [letter["To"] for letter in box.letters] == [editor.email]
    assert [line["attempts"] for line in logged] == [1] and "news.example" not in str(logged)


@pytest.mark.parametrize("address", ["=?utf-8?q?anna?=@news.example", "=?utf-8?q?a=0Ab?=@news.example"])
def test_an_address_with_an_encoded_word_is_refused(session, site, admin, address):
    with pytest.raises(InvalidAccount):
        members.invite(session, admin, site, address, "editor", lang="ru", now=NOON)


def test_a_mail_is_sent_once_although_two_workers_deliver_and_one_server_is_slow(box, deliver, invited):
    """The second worker finds the message claimed, while the first waits for the mail server."""
    done = []
    box.before_answer = lambda: done.append(deliver())
    done.append(deliver())
    assert (done, len(box.letters)) == ([0, 1], 1)


def test_no_row_is_locked_while_the_mail_server_is_slow(sessions, box, deliver, invited):
    def lock_everything():
        with sessions() as other:
            other.execute(text("SELECT id FROM outbox_message FOR UPDATE NOWAIT"))

    box.before_answer = lock_everything
    assert deliver() == 1


def test_an_account_that_is_linked_to_sso_is_told(session, box, deliver):
    linked = EditorFactory(lang="en")
    OutboxMessageFactory(topic="account.linked", subject_id=linked.id)
    deliver()
    [letter] = box.letters
    assert letter["To"] == linked.email and "SSO was linked" in letter["Subject"]


@pytest.mark.parametrize("what", sorted(security_log.MAILED))
@pytest.mark.parametrize("lang", ["ru", "en"])
def test_an_event_of_the_account_is_told_once_with_device_and_time(session, box, deliver, what, lang):
    browser = "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36"
    security_log.set_origin(session, security_log.Origin(browser, "192.0.2.0/24", "00"))
    security_log.record(session, EditorFactory(lang=lang), what)
    session.commit()
    assert (deliver(), deliver()) == (1, 0)
    [letter] = box.letters
    content = text_of(letter)
    assert letter["Subject"] and "Corrigenda" in content
    device = "Chrome, Linux" if lang == "ru" else "Chrome on Linux"
    assert device in content and "192.0.2.0/24" in content and "UTC" in content
    assert ("Если это были не вы" in content) is (lang == "ru")
    assert "https://typos.example/desk/account/history" in content


def test_events_that_need_no_attention_are_not_mailed(session, box, deliver):
    security_log.record(session, EditorFactory(), "sign_in.succeeded")
    session.commit()
    assert (deliver(), box.letters) == (0, [])
