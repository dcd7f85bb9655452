"""Mail: invitations, password reset links, notices. The worker sends it from the outbox."""

import smtplib
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import ClassVar
from urllib.parse import unquote, urlsplit
from uuid import UUID

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.domain.accounts.devices import device_of
from moderation.models import AccountEvent, Editor, EmailChange, Invitation, PasswordReset, Site, Subscriber
from moderation.models.outbox import Topic
from moderation.secret_keys import SecretKeys
from moderation.services.accounts.editors import editor_by_email
from moderation.services.accounts.email_change import email_token
from moderation.services.accounts.password_reset import account_of, reset_token
from moderation.services.intake import fix_notices
from moderation.services.notify import fixed
from moderation.services.notify.letter import Letter
from moderation.services.notify.mail_templates import render
from moderation.services.sites.members import can_be_accepted, invitation_token

_SECONDS = 20

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Mailer:
    """Renders and sends mail. Without an SMTP server it only writes a log line."""

    smtp_url: str
    sender: str
    base_url: str
    secret_keys: SecretKeys

    topics: ClassVar[tuple[Topic, ...]] = (
        "invitation.made",
        "reset.asked",
        "account.linked",
        "account.event",
        "email.change_asked",
        "subscriber.failing",
        fix_notices.TOPIC,
    )
    """Outbox messages that are mail."""

    def compose(
        self, session: Session, topic: Topic, subject_id: UUID, now: datetime, *, site_id: UUID
    ) -> Letter | None:
        """Compose the letter of an outbox message. Returns None if its link is no longer valid."""
        if topic == "subscriber.failing":
            return self._failing(session, subject_id, site_id)
        if topic == fix_notices.TOPIC:
            return fixed.compose(session, self.secret_keys, subject_id, now, service=self.base_url)
        if topic == "account.linked":
            return self._linked(session, subject_id)
        if topic == "account.event":
            return self._event(session, subject_id)
        if topic == "email.change_asked":
            return self._new_address(session, subject_id, now)
        compose = self._invitation if topic == "invitation.made" else self._reset
        return compose(session, subject_id, now)

    def _failing(self, session: Session, editor_id: UUID, site_id: UUID) -> Letter | None:
        editor, site = session.get(Editor, editor_id), session.get(Site, site_id)
        told = (Subscriber.site_id == site_id) & Subscriber.admins_told_at.is_not(None)
        names = session.scalars(select(Subscriber.name).where(told).order_by(Subscriber.name)).all()
        if editor is None or site is None or not names:
            return None
        link = f"{self.base_url}/desk/sites/{site_id}/integrations"
        values = {"site": site.name, "names": ", ".join(names), "link": link}
        return Letter(editor.email, editor.lang, "subscriber_failing", values)

    def _linked(self, session: Session, editor_id: UUID) -> Letter | None:
        editor = session.get(Editor, editor_id)
        if editor is None:
            return None
        return Letter(editor.email, editor.lang, "sso_linked", {"link": f"{self.base_url}/desk/account"})

    def _event(self, session: Session, event_id: UUID) -> Letter | None:
        event = session.get(AccountEvent, event_id)
        editor = session.get(Editor, event.editor_id) if event is not None and event.editor_id else None
        if event is None or editor is None:
            return None
        device = device_of(event.browser)
        values = {
            "what": event.what,
            "browser": device.browser,
            "system": device.system,
            "network": event.network,
            "time": f"{event.created_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC",
            "link": f"{self.base_url}/desk/account/history",
        }
        to = event.details.get("mail_to", editor.email)
        return Letter(to, editor.lang, "account_event", values)

    def _new_address(self, session: Session, change_id: UUID, now: datetime) -> Letter | None:
        change = session.get(EmailChange, change_id)
        if change is None or change.expires_at <= now or editor_by_email(session, change.email) is not None:
            return None
        link = f"{self.base_url}/desk/account/email/{email_token(self.secret_keys, change)}"
        editor = session.get_one(Editor, change.editor_id)
        return Letter(change.email, editor.lang, "new_address", {"link": link})

    def _invitation(self, session: Session, invitation_id: UUID, now: datetime) -> Letter | None:
        invitation = session.get(Invitation, invitation_id)
        if invitation is None or not can_be_accepted(session, invitation, now):
            return None
        link = f"{self.base_url}/desk/invitation/{invitation_token(self.secret_keys, invitation)}"
        inviter = session.get(Editor, invitation.invited_by) if invitation.invited_by else None
        values = {"site": invitation.site.name, "by": inviter.display_name if inviter else "", "link": link}
        return Letter(invitation.email, invitation.lang, "invitation", values)

    def _reset(self, session: Session, reset_id: UUID, now: datetime) -> Letter | None:
        reset = session.get(PasswordReset, reset_id)
        editor = account_of(session, reset, now) if reset is not None else None
        if reset is None or editor is None:
            return None
        link = f"{self.base_url}/desk/reset/{reset_token(self.secret_keys, reset)}"
        return Letter(editor.email, editor.lang, "reset", {"link": link})

    def send(self, letter: Letter, *, number: int) -> bool:
        """Send a letter. Returns False if no mail server is set. Raises OSError, SMTPException.

        `number` determines the Message-ID, so a mailbox recognises a letter that is sent again after a crash.
        """
        if not self.smtp_url:
            log.warning("mail.not_configured", template=letter.template, setting="CORRIGENDA_SMTP_URL")
            return False
        rendered = render(letter)
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self.sender, letter.to, rendered.subject
        message["Message-ID"] = f"<corrigenda-{number}@{urlsplit(self.base_url).hostname}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(rendered.text)
        message.add_alternative(rendered.html, subtype="html")
        with self.connect() as server:
            server.send_message(message)
        return True

    def connect(self) -> smtplib.SMTP:
        """Connect to the SMTP server. Raises OSError, SMTPException."""
        url = urlsplit(self.smtp_url)
        host, context = url.hostname or "", ssl.create_default_context()
        if url.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, url.port or 465, timeout=_SECONDS, context=context)
        elif url.scheme == "smtp+starttls":
            server = smtplib.SMTP(host, url.port or 587, timeout=_SECONDS)
            server.starttls(context=context)
        else:
            server = smtplib.SMTP(host, url.port or 25, timeout=_SECONDS)
        if url.username:
            server.login(unquote(url.username), unquote(url.password or ""))
        return server
