"""Mail to editors: invitations and links to a new password. Sent by the worker, from the outbox."""

import smtplib
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from functools import lru_cache
from urllib.parse import unquote, urlsplit
from uuid import UUID

import structlog
from babel.support import Translations
from jinja2 import Environment, FileSystemLoader
from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.models import Editor, Invitation, PasswordReset
from moderation.paths import TEMPLATES, TRANSLATIONS
from moderation.services.accounts.password_reset import reset_token
from moderation.services.sites.members import invitation_token

_SECONDS = 20

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Mailer:
    """Writes and sends mail; without an SMTP server it only says so in the log."""

    smtp_url: str
    sender: str
    base_url: str
    secret_key: str

    def send_invitations(self, session: Session, ids: Sequence[UUID], now: datetime) -> None:
        """Mail invitations that can still be taken up. Raises OSError, SMTPException."""
        for one in session.scalars(
            select(Invitation).where(Invitation.id.in_(ids), Invitation.expires_at > now)
        ):
            link = f"{self.base_url}/desk/invitation/{invitation_token(self.secret_key, one)}"
            by = session.get(Editor, one.invited_by) if one.invited_by else None
            values = {"site": one.site.name, "by": by.called if by else "", "link": link}
            self._send(one.email, one.lang, "invitation.txt", **values)

    def send_resets(self, session: Session, ids: Sequence[UUID], now: datetime) -> None:
        """Mail links to a new password. Raises OSError, SMTPException."""
        for one in session.scalars(
            select(PasswordReset).where(PasswordReset.id.in_(ids), PasswordReset.expires_at > now)
        ):
            editor = session.get_one(Editor, one.editor_id)
            link = f"{self.base_url}/desk/reset/{reset_token(self.secret_key, one)}"
            self._send(editor.email, editor.lang, "reset.txt", link=link)

    def _send(self, to: str, lang: str, template: str, **values: str) -> None:
        if not self.smtp_url:
            log.warning("no mail is set up (CORRIGENDA_SMTP_URL), not sent", template=template)
            return
        subject, _blank, body = _templates(lang).get_template(template).render(**values).partition("\n\n")
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self.sender, to, subject.strip()
        message.set_content(body.strip() + "\n")
        with self._server() as server:
            server.send_message(message)

    def _server(self) -> smtplib.SMTP:
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


@lru_cache(maxsize=8)
def _templates(lang: str) -> Environment:
    env = Environment(  # noqa: S701 - plain text
        loader=FileSystemLoader(TEMPLATES / "email"), extensions=["jinja2.ext.i18n"]
    )
    words = Translations.load(TRANSLATIONS, [lang])
    env.install_gettext_translations(words, newstyle=True)  # type: ignore[attr-defined]
    return env
