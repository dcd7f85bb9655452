"""Mail, to a real SMTP server."""

from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from structlog.testing import capture_logs

from moderation.models import OutboxMessage
from moderation.services.accounts import password_reset
from moderation.services.notify.mail import Mailer
from moderation.services.outbox import relay as outbox
from moderation.services.sites import members
from tests.factories import NOON, EditorFactory, SiteFactory
from tests.support.running import free_port

KEY = "k" * 40


class Box(Message):
    """Keeps what arrives."""

    def __init__(self):
        super().__init__()
        self.letters = []

    def prepare_message(self, session, envelope):
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        return super().prepare_message(session, envelope)

    def handle_message(self, message):
        """It is kept already."""


@pytest.fixture
def box():
    handler = Box()
    server = Controller(handler, hostname="127.0.0.1", port=free_port())
    server.start()
    handler.url = f"smtp://127.0.0.1:{server.port}"
    yield handler
    server.stop()


@pytest.fixture
def mailer(box):
    return Mailer(box.url, "Опечатки <typos@news.example>", "https://typos.example", KEY)


def test_an_invitation_in_the_language_of_who_invites(session, box, mailer):
    site = SiteFactory(name="Город")
    admin = EditorFactory(role="admin", role__site=site, name="Анна")
    invited = members.invite(session, admin, site, "new@news.example", "editor", lang="ru", now=NOON)
    mailer.send_invitations(session, [invited.id], NOON)
    [letter] = box.letters
    assert (letter["To"], letter["Subject"]) == ("new@news.example", "Приглашение в редакцию Город")
    text = letter.get_content()
    assert "Анна приглашает вас в редакцию Город" in text
    token = members.invitation_token(KEY, invited)
    assert f"https://typos.example/desk/invitation/{token}\n" in text


def test_a_link_to_a_new_password(session, box, mailer):
    editor = EditorFactory(email="anna@news.example", lang="en")
    password_reset.ask(session, "ANNA@news.example ", NOON)
    [message] = session.query(OutboxMessage).all()
    mailer.send_resets(session, [message.subject_id], NOON)
    [letter] = box.letters
    assert letter["To"] == editor.email and "within an hour" in letter.get_content()


def test_what_is_too_old_or_gone_is_not_mailed(session, box, mailer):
    site = SiteFactory()
    admin = EditorFactory(role="admin", role__site=site)
    invited = members.invite(session, admin, site, "new@news.example", "editor", lang="en", now=NOON)
    mailer.send_invitations(session, [invited.id], NOON + members.GOOD_FOR)
    members.revoke(session, admin, site, invited.id)
    mailer.send_invitations(session, [invited.id], NOON)
    assert box.letters == []


def test_without_a_server_nothing_is_sent_and_the_log_says_so(session):
    site = SiteFactory()
    admin = EditorFactory(role="admin", role__site=site)
    invited = members.invite(session, admin, site, "new@news.example", "editor", lang="en", now=NOON)
    with capture_logs() as logged:
        Mailer("", "", "https://typos.example", KEY).send_invitations(session, [invited.id], NOON)
    assert "CORRIGENDA_SMTP_URL" in logged[0]["event"]


def test_a_server_that_is_away_is_tried_again_later(session, sessions, box):
    EditorFactory(email="anna@news.example")
    password_reset.ask(session, "anna@news.example", NOON.now().astimezone())
    away = Mailer(f"smtp://127.0.0.1:{free_port()}", "a@b.example", "https://t.example", KEY)
    assert outbox.drain(sessions, outbox.mail_handlers(away)) == 0
    session.expire_all()
    [message] = session.query(OutboxMessage).all()
    assert message.attempts == 1 and "refused" in message.error.lower() and message.done_at is None
