"""A case as a Telegram message: passage and difference as HTML, with buttons."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any, Literal
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy.orm import Session

from moderation.domain.cases.lifecycle import Status
from moderation.domain.text.excerpt import first_words, last_words
from moderation.models import Case, Decision, Editor
from moderation.services.cases.read import last_decisions
from moderation.services.cases.rejection_reasons import reasons_for
from moderation.services.notify.event_text import translations

ACCEPT, MENU, REJECT, SPAM, BACK, REOPEN = "a", "m", "r", "s", "b", "o"
NO_REASON = "-"
_AROUND = 120
_LONGEST_BUTTON = 60
_REASON_KEY = 6

Button = dict[str, Any]
Content = dict[str, Any]
"""Fields that sendMessage and editMessageText share."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """The meaning of a pressed button."""

    action: str
    case_id: UUID
    version: int
    reason: str
    """The key of a reason; empty without one."""


def card_of(session: Session, case: Case, lang: str, base_url: str, *, menu: bool = False) -> Content:
    """Return the message about a case as it is now. `menu`: the reasons for rejecting as buttons."""
    decision = last_decisions(session, [case.id]).get(case.id)
    buttons = _menu(case, lang) if menu and case.status == "open" else _actions(case, lang)
    if not menu and "." in (urlsplit(base_url).hostname or ""):  # Telegram refuses links to localhost
        _ = translations(lang).gettext
        buttons.append([{"text": _("Open"), "url": f"{base_url}/desk/cases/{case.id}"}])
    return {
        "text": _text(case, decision, lang),
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
        "reply_markup": {"inline_keyboard": buttons},
    }


def read_button(data: str) -> Pressed | None:
    """Return what the data of a button says, or None if it is not ours."""
    action, _colon, rest = data.partition(":")
    case, _colon, rest = rest.partition(":")
    version, _colon, reason = rest.partition(":")
    try:
        return Pressed(action, UUID(hex=case), int(version), reason[:_REASON_KEY])
    except ValueError:
        return None


def reason_of(case: Case, lang: str, key: str) -> str | None:
    """Return the reason of a key; None without a reason. Raises KeyError for a reason that is gone."""
    if key == NO_REASON:
        return None
    by_key = {_key(reason): reason for reason in reasons_for(case.site.settings, translations(lang).gettext)}
    return by_key[key]


Outcome = Status | Literal["merged"]
"""What became of a case. A merged case has the status "rejected", but nobody rejected it."""


def outcome_of(case: Case, decision: Decision | None) -> Outcome:
    """Return what became of a case by its last step."""
    return "merged" if decision is not None and decision.cause == "merged" else case.status


def said_by(outcome: Outcome, who: str, lang: str) -> str:
    """Return what became of a case, and who decided."""
    _ = translations(lang).gettext
    words = {
        "open": _("Open again: %(who)s"),
        "accepted": _("Accepted: %(who)s"),
        "rejected": _("Rejected: %(who)s"),
        "spam": _("Spam: %(who)s"),
        "fixed": _("Fixed: %(who)s"),
        "merged": _("Merged: %(who)s"),
    }
    return words[outcome] % {"who": who}


def already(outcome: Outcome, who: str, lang: str) -> str:
    """Return the answer to a button that came too late."""
    _ = translations(lang).gettext
    words = {
        "open": _("Already open again: %(who)s"),
        "accepted": _("Already accepted: %(who)s"),
        "rejected": _("Already rejected: %(who)s"),
        "spam": _("Already spam: %(who)s"),
        "fixed": _("Already fixed: %(who)s"),
        "merged": _("Already merged: %(who)s"),
    }
    return words[outcome] % {"who": who}


def who_decided(decision: Decision | None, lang: str) -> str:
    """Return the name of the editor who decided or merged, or the service's."""
    if decision is not None and decision.editor is not None:
        return name_of(decision.editor)
    is_of_editor = decision is not None and decision.cause in ("editor", "merged")
    return translations(lang).gettext("Deleted account") if is_of_editor else "Corrigenda"


def name_of(editor: Editor) -> str:
    """Return the editor's name for a chat that strangers may read: never a whole email address."""
    return editor.name or editor.email.partition("@")[0]


def _text(case: Case, decision: Decision | None, lang: str) -> str:
    _, ngettext = translations(lang).gettext, translations(lang).ngettext
    readers = ngettext("%(num)d reader", "%(num)d readers", case.reader_count) % {"num": case.reader_count}
    title = escape(case.page.title or case.page.url)
    lines = [f'<a href="{escape(case.page.url)}">{title}</a> · {readers}', _passage(case)]
    if case.status != "open" and decision is not None:
        said = said_by(outcome_of(case, decision), who_decided(decision, lang), lang)
        lines.append(f"<b>{escape(said)}</b>")
        if case.status == "rejected" and decision.reason:
            lines.append(f"<i>{escape(decision.reason)}</i>")
    return "\n\n".join(lines)


def _passage(case: Case) -> str:
    before, after = last_words(case.before, _AROUND), first_words(case.after, _AROUND)
    if case.replacement is None:
        marked = f"<b>{escape(case.exact)}</b>"
    else:
        new = f"<u>{escape(case.replacement)}</u>" if case.replacement else ""
        marked = f"<s>{escape(case.exact)}</s> {new}".rstrip()
    return f"{escape(before)}{marked}{escape(after)}"


def _actions(case: Case, lang: str) -> list[list[Button]]:
    _ = translations(lang).gettext
    button = _maker(case)
    if case.status == "open":
        return [
            [button(_("Accept"), ACCEPT), button(_("Reject…"), MENU)],
            [button(_("Spam"), SPAM)],
        ]
    return [[button(_("Undo"), REOPEN)]] if case.report_count else []


def _menu(case: Case, lang: str) -> list[list[Button]]:
    _ = translations(lang).gettext
    button = _maker(case)
    reasons = reasons_for(case.site.settings, _)
    rows = [[button(first_words(reason, _LONGEST_BUTTON), REJECT, _key(reason))] for reason in reasons]
    return [*rows, [button(_("No reason"), REJECT, NO_REASON), button(_("Back"), BACK)]]


def _maker(case: Case) -> Callable[..., Button]:
    def button(text: str, action: str, reason: str = "") -> Button:
        data = f"{action}:{case.id.hex}:{case.version}" + (f":{reason}" if reason else "")
        return {"text": text, "callback_data": data}  # at most 64 bytes

    return button


def _key(reason: str) -> str:
    return hashlib.sha256(reason.encode()).hexdigest()[:_REASON_KEY]
