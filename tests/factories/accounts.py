"""Accounts, their roles and their ways in."""

from datetime import UTC, datetime, timedelta

import factory
from sqlalchemy.orm import object_session
from uuid_utils.compat import uuid7

from moderation.models import (
    AccountEvent,
    DeskSession,
    Editor,
    EmailChange,
    Invitation,
    Membership,
    Passkey,
    PasswordReset,
    TelegramAccount,
    Token,
)
from tests.factories.row import NOON, Row
from tests.factories.sites import SiteFactory
from tests.support.passwords import CHEAP

PASSWORD = "correct horse battery"
_PASSWORD_HASH = CHEAP.hash(PASSWORD)
_TOMORROW = factory.LazyFunction(lambda: datetime.now(UTC) + timedelta(days=1))


class EditorFactory(Row):
    """`EditorFactory(role="viewer", role__site=site)`"""

    class Meta:
        model = Editor

    id = factory.LazyFunction(uuid7)
    email = factory.Sequence(lambda n: f"editor{n}@news.example")
    password_hash = _PASSWORD_HASH
    is_owner = False

    @factory.post_generation
    def role(self, create, extracted, site=None, **kwargs):
        """Give the editor a role on a site."""
        if extracted:
            MembershipFactory(editor=self, site=site, role=extracted)
            object_session(self).refresh(self)


class MembershipFactory(Row):
    class Meta:
        model = Membership
        exclude = ("editor",)

    editor = factory.SubFactory(EditorFactory)
    editor_id = factory.SelfAttribute("editor.id")
    site = factory.SubFactory(SiteFactory)
    role = "editor"


class InvitationFactory(Row):
    class Meta:
        model = Invitation

    id = factory.LazyFunction(uuid7)
    site = factory.SubFactory(SiteFactory)
    email = factory.Sequence(lambda n: f"invited{n}@news.example")
    role = "viewer"
    lang = "en"
    expires_at = _TOMORROW


class DeskSessionFactory(Row):
    class Meta:
        model = DeskSession
        exclude = ("editor",)

    editor = factory.SubFactory(EditorFactory)
    editor_id = factory.SelfAttribute("editor.id")
    browser = "Firefox"
    last_seen_at = NOON


class PasskeyFactory(Row):
    """No authenticator has it: tests/support/authenticator.py makes one that can sign in."""

    class Meta:
        model = Passkey
        exclude = ("editor",)

    editor = factory.SubFactory(EditorFactory)
    editor_id = factory.SelfAttribute("editor.id")
    credential_id = factory.Sequence(lambda n: n.to_bytes(16, "big"))
    public_key = b"key"
    sign_count = 0
    name = factory.Sequence(lambda n: f"Passkey {n}")


class TokenFactory(Row):
    """No token has this digest: `add_token` makes one that can be used."""

    class Meta:
        model = Token

    editor = factory.SubFactory(EditorFactory)
    name = factory.Sequence(lambda n: f"Token {n}")
    digest = factory.Sequence(lambda n: n.to_bytes(32, "big"))


class TelegramAccountFactory(Row):
    """A linked account."""

    class Meta:
        model = TelegramAccount

    editor = factory.SubFactory(EditorFactory)
    user_id = factory.Sequence(lambda n: 1_000 + n)


class EmailChangeFactory(Row):
    class Meta:
        model = EmailChange
        exclude = ("editor",)

    editor = factory.SubFactory(EditorFactory)
    editor_id = factory.SelfAttribute("editor.id")
    email = factory.Sequence(lambda n: f"changed{n}@news.example")
    expires_at = _TOMORROW


class PasswordResetFactory(Row):
    class Meta:
        model = PasswordReset

    email = factory.Sequence(lambda n: f"forgetful{n}@news.example")
    expires_at = _TOMORROW


class AccountEventFactory(Row):
    """Of an attempt to sign in to no account; AccountEventFactory(editor_id=…) of an account."""

    class Meta:
        model = AccountEvent

    what = "sign_in.failed"
    browser = ""
    network = ""
