"""Links by mail: reset, and a new address."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import event, select

from moderation.models import AccountEvent, EmailChange, PasswordReset
from moderation.models.outbox import NO_SITE
from moderation.services.accounts import email_change, password_reset
from moderation.services.accounts.editors import set_password
from moderation.services.notify.mail import Mailer
from tests.factories import NOON, PASSWORD, EditorFactory
from tests.support.desk import csrf, let_confirmations_end, sign_in

NEW = "a much better password"


@pytest.fixture
def mailing(app):
    """An instance that sends mail."""
    wiring = app.extensions["corrigenda"]
    object.__setattr__(wiring.settings, "smtp_url", "smtp://mail.example")
    yield
    object.__setattr__(wiring.settings, "smtp_url", "")


def ask(client, email):
    form = {"csrf_token": csrf(client.get("/desk/reset").text), "email": email}
    return client.post("/desk/reset", data=form).status_code


class TestReset:
    def test_asking_for_a_known_and_an_unknown_address_does_the_same(self, session, engine, editor):
        """The time of the answer tells nothing, because the statements are the same."""
        done = []

        def note(_connection, _cursor, statement, *_more):
            done.append(statement.split()[:3])

        event.listen(engine, "before_cursor_execute", note)
        try:
            password_reset.ask(session, editor.email, NOON)
            known, done[:] = list(done), []
            password_reset.ask(session, "nobody@news.example", NOON)
        finally:
            event.remove(engine, "before_cursor_execute", note)
        assert known and done == known

    def test_asking_again_leaves_the_earlier_link_as_it_is(self, session, settings, client, editor, mailing):
        now = datetime.now(UTC)
        password_reset.ask(session, editor.email, now)
        first = session.scalars(select(PasswordReset)).one()
        path = f"/desk/reset/{password_reset.reset_token(settings.secret_keys, first)}"
        password_reset.ask(session, editor.email, now)
        form = {"csrf_token": csrf(client.get(path).text), "password": NEW}
        assert client.post(path, data=form).location == "/desk/sign-in"
        assert client.get(path).status_code == 404  # a used link ends all
        assert session.scalars(select(PasswordReset)).all() == []

    @pytest.mark.parametrize("email", ["known", "nobody@news.example"])
    def test_one_account_gets_few_mails_whoever_asks(self, session, app, editor, mailing, email):
        statuses = []
        for number in range(6):
            client = app.test_client()
            client.environ_base["REMOTE_ADDR"] = f"192.0.2.{number}"
            statuses.append(ask(client, editor.email.upper() if email == "known" else email))
        assert statuses == [302] * 5 + [429]

    def test_a_link_of_a_disabled_account_sets_nothing(self, session, settings, client, editor, mailing):
        password_reset.ask(session, editor.email, datetime.now(UTC))
        reset = session.scalars(select(PasswordReset)).one()
        editor.disabled_at = NOON
        session.commit()
        path = f"/desk/reset/{password_reset.reset_token(settings.secret_keys, reset)}"
        assert client.get(path).status_code == 404


class TestNewAddress:
    def ask(self, client, email="anna@new.example", password=PASSWORD):
        form = {"csrf_token": csrf(client.get("/desk/account/email").text), "email": email}
        return client.post("/desk/account/email", data=form | {"password": password})

    def link(self, session, settings):
        change = session.scalars(select(EmailChange)).one()
        return f"/desk/account/email/{email_change.email_token(settings.secret_keys, change)}"

    def test_it_is_used_only_after_its_link_was_followed(self, session, settings, desk, editor, mailing):
        old = editor.email
        assert self.ask(desk).location == "/desk/account"
        session.refresh(editor)
        assert editor.email == old
        path = self.link(session, settings)
        page = desk.get(path)  # programs that only open links confirm nothing
        session.refresh(editor)
        assert editor.email == old and "anna@new.example" in page.text
        assert desk.post(path, data={"csrf_token": csrf(page.text)}).location == "/desk/account"
        session.refresh(editor)
        assert editor.email == "anna@new.example"
        assert desk.get(path).status_code == 404

    def test_the_old_address_is_told(self, session, settings, desk, editor, mailing):
        old = editor.email
        self.ask(desk)
        path = self.link(session, settings)
        desk.post(path, data={"csrf_token": csrf(desk.get(path).text)})
        told = session.scalars(select(AccountEvent).where(AccountEvent.what == "email.changed")).one()
        mailer = Mailer("smtp://x", "a@b.example", "https://t.example", settings.secret_keys)
        assert mailer.compose(session, "account.event", told.id, datetime.now(UTC), site_id=NO_SITE).to == old

    def test_a_stolen_session_changes_nothing_without_the_password(self, session, desk, editor, mailing):
        let_confirmations_end(session)
        assert self.ask(desk, password="wrong").status_code == 403
        assert session.scalars(select(EmailChange)).all() == []

    def test_an_address_of_another_account_gets_no_mail_and_is_not_told_apart(
        self, session, settings, desk, editor, mailing
    ):
        other = EditorFactory()
        assert self.ask(desk, other.email).location == "/desk/account"
        change = session.scalars(select(EmailChange)).one()
        mailer = Mailer("smtp://x", "a@b.example", "https://t.example", settings.secret_keys)
        assert (
            mailer.compose(session, "email.change_asked", change.id, datetime.now(UTC), site_id=NO_SITE)
            is None
        )
        path = self.link(session, settings)
        assert desk.post(path, data={"csrf_token": csrf(desk.get("/desk/account").text)}).status_code == 409

    def test_the_link_works_only_for_the_account_that_asked(
        self, session, settings, app, desk, editor, mailing
    ):
        self.ask(desk)
        other, client = EditorFactory(), app.test_client()
        sign_in(client, other.email)
        assert client.get(self.link(session, settings)).status_code == 404

    def test_a_new_password_ends_the_link(self, session, settings, desk, editor, mailing):
        self.ask(desk)
        path = self.link(session, settings)
        set_password(session, editor, NEW)
        session.commit()
        sign_in(desk, editor.email, NEW)
        assert desk.get(path).status_code == 404

    def test_a_link_ends_after_a_day(self, session, settings, editor):
        email_change.ask(session, editor, "anna@new.example", NOON)
        change = session.scalars(select(EmailChange)).one()
        token = email_change.email_token(settings.secret_keys, change)
        late = NOON + email_change.GOOD_FOR
        with pytest.raises(email_change.UnknownEmailChange):
            email_change.find_change(session, settings.secret_keys, editor, token, late)
