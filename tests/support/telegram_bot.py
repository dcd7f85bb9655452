"""Settings of a bot, the numbers of two people in Telegram, and the latest decision."""

from sqlalchemy import select

from moderation.models import Decision
from tests.support.telegram import CHAT, TOKEN

ANNA, BORIS = 501, 502
SETTINGS = {
    "name": "Чат", "secret": TOKEN, "chat": str(CHAT), "mode": "polling", "lang": "en", "section": "",
    "min_readers": 1, "quiet_from": None, "quiet_to": None, "time_zone": "UTC",
}  # fmt: skip


def last(session, case):
    """Return the latest decision about a case."""
    session.expire_all()
    return session.scalars(
        select(Decision).where(Decision.case_id == case.id).order_by(Decision.id.desc())
    ).first()
