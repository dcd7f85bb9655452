"""Three worker processes on one page: exactly one case a mistake, whatever comes when."""

import os
import random
import subprocess
import sys

from sqlalchemy import func, select

from moderation.models import Case, OutboxMessage, Placement
from tests.factories import OutboxMessageFactory, ReportFactory, SiteFactory

MISTAKES = 25
REPORTS = 750
TEXT = " ".join(f"Предложение номер {n} про слово{n} и ещё что-то пятое, десятое." for n in range(MISTAKES))
DRAIN = """
from moderation.database import make_engine, make_sessions
from moderation.settings import Settings
import time
from datetime import UTC, datetime
from sqlalchemy import func, select
from moderation.models import OutboxMessage
from moderation.services.outbox.jobs import make_relay
sessions = make_sessions(make_engine(Settings.from_env()))

def unfinished():
    with sessions() as session:
        return session.scalar(select(func.count()).where(OutboxMessage.done_at.is_(None)))

# A page that another worker holds for long is put off by seconds.
while make_relay(sessions, lambda: datetime.now(UTC), batch=37).drain() or unfinished():
    time.sleep(0.05)
"""


def selection(picked, number):
    """A reader's: the word, a part of it, the words beside it, or a corrected sentence."""
    word = f"слово{number}"
    at = TEXT.index(f" {word} ") + 1
    start, end = at, at + len(word)
    kind = picked.randrange(4)
    if kind == 1:
        start, end = at + 2, at + 4
    elif kind == 2:
        start, end = TEXT.rindex(" ", 0, at - 1) + 1, TEXT.index(" ", end + 1)
    elif kind == 3:
        start, end = TEXT.rfind("Предложение", 0, at), TEXT.index(".", at) + 1
    exact = TEXT[start:end]
    return {
        "exact": exact, "prefix": TEXT[max(0, start - 64) : start], "suffix": TEXT[end : end + 64],
        "correction": exact.replace(word, word.upper()) if kind == 3 else None, "start": start, "end": end,
    }  # fmt: skip


def test_exactly_one_case_a_mistake(stack, session):
    picked, site = random.Random(1), SiteFactory()
    numbers = [*range(MISTAKES)] * (REPORTS // MISTAKES)
    picked.shuffle(numbers)
    for number in numbers:
        report = ReportFactory.build(site=site, **selection(picked, number))
        session.add(report)
        for _ in range(1 + (picked.random() < 0.1)):  # some messages come twice
            session.add(OutboxMessageFactory.build(subject_id=report.id))
    session.commit()
    workers = [
        subprocess.Popen([sys.executable, "-c", DRAIN], env={**os.environ, **stack.env}) for _ in range(3)
    ]
    assert [worker.wait(400) for worker in workers] == [0] * 3
    session.expire_all()
    assert session.scalar(select(func.count()).where(OutboxMessage.done_at.is_(None))) == 0
    assert session.scalar(select(func.count()).select_from(Placement)) == REPORTS
    cases = session.scalars(select(Case)).all()
    assert {case.exact for case in cases} == {f"слово{number}" for number in range(MISTAKES)}
    assert len(cases) == MISTAKES
    assert {case.report_count for case in cases} == {REPORTS // MISTAKES}
