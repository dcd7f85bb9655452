"""Let changes of a site take turns that are counted against a limit: requests at once must not pass it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.models import Site


def take_turn(session: Session, site: Site) -> None:
    """Hold the site's row until the transaction ends. Reports and cases can refer to it meanwhile."""
    session.execute(select(Site.id).where(Site.id == site.id).with_for_update(key_share=True))
