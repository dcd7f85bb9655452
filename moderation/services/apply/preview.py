"""Preview of a correction's change to the source in the CMS, before an editor decides."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from moderation.domain.source.correct import Change
from moderation.domain.text.normalise import Quote
from moderation.integrations.cms.base import Cms, Preview, understood
from moderation.models import Case, CmsConnection
from moderation.services.cases.apply_queue import NoCms, NothingToApply


@dataclass(frozen=True, slots=True)
class PreviewErrand:
    """A question to the CMS that needs no database any more."""

    cms: Cms
    url: str
    change: Change

    @property
    def key(self) -> str:
        """The key of the change in the answer."""
        return self.change.key

    def ask(self) -> Preview:
        """Ask the CMS. Raises Refused."""
        with understood():
            return self.cms.preview(self.url, [self.change])


def open_preview(session: Session, case: Case, connect: Callable[[CmsConnection], Cms]) -> PreviewErrand:
    """Prepare the question. Raises NoCms, NothingToApply, Refused."""
    connection = session.get(CmsConnection, case.site_id)
    if connection is None:
        raise NoCms
    correction = case.replacement
    if correction is None:
        raise NothingToApply
    change = Change(str(case.id), Quote(case.exact, case.prefix, case.suffix), correction)
    return PreviewErrand(connect(connection), case.page.url, change)
