"""An article whose cases are rechecked."""

from datetime import timedelta

from sqlalchemy import select

from moderation.models import Case
from tests.factories import NOON

LATER = NOON + timedelta(minutes=3)
TEXT = (
    "О новых сроках расказал на встрече с жителями главный архитектор города Пётр Савин. По его словам, "
    "подрядчик уже уложил брусчатку на двух из четырёх участков и приступил к установке фонарей. "
    "Остальные работы, в том числе посадку деревьев, закончат к двадцатому августа."
)

SIGN_IN = "Чтобы читать дальше, войдите или оформите подписку. " * 8


def article(text):
    """Return the page with this text."""
    return f"<html><body><nav>Меню</nav><article><p>{text}</p></article></body></html>"


def case_of(session, exact="расказал"):
    """Return the case that shows this passage."""
    session.expire_all()
    return session.scalars(select(Case).where(Case.exact == exact)).first()
