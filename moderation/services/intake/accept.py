"""Accept a report. The same rules apply to reports from the API, the form and importers."""

from collections.abc import Callable
from typing import Literal
from uuid import UUID

import msgspec
from uuid_utils.compat import uuid7

from moderation.domain.sites.urls import InvalidUrl, allows, canonical_url, origin_of
from moderation.domain.text.normalise import normalise
from moderation.origin import current_origin
from moderation.services.intake.draft import Draft, Sender, Submission
from moderation.services.intake.report_limits import NOBODY, Counted, TooManyReports
from moderation.services.intake.store import KeyReused
from moderation.services.sites.directory import KnownSite

Field = Literal["url", "quote.exact", "quote.prefix", "quote.suffix", "correction", "comment", "title"]
Reason = Literal[
    "invalid_url",
    "foreign_page",
    "foreign_origin",
    "blank_quote",
    "unstorable_text",
    "blocked_reader",
    "blocked_word",
    "key_reused",
]


class Refused(ValueError):
    """The report is not accepted. `field` names the wrong field; None means the whole request."""

    def __init__(self, reason: Reason, detail: str, field: Field | None = None) -> None:
        super().__init__(detail)
        self.reason = reason
        self.field = field


class Intake:
    """Accepts reports. It does not depend on a web framework.

    `store` stores one report durably and returns its id (see store.py), if limits allow it.
    """

    def __init__(
        self,
        store: Callable[[Submission], UUID | KeyReused | TooManyReports],
        new_id: Callable[[], UUID] = uuid7,
    ) -> None:
        self._store = store
        self._new_id = new_id

    def accept(self, site: KnownSite, draft: Draft, sender: Sender, counted: Counted = NOBODY) -> UUID:
        """Check and store a report, and return its id. Raises Refused, TooManyReports: nothing was stored."""
        return self.store(self.check(site, draft, sender, counted))

    def check(self, site: KnownSite, draft: Draft, sender: Sender, counted: Counted = NOBODY) -> Submission:
        """Return a report that can be stored. `counted` is who has a limit. Raises Refused.

        The caller must have checked the lengths of the draft's texts. msgspec does this when it decodes.
        """
        _refuse_blocked_reader(site, sender)
        _refuse_unstorable_text(draft)
        _refuse_blank_quote(draft)
        _refuse_blocked_words(site, draft)
        url = page_url(site, draft.url)
        draft = msgspec.structs.replace(draft, url=url)
        return Submission(self._new_id(), site.id, draft, sender, current_origin(), counted)

    def store(self, submission: Submission) -> UUID:
        """Count and store a checked report, and return its id.

        Raises Refused for a reused idempotency key, and TooManyReports: nothing was stored.
        """
        stored = self._store(submission)
        if isinstance(stored, TooManyReports):
            raise stored
        if isinstance(stored, KeyReused):
            raise Refused(
                "key_reused",
                "This Idempotency-Key was already used with a different body. Use a new key.",
            )
        return stored


def page_url(site: KnownSite, url: str) -> str:
    """Return the canonical URL of a page of the site. Raises Refused."""
    try:
        page = canonical_url(url)
        origin = origin_of(page)
    except InvalidUrl as error:
        raise Refused("invalid_url", str(error), "url") from None
    if not allows(site.origins, origin):
        raise Refused(
            "foreign_page",
            f"{origin[:200]} does not belong to this site. Add the domain in the site's settings.",
            "url",
        )
    return page


def require_origin(site: KnownSite, origin: str | None) -> None:
    """Check the Origin header of a browser. Servers do not send it. Raises Refused."""
    if origin is not None and not allows(site.origins, origin):
        raise Refused(
            "foreign_origin",
            f"{origin[:200]} is not one of this site's allowed domains. Add it in the site's settings.",
        )


def _refuse_blocked_reader(site: KnownSite, sender: Sender) -> None:
    if sender.reader_hash.hex() in site.settings.blocked_readers:
        raise Refused("blocked_reader", "This reader has reached today's limit for this site.")


def _refuse_unstorable_text(draft: Draft) -> None:
    """Refuse U+0000: JSON can hold it, but PostgreSQL's text cannot."""
    quote = draft.quote
    texts: tuple[tuple[Field, str | None], ...] = (
        ("quote.exact", quote.exact),
        ("quote.prefix", quote.prefix),
        ("quote.suffix", quote.suffix),
        ("correction", draft.correction),
        ("comment", draft.comment),
        ("title", draft.title),
    )
    for field, text in texts:
        if text and "\x00" in text:
            raise Refused("unstorable_text", "must not hold the character U+0000", field)


def _refuse_blank_quote(draft: Draft) -> None:
    """Refuse a quote without visible characters: triage cannot find it on the page."""
    quote = draft.quote
    if not normalise(quote.exact):
        raise Refused("blank_quote", "holds only invisible characters", "quote.exact")
    if not normalise(quote.prefix + quote.exact + quote.suffix).strip():
        raise Refused("blank_quote", "is blank, and no text around it says where it is", "quote.exact")


def _refuse_blocked_words(site: KnownSite, draft: Draft) -> None:
    """Refuse blocked words in the reader's texts. The quote is not checked: it is the site's own text."""
    texts: tuple[tuple[Field, str | None], ...] = (
        ("correction", draft.correction),
        ("comment", draft.comment),
    )
    for field, text in texts:
        lower = (text or "").casefold()
        if any(word.casefold() in lower for word in site.settings.blocked_words):
            raise Refused("blocked_word", "holds a word that this site does not accept", field)
