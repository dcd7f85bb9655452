"""Have a page read again, on every site that holds it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.domain.sites.urls import canonical_url
from moderation.models import Editor, Page
from moderation.services.accounts.access import Forbidden, may_decide, visible
from moderation.services.conflicts import repeats_lost


class UnknownPage(LookupError):
    """No report refers to this page."""


@repeats_lost
def request_recheck(session: Session, editor: Editor | None, url: str, now: datetime) -> UUID:
    """Have the page read now, for an editor or (None) for the operator. Returns the id of one page.

    Two sites may hold the same URL: all of them that the editor may decide on are read.
    Raises UnknownPage, InvalidUrl, and Forbidden for an editor who only reads.
    """
    query = select(Page).where(Page.url == canonical_url(url)).order_by(Page.id)
    query = query.with_for_update(key_share=True).execution_options(populate_existing=True)
    pages = session.scalars(query.where(visible(editor, Page.site_id)) if editor else query).all()
    if not pages:
        raise UnknownPage(url)
    allowed = [page for page in pages if editor is None or may_decide(editor, page.site_id)]
    if not allowed:
        raise Forbidden
    for page in allowed:
        page.recheck_at_once(now)
    session.commit()
    return allowed[0].id
