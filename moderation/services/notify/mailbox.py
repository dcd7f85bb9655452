"""Mail to a member about the cases of a site, in HTML and text, with a link that ends it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from smtplib import SMTPException
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from moderation.domain.text.excerpt import first_words, last_words
from moderation.models import Editor, Event, Site, Subscriber
from moderation.services.accounts.access import site_ids
from moderation.services.accounts.standing import is_enabled
from moderation.services.notify import wanted
from moderation.services.notify.event_text import head_of, test_line, translations
from moderation.services.notify.kind import Composed, NotDelivered, Parcel
from moderation.services.notify.mail import Mailer
from moderation.services.notify.mail_templates import environment
from moderation.services.secret_links import make_token

KIND = "mail"
_AROUND = 120


@dataclass(frozen=True, slots=True)
class MailKind(wanted.Wanting):
    """Sends one mail per event, or a digest."""

    mailer: Mailer

    def compose(
        self,
        session: Session,
        subscriber: Subscriber,
        events: Sequence[Event],
        now: datetime,  # noqa: ARG002
    ) -> Composed | None:
        """Return the mail as JSON. A person who may not see the site any more gets none."""
        editor = session.get(Editor, subscriber.editor_id)
        if editor is None or not is_enabled(editor):
            return None
        told = wanted.wanted(session, subscriber, events)
        if not told or not site_ids(session, editor, subscriber.site_id):
            return None
        site = session.get_one(Site, subscriber.site_id)
        items = [self._item(one, editor.lang) for one in told]
        base = self.mailer.base_url
        token = make_token(self.mailer.secret_keys, "unsubscribe", subscriber.id)
        values = {
            "items": items,
            "subject": _subject(items, editor.lang, site.name),
            "site": site.name,
            "to": editor.email,
            "settings": f"{base}/desk/sites/{subscriber.site_id}/notifications",
            "link": f"{base}/unsubscribe/{token}",
        }
        mail = {
            "to": editor.email,
            "subject": values["subject"],
            "text": environment(editor.lang, "txt").get_template("cases.txt").render(values),
            "html": environment(editor.lang, "html").get_template("cases.html").render(values),
            "unsubscribe": values["link"],
        }
        return Composed(json.dumps(mail, ensure_ascii=False), wanted.left_out(events, told))

    def _item(self, told: wanted.Told, lang: str) -> dict[str, Any]:
        case = told.case
        if case is None:
            return {"head": test_line(lang)}
        return {
            "head": head_of(told.type, case, lang),
            "case": case,
            "title": case.page.title or case.page.url,
            "before": last_words(case.before, _AROUND),
            "after": first_words(case.after, _AROUND),
            "link": f"{self.mailer.base_url}/desk/cases/{case.id}",
        }

    def send(self, subscriber: Subscriber, parcel: Parcel) -> str:
        """Send the mail. Raises NotDelivered."""
        if not self.mailer.smtp_url:
            raise NotDelivered("mail is not set up: the operator sets CORRIGENDA_SMTP_URL")
        mail = json.loads(parcel.request)
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self.mailer.sender, mail["to"], mail["subject"]
        message["Message-ID"] = f"<{parcel.id}-{subscriber.id}@{urlsplit(self.mailer.base_url).hostname}>"
        message["List-Unsubscribe"] = f"<{mail['unsubscribe']}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(mail["text"])
        message.add_alternative(mail["html"], subtype="html")
        try:
            with self.mailer.connect() as server:
                server.send_message(message)
        except (OSError, SMTPException) as error:
            raise NotDelivered(f"the mail server did not accept it: {error}") from None
        return "accepted by the mail server"


def _subject(items: Sequence[dict[str, Any]], lang: str, site: str) -> str:
    count = len(items)
    many = translations(lang).ngettext("%(num)d notification", "%(num)d notifications", count) % {
        "num": count
    }
    first = items[0]
    about = f"{first['head']}: {first['case'].exact}" if count == 1 and "case" in first else many
    return " ".join(f"{about} · {site}".split())[:200]
