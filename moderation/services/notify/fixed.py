"""The mail to a reader whose mistake is fixed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.domain.text.excerpt import first_words, last_words
from moderation.domain.text.normalise import Quote
from moderation.domain.text.text_fragment import link_to_passage
from moderation.models import Case, FixNotice, Placement, Site
from moderation.secret_keys import SecretKeys
from moderation.services.intake.fix_notices import KEPT
from moderation.services.notify.letter import Letter
from moderation.services.secret_box import CannotOpen, unseal

_AROUND = 60
"""Characters of the text around the passage."""


def compose(
    session: Session, secret_keys: SecretKeys, report_id: UUID, now: datetime, *, service: str
) -> Letter | None:
    """Compose the letter. Returns None if it was sent, taken back or too old, or the case is open again.

    A passage that only readers vouch for is left out: strangers must not write mails to other people.
    """
    notice = session.get(FixNotice, report_id)
    case = session.scalar(
        select(Case).join(Placement, Placement.case_id == Case.id).where(Placement.report_id == report_id)
    )
    if notice is None or case is None or case.status != "fixed" or notice.created_at <= now - KEPT:
        return None
    site = session.get_one(Site, notice.site_id)
    try:
        to = unseal(secret_keys, "reader_address", notice.address)
    except CannotOpen:
        return None
    if not site.settings.fix_mail:
        return None
    now_reads = case.correction if case.mended_text is None else case.mended_text
    shown = case.exact if now_reads is None else now_reads
    values = {
        "site": site.name,
        **(_reading(case, now_reads) if case.is_vouched_for else {}),
        "link": link_to_passage(case.page.url, Quote(shown, case.prefix, case.suffix))
        if case.is_vouched_for
        else case.page.url,
        "service": service,
    }
    return Letter(to, notice.lang, "fixed", values)


def _reading(case: Case, now_reads: str | None) -> dict[str, str]:
    """Return the passage as it read, as it reads now if that is known, and the text around it."""
    values = {
        "before": last_words(case.before, _AROUND),
        "wrong": case.exact,
        "after": first_words(case.after, _AROUND),
    }
    return values if now_reads is None else values | {"right": now_reads, "is_known": "yes"}
