"""An event as a short text for a chat, in English or Russian."""

import re
from functools import lru_cache

from babel.support import Translations

from moderation.domain.text.excerpt import first_words, last_words
from moderation.models import Case
from moderation.paths import TRANSLATIONS

_AROUND = 60
_FORMATTING = re.compile(r"[@\]<]")
_BREAK = "\u200b"
"""A space without width: behind these signs it ends mentions and links, which chats make of any text."""


@lru_cache(maxsize=8)
def translations(lang: str) -> Translations:
    """Return the messages of a language."""
    return Translations.load(TRANSLATIONS, [lang])  # type: ignore[return-value]


def head_of(event_type: str, case: Case, lang: str) -> str:
    """Return what happened, in a few words."""
    _ = translations(lang).gettext
    heads = {
        "report.received": _("A reader reports a mistake"),
        "case.opened": _("A new case"),
        "case.decided": {
            "accepted": _("Accepted"),
            "rejected": _("Rejected"),
            "spam": _("Spam"),
        }.get(case.status, _("A case is accepted, rejected or spam")),
        "case.fixed": _("A case is fixed"),
        "case.reopened": _("A case is reopened"),
    }
    return heads[event_type]


def line_of(event_type: str, case: Case, lang: str, base_url: str) -> str:
    """Return what happened, the passage with its correction, the page and a link to the case."""
    correction = f" → {case.replacement}" if case.replacement is not None else ""
    around = last_words(case.before, _AROUND), first_words(case.after, _AROUND)
    foreign = f"{case.page.title or case.page.url}\n{around[0]}[{case.exact}{correction}]{around[1]}\n"
    return f"{head_of(event_type, case, lang)} · {_plain(foreign)}{base_url}/desk/cases/{case.id}"


def test_line(lang: str) -> str:
    """Return the text of a test."""
    return translations(lang).gettext("This is a test. Nothing happened.")


def _plain(text: str) -> str:
    """Disarm a stranger's text for a chat: no mention of a member, no link under other words."""
    return _FORMATTING.sub(rf"\g<0>{_BREAK}", text)
